from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data.rows import check_records
from data.schema import SOURCE
from data.source_entry import NO_ROW, SourceEntry, check_source, make_source_id, source_record
from errors import StoreError

ENTRY = SourceEntry(
    "  Hotline log,\n first quarter ",
    publisher="Example NGO",
    author="Dara",
    published_date="1 April 2023",
    url="https://example.org/log?a=1",
    source_type="hotline",
    source_reliability="B",
    licence="CC BY 4.0",
    language="en",
)


def test_an_entry_is_kept_plain_with_its_date_in_edtf() -> None:
    checked = check_source(ENTRY)
    assert checked == replace(ENTRY, title="Hotline log, first quarter", published_date="2023-04-01")
    assert check_source(checked) == checked
    assert check_source(SourceEntry("ទិន្នន័យ\u200bពី")).title == "ទិន្នន័យ\u200bពី"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": " \n"}, "no title"),
        ({"source_type": "rumour"}, "“source_type”"),
        ({"source_reliability": "G"}, "“source_reliability”"),
        ({"source_reliability": "b"}, "“source_reliability”"),
        ({"published_date": "03/04/2025"}, "date of the source"),
        ({"published_date": "soon"}, "date of the source"),
        ({"url": "javascript:alert(1)"}, "no web address"),
        ({"url": "example.org"}, "no web address"),
        ({"url": "http://[bad"}, "no web address"),
        ({"author": "x" * 2_001}, "“author”"),
        ({"licence": "a\x07b"}, "“licence”"),
    ],
)
def test_what_does_not_hold_is_refused_with_what_to_do(change: dict[str, str], message: str) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        check_source(replace(ENTRY, **change))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("publisher", "title", "date", "source_id"),
    [
        ("Example NGO", "Log", "2023-04-01", "src-example-ngo-20230401"),
        ("Example NGO", "Log", "2023-04", "src-example-ngo-202304"),
        ("Example NGO", "Log", "2022-08-19/2022-09-19", "src-example-ngo-20220819"),
        ("Example NGO", "Log", "", "src-example-ngo"),
        ("", "Hotline: log №4", "2023", "src-hotline-log-no4-2023"),
        ("Ministère de l’Intérieur", "x", "2023", "src-ministere-de-l-interieur-2023"),
        ("ក្រសួងមហាផ្ទៃ", "x", "2023", "src-source-2023"),
        ("a " * 60, "x", "", "src-" + "-".join("a" * 20)),
        ("; DROP", "x", "../2022-09-22", "src-drop-20220922"),
    ],
)
def test_identifiers_can_be_read(publisher: str, title: str, date: str, source_id: str) -> None:
    assert make_source_id(SourceEntry(title, publisher=publisher, published_date=date), ()) == source_id


def test_identifiers_are_nobody_elses() -> None:
    entry = SourceEntry("Log", publisher="NGO", published_date="2023")
    taken: set[str] = set()
    for expected in ("src-ngo-2023", "src-ngo-2023-2", "src-ngo-2023-3"):
        assert make_source_id(entry, taken) == expected
        taken.add(expected)


def test_the_record_can_be_stored_and_leaves_empty_what_was_not_said() -> None:
    record = source_record(check_source(replace(ENTRY, author="")), "src-1")
    check_records(SOURCE, record)
    row = record.iloc[0]
    assert (row["source_id"], row["published_date"], row["source_type"]) == ("src-1", "2023-04-01", "hotline")
    assert pd.isna(row["author"])
    assert (row["row_number"], row["extra"]) == (NO_ROW, "{}")
