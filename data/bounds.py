"""The smallest and the largest total that claims allow, for any places and any period.

Each claim says that the numbers of its metric in a place and a period add up to at least, or at most, so many
(``data/constraints.py`` says which claims count and how). The totals of a slice that no claim rules out are found by
linear programming over elementary cells, so nested and overlapping periods need no rules of thumb: nothing is added
twice, and nothing is added that may be the same.

What the answer means:

- Numbers that are stated may lie anywhere in the period that they are about. "More than 600 from 18 August up to 31
  December" says nothing of 18 August up to 30 December, as all of them may belong to the last day: at least 0 there.
- Besides the 25 provinces there is a place for the rest (unknown, elsewhere in Cambodia), so a national number is never
  forced into the provinces that somebody names. The whole country includes it; the 25 provinces listed do not.
- The bounds are those of real numbers. With whole numbers the possible totals can be fewer, never more.
- A flow adds up over time. A stock does not: its bounds are those of its highest level within the slice, where a claim
  holds on each day of its period.
- Claims that cannot all be true leave no bounds. The smallest sets that contradict each other are named instead, and
  beside them the totals that remain when the claims give way by as little as possible in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from data import schema
from data.conflicts import find_conflicts, shrink
from data.constraints import NEVER, Constraint, read_constraints
from data.metrics import check_addable
from data.periods import Period
from data.programme import Programme, build_programme, stack
from data.pruning import Slice, prune
from errors import CountError
from geo import gazetteer
from locales import say

MOST_CONFLICTS = 20
"""So many conflicts are named at most; `Bounds.more_conflicts` says that there may be others."""
_DIGITS = 6  # the solver's own tolerance is 1e-7


@dataclass(frozen=True)
class Bounds:
    """What the claims leave possible.

    Attributes
    ----------
    low, high : float or None
        Smallest and largest total; `high` is None when nothing limits it, both are None when there are conflicts.
    binding : tuple of str
        A smallest set of claims that gives these bounds by itself: without any one of them they would be wider.
    conflicts : tuple of tuple of str
        Sets of claims that cannot all be true, though any fewer of them can; the smallest sets first.
    relaxed_low, relaxed_high : float or None
        Only when there are conflicts: the totals that remain when the claims' numbers give way by as little as possible
        in all; `relaxed_high` is None when nothing limits it.
    more_conflicts : bool
        Whether the search for conflicts was cut short, so that there may be more.
    """

    low: float | None
    high: float | None
    binding: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, ...], ...] = ()
    relaxed_low: float | None = None
    relaxed_high: float | None = None
    more_conflicts: bool = False


def bound_total(
    claims: pd.DataFrame,
    metric: str,
    period: Period | None,
    places: Iterable[str] | None = None,
    *,
    speakers: Iterable[str] | None = None,
    sources: pd.DataFrame | None = None,
) -> Bounds:
    """Return the smallest and the largest total of a metric that the claims allow.

    Parameters
    ----------
    claims : DataFrame
        Accepted claims with the columns of ``schema.CLAIM``.
    metric : str
        A metric that adds up: a flow or a stock.
    period : Period or None
        The slice; None is all time.
    places : iterable of str, optional
        Province codes; the whole country, with what is in no known province, when not given.
    speakers : iterable of str, optional
        Types of speaker to believe, as in ``schema.SOURCE_TYPES``; all when not given.
    sources : DataFrame, optional
        The sources, so that claims with one origin count once.

    Raises
    ------
    MetricError
        When there is no such metric, or it never adds up.
    CountError
        When a place is no province, or none is given, or there is no such type of speaker.
    """
    metric_asked = check_addable([metric])
    speakers = None if speakers is None else _check_speakers(speakers)
    asked = _read_slice(period, places)
    constraints = read_constraints(claims, metric, speakers=speakers, sources=sources)
    return _answer(constraints, asked, is_stock=metric_asked.nature == "stock")


def _check_speakers(speakers: Iterable[str]) -> list[str]:
    believed = list(speakers)
    unknown = sorted(set(believed) - set(schema.SOURCE_TYPES))
    if unknown:
        raise CountError(
            say("“{unknown}” is not a type of speaker.", unknown=unknown[0]),
            say("Known types: {names}.", names=", ".join(schema.SOURCE_TYPES)),
            speakers=unknown,
        )
    return believed


def _read_slice(period: Period | None, places: Iterable[str] | None) -> Slice:
    chosen = None if places is None else frozenset(places)
    unknown = sorted((chosen or frozenset()) - set(gazetteer.PROVINCE_CODES))
    if unknown or chosen == frozenset():
        raise CountError(
            say("“{unknown}” is not the code of a province.", unknown=unknown[0])
            if unknown
            else say("No place is given."),
            say("Give ISO 3166-2 codes as KH-12, or all for the whole country."),
            places=unknown,
        )
    if period is None:
        return Slice(chosen, -NEVER, NEVER)
    epoch = date(1970, 1, 1)
    return Slice(chosen, (period.start - epoch).days, (period.end - epoch).days)


def _answer(constraints: Sequence[Constraint], asked: Slice, *, is_stock: bool) -> Bounds:
    """Return the bounds that the constraints leave, with the claims behind them."""
    parts = _part(constraints, asked, is_stock=is_stock)
    programme = stack([part.programme for part in parts])
    lowest = programme.solve()
    if lowest is None:
        return _answer_conflicts(parts)
    highest = programme.solve(largest=True) if all(part.capped for part in parts) else None
    low, high = max(lowest.totals), None if highest is None else max(highest.totals)
    support = set() if low <= programme.tolerance else set(lowest.support[int(np.argmax(lowest.totals))])
    if highest is not None:
        support = support.union(*highest.support)
    few = stack(
        [part.programme for part in _part([c for c in constraints if c.claim_id in support], asked, is_stock=is_stock)]
    )
    return Bounds(_plain(low), _plain(high), _find_binding(few, support, low, high))


def _find_binding(programme: Programme, claim_ids: set[str], low: float, high: float | None) -> tuple[str, ...]:
    """Return the fewest of the claims, those of the programme, that give the same bounds."""

    def find_spare(kept: Sequence[str], tested: Sequence[str]) -> list[bool]:
        without = programme.only(kept).without_each(tested)
        lows = without.solve_possible().totals.reshape(len(tested), -1).max(axis=1)
        spare = np.abs(lows - low) <= programme.tolerance
        if high is not None:
            # A cap just above tells a wider bound from an equal one, and keeps what nothing else limits finite.
            highs = without.cap(high + 1).solve_possible(largest=True).totals.reshape(len(tested), -1).max(axis=1)
            spare &= highs - high <= programme.tolerance
        return [bool(each) for each in spare]

    return shrink(claim_ids, find_spare)


def _answer_conflicts(parts: Sequence[_Part]) -> Bounds:
    """Return the conflicts among the constraints, and the totals after the least change of their numbers."""
    conflicts: set[tuple[str, ...]] = set()
    complete = True
    lows, highs = [], []
    for part in parts:
        slack = part.programme.slacken().solve_possible().totals[0]
        if slack > part.programme.tolerance:
            found, finished = find_conflicts(part.programme)
            conflicts.update(found)
            complete &= finished
        relaxed = part.programme.relax(slack + 1e-8 + 1e-12 * slack)
        lows.append(relaxed.solve_possible().totals[0])
        highest = relaxed.solve(largest=True) if part.capped else None
        highs.append(np.inf if highest is None else highest.totals[0])
    low, high = _plain(max(lows)), _plain(max(highs))
    if not conflicts:  # the claims miss each other by rounding only
        return Bounds(low, high)
    ordered = sorted(conflicts, key=lambda conflict: (len(conflict), conflict))
    return Bounds(
        None, None, (), tuple(ordered[:MOST_CONFLICTS]), low, high, not complete or len(ordered) > MOST_CONFLICTS
    )


@dataclass(frozen=True)
class _Part:
    """One programme of a question, and whether its total has a limit."""

    programme: Programme
    capped: bool


def _part(constraints: Sequence[Constraint], asked: Slice, *, is_stock: bool) -> list[_Part]:
    """Return the programmes whose largest answer is the answer: one for a flow, one for each time of a stock.

    The level of a stock is a number of its own at each time, so the claims that hold on a day are read as those of a
    slice of one day. Only days on which other claims hold are told apart.
    """
    moments = [(asked, list(constraints))]
    if is_stock:
        edges = {one.start for one in constraints} | {one.end for one in constraints}
        days = [asked.start, *sorted(edge for edge in edges if asked.start < edge < asked.end)]
        holding = {tuple(one for one in constraints if one.start <= day < one.end) for day in days}
        day = Slice(asked.places, 0, 1)
        moments = [(day, [replace(one, start=0, end=1) for one in each]) for each in sorted(holding)]
    pruned = [(each, prune(active, each)) for each, active in moments]
    return [_Part(build_programme(kept, each), each.capped(kept)) for each, kept in pruned]


def _plain(value: float | None) -> float | None:
    """Return a total without the noise of the solver; None when it is infinite."""
    if value is None or not np.isfinite(value):
        return None
    return abs(float(f"{round(float(value), _DIGITS):.12g}"))
