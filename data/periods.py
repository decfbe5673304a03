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
from locales import say, write_date, write_digits, write_month, write_short_month

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
                say("The period from {start} to {end} is empty.", start=self.start, end=self.end),
                say("The end must lie after the start."),
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
        day = write_digits(str(first.day))
        if (first.year, first.month) == (last.year, last.month):
            return f"{day} – {format_date(last)}"
        left = f"{day} {write_month(first.month)}" if first.year == last.year else format_date(first)
        return f"{left} – {format_date(last)}"

    def short_label(self) -> str:
        """Return the period for narrow places: ``19 Aug – 18 Sep 2022``, whole months and years without their days."""
        first, last = self.start, self.last_day
        if first == last:
            return f"{write_digits(str(first.day))} {_month_of(first)}"
        whole = first.day == 1 and self.end.day == 1
        year, last_year = write_digits(f"{first:%Y}"), write_digits(f"{last:%Y}")
        if whole and first.month == 1 and self.end.month == 1:
            return year if first.year == last.year else f"{year} – {last_year}"
        day, last_day = ("", "") if whole else (write_digits(f"{one.day} ") for one in (first, last))
        same_year = first.year == last.year
        if same_year and first.month == last.month:
            return _month_of(first) if whole else f"{day}– {last_day}{_month_of(last)}"
        return f"{day}{write_short_month(first.month)}{'' if same_year else f' {year}'} – {last_day}{_month_of(last)}"


def format_date(day: date) -> str:
    """Return a date for people: ``19 September 2022``."""
    return write_date(day)


def _month_of(day: date) -> str:
    """Return month and year for narrow places: ``Sep 2022``."""
    return f"{write_short_month(day.month)} {write_digits(f'{day:%Y}')}"


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
            say("“{start}” to “{end}” is not a period.", start=start, end=end),
            say("Write dates as 2022-09-19."),
            start=start,
            end=end,
        ) from error


def split_period(period: Period, grain: Grain) -> Iterator[Period]:
    """Yield the days, calendar months, quarters or years that `period` touches, cut to lie inside it."""
    for step in pd.period_range(period.start, period.last_day, freq=_FREQUENCY[grain]):
        first, after = step.start_time.date(), (step + 1).start_time.date()
        yield Period(max(first, period.start), min(after, period.end))
