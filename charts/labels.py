"""Numbers, dates and terms in words: the only place where a figure becomes text."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from charts.terms import COLUMNS, TERMS
from data.measures import WITHHELD
from data.metrics import METRICS, Unit
from data.periods import Period, format_date
from data.schema import KINDS, PLACE_RESULT
from data.suppression import smallest_cell
from geo.gazetteer import province_name
from locales import language, later, say, write_digits, write_month

NO_REPORT = later("no report")

_BASIS = {
    "stated": later("stated for this period, as coded from the source's words"),
    "implied": later("implied: computed from stated numbers, stated by nobody"),
    "bounded": later("follows from a statement about another period"),
    "recorded": later("counted from records"),
    "no_report": later("no report (this is not zero)"),
    "withheld": later("withheld: fewer than {k}, or it would give such a figure away"),
}


_PLACE_RESULT = {
    "match_method": later("How this atlas found the province"),
    "distance_m": later("How far outside its province the point lies (m)"),
}
_LIKELY, _PERHAPS = 0.75, 0.45
"""From how much of 1 on a suggestion is called so."""
_STANCES = {
    "states": later("states"),
    "estimates": later("estimates"),
    "relays": later("relays"),
    "acknowledges": later("acknowledges"),
    "doubts": later("doubts"),
    "denies": later("denies"),
}
_UNITS: dict[Unit, str] = {
    "complaints": later("Complaints"),
    "requests": later("Requests"),
    "people": later("People"),
    "nationalities": later("Nationalities"),
    "cases": later("Cases"),
    "sites": later("Sites"),
    "provinces": later("Provinces"),
    "licences": later("Licences"),
    "percent": later("Percent"),
    "usd": later("US dollars"),
    "tier": later("Tier"),
}
_RELIABILITY = {
    "A": later("Source completely reliable (Admiralty A)"),
    "B": later("Source usually reliable (Admiralty B)"),
    "C": later("Source fairly reliable (Admiralty C)"),
    "D": later("Source not usually reliable (Admiralty D)"),
    "E": later("Source unreliable (Admiralty E)"),
    "F": later("Source's reliability cannot be judged (Admiralty F)"),
}
_CREDIBILITY = {
    "1": later("information confirmed by others (Admiralty 1)"),
    "2": later("information probably true (Admiralty 2)"),
    "3": later("information possibly true (Admiralty 3)"),
    "4": later("information doubtful (Admiralty 4)"),
    "5": later("information improbable (Admiralty 5)"),
    "6": later("truth of the information cannot be judged (Admiralty 6)"),
}
_OWN_BOUNDS = ("more_than", "at_least", "up_to", "nearly", "hundreds", "billions")
"""Qualifiers whose words a bound replaces: “more than 600” is counted as 601 or more."""
_LONGEST_FIGURE = 40
_RELATIVE = re.compile(r"\bthe (?:past|last|previous) (?:\w+ )?(?:day|week|month|quarter|year)s?\b", re.IGNORECASE)
_MARKS = '“”"'
_COARSE = ("month", "quarter", "year")


def term(value: object) -> str:
    """Return a codebook value as a person reads it: ``alleged_active`` → ``Alleged active``."""
    if not isinstance(value, str) or not value:
        return "—"
    return say(TERMS.get(value) or COLUMNS.get(value) or value.replace("_", " ").capitalize())


def place_label(code: str) -> str:
    """Return the name of a province in the reader's language."""
    return province_name(code, language())


def field_label(kind: str, name: str) -> str:
    """Return what a column of a kind of record is called on the screen; a name that is no column stays as it is.

    It is the first part of what the column means: ``people_affected`` → ``How many people it concerns``.
    """
    if name in PLACE_RESULT and KINDS[kind].placed:
        return say(_PLACE_RESULT[name])
    if name not in KINDS[kind].columns:
        return name
    return say(KINDS[kind].field(name).meaning.partition(";")[0])


def how_sure(confidence: float) -> str:
    """Return how sure a suggestion is (0 to 1) in a word: ``certain``, ``likely``, ``perhaps``, ``only a guess``."""
    if confidence >= 1:
        return say("certain")
    words = ((_LIKELY, later("likely")), (_PERHAPS, later("perhaps")))
    return say(next((word for least, word in words if confidence >= least), later("only a guess")))


def stance_word(stance: object) -> str:
    """Return what a speaker does with a number, as a verb: ``states``, ``denies``; an unknown stance states."""
    return say(_STANCES.get(str(stance), _STANCES["states"]))


def unit_label(unit: Unit) -> str:
    """Return what is counted, as the title of an axis."""
    return say(_UNITS[unit])


def describe_basis(basis: str) -> str:
    """Return what a figure rests on, in words."""
    return say(_BASIS[basis], k=smallest_cell()) if basis == WITHHELD else say(_BASIS[basis])


def known(value: Any) -> bool:
    """Whether a figure is known (not missing)."""
    return value is not None and not pd.isna(value)


def format_number(value: float) -> str:
    """Return a number with thousands separated; one decimal below 10 when it is not whole."""
    if float(value).is_integer():
        return write_digits(f"{int(value):,}")
    return write_digits(f"{value:,.1f}" if abs(value) < 10 else f"{value:,.0f}")


def format_range(low: Any, best: Any, high: Any) -> str:
    """Return a figure in words: ``18``, ``201 or more``, ``2,000–5,000``, ``at most 100,000``, ``no report``."""
    if known(best):
        return format_number(best)
    if known(low) and known(high):
        return format_number(low) if low == high else f"{format_number(low)}–{format_number(high)}"
    if known(low):
        return say("{figure} or more", figure=format_number(low))
    if known(high):
        return say("at most {figure}", figure=format_number(high))
    return say(NO_REPORT)


def format_figure(row: Mapping[Hashable, Any] | pd.Series, rate: bool = False) -> str:
    """Return the figure (or `rate`) of a row of ``MeasureCounts.rows`` in words; ``withheld`` where that is so."""
    figure = [row[f"rate_{side}" if rate else side] for side in ("low", "best", "high")]
    if row["basis"] == WITHHELD and not any(map(known, figure)):
        return say("withheld")
    return format_range(*figure)


def format_short(low: Any, best: Any, high: Any) -> str:
    """Return a figure for a narrow place: ``18``, ``201+``, ``2,000–5,000``, ``≤100,000``, or nothing."""
    if not any(map(known, (low, best, high))):
        return ""
    if known(best) or known(low) == known(high):
        return format_range(low, best, high)
    return f"{format_number(low)}+" if known(low) else f"≤{format_number(high)}"


def claim_value(claim: Mapping[Hashable, Any] | pd.Series) -> str:
    """Return the number of a claim in words, with “about” where the speaker says so."""
    text = format_range(claim["low"], claim["best"], claim["high"])
    if not any(map(known, (claim["low"], claim["best"], claim["high"]))):
        return say("no number given")
    metric = METRICS.get(str(claim["metric"]))
    if claim["qualifier"] == "about":
        text = say("about {figure}", figure=text)
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
    return (counted, "") if words.strip() == counted else (quoted(words), say("counted as {figure}", figure=counted))


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
        return say("“{words}”, read as {period}", words=found[0], period=span)
    return say("{period}, as coded from the source's words", period=span) if precision in _COARSE else span


def format_people(low: Any, best: Any, high: Any) -> str:
    """Return a number of people in words: ``1 person``, ``62 people``, ``1,001 or more people``."""
    figure = format_range(low, best, high)
    one = (known(best) and best == 1) or (not known(best) and known(low) and known(high) and low == high == 1)
    return say("{figure} person", figure=figure) if one else say("{figure} people", figure=figure)


def format_edtf(value: object) -> str:
    """Return an EDTF date or interval in words; open sides become “until” and “since”."""
    if not isinstance(value, str) or not value:
        return say("undated")
    if "/" in value:
        first, last = value.split("/", 1)
        if first in ("..", ""):
            return say("on or before {date}", date=format_edtf(last))
        if last in ("..", ""):
            return say("since {date}", date=format_edtf(first))
        return f"{format_edtf(first)} – {format_edtf(last)}"
    approximate = value.endswith(("~", "?", "%"))
    plain = value.rstrip("~?%")
    try:
        stamp = pd.Timestamp(plain)
    except ValueError:
        return value
    year = write_digits(f"{stamp:%Y}")
    text = {4: year, 7: f"{write_month(stamp.month)} {year}"}.get(len(plain), format_date(stamp.date()))
    return say("about {date}", date=text) if approximate else text


def format_span(start: Any, end: Any, precision: str = "day") -> str:
    """Return a half-open period ``[start, end)`` in words, its last day included."""
    if not known(start) and not known(end):
        return say("undated")
    if not known(start):
        return say("on or before {date}", date=format_date((pd.Timestamp(end) - pd.Timedelta(days=1)).date()))
    if not known(end):
        return say("since {date}", date=format_date(pd.Timestamp(start).date()))
    text = Period(pd.Timestamp(start).date(), pd.Timestamp(end).date()).label()
    return f"{text} ({term(precision).lower()})" if precision in ("year", "quarter") else text


def format_distance(metres: Any) -> str:
    """Return a distance in words: ``450 m``, ``12 km``."""
    if not known(metres) or math.isinf(metres):
        return say("an unknown distance")
    if metres < 1000:
        return say("{figure} m", figure=write_digits(f"{metres:,.0f}"))
    return say("{figure} km", figure=write_digits(f"{metres / 1000:,.1f}".removesuffix(".0")))


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
    reliability = say(_RELIABILITY.get(str(letter), later("Source not graded")))
    return f"{reliability} · {say(_CREDIBILITY.get(str(credibility), later('information not graded')))}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return ``1 record``, ``2 records``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
