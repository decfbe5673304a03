"""Which cells of a table of counts may be published together, so that no small one can be worked out.

One table is one year of one subject: 26 places (the provinces in ISO order, then no province) and the whole country
below them, by twelve months, four quarters and the year. Everything in it is offered to everyone, so it is judged as a
whole: months add up to quarters, quarters to the year, places to the country.

A count below `k` is *small*. The promise is: from all published cells together nobody can exclude any value from 0 to
k - 1 for any small cell. It is checked by linear programming: the least and the most that a cell can be, given every
published cell and that no count is negative. The cells form two nested families (times within one place, times within
the country), so the matrix is totally unimodular and the bounds are met by tables of whole numbers: they are exact.
Where a bound falls short, the published cell that causes it (a dual value other than zero) is withheld too, and the
check goes on. It ends, because each step withholds one more, and a table of which nothing is published tells nothing.
Method: interval protection against attackers by linear programming, as in Hundepool et al., *Statistical Disclosure
Control* (2012), chapter 4; the greedy choice of further cells is ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from geo.gazetteer import PROVINCE_CODES

UNLOCATED = len(PROVINCE_CODES)
NATIONAL = UNLOCATED + 1
PLACES = NATIONAL + 1
MONTHS, QUARTERS, TIMES = 12, 4, 17
YEAR = TIMES - 1

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
Cell = tuple[int, int]

_SLACK = 1e-6
_GRAIN = np.array([0] * MONTHS + [1] * QUARTERS + [2])


@dataclass(frozen=True)
class _Program:
    """What an attacker knows, as ``known @ x = values`` and ``x >= 0``, and the cells that must stay hidden."""

    known: csr_array
    values: NDArray[np.float64]
    named: list[Cell]  # the published cell of each row of `known`
    hidden: csr_array
    cells: list[list[Cell]]  # the small cells for which each row of `hidden` stands


def choose_published(counts: Counts, k: int, *, coarse: bool, national: bool) -> Mask:
    """Return which cells of a table may be published.

    Parameters
    ----------
    counts : array of int64, shape (27, 17)
        Rows: 25 provinces, no province, the country. Columns: 12 months, 4 quarters, the year.
    k : int
        Counts below it are never published.
    coarse : bool
        Whether there may be records known only to the quarter or the year, so that months need not add up.
    national : bool
        Whether the places add up to the country; without it the country is not published.
    """
    published = counts >= k
    published[NATIONAL] &= national
    left = {"low": counts < k, "high": counts < k}
    if not national:
        for mask in left.values():
            mask[NATIONAL] = False
    while published.any():
        culprit = _find_culprit(counts, published, left, k, coarse)
        if culprit is None:
            break
        published[culprit] = False
    return published


def _find_culprit(counts: Counts, published: Mask, left: dict[str, Mask], k: int, coarse: bool) -> Cell | None:
    """Return the published cell to withhold next, or None when every small cell is safe; `left` loses the safe ones.

    A cell that is safe stays safe, because withholding more only leaves more possible.
    """
    for side in ("low", "high"):
        program = _build(counts, published, left[side], coarse)
        pending = list(range(len(program.cells)))
        while pending:
            solution, _ = _solve(program, pending, side, k)
            reached = program.hidden[pending] @ solution
            safe = reached < _SLACK if side == "low" else reached > k - 1 - _SLACK
            if not safe.any():
                # Together they hinder each other; alone the first is safe, or its bound names the culprits.
                solution, duals = _solve(program, pending[:1], side, k)
                reached = program.hidden[pending] @ solution
                safe = reached < _SLACK if side == "low" else reached > k - 1 - _SLACK
                if not safe[0]:
                    return _choose_culprit(counts, program.named, duals)
            for position in np.array(pending)[safe]:
                for cell in program.cells[position]:
                    left[side][cell] = False
            pending = [position for position, done in zip(pending, safe, strict=True) if not done]
    return None


def _choose_culprit(counts: Counts, named: list[Cell], duals: NDArray[np.float64]) -> Cell:
    """Return the cell behind the bound whose loss costs least: fine before coarse, places before the country."""
    candidates = [cell for cell, dual in zip(named, duals, strict=True) if abs(dual) > _SLACK] or named
    return min(candidates, key=lambda cell: (cell[0] == NATIONAL, _GRAIN[cell[1]], counts[cell], cell))


def _build(counts: Counts, published: Mask, left: Mask, coarse: bool) -> _Program:
    """Return the programme of one table.

    Places of which nothing is published are interchangeable: one stands for each of them, a second for all the others.
    """
    times = _times(coarse)
    shown = [place for place in range(NATIONAL) if published[place].any()]
    blank = [place for place in range(NATIONAL) if not published[place].any()]
    blocks = len(shown) + min(len(blank), 2)

    def row(block: int | None, time: int) -> csr_array:
        parts = np.zeros((blocks, times.shape[1]))
        parts[slice(None) if block is None else block] = times[time]
        return csr_array(parts.reshape(1, -1))

    named, known = [], []
    for block, place in [*enumerate(shown), (None, NATIONAL)]:
        for time in np.flatnonzero(published[place]).tolist():
            named.append((place, time))
            known.append(row(block, time))
    cells, hidden = [], []
    groups = [(block, [place]) for block, place in enumerate(shown)]
    groups += [(len(shown), blank)] if blank else []
    for each, members in [*groups, (None, [NATIONAL])]:
        for time in range(TIMES):
            small = [(place, time) for place in members if left[place, time]]
            if small:
                cells.append(small)
                hidden.append(row(each, time))
    width = blocks * times.shape[1]
    return _Program(
        vstack(known, format="csr") if known else csr_array((0, width)),
        np.array([counts[cell] for cell in named], dtype=np.float64),
        named,
        vstack(hidden, format="csr") if hidden else csr_array((0, width)),
        cells,
    )


def _times(coarse: bool) -> NDArray[np.float64]:
    """Return which elementary counts each month, quarter and year adds up: months, then what is only known coarsely."""
    finest = np.eye(MONTHS)
    quarters = np.repeat(np.eye(QUARTERS), MONTHS // QUARTERS, axis=1)
    table = np.vstack([finest, quarters, np.ones((1, MONTHS))])
    if not coarse:
        return table
    rest = np.zeros((TIMES, QUARTERS + 1))
    rest[MONTHS:YEAR, :QUARTERS] = np.eye(QUARTERS)
    rest[YEAR] = 1
    return np.hstack([table, rest])


def _solve(program: _Program, chosen: list[int], side: str, k: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a table that makes the chosen cells small, or up to k - 1 each, and the duals of the published cells."""
    goal = program.hidden[chosen]
    width = goal.shape[1]
    if side == "low":
        found = linprog(np.asarray(goal.sum(axis=0)).ravel(), A_eq=program.known, b_eq=program.values, method="highs")
    else:
        # One more unknown for each chosen cell: how much of k - 1 it reaches.
        extra = len(chosen)
        wish = np.concatenate([np.zeros(width), -np.ones(extra)])
        limit = vstack([_beside(-goal, np.eye(extra))], format="csr")
        known = _beside(program.known, np.zeros((program.known.shape[0], extra)))
        bounds = [(0, None)] * width + [(0, k - 1)] * extra
        found = linprog(
            wish, A_ub=limit, b_ub=np.zeros(extra), A_eq=known, b_eq=program.values, bounds=bounds, method="highs"
        )
    if not found.success:
        raise ValueError(f"the counts do not add up: {found.message}")
    return found.x[:width], np.asarray(found.eqlin.marginals)


def _beside(left: csr_array, right: NDArray[np.float64]) -> csr_array:
    return csr_array(np.hstack([left.toarray(), right]))
