from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.periods import GRAINS, Period, format_date, parse_period, split_period
from errors import PeriodError

SEPTEMBER = Period(date(2022, 9, 1), date(2022, 10, 1))


@st.composite
def periods(draw) -> Period:
    start = draw(st.dates(date(2000, 1, 1), date(2030, 1, 1)))
    return Period(start, start + timedelta(days=draw(st.integers(1, 1500))))


@pytest.mark.parametrize("end", [date(2022, 9, 1), date(2022, 8, 31)])
def test_an_empty_or_reversed_period_is_refused(end):
    with pytest.raises(PeriodError, match="2022-09-01") as caught:
        Period(date(2022, 9, 1), end)
    assert caught.value.hint
    assert caught.value.context == {"start": date(2022, 9, 1), "end": end}


def test_the_end_is_not_inside():
    assert SEPTEMBER.last_day == date(2022, 9, 30)
    assert SEPTEMBER.days == 30
    october = Period(date(2022, 10, 1), date(2022, 11, 1))
    assert not SEPTEMBER.overlaps(october)
    assert not october.overlaps(SEPTEMBER)


def test_contains_and_overlaps():
    week = Period(date(2022, 9, 24), date(2022, 10, 1))
    later = Period(date(2022, 9, 30), date(2022, 10, 2))
    assert SEPTEMBER.contains(SEPTEMBER)
    assert SEPTEMBER.contains(week)
    assert not week.contains(SEPTEMBER)
    assert SEPTEMBER.overlaps(later)
    assert not SEPTEMBER.contains(later)


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2022-08-19", "2022-09-19", "19 August – 18 September 2022"),
        ("2022-09-19", "2022-09-20", "19 September 2022"),
        ("2022-09-01", "2022-10-01", "1 – 30 September 2022"),
        ("2022-12-19", "2023-01-04", "19 December 2022 – 3 January 2023"),
        ("2022-09-01", "2023-10-01", "1 September 2022 – 30 September 2023"),
    ],
)
def test_people_read_the_last_day(start, end, label):
    assert parse_period(start, end).label() == label


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2022-08-19", "2022-09-19", "19 Aug – 18 Sep 2022"),
        ("2022-09-19", "2022-09-20", "19 Sep 2022"),
        ("2022-09-03", "2022-09-11", "3 – 10 Sep 2022"),
        ("2022-12-19", "2023-01-04", "19 Dec 2022 – 3 Jan 2023"),
        ("2022-09-01", "2022-10-01", "Sep 2022"),
        ("2022-10-01", "2023-01-01", "Oct – Dec 2022"),
        ("2021-01-01", "2023-11-01", "Jan 2021 – Oct 2023"),
        ("2022-01-01", "2023-01-01", "2022"),
        ("2021-01-01", "2023-01-01", "2021 – 2022"),
    ],
)
def test_narrow_places_get_short_labels(start, end, label):
    assert parse_period(start, end).short_label() == label


@settings(deadline=None)
@given(periods(), periods())
def test_different_periods_have_different_short_labels(left, right):
    assert (left.short_label() == right.short_label()) == (left == right)


def test_dates_for_people_have_no_leading_zero():
    assert format_date(date(2022, 9, 5)) == "5 September 2022"


@pytest.mark.parametrize(
    ("start", "end"),
    [("19/08/2022", "2022-09-19"), ("2022-08-19", ""), ("2022-13-01", "2023-01-01"), ("2022-02-29", "2022-03-01")],
)
def test_what_is_not_a_date_is_refused_with_the_way_to_write_it(start, end):
    with pytest.raises(PeriodError, match="not a period") as caught:
        parse_period(start, end)
    assert "2022-09-19" in caught.value.hint


def test_a_reversed_period_says_so():
    with pytest.raises(PeriodError, match="empty"):
        parse_period("2022-09-19", "2022-08-19")


def test_steps_are_calendar_ones_cut_to_the_period():
    steps = list(split_period(Period(date(2022, 8, 19), date(2022, 11, 2)), "month"))
    assert [(step.start.isoformat(), step.end.isoformat()) for step in steps] == [
        ("2022-08-19", "2022-09-01"),
        ("2022-09-01", "2022-10-01"),
        ("2022-10-01", "2022-11-01"),
        ("2022-11-01", "2022-11-02"),
    ]


@pytest.mark.parametrize(("grain", "number"), [("day", 366), ("month", 12), ("quarter", 4), ("year", 1)])
def test_a_leap_year_has(grain, number):
    assert len(list(split_period(Period(date(2024, 1, 1), date(2025, 1, 1)), grain))) == number


@settings(deadline=None)
@given(periods(), st.sampled_from(GRAINS))
def test_steps_follow_each_other_and_fill_the_period(period, grain):
    steps = list(split_period(period, grain))
    assert steps[0].start == period.start
    assert steps[-1].end == period.end
    assert all(left.end == right.start for left, right in pairwise(steps))


@settings(deadline=None)
@given(periods(), periods())
def test_containing_is_overlapping_and_overlapping_is_mutual(left, right):
    assert left.overlaps(right) == right.overlaps(left)
    assert left.overlaps(right) or not left.contains(right)
    assert (left.contains(right) and right.contains(left)) == (left == right)
