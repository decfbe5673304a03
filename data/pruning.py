"""The slice that is asked for, and which constraints can bear on it at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from data.constraints import COUNTRY, Constraint

_UNNAMED = "unnamed"  # stands for all provinces of the slice that no constraint names
_REST = "rest"  # stands for everything in Cambodia that is neither named nor asked for by name

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Slice:
    """Places (province codes; None is the whole country, places that nobody names included) and days [start, end)."""

    places: frozenset[str] | None
    start: int
    end: int

    def cell_places(self, constraints: Iterable[Constraint]) -> tuple[list[str], list[str]]:
        """Return the places that must be told apart, and those of them that are asked for."""
        named = sorted({one.place for one in constraints} - {COUNTRY})
        if self.places is None:
            return [*named, _REST], [*named, _REST]
        unnamed = [_UNNAMED] if self.places - set(named) else []
        return [*named, *unnamed, _REST], [*(place for place in named if place in self.places), *unnamed]

    def capped(self, constraints: Sequence[Constraint]) -> bool:
        """Return whether every cell of the slice is under some `high`; otherwise nothing limits the total."""
        limiting = sorted((one for one in constraints if one.high < np.inf), key=lambda one: one.start)
        for place in self.cell_places(constraints)[1]:
            reached = self.start
            for one in limiting:
                if one.place in (place, COUNTRY) and one.start <= reached:
                    reached = max(reached, one.end)
            if reached < self.end:
                return False
        return True


def prune(constraints: Sequence[Constraint], asked: Slice) -> list[Constraint]:
    """Return the constraints that can bear on the slice.

    A `low` is dropped when some of its cells lie outside the slice and under no `high`: its number can always lie
    there. A `high` is dropped when no remaining `low` and no part of the slice lies under it. What is not connected
    with the slice through shared cells is dropped too. None of this changes the totals that are possible.
    """
    places, wanted = asked.cell_places(constraints)
    row = {place: i for i, place in enumerate([*places, COUNTRY])}
    edges = np.unique([asked.start, asked.end, *(one.start for one in constraints), *(one.end for one in constraints)])
    rows = np.array([row[one.place] for one in constraints], int)
    first = np.searchsorted(edges, [one.start for one in constraints])
    last = np.searchsorted(edges, [one.end for one in constraints])
    low, high = (np.array([getattr(one, side) for one in constraints], float) for side in ("low", "high"))

    def cover(chosen: Flags) -> Flags:
        """Return which cells the chosen constraints are about."""
        depth = np.zeros((len(places) + 1, len(edges)), int)
        np.add.at(depth, (rows[chosen], first[chosen]), 1)
        np.add.at(depth, (rows[chosen], last[chosen]), -1)
        depth = depth.cumsum(axis=1)[:, :-1]
        return np.asarray(depth[:-1] + depth[-1] > 0)

    def touch(cells: Flags) -> Flags:
        """Return which constraints are about any of the cells."""
        before = np.zeros((len(places) + 1, len(edges)), int)
        before[:-1, 1:] = cells.cumsum(axis=1)
        before[-1] = before[:-1].sum(axis=0)
        return np.asarray(before[rows, last] > before[rows, first])

    inside = np.zeros((len(places), len(edges) - 1), bool)
    inside[[row[place] for place in wanted]] = (edges[:-1] >= asked.start) & (edges[1:] <= asked.end)
    below = (low > 0) & ~touch(~cover(high < np.inf) & ~inside)
    needed = inside | cover(below)
    above = (high < np.inf) & touch(needed)
    telling = below | above
    reached, connected = inside, np.zeros(len(constraints), bool)
    while (touched := telling & touch(reached & needed)).sum() > connected.sum():
        connected = touched
        reached = inside | cover(connected)
    return [
        one if one.low == 0 or below[i] else replace(one, low=0.0) for i, one in enumerate(constraints) if connected[i]
    ]
