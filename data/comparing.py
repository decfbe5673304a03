"""Which second period stands beside the first one when two are compared."""

from __future__ import annotations

from datetime import timedelta

from data.measures import Measure
from data.periods import Period
from data.permalink import Choices
from errors import PeriodError


def period_before(period: Period) -> Period:
    """Return the period of the same length that ends where this one begins; whole months stay whole months.

    A period that begins with the calendar has none before it and is returned as it is.
    """
    first, after = period.start, period.end
    months = (after.year - first.year) * 12 + after.month - first.month
    try:
        if first.day == after.day == 1:
            month = first.year * 12 + first.month - 1 - months
            return Period(first.replace(year=month // 12, month=month % 12 + 1), first)
        return Period(first - timedelta(days=period.days), first)
    except (ValueError, OverflowError, PeriodError):
        return period


def second_period(choices: Choices, measure: Measure, period: Period) -> Period | None:
    """Return the period that is compared with the chosen one; None when nothing is.

    A list of sites has no period, so there is nothing to compare.
    """
    if not choices.compare or measure.basis == "listed":
        return None
    return choices.against or period_before(period)
