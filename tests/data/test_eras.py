from __future__ import annotations

import pytest

from data.dates import DateProblem, WrittenDate, parse_date
from data.eras import read_date


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2566-01-05", "2023-01-05"),
        ("25/1/2566", "2023-01-25"),
        ("២៥៦៦", "2023"),
        ("25660105", "2023-01-05"),
        ("29 February 2567", "2024-02-29"),
        ("2565-12-31/2566-01-05", "2022-12-31/2023-01-05"),
        ("early March 2566", "2023-03"),
    ],
)
def test_years_of_the_buddhist_era(text, edtf):
    read = read_date(text, buddhist_era=True)
    assert isinstance(read, WrittenDate)
    assert read.edtf == edtf
    assert "Buddhist era" in read.converted
    assert edtf in read.converted
    asked, refused = read_date(text), read_date(text, buddhist_era=False)
    assert isinstance(asked, DateProblem)
    assert asked.code == "date_buddhist_era"
    assert isinstance(refused, DateProblem)
    assert refused.code == "date_unreadable"


@pytest.mark.parametrize(
    ("text", "edtf"), [("45352", "2024-03-01"), ("45352.75", "2024-03-01"), ("45351", "2024-02-29")]
)
def test_day_numbers_of_a_spreadsheet(text, edtf):
    read = read_date(text, excel_dates=True)
    assert isinstance(read, WrittenDate)
    assert (read.edtf, read.precision) == (edtf, "day")
    assert "day number" in read.converted
    assert read_date(text) == parse_date(text)
    refused = read_date(text, excel_dates=False)
    assert isinstance(refused, DateProblem)
    assert refused.code == "date_unreadable"


@pytest.mark.parametrize("text", ["2023-04-01", "Q1 2025", "2023", "soon", "12345", "03/04/2025"])
def test_what_is_neither_is_read_as_before(text):
    assert read_date(text, buddhist_era=True, excel_dates=True) == parse_date(text)


def test_a_converted_date_of_two_readings_still_has_two():
    read = read_date("5/1/2566", buddhist_era=True)
    assert isinstance(read, DateProblem)
    assert read.code == "date_ambiguous"
    assert read_date("5/1/2566", True, buddhist_era=True) != read
