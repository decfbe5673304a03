from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.cells import Conventions
from data.clean import clean_cells
from data.schema import KINDS
from data.validate import validate_records

TODAY = date(2026, 3, 1)
CLAIM = {"claim_id": "c", "metric": "people_rescued", "speaker": "Ministry"}
COMPLAINT = {"complaint_id": "c", "received_date": "2023-04-01"}


def validate(kind: str, *rows: dict[str, str]) -> list[tuple[int, str, str]]:
    texts = pd.DataFrame(rows, index=range(2, len(rows) + 2), dtype="str").fillna("")
    records = clean_cells(texts, KINDS[kind], Conventions()).records
    findings = validate_records(records, texts, KINDS[kind], today=TODAY)
    return sorted(zip(findings["row_number"], findings["code"], findings["field"], strict=True))


def test_an_ordinary_row_has_no_flaw():
    assert validate("complaint", COMPLAINT) == []
    assert validate("claim", CLAIM) == []


def test_required_values_that_are_empty():
    assert validate("claim", CLAIM | {"speaker": " "}) == [(2, "value_missing", "speaker")]
    assert validate("complaint", COMPLAINT | {"received_date": "N/A"}) == [(2, "value_missing", "received_date")]


def test_a_value_that_cannot_be_read_is_not_called_empty():
    assert validate("complaint", COMPLAINT | {"received_date": "soon"}) == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2026-03-02", None),
        ("2026-03-03", "date_in_future"),
        ("2026-03", None),
        ("2026-04", "date_in_future"),
        ("2026-02-01/2026-06-01", "date_in_future"),
        ("../2026-03-02", None),
        ("../2026-06-01", "date_in_future"),
        ("1999", "date_before_2000"),
        ("2000-01-01", None),
    ],
)
def test_dates_too_late_or_too_early(written, code):
    expected = [(2, code, "received_date")] if code else []
    assert validate("complaint", COMPLAINT | {"received_date": written}) == expected


def test_other_dates_are_looked_at_too():
    assert validate("claim", CLAIM | {"stated_date": "2026-04"}) == [(2, "date_in_future", "stated_date")]
    assert validate("claim", CLAIM | {"stated_date": "2026"}) == []


def test_given_days_out_of_order():
    row = COMPLAINT | {"received_date": "", "date_start": "2023-04-02", "date_end": "2023-04-02"}
    assert (2, "dates_reversed", "date_end") in validate("complaint", row)


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ({"low": "2", "best": "3", "high": "5"}, None),
        ({"low": "5", "high": "2"}, "range_reversed"),
        ({"low": "5", "best": "2"}, "range_reversed"),
        ({"best": "6", "high": "5"}, "range_reversed"),
        ({"best": "4.5"}, "number_unreadable"),
        ({"best": "4.5", "metric": "complaints_true_percent"}, None),
    ],
)
def test_low_best_and_high(numbers, code):
    assert {found for _, found, _ in validate("claim", CLAIM | numbers)} == ({code} if code else set())


def test_a_legacy_font_in_any_column_is_said():
    assert validate("complaint", COMPLAINT | {"note": "extþkMBt"}) == [(2, "legacy_khmer_font", "note")]
    assert validate("complaint", COMPLAINT | {"Shelter": "extþkMBt"}) == [(2, "legacy_khmer_font", "Shelter")]
