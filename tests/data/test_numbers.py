from __future__ import annotations

import pytest

from data.numbers import NumberProblem, Quantity, parse_number
from data.schema import QUALIFIERS


@pytest.mark.parametrize(
    ("text", "low", "best", "high", "qualifier"),
    [
        ("289", 289, 289, 289, "exact"),
        ("0", 0, 0, 0, "exact"),
        ("007", 7, 7, 7, "exact"),
        ("3.0", 3, 3, 3, "exact"),
        ("៥", 5, 5, 5, "exact"),
        ("1,480", 1480, 1480, 1480, "exact"),
        ("1 480", 1480, 1480, 1480, "exact"),
        ("1,000,000", 10**6, 10**6, 10**6, "exact"),
        ("2 billion", 2 * 10**9, 2 * 10**9, 2 * 10**9, "exact"),
        ("1.25 thousand", 1250, 1250, 1250, "exact"),
        ("1.2 million", 1_200_000, 1_200_000, 1_200_000, "exact"),
        ("more than 200", 201, None, None, "more_than"),
        ("Over 200", 201, None, None, "more_than"),
        (">200", 201, None, None, "more_than"),
        ("ជាង ២០០", 201, None, None, "more_than"),
        ("at least 100,000", 100_000, None, None, "at_least"),
        ("200+", 200, None, None, "at_least"),
        ("as many as 100,000", None, None, 100_000, "up_to"),
        ("up to 5", None, None, 5, "up_to"),
        ("fewer than 5", None, None, 4, "up_to"),
        ("at least 2,000, could be 5,000", 2000, None, 5000, "between"),
        ("2,000–5,000", 2000, None, 5000, "between"),
        ("between 5 and 10", 5, None, 10, "between"),
        ("5 to 10", 5, None, 10, "between"),
        ("nearly 8,000", None, None, 7999, "nearly"),
        ("about 95", None, 95, None, "about"),
        ("~300", None, 300, None, "about"),
        ("some 100,000", None, 100_000, None, "about"),
        ("hundreds", 100, None, None, "hundreds"),
        ("billions", 10**9, None, None, "billions"),
    ],
)
def test_the_wordings_of_the_codebook(text, low, best, high, qualifier):
    assert parse_number(text, whole=True) == Quantity(low, best, high, qualifier)
    assert qualifier in QUALIFIERS


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("-3", "number_unreadable", "negative"),
        ("4.5", "number_unreadable", "whole"),
        ("1.2345 thousand", "number_unreadable", "whole"),
        ("1e400", "number_unreadable", ""),
        ("inf", "number_unreadable", ""),
        ("9" * 23, "number_unreadable", "large"),
        ("9" * 60, "number_unreadable", "long"),
        ("0x10", "number_unreadable", ""),
        ("1_000", "number_unreadable", ""),
        ("120%", "number_unreadable", "percentage"),
        ("US$1.2m", "number_unreadable", "money"),
        ("3 people", "number_unreadable", ""),
        ("1,48", "number_unreadable", ""),
        ("1,4800", "number_unreadable", ""),
        ("1,480 200", "number_unreadable", ""),
        ("more than 200+", "number_unreadable", ""),
        ("less than 0", "number_unreadable", "less than 0"),
        ("thousands", "number_unreadable", ""),
        ("5-2", "range_reversed", "5 to 2"),
        ("1.480", "number_ambiguous", "1,480 or 1.480"),
        ("more than 1.480", "number_ambiguous", "1,480 or 1.480"),
        ("", "number_unreadable", ""),
    ],
)
def test_what_is_no_count(text, code, said):
    read = parse_number(text, whole=True)
    assert isinstance(read, NumberProblem)
    assert read.code == code
    assert said in read.detail


@pytest.mark.parametrize(
    ("text", "decimal_comma", "semicolons", "expected"),
    [
        ("1.480", False, False, 1.48),
        ("1.480", True, False, 1480),
        ("1,480", True, False, 1.48),
        ("1,480", False, True, 1480),
        ("1,480", None, True, None),
        ("1,5", True, False, 1.5),
        ("1,5", None, False, None),
        ("1.5", None, False, 1.5),
        ("1.5", True, False, None),
        ("1.480.000", None, False, 1_480_000),
        ("0.125", None, False, 0.125),
    ],
)
def test_decimal_marks(text, decimal_comma, semicolons, expected):
    read = parse_number(text, whole=False, decimal_comma=decimal_comma, semicolons=semicolons)
    if expected is None:
        assert isinstance(read, NumberProblem)
    else:
        assert isinstance(read, Quantity)
        assert read.exact is not None
        assert float(read.exact) == expected


def test_only_an_exact_number_is_exact():
    about = parse_number("about 5", whole=True)
    assert isinstance(about, Quantity)
    assert about.exact is None
