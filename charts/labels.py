"""Numbers, dates and terms in words: the only place where a figure becomes text."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from data.metrics import METRICS
from data.periods import Period, format_date

NO_REPORT = "no report"

TERMS: dict[str, str] = {
    "alleged_active": "Alleged active",
    "raided": "Raided",
    "closed": "Reported closed",
    "reopened": "Reportedly reopened",
    "relocated": "Reportedly relocated",
    "licence_renewed": "Casino licence renewed",
    "licence_granted": "Casino licence granted",
    "contested": "Contested",
    "unknown": "Not known",
    "sez": "Special economic zone",
    "unnamed_site": "Unnamed site",
    "ngo": "NGO",
    "un": "UN",
    "unstated": "Not stated",
}
"""Words on screen for values whose plain form (underscores to spaces) would not do."""

_BASIS = {
    "stated": "stated for exactly this period",
    "implied": "implied: computed from stated numbers, stated by nobody",
    "bounded": "follows from a statement about another period",
    "recorded": "counted from records",
    "no_report": "no report (this is not zero)",
}


_RELIABILITY = {
    "A": "Source completely reliable (A)",
    "B": "Source usually reliable (B)",
    "C": "Source fairly reliable (C)",
    "D": "Source not usually reliable (D)",
    "E": "Source unreliable (E)",
    "F": "Source's reliability cannot be judged (F)",
}
_CREDIBILITY = {
    "1": "confirmed by others (1)",
    "2": "probably true (2)",
    "3": "possibly true (3)",
    "4": "doubtful (4)",
    "5": "improbable (5)",
    "6": "truth cannot be judged (6)",
}


def term(value: object) -> str:
    """Return a codebook value as a person reads it: ``alleged_active`` → ``Alleged active``."""
    if not isinstance(value, str) or not value:
        return "—"
    return TERMS.get(value, value.replace("_", " ").capitalize())


def describe_basis(basis: str) -> str:
    """Return what a figure rests on, in words."""
    return _BASIS[basis]


def known(value: Any) -> bool:
    """Whether a figure is known (not missing)."""
    return value is not None and not pd.isna(value)


def format_number(value: float) -> str:
    """Return a number with thousands separated; one decimal below 10 when it is not whole."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) < 10 else f"{value:,.0f}"


def format_range(low: Any, best: Any, high: Any) -> str:
    """Return a figure in words: ``18``, ``201 or more``, ``2,000–5,000``, ``at most 100,000``, ``no report``."""
    if known(best):
        return format_number(best)
    if known(low) and known(high):
        return format_number(low) if low == high else f"{format_number(low)}–{format_number(high)}"
    if known(low):
        return f"{format_number(low)} or more"
    if known(high):
        return f"at most {format_number(high)}"
    return NO_REPORT


def format_short(low: Any, best: Any, high: Any) -> str:
    """Return a figure for a narrow place: ``18``, ``201+``, ``2,000–5,000``, ``≤100,000``, or nothing."""
    text = format_range(low, best, high)
    if text == NO_REPORT:
        return ""
    return text.replace(" or more", "+").replace("at most ", "≤")


def claim_value(claim: Mapping[Hashable, Any] | pd.Series) -> str:
    """Return the number of a claim in words, with “about” where the speaker says so."""
    text = format_range(claim["low"], claim["best"], claim["high"])
    if text == NO_REPORT:
        return "no number given"
    metric = METRICS.get(str(claim["metric"]))
    if claim["qualifier"] == "about":
        text = f"about {text}"
    if metric is not None and metric.unit == "percent":
        text += " %"
    if metric is not None and metric.unit == "usd":
        text = f"US$ {text}"
    return text


def format_edtf(value: object) -> str:
    """Return an EDTF date or interval in words; open sides become “until” and “since”."""
    if not isinstance(value, str) or not value:
        return "undated"
    if "/" in value:
        first, last = value.split("/", 1)
        if first in ("..", ""):
            return f"on or before {format_edtf(last)}"
        if last in ("..", ""):
            return f"since {format_edtf(first)}"
        return f"{format_edtf(first)} – {format_edtf(last)}"
    approximate = value.endswith(("~", "?", "%"))
    plain = value.rstrip("~?%")
    try:
        stamp = pd.Timestamp(plain)
    except ValueError:
        return value
    text = {4: f"{stamp:%Y}", 7: f"{stamp:%B %Y}"}.get(len(plain), format_date(stamp.date()))
    return f"about {text}" if approximate else text


def format_span(start: Any, end: Any, precision: str = "day") -> str:
    """Return a half-open period ``[start, end)`` in words, its last day included."""
    if not known(start) and not known(end):
        return "undated"
    if not known(start):
        return f"on or before {format_date((pd.Timestamp(end) - pd.Timedelta(days=1)).date())}"
    if not known(end):
        return f"since {format_date(pd.Timestamp(start).date())}"
    text = Period(pd.Timestamp(start).date(), pd.Timestamp(end).date()).label()
    return f"{text} ({precision})" if precision in ("year", "quarter") else text


def format_distance(metres: Any) -> str:
    """Return a distance in words: ``450 m``, ``12 km``."""
    if not known(metres) or math.isinf(metres):
        return "an unknown distance"
    return f"{metres:,.0f} m" if metres < 1000 else f"{metres / 1000:,.1f} km".replace(".0 km", " km")


def describe_grade(sources: pd.DataFrame, credibility: Any) -> str:
    """Return the Admiralty grade of a claim in words: reliability of its origin and credibility of the information.

    Parameters
    ----------
    sources : DataFrame
        The sources behind it, the origin first.
    credibility : str or missing
        1 to 6.
    """
    letter = sources["source_reliability"].iloc[0] if len(sources) else None
    reliability = _RELIABILITY.get(str(letter), "Source not graded")
    return f"{reliability}; {_CREDIBILITY.get(str(credibility), 'information not graded')}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return ``1 record``, ``2 records``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
