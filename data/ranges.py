"""Numbers of which only bounds may be known, and how several are read together without adding anything twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import pandas as pd

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Range:
    """What is known of one number; None is unknown, never 0.

    Attributes
    ----------
    low, high : float or None
        At least, at most.
    best : float or None
        The number stated.
    contested : bool
        Whether it was put together from numbers that cannot all be true.
    """

    low: float | None = None
    best: float | None = None
    high: float | None = None
    contested: bool = False

    @property
    def exact(self) -> bool:
        """Whether one number is stated and nothing else is possible."""
        return self.best is not None and self.low == self.best == self.high

    @property
    def empty(self) -> bool:
        """Whether nothing is known."""
        return self.low is None and self.best is None and self.high is None

    def allows(self, value: float) -> bool:
        """Whether the bounds leave `value` possible."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Window(Generic[Key]):
    """At least `low` within the half-open time ``[start, end)``, says the claim called `key`."""

    start: pd.Timestamp
    end: pd.Timestamp
    low: float
    key: Key


def combine_ranges(ranges: Sequence[Range]) -> Range:
    """Read several statements of one number together.

    Parameters
    ----------
    ranges : sequence of Range
        At least one.

    Returns
    -------
    Range
        Where all can be true at once: the highest low, the lowest high, and the best on which all that state one
        agree. Otherwise the envelope of them all, without a best, marked as contested: a side is open as soon as it is
        open in one of them. Bests that differ and have no bounds around them ("about 95", "about 120") are contested
        too.
    """
    lows = [each.low for each in ranges if each.low is not None]
    highs = [each.high for each in ranges if each.high is not None]
    bests = {each.best for each in ranges if each.best is not None}
    meet = Range(max(lows, default=None), min(bests) if len(bests) == 1 else None, min(highs, default=None))
    crossed = meet.low is not None and meet.high is not None and meet.low > meet.high
    unbounded = len(bests) > 1 and meet.empty
    if not crossed and not unbounded and all(meet.allows(best) for best in bests):
        return meet
    low = min(lows) if len(lows) == len(ranges) else None
    high = max(highs) if len(highs) == len(ranges) else None
    return Range(low, None, high, contested=True)


def add_apart(windows: Iterable[Window[Key]]) -> tuple[float, list[Key]]:
    """Return the largest sum of lows over windows of which no two overlap, and the keys of those windows.

    Numbers of overlapping windows may count the same people, so they are never added; among them the choice with the
    largest sum is the best lower bound. Weighted interval scheduling (Kleinberg and Tardos, *Algorithm Design*, 6.1).
    The order of `windows` does not matter; of equal choices the one with more windows is taken.
    """
    ordered = sorted(windows, key=lambda window: (window.end, window.start, str(window.key)))
    chosen: list[tuple[float, list[Key]]] = [(0.0, [])]
    for window in ordered:
        before = sum(other.end <= window.start for other in ordered)
        low, keys = chosen[before]
        taken = (low + window.low, [*keys, window.key])
        chosen.append(max(chosen[-1], taken, key=lambda choice: (choice[0], len(choice[1]))))
    return chosen[-1]
