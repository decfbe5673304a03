"""One record in words: when, what and where it is, and who says so; nobody knows a record by its identifier."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from charts.claim_sentences import claim_figure, claim_period, claim_place
from charts.labels import format_edtf, known, place_label, term
from data.metrics import METRICS
from data.schema import DATE_FIELD, PROVINCE_CODE, PROVINCE_CODES, split_list
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES as GAZETTEER_CODES
from locales import language, say, say_many, write_date

_DATES = {"compound": "status_date_edtf", "source": "published_date"} | DATE_FIELD
_Record = Mapping[Hashable, Any]
_LONGEST = 120
"""Characters of a description in the words for a record."""


def write_day(at: datetime) -> str:
    """Return the day of a moment: ``04 September 2026``, ``៤ កញ្ញា ២០២៦``."""
    return write_date(at) if language() == "km" else f"{at:%d %B %Y}"


def written_date(records: pd.DataFrame, kind: str) -> pd.Series:
    """Return the date of each record as it is written (EDTF)."""
    return records[_DATES[kind]]


def name_records(records: pd.DataFrame, kind: str) -> list[str]:
    """Return each record in a few words: what it is, where and when.

    An event is called by what happened and its description, a site by its name, a complaint by its people.
    """
    return [_name(record, kind) for record in records.to_dict("records")]


def _name(record: _Record, kind: str) -> str:
    what = _what(record, kind)
    if kind == "event" and _text(record["description"]):
        text = record["description"]
        what = f"{what}: {text[:_LONGEST]}{' …' if len(text) > _LONGEST else ''}"
    if kind == "source" and _text(record["publisher"]):
        what = f"{what} ({record['publisher']})"
    return " · ".join(filter(None, (what, _where(record, kind), _date(record, kind))))


def describe_records(snapshot: Snapshot, records: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return each record in words: Date, What, Where, Who says so (str; empty where nothing is known).

    Columns that are empty for every record are left out. The index is that of `records`.
    """
    sources = snapshot.of("source")
    names = sources["publisher"].fillna(sources["author"]).fillna(sources["title"])
    publishers = dict(zip(sources["source_id"], names, strict=True))
    rows = [
        {
            say("Date"): _date(record, kind),
            say("What"): _what(record, kind),
            say("Where"): _where(record, kind),
            say("Who says so"): _who(record, kind, publishers),
        }
        for record in records.to_dict("records")
    ]
    table = pd.DataFrame(rows, records.index, [say("Date"), say("What"), say("Where"), say("Who says so")], dtype="str")
    return table.loc[:, (table != "").any()] if len(table) else table


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _date(record: _Record, kind: str) -> str:
    if kind == "claim":
        return claim_period(record)
    column = _DATES[kind]
    return format_edtf(record[column]) if _text(record[column]) else ""


def _what(record: _Record, kind: str) -> str:
    if kind == "event":
        return term(record["event_type"])
    if kind == "claim":
        return f"{say(METRICS[str(record['metric'])].label)}: {claim_figure(record)}"
    if kind == "complaint":
        people = record["people_affected"]
        if not known(people):
            return say("Complaint")
        return say_many("Complaint, {n} person", "Complaint, {n} people", int(people))
    return _text(record["name" if kind == "compound" else "title"])


def _where(record: _Record, kind: str) -> str:
    if kind == "source":
        return ""
    if kind == "claim":
        return claim_place(record)
    codes = split_list(record[PROVINCE_CODES if kind == "event" else PROVINCE_CODE])
    return ", ".join(place_label(code) for code in codes if code in GAZETTEER_CODES) or _text(record["place_text"])


def _who(record: _Record, kind: str, publishers: Mapping[str, str]) -> str:
    if kind == "claim":
        return _text(record["speaker"])
    if kind == "source":
        return _text(publishers.get(str(record["source_id"])))
    named = [_text(publishers.get(source)) or source for source in split_list(record["source_ids"])]
    return "; ".join(dict.fromkeys(named))
