"""Records whose every text wants to be code: a template, Markdown, HTML, a formula. They must only ever be text."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from data.ingest import ImportResult, ingest
from data.schema import KINDS, Field
from data.store import Store

MARK = "hostile"
"""Stands in every hostile text, so that one search finds it wherever it went."""
ATTACKS = (
    ("F01", "{{7*1234567}}"),
    ("F03", "${7*1234567}"),
    ("F07", "![x](http://127.0.0.1:1/b.png)"),
    ("F12", ":red[x] :material/home:"),
    ("F12", "$x^2$ **bold** `code`"),
    ("F05", "<img src=x onerror=document.title='owned'>"),
    ("F05", "<script>document.title='owned'</script>"),
    ("F08", "[x](javascript:document.title='owned')"),
    ("F02", "{% raw %}"),
    ("F02", "{# x #}"),
    ("F03", "${document.title=7*1234567}"),
    ("F04", "`);document.title='owned';(`"),
    ("F05", "<svg onload=document.title='owned'>"),
    ("F05", "</script><script>document.title='owned'</script>"),
    ("F06", "&lt;img src=x onerror=document.title='owned'&gt;"),
    ("F08", "javascript:document.title='owned'"),
    ("F09", "C:\\reports\\"),
    ("F10", "\u202egpj.exe"),
    ("F11", "W" * 9_900),
)
"""Number of the attack and its text; the last is about as long as a cell may be, and has nowhere to break."""
TEXTS = tuple(text for _, text in ATTACKS)
COMPUTED = "8641969"
"""What 7*1234567 is; on screen it would mean that a text was run."""

_CHOSEN = {
    "metric": "complaints_received",
    "event_type": "raid",
    "status": "alleged_active",
    "listing": "suspected",
    "compound_type": "casino",
    "geography": "province",
    "location_precision": "town",
    "speaker_type": "government",
    "stance": "states",
    "source_type": "media",
}
_WRITTEN = {
    "province_code": "KH-18",
    "province_codes": "KH-18",
    "latitude": "10.6100",
    "longitude": "103.5200",
    "event_date_edtf": "2022-09-01",
    "received_date": "2022-09-01",
    "period_edtf": "2022-08-19/2022-09-18",
    "best": "7",
    "people_best": "7",
    "people_affected": "7",
    "source_ids": "",
    "part_of": "",
    "same_as": "",
    "restates": "",
    "responds_to": "",
    "derived_from": "",
    "outside_knowledge": "",
}


def hostile_id(kind: str, number: int) -> str:
    """The identifier of one hostile record: what an address and a list of identifiers may carry of its text."""
    letters = (letter for letter in TEXTS[number][:60] if letter.isprintable() and letter != ";")
    return f"{MARK} {kind[:3]} {''.join(letters)}"


def by_attack() -> list[ParameterSet]:
    """The positions in `TEXTS` as parameters of a test, each named after its attack (``F05-6``)."""
    return [pytest.param(number, id=f"{line}-{number}") for number, (line, _) in enumerate(ATTACKS)]


def _cell(kind: str, field: Field, number: int) -> str:
    if field.name == "source_ids":
        return hostile_id("source", number)
    if field.name.endswith("_id"):
        return hostile_id(field.name.removesuffix("_id"), number)
    if field.name == "geography":
        return "national" if number % 2 else "province"
    if field.name == "province_code" and kind == "claim" and number % 2:
        return ""
    if field.name in _CHOSEN | _WRITTEN:
        return (_CHOSEN | _WRITTEN)[field.name]
    return f"{MARK} {field.name} {TEXTS[number]}" if field.dtype in ("text", "list") else ""


def hostile_file(kind: str) -> bytes:
    """A file with one record for each of `TEXTS`, in all of its texts, and in one column of its own."""
    fields = KINDS[kind].fields
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*(field.name for field in fields), f"{MARK} column {TEXTS[0]}"])
    for number in range(len(TEXTS)):
        writer.writerow([*(_cell(kind, field, number) for field in fields), f"{MARK} {TEXTS[number]}"])
    return text.getvalue().encode()


def _with_hostile_dates(result: ImportResult) -> ImportResult:
    """Put hostile text where only dates pass the checks, as a store that was written around them would hold."""
    columns = [field.name for field in KINDS[result.kind].fields if field.dtype == "edtf"]
    texts = [f"{MARK} {text}" for text in TEXTS]
    return replace(result, accepted=result.accepted.assign(**dict.fromkeys(columns, texts)))


def store_hostile_records(folder: Path) -> None:
    """Fill the store in a folder with hostile records of every kind and nothing else."""
    with Store.open(folder / "atlas.sqlite") as store:
        for kind in KINDS:
            content = hostile_file(kind)
            result = ingest(content, f"{MARK} {TEXTS[2].replace('/', '')}.csv", kind)
            assert result.rows_rejected == 0, result.issues[["field", "value", "message"]].to_string()
            store.commit(
                _with_hostile_dates(result), actor=f"{MARK} {TEXTS[0]}", content=content, note=f"{MARK} {TEXTS[2]}"
            )
