"""Numbers checked against what stands beside them: the event, the places that are named, the counts of a percentage."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

import pandas as pd

from data.assertions import Assertion, loosen, say_number, say_range
from data.findings import Finding, Severity, make_finding
from data.ranges import Range
from data.schema import split_list
from data.tally import SIDES, read_people
from geo.gazetteer import province_name
from geo.resolve import Match, resolve
from locales import language, say, write_digits

DECLINES = {"requests_decline_percent": "intervention_requests"}
"""For a metric that states a decline in percent, the metric that declines."""

LENGTH_TOLERANCE = 0.1
"""Months, quarters and years differ among themselves by less than this share; windows that differ more are unequal."""

_NAMES = re.compile(r"\s*(?:,|;|\band\b)\s*")


def find_event_differences(assertions: Sequence[Assertion], events: pd.DataFrame) -> Iterator[Finding]:
    """Yield events whose people differ from the claim about the same happening."""
    named = events[events["event_id"].notna()].drop_duplicates("event_id")
    people = read_people(named.astype({f"people_{side}": "Float64" for side in SIDES}), "event")
    rows = {str(row["event_id"]): (place, row) for place, (_, row) in enumerate(named.iterrows())}
    for claim in assertions:
        if claim.event_id not in rows:
            continue
        place, event = rows[claim.event_id]
        sides = [None if math.isnan(people[side][place]) else float(people[side][place]) for side in SIDES]
        recorded = Range(low=sides[0], best=sides[1], high=sides[2])
        # The people of a raid may be those freed or those arrested, so they are compared with neither.
        if claim.happening is None or event["event_type"] == "raid" or recorded.empty:
            continue
        severity = _compare_with_event(claim, recorded, event)
        if severity is None:
            continue
        text = say(
            "The {event_type} “{event}” is recorded with {recorded} people; {speaker} says {figure} for {about}.",
            event_type=event["event_type"],
            event=event["event_id"],
            recorded=say_range(recorded),
            speaker=claim.speaker,
            figure=claim.says(),
            about=claim.about(),
        )
        yield make_finding("event_and_claim", severity, text, (claim.claim_id,), (claim.event_id,))


def _compare_with_event(claim: Assertion, recorded: Range, event: pd.Series) -> Severity | None:
    """Return how gravely a claim and its event differ; a claim about a part of the people can only exceed them."""
    narrower, wider = _relate_to_event(claim, event)
    sides: dict[Severity, tuple[tuple[float, float], tuple[float, float]]] = {
        "contradiction": ((claim.low, claim.high), _sides(recorded)),
        "tension": (claim.loose, loosen(recorded)),
    }
    for severity, (one, other) in sides.items():
        above, below = one[0] > other[1], one[1] < other[0]
        if (above and not wider) or (below and not narrower):
            return severity
    return None


def _sides(stated: Range) -> tuple[float, float]:
    low = -math.inf if stated.low is None else stated.low
    return low, math.inf if stated.high is None else stated.high


def _relate_to_event(claim: Assertion, event: pd.Series) -> tuple[bool, bool]:
    """Return whether the claim is about fewer, and about more, than the event (both: about something else)."""
    nationality = None if pd.isna(event["nationality"]) else str(event["nationality"])
    compound = None if pd.isna(event["compound_id"]) else str(event["compound_id"])
    provinces = set(split_list(event["province_codes"]))
    other = claim.nationality is not None and nationality is not None and claim.nationality != nationality
    other |= claim.province is not None and bool(provinces) and claim.province not in provinces
    narrower = other or claim.part_of is not None or (claim.nationality is not None and nationality is None)
    narrower |= (claim.compound is not None and compound is None) or (claim.province is not None and len(provinces) > 1)
    wider = other or (claim.nationality is None and nationality is not None)
    start, end = event["date_start"], event["date_end"]
    wider |= claim.start is not None and (pd.isna(start) or claim.start < start)
    wider |= claim.start is not None and claim.end is not None and pd.notna(end) and claim.end > end
    return narrower, wider


def find_place_lists(assertions: Sequence[Assertion]) -> Iterator[Finding]:
    """Yield counts of provinces that differ from the provinces that the claim itself lists."""
    for claim in assertions:
        names = [name for name in _NAMES.split(claim.place_text or "") if name]
        if claim.metric.unit != "provinces" or len(names) < 2:
            continue
        places = [resolve(name) for name in names]
        matches = [place for place in places if isinstance(place, Match)]
        if len(matches) < len(places):
            continue
        codes = {match.province_code for match in matches}
        if claim.low <= len(codes) <= claim.high:
            continue
        twice = [
            say(
                "“{name}” is a {level} of {province}",
                name=match.text,
                level=say(match.level),
                province=province_name(match.province_code, language()),
            )
            for match in matches
            if match.level != "province"
        ]
        text = say(
            "{speaker} says {figure} for {metric} ({when}) and lists {listed} names, which lie in {n} "
            "provinces{which}.",
            speaker=claim.speaker,
            figure=claim.says(),
            metric=say(claim.metric.label),
            when=claim.when(),
            listed=len(names),
            n=len(codes),
            which=f": {'; '.join(twice)}" if twice else "",
        )
        severity: Severity = "contradiction" if len(codes) > claim.high else "tension"
        yield make_finding("places_counted_twice", severity, text, (claim.claim_id,))


def find_percentages(assertions: Sequence[Assertion]) -> Iterator[Finding]:
    """Yield stated declines that the speaker's own counts of the same day do not give, or between unequal periods.

    Nothing is compared when the speaker names several earlier counts, as nobody says which one is meant.
    """
    for share in assertions:
        if share.metric.name not in DECLINES or share.period is None or share.range.best is None:
            continue
        counts = [one for one in assertions if _belongs_to(one, share)]
        later = [one for one in counts if one.period == share.period]
        earlier = [one for one in counts if one.period and one.period.end <= share.period.start and one.low > 0]
        if len(later) != 1 or len(earlier) != 1:
            continue
        now, before = later[0], earlier[0]
        records = (share.claim_id, now.claim_id, before.claim_id)
        decline = 100 * (1 - now.low / before.low)
        numbers = say(
            "{speaker} says {figure} for {about}, next to {before} ({earlier}) and {now} ({today})",
            speaker=share.speaker,
            figure=share.says(),
            about=share.about(),
            before=say_number(before.low),
            earlier=before.when(),
            now=say_number(now.low),
            today=now.when(),
        )
        step = 10.0 ** -_decimals(share.range.best)
        low, high = (share.range.best - step / 2, share.range.best + step / 2) if share.range.exact else share.loose
        if not low <= decline <= high:
            difference = abs(decline - share.range.best)
            severity: Severity = (
                "tension" if not share.range.exact else "info" if difference < step else "contradiction"
            )
            rounded = f"{decline:.{_decimals(share.range.best)}f}"
            text = say(
                "{numbers}. From {before} to {now} the decline is {decline} %{rounded}.",
                numbers=numbers,
                before=say_number(before.low),
                now=say_number(now.low),
                decline=write_digits(f"{decline:.2f}"),
                rounded=say(", rounded {decline} %", decline=write_digits(rounded)) if severity == "info" else "",
            )
            yield make_finding("percent_differs", severity, text, records)
        days = [one.period.days for one in (before, now) if one.period]
        if abs(days[1] - days[0]) > LENGTH_TOLERANCE * max(days):
            daily = 100 * (1 - (now.low / days[1]) / (before.low / days[0]))
            text = say(
                "{numbers}. The periods have {before} and {now} days; by day the decline is {daily} %.",
                numbers=numbers,
                before=str(days[0]),
                now=str(days[1]),
                daily=write_digits(f"{daily:.1f}"),
            )
            yield make_finding("unequal_windows", "tension", text, records)


def _belongs_to(count: Assertion, share: Assertion) -> bool:
    """Return whether a percentage can have been computed from this exact count."""
    return (
        count.metric.name == DECLINES[share.metric.name]
        and count.range.exact
        and count.whole
        and count.stated_date is not None
        and (count.speaker, count.stated_date) == (share.speaker, share.stated_date)
        and count.subject[1:] == share.subject[1:]
    )


def _decimals(number: float) -> int:
    """Return how many decimal places a number is stated with."""
    return len(f"{number:.6f}".rstrip("0").partition(".")[2])
