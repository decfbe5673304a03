"""Where one printed number is the least for one speaker and the most for another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from data.assertions import Assertion, grows, say_number
from data.findings import Finding, make_finding
from locales import say


def find_opposite_bounds(assertions: Sequence[Assertion]) -> Iterator[Finding]:
    """Yield where one printed number is at least for one speaker and at most for another."""
    bounded = [one for one in assertions if one.whole and one.place and one.bound is not None]
    groups: dict[object, list[Assertion]] = defaultdict(list)
    for one in bounded:
        groups[one.subject, one.bound].append(one)
    for group in groups.values():
        lows = [one for one in group if one.range.low is not None]
        highs = [one for one in group if one.range.high is not None]
        pairs = [
            (low, high)
            for low, high in product(lows, highs)
            if low.speaker != high.speaker and not (grows(low.metric) and low.disjoint(high))
        ]
        if not pairs:
            continue
        low_side, high_side = ({pair[side].claim_id: pair[side] for pair in pairs} for side in (0, 1))
        number = say_number(group[0].bound or 0)
        meet = max(low.low for low, _ in pairs) <= min(high.high for _, high in pairs)
        said = {
            "metric": say(group[0].metric.label),
            "where": group[0].where(),
            "number": number,
            "lows": _list_bounds(low_side.values()),
            "highs": _list_bounds(high_side.values()),
        }
        text = (
            say(
                "{metric}, {where}: {number} is the least for {lows}, and the most for {highs}. Of one time and the "
                "same people both hold only for exactly {number}.",
                **said,
            )
            if meet
            else say(
                "{metric}, {where}: {number} is the least for {lows}, and the most for {highs}. Of one time and the "
                "same people both cannot hold.",
                **said,
            )
        )
        yield make_finding("opposite_bounds", "tension", text, [*low_side, *high_side])


def _list_bounds(assertions: Iterable[Assertion]) -> str:
    return say(" and ").join(f"{one.speaker} ({one.says()}, {one.when()})" for one in assertions)
