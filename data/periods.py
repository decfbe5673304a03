"""Half-open periods ``[start, end)`` and the grains by which they are cut.

Code uses half-open periods, so that adjacent periods add up; screens and sentences show the last day inclusive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from errors import PeriodError

Grain = Literal["day", "month", "quarter", "year"]
GRAINS: tuple[Grain, ...] = ("day", "month", "quarter", "year")
_FREQUENCY = {"day": "D", "month": "M", "quarter": "Q", "year": "Y"}


@dataclass(frozen=True, order=True)
class Period:
    """The days from `start` up to, but not including, `end`.

    Raises
    ------
    PeriodError
        When `end` is not after `start`.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise PeriodError(
                f"The period from {self.start} to {self.end} is empty.",
                "The end must lie after the start.",
                start=self.start,
                end=self.end,
            )

    @property
    def last_day(self) -> date:
        """The last day inside the period."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """Number of days inside the period."""
        return (self.end - self.start).days

    def contains(self, other: Period) -> bool:
        """Whether `other` lies wholly inside this period."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two periods share a day."""
        return self.start < other.end and other.start < self.end

    def label(self) -> str:
        """Return the period for people, its last day included: ``19 August – 18 September 2022``."""
        first, last = self.start, self.last_day
        if first == last:
            return format_date(first)
        left = f"{first.day} {first:%B}" + ("" if first.year == last.year else f" {first.year}")
        if (first.year, first.month) == (last.year, last.month):
            left = str(first.day)
        return f"{left} – {format_date(last)}"

    def short_label(self) -> str:
        """Return the period for narrow places: ``19 Aug – 18 Sep 2022``, whole months and years without their days."""
        first, last = self.start, self.last_day
        if first == last:
            return f"{first.day} {first:%b %Y}"
        whole = first.day == 1 and self.end.day == 1
        if whole and first.month == 1 and self.end.month == 1:
            return f"{first:%Y}" if first.year == last.year else f"{first:%Y} – {last:%Y}"
        day, last_day = ("", "") if whole else (f"{first.day} ", f"{last.day} ")
        same_year = first.year == last.year
        if same_year and first.month == last.month:
            return f"{first:%b %Y}" if whole else f"{first.day} – {last.day} {last:%b %Y}"
        return f"{day}{first:%b}{'' if same_year else f' {first:%Y}'} – {last_day}{last:%b %Y}"


def format_date(day: date) -> str:
    """Return a date for people: ``19 September 2022``."""
    return f"{day.day} {day:%B %Y}"


def parse_period(start: str, end: str) -> Period:
    """Return the period between two ISO dates.

    Raises
    ------
    PeriodError
        When one is not an ISO date, or the period is empty.
    """
    try:
        return Period(date.fromisoformat(start), date.fromisoformat(end))
    except ValueError as error:
        raise PeriodError(
            f"“{start}” to “{end}” is not a period.", "Write dates as 2022-09-19.", start=start, end=end
        ) from error


def split_period(period: Period, grain: Grain) -> Iterator[Period]:
    """Yield the days, calendar months, quarters or years that `period` touches, cut to lie inside it."""
    for step in pd.period_range(period.start, period.last_day, freq=_FREQUENCY[grain]):
        first, after = step.start_time.date(), (step + 1).start_time.date()
        yield Period(max(first, period.start), min(after, period.end))
