"""Figures and periods inside a sentence: ``at least 201``, ``between 19 August 2022 and 18 September 2022``."""

from __future__ import annotations

import re
from typing import Any

from charts.labels import format_number, format_range, known
from data.periods import Period, format_date
from locales import say, write_digits, write_month


def describe_months(period: Period) -> str:
    """Return a period as the head of a briefing names it: ``September 2022`` for one month, else as charts do."""
    first, last = period.start, period.last_day
    if first.day == period.end.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{write_month(first.month)} {write_digits(str(first.year))}"
    return period.short_label()


def hedged(low: Any, best: Any, high: Any) -> str:
    """Return a figure for a sentence: ``201``, ``at least 201``, ``between 2,000 and 5,000``, ``at most 18``."""
    if known(best):
        return format_number(best)
    if known(low) and known(high) and low != high:
        return say("between {low} and {high}", low=format_number(low), high=format_number(high))
    if known(low) and not known(high):
        return say("at least {figure}", figure=format_number(low))
    if known(high) and not known(low):
        return say("at most {figure}", figure=format_number(high))
    return format_range(low, best, high)


def during(period: Period) -> str:
    """Return a period inside a sentence: ``between 19 August 2022 and 18 September 2022``, ``on 4 May 2022``."""
    if period.days == 1:
        return say("on {date}", date=format_date(period.start))
    return say("between {first} and {last}", first=format_date(period.start), last=format_date(period.last_day))


def tidy(text: str) -> str:
    """Return a finding as a headline: without a full stop, its spaces ordinary."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip().removesuffix(".")
