"""What does not reconcile in a ledger of claims: an audit by arithmetic, told nothing beforehand.

A finding is never a judgement of who is right. Only what is certain is compared (`data.assertions`,
`data.inclusions`), and a claim that repeats another one is compared once. Numbers that contradict each other only in
larger combinations are the matter of the linear programme of `data.bounds`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import pandas as pd

from data.assertions import Assertion, read_claims, say_number
from data.crosschecks import find_event_differences, find_percentages, find_place_lists
from data.disputes import find_contested_events, find_disputes, find_restatements
from data.findings import Finding, Severity, findings_frame, make_finding, sort_findings
from data.inclusions import Inclusions
from data.opposite_bounds import find_opposite_bounds
from data.periods import Period, format_date
from data.ranges import Window, add_apart
from data.repeats import find_origins, find_repeats, read_links
from data.schema import CLAIM, EVENT, SOURCE
from geo.gazetteer import province_name
from locales import language, say, write_digits

__all__ = ["Finding", "audit", "findings_frame"]

PACE = 2.0
"""A remainder in time is told only when it runs so many times as fast as the stated number that leaves it."""

MOST_TOLD = 5
"""So many parts are told in a sentence."""


def audit(claims: pd.DataFrame, events: pd.DataFrame, sources: pd.DataFrame) -> list[Finding]:
    """Return what does not reconcile in these records.

    Parameters
    ----------
    claims, events, sources : DataFrame
        Records with the columns of ``schema.CLAIM``, ``schema.EVENT`` and ``schema.SOURCE``, stored or not; columns
        that are missing count as empty. Identifiers are unique, claims as they were coded (not dated by their events).
        The order of the rows does not matter.

    Returns
    -------
    list of Finding
        The gravest first. Leaving out claims that a finding neither names nor depends upon (through `part_of`,
        `restates` or `responds_to`) leaves the finding.

    Raises
    ------
    MetricError
        When a claim is of an unknown metric.
    """
    claims = claims.reindex(columns=list(CLAIM.columns))
    events = events.reindex(columns=list(EVENT.columns))
    derived_from = read_links(sources.reindex(columns=list(SOURCE.columns)), "source_id", "derived_from")
    types = dict(zip(events["event_id"].astype(str), events["event_type"].astype(str), strict=True))
    assertions = read_claims(claims, types)
    restates = read_links(claims, "claim_id", "restates")
    originals = {original for linked in restates.values() for original in linked}
    repeats = find_repeats((restates.keys() | originals) & assertions.keys(), restates)
    distinct = [one for claim_id, one in assertions.items() if claim_id not in repeats and not one.range.empty]
    origins = {
        str(claim_id): find_origins(cell, derived_from)
        for claim_id, cell in zip(claims["claim_id"], claims["source_ids"], strict=True)
    }

    def share_origin(group: Sequence[Assertion]) -> bool:
        return bool(frozenset.intersection(*(origins[one.claim_id] for one in group)))

    found = [
        *_find_different_numbers(distinct, share_origin),
        *find_opposite_bounds(distinct),
        *find_event_differences(distinct, events),
        *find_percentages(distinct),
        *find_place_lists(distinct),
        *find_disputes(assertions, read_links(claims, "claim_id", "responds_to")),
        *find_contested_events(events),
        *find_restatements(assertions, restates),
    ]
    for of_metric in _group(distinct, lambda one: one.metric.name):
        inclusions = Inclusions(of_metric)
        for total in of_metric:
            if total.range.high is not None:
                found += _find_overflows(total, inclusions)
                found += _find_remainder(total, inclusions)
                found += _find_hurry(total, inclusions)
    return sort_findings(found)


def _group(assertions: Iterable[Assertion], key: Callable[[Assertion], object]) -> list[list[Assertion]]:
    groups: dict[object, list[Assertion]] = defaultdict(list)
    for one in assertions:
        groups[key(one)].append(one)
    return list(groups.values())


def _name(*assertions: Assertion) -> Iterator[str]:
    return (one.claim_id for one in assertions)


def _find_different_numbers(
    assertions: Sequence[Assertion], share_origin: Callable[[Sequence[Assertion]], bool]
) -> Iterator[Finding]:
    """Yield where one thing, at one time, is given numbers that leave nothing in common."""
    comparable = (one for one in assertions if one.whole and one.place and one.moment is not None)
    for group in _group(comparable, lambda one: (one.subject, one.moment)):
        severity, apart = _tell_apart(group)
        if severity is None:
            continue
        said = "; ".join(say("{speaker} says {figure}", speaker=one.speaker, figure=one.says()) for one in apart)
        verdict = (
            say("These cannot all be true of one thing.")
            if severity == "contradiction"
            else say("Even read generously, as rounded numbers, they are apart.")
        )
        slip = say(" All go back to one source, so that one may be a slip of quoting.")
        origin = slip if share_origin(apart) else ""
        text = f"{apart[0].about()}: {said}. {verdict}{origin}"
        yield make_finding("incompatible_ranges", severity, text, _name(*apart))


def _tell_apart(group: Sequence[Assertion]) -> tuple[Severity | None, list[Assertion]]:
    """Return how gravely numbers of one thing differ, and those of them that some other one rules out."""
    sides: dict[Severity, list[tuple[float, float]]] = {
        "contradiction": [(one.low, one.high) for one in group],
        "tension": [one.loose for one in group],
    }
    for severity, ranges in sides.items():
        most, least = max(low for low, _ in ranges), min(high for _, high in ranges)
        if most > least:
            apart = [one for one, (low, high) in zip(group, ranges, strict=True) if low > least or high < most]
            return severity, apart
    return None, []


def _find_overflows(total: Assertion, inclusions: Inclusions) -> Iterator[Finding]:
    """Yield parts that are larger than their whole, one by one or added up."""
    parts = inclusions.parts(total)
    whole = say("{told}.", told=_tell(total))
    larger = [part for part in parts if part.low > total.high]
    for group in _group(larger, lambda part: _name_inclusion(part, total)):
        surplus = say_number(max(part.low for part in group) - total.high)
        text = say(
            "{whole} But for a part of it, {parts}. A part cannot be larger than its whole; here it is, by at least "
            "{surplus}.",
            whole=whole,
            parts=_list_parts(group),
            surplus=surplus,
        )
        yield make_finding(_name_inclusion(group[0], total), "contradiction", text, _name(total, *group))
    likely = [part for part in inclusions.likely_parts(total) if part.low > total.high]
    if likely and total.start is not None:
        surplus = say_number(max(part.low for part in likely) - total.high)
        text = say(
            "{whole} But {parts}. Unless that happened before {date}, or the two count different things, it is a part "
            "of the whole and yet at least {surplus} larger.",
            whole=whole,
            parts=_list_parts(likely),
            date=format_date(total.start.date()),
            surplus=surplus,
        )
        yield make_finding("subset_exceeds_set", "tension", text, _name(total, *likely))
    if total.metric.nature not in ("flow", "stock"):
        return
    for chosen in _add_up([part for part in parts if part.low <= total.high], total):
        added = sum(part.low for part in chosen)
        if added > total.high:
            text = say(
                "{whole} Its parts add up to at least {added}, which is {surplus} more: {parts}.",
                whole=whole,
                added=say_number(added),
                surplus=say_number(added - total.high),
                parts=_list_parts(chosen),
            )
            yield make_finding("parts_exceed_total", "contradiction", text, _name(total, *chosen))


def _name_inclusion(part: Assertion, total: Assertion) -> str:
    if part.part_of == total.claim_id or part.subject != total.subject or not part.whole:
        return "subset_exceeds_set"
    return "cumulative_falls" if part.start == total.start else "nested_periods"


def _list_parts(parts: Iterable[Assertion]) -> str:
    """Return who says what of which part, the largest first; the finding names the records of all."""
    ordered = sorted(parts, key=lambda part: (-part.low, part.claim_id))
    said = [_tell(part) for part in ordered[:MOST_TOLD]]
    more = len(ordered) - len(said)
    return "; ".join([*said, *([say("and {n} more", n=more)] if more else [])])


def _add_up(parts: Sequence[Assertion], total: Assertion) -> Iterator[list[Assertion]]:
    """Yield sets of parts that nothing can be in twice: of different provinces, nationalities or periods."""
    known = [part for part in parts if part.range.low is not None]
    keys: list[Callable[[Assertion], str | None]] = []
    if total.province is None:
        keys.append(lambda part: part.province)
    if total.nationality is None:
        keys.append(lambda part: None if part.nationality == "foreign" else part.nationality)
    for key in keys:
        largest: dict[str, Assertion] = {}
        for part in known:
            name = key(part)
            if name is not None and (name not in largest or part.low > largest[name].low):
                largest[name] = part
        if len(largest) > 1:
            yield sorted(largest.values(), key=lambda part: part.claim_id)
    if total.metric.nature == "flow":
        dated = {part.claim_id: part for part in known if part.period is not None}
        windows = [
            Window(part.start, part.end, part.low, part.claim_id)
            for part in dated.values()
            if part.start is not None and part.end is not None
        ]
        _, chosen = add_apart(windows)
        if len(chosen) > 1:
            yield [dated[claim_id] for claim_id in sorted(chosen)]


def _find_remainder(total: Assertion, inclusions: Inclusions) -> Iterator[Finding]:
    """Yield what an exact total leaves over when the provinces with exact numbers are taken off."""
    if not total.range.exact or total.province is not None or total.metric.nature not in ("flow", "stock"):
        return
    parts = [
        part
        for part in inclusions.linked_parts(total)
        if len(part.place) == 3
        and part.moment is not None
        and (part.moment, part.nationality, part.compound) == (total.moment, total.nationality, total.compound)
    ]
    exact = [part for part in parts if part.range.exact]
    rest = [part for part in parts if not part.range.exact]
    added = sum(part.low for part in exact)
    left = total.high - added
    if not exact or len({part.province for part in parts}) < len(parts):
        return
    if left < sum(part.range.low or 0 for part in rest) or (left == 0 and not rest):
        return
    named = [
        say("{place}, stated as {figure},", place=province_name(str(part.province), language()), figure=part.says())
        for part in rest
    ]
    text = say(
        "{speaker} says {figure} for {about}. Provinces with exact numbers ({n}) add up to {added}, which leaves "
        "{left} for {places}; nobody states that number.",
        speaker=total.speaker,
        figure=total.says(),
        about=total.about(),
        n=len(exact),
        added=say_number(added),
        left=say_number(left),
        places=say(" and ").join([*named, say("whatever is not named")]),
    )
    yield make_finding("implied_remainder", "info", text, _name(total, *parts))


def _find_hurry(total: Assertion, inclusions: Inclusions) -> Iterator[Finding]:
    """Yield what a number of a period leaves, and at what pace, for the days that another period does not share.

    Of several such periods the one that leaves most is told, once for those that begin earlier and once for those
    that end later.
    """
    period = total.period
    if period is None or total.high <= 0:
        return
    most: dict[bool, tuple[Assertion, Period]] = {}
    for part in inclusions.straddling(total):
        other = part.period
        if other is None or part.low <= total.high:
            continue
        late = other.end > period.end
        rest = Period(period.end, other.end) if late else Period(other.start, period.start)
        hurried = (part.low - total.high) / rest.days >= PACE * total.high / period.days
        if hurried and (late not in most or part.low > most[late][0].low):
            most[late] = part, rest
    for part, rest in most.values():
        left = part.low - total.high
        text = say(
            "{whole}; {part}. If both count one thing, at least {left} fall in {rest}, {faster} a day against {slower} "
            "a day.",
            whole=_tell(total),
            part=_tell(part),
            left=say_number(left),
            rest=rest.label(),
            faster=write_digits(f"{left / rest.days:,.1f}"),
            slower=write_digits(f"{total.high / period.days:,.1f}"),
        )
        yield make_finding("implied_remainder", "info", text, _name(total, part))


def _tell(one: Assertion) -> str:
    return say("{speaker} says {figure} for {about}", speaker=one.speaker, figure=one.says(), about=one.about())
