from __future__ import annotations

import pytest

from charts.time_ticks import time_ticks
from data.periods import parse_period


@pytest.mark.parametrize(
    ("start", "end"), [("2022-09-10", "2022-10-01"), ("2022-01-01", "2023-01-01"), ("1990-01-01", "2024-01-01")]
)
def test_marks_lie_inside_and_are_few(start, end):
    period = parse_period(start, end)
    ticks = time_ticks(period)
    assert len(ticks) <= 9
    assert all(period.start <= day.date() < period.end for day, _ in ticks)
    assert [day for day, _ in ticks] == sorted({day for day, _ in ticks})


def test_months_and_years_have_their_names():
    assert [label for _, label in time_ticks(parse_period("2022-01-01", "2022-04-01"))] == [
        "Jan 2022",
        "Feb 2022",
        "Mar 2022",
    ]
    assert all(len(label) == 4 for _, label in time_ticks(parse_period("2000-01-01", "2016-01-01")))
