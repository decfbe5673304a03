"""Linear programmes over elementary cells (places × times), solved with HiGHS.

Only cells that the claims can tell apart have a variable: a province that no claim names is one with the rest of the
country, and time is cut only where a claim about that place begins or ends. Claims that cannot bear on the slice are
left out before (``data/pruning.py``), which changes no answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from data.constraints import COUNTRY, Constraint
from data.pruning import Flags, Slice

_NOISE = 1e-9  # a dual value below this is none

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Solution:
    """Optimal totals of the blocks of a programme, and for each block the claims whose dual value is not 0.

    By duality these claims alone give the same totals.
    """

    totals: Floats
    support: list[set[str]]


@dataclass(frozen=True)
class Programme:
    """``matrix @ x <= limits, x >= 0``: one or several independent blocks, each with a total to be made small or large.

    Attributes
    ----------
    matrix : csr_array
    limits : array of float
    claims : list of str or None
        For each row, the claim that it comes from; None where it only ties cells together.
    row_block : array of int
        For each row, its block.
    total_block : array of int
        For each column, the block whose total it is counted in; -1 for none.
    n_blocks : int
    """

    matrix: Any
    limits: Floats
    claims: list[str | None]
    row_block: Ints
    total_block: Ints
    n_blocks: int

    @property
    def tolerance(self) -> float:
        """By how much numbers may miss each other through rounding alone."""
        return 1e-6 + 1e-13 * float(np.abs(self.limits).max(initial=0))

    def solve_possible(self, *, largest: bool = False) -> Solution:
        """Return what `solve` does, for a programme that is known to have solutions and limits."""
        solved = self.solve(largest=largest)
        if solved is None:
            raise RuntimeError("a programme that has solutions was not solved")
        return solved

    def solve(self, *, largest: bool = False) -> Solution | None:
        """Return the smallest or largest totals, or None when there is no solution or nothing limits them."""
        inside = self.total_block >= 0
        support: list[set[str]] = [set() for _ in range(self.n_blocks)]
        if not len(self.limits) and not largest:
            return Solution(np.zeros(self.n_blocks), support)
        found = linprog(-1.0 * inside if largest else 1.0 * inside, A_ub=self.matrix, b_ub=self.limits, method="highs")
        if found.status != 0:
            return None
        for i in np.flatnonzero(np.abs(found.ineqlin.marginals) > _NOISE):
            claim_id = self.claims[i]
            if claim_id is not None:
                support[self.row_block[i]].add(claim_id)
        return Solution(np.bincount(self.total_block[inside], found.x[inside], self.n_blocks).astype(float), support)

    def cap(self, most: float) -> Programme:
        """Return the programme with the total of no block above `most`."""
        inside = np.flatnonzero(self.total_block >= 0)
        rows = sparse.csr_array(
            (np.ones(len(inside)), (self.total_block[inside], inside)), shape=(self.n_blocks, self.matrix.shape[1])
        )
        return self._with_rows(rows, np.full(self.n_blocks, most))

    def slacken(self) -> Programme:
        """Return the programme that asks by how much in all the claims must give way to be possible together."""
        own = np.flatnonzero([claim_id is not None for claim_id in self.claims])
        gives = sparse.csr_array((-np.ones(len(own)), (own, np.arange(len(own)))), shape=(len(self.claims), len(own)))
        return replace(
            self,
            matrix=sparse.hstack([self.matrix, gives], format="csr"),
            total_block=np.concatenate([np.full(self.matrix.shape[1], -1), self.row_block[own]]),
        )

    def relax(self, slack: float) -> Programme:
        """Return the programme in which the claims may give way by `slack` in all; it must have one block."""
        loose = self.slacken().cap(slack)
        n_slack = loose.matrix.shape[1] - len(self.total_block)
        return replace(loose, total_block=np.concatenate([self.total_block, np.full(n_slack, -1)]))

    def only(self, claim_ids: Collection[str]) -> Programme:
        """Return the programme under these claims alone."""
        return self._pick(np.array([claim_id is None or claim_id in claim_ids for claim_id in self.claims], bool))

    def without_each(self, claim_ids: Sequence[str]) -> Programme:
        """Return one programme that has, for each of the claims, the blocks of this one without that claim."""
        owners = np.array([claim_id or "" for claim_id in self.claims])
        return stack([self._pick(owners != claim_id) for claim_id in claim_ids])

    def _pick(self, rows: Flags) -> Programme:
        return replace(
            self,
            matrix=self.matrix[np.flatnonzero(rows)],
            limits=self.limits[rows],
            claims=[claim_id for claim_id, kept in zip(self.claims, rows, strict=True) if kept],
            row_block=self.row_block[rows],
        )

    def _with_rows(self, rows: Any, limits: Floats) -> Programme:
        return replace(
            self,
            matrix=sparse.vstack([self.matrix, rows], format="csr"),
            limits=np.concatenate([self.limits, limits]),
            claims=[*self.claims, *[None] * len(limits)],
            row_block=np.concatenate([self.row_block, np.arange(self.n_blocks)]),
        )


def stack(programmes: Sequence[Programme]) -> Programme:
    """Return one programme whose blocks are those of all `programmes`, in order."""
    if len(programmes) == 1:
        return programmes[0]
    first = np.cumsum([0, *(each.n_blocks for each in programmes)])
    numbered = list(zip(programmes, first[:-1], strict=True))
    return Programme(
        sparse.block_diag([each.matrix for each in programmes], format="csr"),
        np.concatenate([each.limits for each in programmes]),
        [claim_id for each in programmes for claim_id in each.claims],
        np.concatenate([each.row_block + n for each, n in numbered]),
        np.concatenate([np.where(each.total_block < 0, -1, each.total_block + n) for each, n in numbered]),
        int(first[-1]),
    )


def build_programme(constraints: Sequence[Constraint], asked: Slice) -> Programme:
    """Return the programme of the total of a slice under constraints that `prune` has left.

    The columns are the country's totals by time, then the places' numbers by time; a total is at least the sum of its
    named places, because the rest of the country has a number of its own.
    """
    asked_places = [COUNTRY] if asked.places is None else asked.cell_places(constraints)[1]
    spans: dict[str, list[tuple[int, int]]] = {COUNTRY: []}
    for place in asked_places:
        spans[place] = [(asked.start, asked.end)]
    for one in constraints:
        spans.setdefault(one.place, []).append((one.start, one.end))
    total_starts, total_ends = _cut(spans[COUNTRY], ())
    cuts = {*total_starts.tolist(), *total_ends.tolist()}
    cells, offset, n_columns = {}, {}, 0
    for place, spanned in spans.items():
        cells[place] = _cut(spanned, cuts)
        offset[place] = n_columns
        n_columns += len(cells[place][0])

    counted = np.full(n_columns, -1)
    for place in asked_places:
        starts, ends = cells[place]
        counted[offset[place] + np.flatnonzero((starts >= asked.start) & (ends <= asked.end))] = 0

    first = np.array([offset[one.place] + np.searchsorted(cells[one.place][0], one.start) for one in constraints], int)
    last = np.array([offset[one.place] + np.searchsorted(cells[one.place][1], one.end) for one in constraints], int)
    low, high = (np.array([getattr(one, side) for one in constraints], float) for side in ("low", "high"))
    below, above = np.flatnonzero(low > 0), np.flatnonzero(high < np.inf)
    chosen = np.concatenate([below, above])
    length = last[chosen] - first[chosen] + 1
    rows = np.repeat(np.arange(len(chosen)), length)
    columns = first[chosen][rows] + np.arange(len(rows)) - np.repeat(np.cumsum(length) - length, length)
    values = np.where(rows < len(below), -1.0, 1.0)

    parts_of, part_columns = [np.array([], int)], [np.array([], int)]
    for place, (starts, _) in cells.items():
        if place != COUNTRY and len(total_starts):
            total = np.searchsorted(total_starts, starts, side="right") - 1
            tied = np.flatnonzero((total >= 0) & (starts < total_ends[total]))
            parts_of.append(total[tied])
            part_columns.append(offset[place] + tied)
    totals, tie = np.unique(np.concatenate(parts_of), return_inverse=True)
    ties = len(chosen) + np.arange(len(totals))
    return Programme(
        sparse.csr_array(
            (
                np.concatenate([values, np.ones(len(tie)), -np.ones(len(totals))]),
                (
                    np.concatenate([rows, len(chosen) + tie, ties]),
                    np.concatenate([columns, *part_columns, totals]),
                ),
            ),
            shape=(len(chosen) + len(totals), n_columns),
        ),
        np.concatenate([-low[below], high[above], np.zeros(len(totals))]),
        [*(constraints[i].claim_id for i in chosen), *[None] * len(totals)],
        np.zeros(len(chosen) + len(totals), int),
        counted,
        1,
    )


def _cut(spans: Sequence[tuple[int, int]], cuts: Iterable[int]) -> tuple[Ints, Ints]:
    """Return the starts and ends of the elementary intervals that the spans cover, cut at their ends and at `cuts`."""
    edges = np.unique(np.array([*(edge for span in spans for edge in span), *cuts], np.int64))
    if len(spans) == 0:
        return edges[:0], edges[:0]
    depth = np.zeros(len(edges), np.int64)
    np.add.at(depth, np.searchsorted(edges, [start for start, _ in spans]), 1)
    np.add.at(depth, np.searchsorted(edges, [end for _, end in spans]), -1)
    covered = np.flatnonzero(np.cumsum(depth)[:-1] > 0)
    return edges[covered], edges[covered + 1]
