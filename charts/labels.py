"""Numbers, dates and terms in words: the only place where a figure becomes text."""

from __future__ import annotations

import math
import re
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
    "stated": "stated for this period, as coded from the source's words",
    "implied": "implied: computed from stated numbers, stated by nobody",
    "bounded": "follows from a statement about another period",
    "recorded": "counted from records",
    "no_report": "no report (this is not zero)",
}


_RELIABILITY = {
    "A": "Source completely reliable (Admiralty A)",
    "B": "Source usually reliable (Admiralty B)",
    "C": "Source fairly reliable (Admiralty C)",
    "D": "Source not usually reliable (Admiralty D)",
    "E": "Source unreliable (Admiralty E)",
    "F": "Source's reliability cannot be judged (Admiralty F)",
}
_CREDIBILITY = {
    "1": "information confirmed by others (Admiralty 1)",
    "2": "information probably true (Admiralty 2)",
    "3": "information possibly true (Admiralty 3)",
    "4": "information doubtful (Admiralty 4)",
    "5": "information improbable (Admiralty 5)",
    "6": "truth of the information cannot be judged (Admiralty 6)",
}
_OWN_BOUNDS = ("more_than", "at_least", "up_to", "nearly", "hundreds", "billions")
"""Qualifiers whose words a bound replaces: “more than 600” is counted as 601 or more."""
_LONGEST_FIGURE = 40
_RELATIVE = re.compile(r"\bthe (?:past|last|previous) (?:\w+ )?(?:day|week|month|quarter|year)s?\b", re.IGNORECASE)
_MARKS = '“”"'


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


def spoken_value(claim: Mapping[Hashable, Any] | pd.Series) -> tuple[str, str]:
    """Return the figure of a claim as its speaker words it, and how it is counted where that differs.

    Only a bound is given in the speaker's words (“more than 600”, counted as 601 or more); other figures stand as
    counted, and the second text is empty.
    """
    counted = claim_value(claim)
    words = claim["value_verbatim"]
    bound = claim["qualifier"] in _OWN_BOUNDS and any(known(claim[side]) for side in ("low", "best", "high"))
    if not bound or not isinstance(words, str) or not 0 < len(words.strip()) <= _LONGEST_FIGURE:
        return counted, ""
    return (counted, "") if words.strip() == counted else (quoted(words), f"counted as {counted}")


def quoted(text: str) -> str:
    """Return a text in quotation marks, none of them doubled: those inside become single where two would meet."""
    text = text.strip()
    opens, closes, marks = text[:1] in tuple(_MARKS), text[-1:] in tuple(_MARKS), sum(map(text.count, _MARKS))
    if opens and closes and marks == 2:
        return f"“{text[1:-1]}”"
    if marks == 1 and (opens or closes):
        return f"“{text.strip(_MARKS)}”"
    if opens or closes:
        text = re.sub(r'"([^"]*)"', r"‘\1’", text).replace("“", "‘").replace("”", "’")
    return f"“{text}”"


def describe_period(claim: Mapping[Hashable, Any] | pd.Series) -> str:
    """Return the period of a claim, and how it was read where the source does not give its days."""
    precision = str(claim["date_precision"])
    span = format_span(claim["period_start"], claim["period_end"], precision)
    if not known(claim["period_start"]):
        return span
    texts = [text for text in (claim["value_verbatim"], claim["quote"]) if isinstance(text, str)]
    found = next((match for match in map(_RELATIVE.search, texts) if match), None)
    if found:
        return f"“{found[0]}”, read as {span}"
    return f"{span}, as coded from the source's words" if precision in ("month", "quarter", "year") else span


def format_people(low: Any, best: Any, high: Any) -> str:
    """Return a number of people in words: ``1 person``, ``62 people``, ``1,001 or more people``."""
    figure = format_range(low, best, high)
    return f"{figure} {'person' if figure == '1' else 'people'}"


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
    return f"{reliability} · {_CREDIBILITY.get(str(credibility), 'information not graded')}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return ``1 record``, ``2 records``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
