from __future__ import annotations

from datetime import date

import pytest

from data.dates import DateProblem, WrittenDate, order_of, parse_date, write_period


@pytest.mark.parametrize(
    ("text", "edtf", "start", "end", "precision"),
    [
        ("2023-04-01", "2023-04-01", "2023-04-01", "2023-04-02", "day"),
        ("2023-4-1", "2023-04-01", "2023-04-01", "2023-04-02", "day"),
        ("2023/04/01", "2023-04-01", "2023-04-01", "2023-04-02", "day"),
        ("20230401", "2023-04-01", "2023-04-01", "2023-04-02", "day"),
        ("2023-04-01 08:30:00", "2023-04-01", "2023-04-01", "2023-04-02", "day"),
        ("25/04/2023", "2023-04-25", "2023-04-25", "2023-04-26", "day"),
        ("04.25.2023", "2023-04-25", "2023-04-25", "2023-04-26", "day"),
        ("5/5/2023", "2023-05-05", "2023-05-05", "2023-05-06", "day"),
        ("1 April 2023", "2023-04-01", "2023-04-01", "2023-04-02", "day"),
        ("1st of April 2023", "2023-04-01", "2023-04-01", "2023-04-02", "day"),
        ("April 1, 2023", "2023-04-01", "2023-04-01", "2023-04-02", "day"),
        ("01-Apr-2023", "2023-04-01", "2023-04-01", "2023-04-02", "day"),
        ("ថ្ងៃទី១ ខែមេសា ឆ្នាំ២០២៣", "2023-04-01", "2023-04-01", "2023-04-02", "day"),
        ("2023-04", "2023-04", "2023-04-01", "2023-05-01", "month"),
        ("4/2023", "2023-04", "2023-04-01", "2023-05-01", "month"),
        ("Sept. 2022", "2022-09", "2022-09-01", "2022-10-01", "month"),
        ("ខែធ្នូ ២០២២", "2022-12", "2022-12-01", "2023-01-01", "month"),
        ("mid-March 2025", "2025-03", "2025-03-01", "2025-04-01", "month"),
        ("2023", "2023", "2023-01-01", "2024-01-01", "year"),
        ("Q4 2022", "2022-10/2022-12", "2022-10-01", "2023-01-01", "quarter"),
        ("2022-Q4", "2022-10/2022-12", "2022-10-01", "2023-01-01", "quarter"),
        ("2022-36", "2022-10/2022-12", "2022-10-01", "2023-01-01", "quarter"),
        ("2022-10/2022-12", "2022-10/2022-12", "2022-10-01", "2023-01-01", "quarter"),
        ("2022-01/2022-12", "2022-01/2022-12", "2022-01-01", "2023-01-01", "year"),
        ("2022-11/2023-01", "2022-11/2023-01", "2022-11-01", "2023-02-01", "days"),
        ("2022-08-19/2022-09-19", "2022-08-19/2022-09-19", "2022-08-19", "2022-09-20", "days"),
        ("2022-08-19 to 2022-09-19", "2022-08-19/2022-09-19", "2022-08-19", "2022-09-20", "days"),
        ("1–5 March 2025", "2025-03-01/2025-03-05", "2025-03-01", "2025-03-06", "days"),
        ("30 March – 2 April 2025", "2025-03-30/2025-04-02", "2025-03-30", "2025-04-03", "days"),
        ("../2022-09-22", "../2022-09-22", None, "2022-09-23", "before"),
        ("/2022-09-22", "../2022-09-22", None, "2022-09-23", "before"),
        ("[..2022-09-22]", "../2022-09-22", None, "2022-09-23", "before"),
        ("2022-09-22/..", "2022-09-22/..", "2022-09-22", None, "unknown"),
        ("2022-08?", "2022-08?", "2022-08-01", "2022-09-01", "month"),
        ("2022-08-XX", "2022-08-XX", "2022-08-01", "2022-09-01", "month"),
        ("2022-xx", "2022-XX", "2022-01-01", "2023-01-01", "year"),
        ("2024-02-29", "2024-02-29", "2024-02-29", "2024-03-01", "day"),
    ],
)
def test_dates_that_are_understood(text, edtf, start, end, precision):
    expected = [date.fromisoformat(day) if day else None for day in (start, end)]
    assert parse_date(text) == WrittenDate(edtf, *expected, precision)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("03/04/2025", "date_ambiguous"),
        ("3-4-2025", "date_ambiguous"),
        ("03/04/2025 to 05/04/2025", "date_ambiguous"),
        ("2566-01-05", "date_buddhist_era"),
        ("5/1/2566", "date_buddhist_era"),
        ("2566", "date_buddhist_era"),
        ("១ មេសា ២៥៦៦", "date_buddhist_era"),
        ("2565-01/2566-01", "date_buddhist_era"),
        ("45352", "date_excel_serial"),
        ("45352.75", "date_excel_serial"),
        ("2023-05/2023-01", "dates_reversed"),
        ("2023-02-30", "date_unreadable"),
        ("2023-13", "date_unreadable"),
        ("01/02/23", "date_unreadable"),
        ("0203-01-01", "date_unreadable"),
        ("2022-21", "date_unreadable"),
        ("../..", "date_unreadable"),
        ("yesterday", "date_unreadable"),
        ("2023-04-01T08:00:00+07:00", "date_unreadable"),
        ("12345", "date_unreadable"),
    ],
)
def test_dates_that_are_not(text, code):
    problem = parse_date(text)
    assert isinstance(problem, DateProblem)
    assert problem.code == code


def test_both_readings_are_named():
    problem = parse_date("03/04/2025")
    assert isinstance(problem, DateProblem)
    assert problem.detail == "2025-04-03 or 2025-03-04"


@pytest.mark.parametrize(("day_first", "edtf"), [(True, "2025-04-03"), (False, "2025-03-04")])
def test_an_answer_settles_it(day_first, edtf):
    read = parse_date("03/04/2025", day_first)
    assert isinstance(read, WrittenDate)
    assert read.edtf == edtf


@pytest.mark.parametrize(("text", "day_first"), [("04/25/2025", True), ("25/04/2025", False)])
def test_a_date_against_the_answer_is_a_problem(text, day_first):
    problem = parse_date(text, day_first)
    assert isinstance(problem, DateProblem)
    assert problem.code == "date_order_differs"


@pytest.mark.parametrize(
    ("text", "order"),
    [("25/04/2025", True), ("04/25/2025", False), ("03/04/2025", None), ("2025-04-25", None), ("40/04/2025", None)],
)
def test_what_a_date_shows_about_the_order(text, order):
    assert order_of(text) is order


@pytest.mark.parametrize(
    ("start", "end", "edtf"),
    [
        (date(2023, 4, 1), date(2023, 4, 2), "2023-04-01"),
        (date(2023, 4, 1), date(2023, 5, 1), "2023-04-01/2023-04-30"),
        (None, date(2023, 5, 1), "../2023-04-30"),
        (date(2023, 4, 1), None, "2023-04-01/.."),
        (None, None, ""),
    ],
)
def test_a_period_is_written(start, end, edtf):
    assert write_period(start, end) == edtf
