"""What each claim says, and of what: in a form in which two claims can be compared, and in words.

Two claims can be compared only when it is certain that one of them is about a part of what the other is about. What is
not certain (an unnamed period, a place that is not listed, a part whose difference from its total is not coded) is
compared with nothing, so that an audit raises no false alarm.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from data.metrics import Metric, find_metric
from data.periods import Period, format_date
from data.ranges import Range
from data.schema import CLAIM
from data.statements import read_range
from geo.gazetteer import PROVINCE_CODES, province_name
from geo.normalise import fold
from geo.resolve import Match, resolve
from locales import language, say, write_digits

WORLD, CAMBODIA = "world", "KH"

HAPPENING_METRICS: dict[str, frozenset[str]] = {
    "raid": frozenset({"sites_raided", "provinces_raided", "people_released", "people_rescued", "people_arrested",
                       "suspects_detained"}),
    "rescue": frozenset({"people_rescued", "people_released"}),
    "escape": frozenset({"people_escaped"}),
    "repatriation": frozenset({"people_repatriated"}),
    "arrest": frozenset({"people_arrested", "suspects_detained"}),
}  # fmt: skip
"""For a type of event, what is counted of it. A claim of such a metric that belongs to such an event is about that one
happening, and not about all that there was in its period."""


@dataclass(frozen=True)
class Assertion:
    """A claim as the audit sees it.

    Attributes
    ----------
    claim_id, speaker : str
    metric : Metric
    range : Range
        What it says; empty when it disputes a number or gives none.
    loose : tuple of float
        Lowest and highest number that it can mean at all; an "about" is read to half a unit of its first digit, so
        that "about 95" is 90 to 100. Open sides are infinite.
    start, end : Timestamp or None
        The half-open period; None is not known.
    place : tuple of str
        From the large to the small: world, KH, KH-18, a place in it. A place lies in another when its tuple begins with
        the other's. Empty when it is not known well enough.
    nationality, compound : str or None
        To whom and which site the number is confined.
    whole : bool
        False for a part (women, say) that no column tells apart from its total, and for what a witness says of no
        named site: others may lie beside it, so that it bounds nothing from above.
    part_of, event_id, stated_date, qualifier, verbatim, place_text, stance : str or None
        As coded.
    happening : str or None
        The event, when the claim counts what belongs to that one event.
    """

    claim_id: str
    metric: Metric
    range: Range
    loose: tuple[float, float]
    start: pd.Timestamp | None
    end: pd.Timestamp | None
    place: tuple[str, ...]
    nationality: str | None
    compound: str | None
    whole: bool
    speaker: str
    stance: str | None
    part_of: str | None
    event_id: str | None
    happening: str | None
    stated_date: str | None
    qualifier: str | None
    verbatim: str | None
    place_text: str | None

    @property
    def low(self) -> float:
        """The lowest number that it allows; minus infinity when that side is open."""
        return -math.inf if self.range.low is None else self.range.low

    @property
    def high(self) -> float:
        """The highest number that it allows; infinity when that side is open."""
        return math.inf if self.range.high is None else self.range.high

    @property
    def bound(self) -> float | None:
        """The number that was printed when it is a bound on one side only: "more than 200", stored as 201 or more."""
        low, best, high = self.range.low, self.range.best, self.range.high
        if best is not None or (low is None) == (high is None):
            return None
        if low is not None:
            return low - 1 if self.qualifier == "more_than" else low
        return None if high is None else high + 1 if self.qualifier == "nearly" else high

    @property
    def province(self) -> str | None:
        """The province that it is about, or lies in."""
        return self.place[2] if len(self.place) > 2 else None

    @property
    def period(self) -> Period | None:
        """The period, when both ends are known."""
        if self.start is None or self.end is None or self.end <= self.start:
            return None
        return Period(self.start.date(), self.end.date())

    @cached_property
    def moment(self) -> object:
        """What two claims must share to be about one time; None when that is not certain.

        A number that runs over time needs both ends or one event; for a state of things the day of the statement will
        do.
        """
        if self.happening is not None:
            return self.happening
        if self.end is None or (self.start is None and grows(self.metric)):
            return None
        return self.start, self.end

    @property
    def subject(self) -> tuple[object, ...]:
        """All that is counted but the time: equal for claims about the same people in the same place."""
        return self.metric.name, self.place, self.nationality, self.compound

    def disjoint(self, other: Assertion) -> bool:
        """Whether the two periods are known not to share a day."""
        return bool(
            (self.end is not None and other.start is not None and self.end <= other.start)
            or (other.end is not None and self.start is not None and other.end <= self.start)
        )

    def says(self) -> str:
        """Return the number in words, with the wording of the source: ``201 or more (“more than 200”)``."""
        number = say_range(self.range)
        if not self.verbatim or self.verbatim == number:
            return number
        quoted = f"“{self.verbatim.strip('“”')}”"
        return f"{number} ({quoted})" if number else quoted

    def when(self) -> str:
        """Return the period in words."""
        return say_period(self.start, self.end) or say("no period given")

    def where(self) -> str:
        """Return the place in words."""
        if self.place == (WORLD, CAMBODIA):
            return say("Cambodia")
        if len(self.place) == 3:
            return province_name(self.place[2], language())
        return self.place_text or (self.place[-1] if self.place else say("place not known"))

    def about(self) -> str:
        """Return what is counted: metric, place, people and period."""
        people = f", {self.nationality}" if self.nationality else ""
        return f"{say(self.metric.label)}, {self.where()}{people}, {self.when()}"


def grows(metric: Metric) -> bool:
    """Whether a longer period can only have more of it: flows, and counts of different provinces or nationalities."""
    return metric.nature == "flow" or metric.unit in ("provinces", "nationalities")


def nests(metric: Metric) -> bool:
    """Whether a larger area can only have more of it; not so for a percentage or a rank."""
    return metric.unit not in ("percent", "tier")


def read_claims(claims: pd.DataFrame, event_types: Mapping[str, str]) -> dict[str, Assertion]:
    """Return the assertion of each claim, by identifier and in its order.

    Parameters
    ----------
    claims : DataFrame
        Claims with the columns of ``schema.CLAIM``; those that are missing count as empty. Identifiers are unique.
    event_types : mapping of str to str
        For an event, its type.
    """
    rows = claims.reindex(columns=list(CLAIM.columns)).sort_values("claim_id")
    assertions = {str(row["claim_id"]): _read(row, event_types) for _, row in rows.iterrows()}
    for claim_id, assertion in assertions.items():
        total = assertions.get(assertion.part_of or "")
        if assertion.part_of and (
            total is None or (total.subject, total.moment) == (assertion.subject, assertion.moment)
        ):
            assertions[claim_id] = replace(assertion, whole=False)
    return assertions


def _read(row: pd.Series, event_types: Mapping[str, str]) -> Assertion:
    def word(name: str) -> str | None:
        return None if pd.isna(row[name]) or not str(row[name]).strip() else str(row[name]).strip()

    def day(name: str) -> pd.Timestamp | None:
        return None if pd.isna(row[name]) else pd.Timestamp(row[name])

    metric, event_id, stated = find_metric(str(row["metric"])), word("event_id"), read_range(row)
    of_event = metric.name in HAPPENING_METRICS.get(event_types.get(event_id or "", ""), ())
    return Assertion(
        claim_id=str(row["claim_id"]),
        metric=metric,
        range=stated,
        loose=loosen(stated),
        start=day("period_start"),
        end=day("period_end"),
        place=_find_place(word("geography"), word("province_code"), word("place_text")),
        nationality=word("nationality"),
        compound=word("compound_id"),
        whole=word("speaker_type") != "testimony" or word("compound_id") is not None,
        speaker=_name_speaker(str(row["speaker"])),
        stance=word("stance"),
        part_of=word("part_of"),
        event_id=event_id,
        happening=event_id if of_event else None,
        stated_date=word("stated_date"),
        qualifier=word("qualifier"),
        verbatim=word("value_verbatim"),
        place_text=word("place_text"),
    )


def _name_speaker(speaker: str) -> str:
    """Return a speaker as a sentence takes it: ``Sar Kheng (Minister of Interior)``."""
    name, comma, office = speaker.partition(", ")
    return f"{name} ({office})" if comma and "(" not in office else speaker


def _find_place(geography: str | None, province_code: str | None, place_text: str | None) -> tuple[str, ...]:
    """Return the place from the large to the small; empty when nothing is certain."""
    if geography == "world":
        return (WORLD,)
    if geography == "national":
        return (WORLD, CAMBODIA)
    if geography in ("abroad", "region"):
        return (WORLD, f"{geography}: {fold(place_text)}") if place_text else ()
    if province_code not in PROVINCE_CODES:
        return ()
    if place_text is None or _means_province(place_text):
        return (WORLD, CAMBODIA, str(province_code))
    return (WORLD, CAMBODIA, str(province_code), fold(place_text))


def _means_province(place_text: str) -> bool:
    """Return whether a text names a whole province; one of several parts may mean a place in it."""
    found = resolve(place_text)
    return isinstance(found, Match) and found.level == "province" and "," not in place_text


def loosen(stated: Range) -> tuple[float, float]:
    """Return the lowest and highest number that a range can mean; see `Assertion.loose`."""
    if stated.best is not None and stated.low is None and stated.high is None:
        half = 10 ** math.floor(math.log10(stated.best)) / 2 if stated.best > 0 else 0.0
        return stated.best - half, stated.best + half
    low = -math.inf if stated.low is None else stated.low
    return low, math.inf if stated.high is None else stated.high


def say_number(number: float) -> str:
    """Return a number with its thousands apart, and at most one decimal place."""
    return write_digits(f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}")


def say_range(stated: Range) -> str:
    """Return a range in words; empty when there is no number."""
    low, best, high = stated.low, stated.best, stated.high
    if low is not None and low == high:
        return say_number(low)
    if low is not None and high is not None:
        return f"{say_number(low)}–{say_number(high)}"
    if low is not None:
        return say("{figure} or more", figure=say_number(low))
    if high is not None:
        return say("at most {figure}", figure=say_number(high))
    return "" if best is None else say("about {figure}", figure=say_number(best))


def say_period(start: pd.Timestamp | None, end: pd.Timestamp | None) -> str:
    """Return a half-open period in words, its last day included; empty when nothing is known of it."""
    first, last = (None if pd.isna(day) else pd.Timestamp(day) for day in (start, end))
    if last is None:
        return "" if first is None else say("from {date}", date=format_date(first.date()))
    if first is None or last <= first:
        return say("up to {date}", date=format_date((last - pd.Timedelta(days=1)).date()))
    return Period(first.date(), last.date()).label()
