"""Which claims are about a part of what another claim is about: in place, people and period, or as its coded part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from data.assertions import Assertion, grows, nests

_LOW_DAY = np.datetime64("1900-01-01", "D")


class Inclusions:
    """The claims of one metric, arranged so that those inside another one are found without comparing every pair.

    Parameters
    ----------
    assertions : iterable of Assertion
        All of one metric.
    """

    def __init__(self, assertions: Iterable[Assertion]) -> None:
        self.assertions = sorted(assertions, key=lambda one: one.claim_id)
        self._codes: dict[str | None, int] = {None: 0}
        self._numbers = np.array([self._measure(one) for one in self.assertions]).reshape(-1, 4)
        self._within: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._linked: dict[str, list[int]] = defaultdict(list)
        for position, one in enumerate(self.assertions):
            for depth in range(1, len(one.place) + 1):
                self._within[one.place[:depth]].append(position)
            if one.part_of not in (None, one.claim_id):
                self._linked[str(one.part_of)].append(position)

    def _measure(self, one: Assertion) -> tuple[float, float, int, int]:
        """Return period, nationality and compound as numbers; NaN compares as unknown."""
        days = [np.nan if each is None else (each - _LOW_DAY).days for each in (one.start, one.end)]
        codes = [self._codes.setdefault(each, len(self._codes)) for each in (one.nationality, one.compound)]
        return days[0], days[1], codes[0], codes[1]

    def linked_parts(self, total: Assertion) -> list[Assertion]:
        """Return the claims that are coded as parts of `total`, unless their period is known to reach beyond it."""
        parts = [self.assertions[position] for position in self._linked.get(total.claim_id, ())]
        if not grows(total.metric):
            return [part for part in parts if part.moment is not None and part.moment == total.moment]
        return [part for part in parts if not _sticks_out(part, total)]

    def parts(self, total: Assertion) -> list[Assertion]:
        """Return the claims that are certainly about a part of what `total` is about, in order of identifier."""
        found = {part.claim_id: part for part in self.linked_parts(total)}
        if total.whole and nests(total.metric):
            positions, measured, wide = self._inside(total)
            start, end, *_ = wide
            if total.happening is not None:
                held = np.array([self.assertions[each].happening == total.happening for each in positions], dtype=bool)
            elif grows(total.metric):
                held = (measured[:, 0] >= start) & (measured[:, 1] <= end)
            else:
                same_start = (measured[:, 0] == start) | (np.isnan(measured[:, 0]) & np.isnan(start))
                held = same_start & (measured[:, 1] == end)
            for position in positions[held]:
                part = self.assertions[position]
                equal = part.whole and (part.subject, part.moment) == (total.subject, total.moment)
                if not equal and part.claim_id != total.claim_id:
                    found[part.claim_id] = part
        return [found[claim_id] for claim_id in sorted(found)]

    def likely_parts(self, total: Assertion) -> list[Assertion]:
        """Return the claims that count one event, reported within the period of `total`, of unknown first day."""
        if not (total.whole and grows(total.metric)) or total.happening is not None:
            return []
        positions, measured, (start, end, *_) = self._inside(total)
        held = np.isnan(measured[:, 0]) & (measured[:, 1] > start) & (measured[:, 1] <= end)
        likely = [self.assertions[position] for position in positions[held]]
        return [one for one in likely if one.happening is not None and one.part_of != total.claim_id]

    def straddling(self, total: Assertion) -> list[Assertion]:
        """Return the claims about a part of the place and people whose period begins or ends outside that of `total`.

        The two periods share days, and neither lies in the other.
        """
        if not (total.whole and total.metric.nature == "flow") or total.happening is not None:
            return []
        positions, measured, (start, end, *_) = self._inside(total)
        first, after = measured[:, 0], measured[:, 1]
        held = ((first < start) & (after > start) & (after < end)) | ((first > start) & (first < end) & (after > end))
        return [self.assertions[position] for position in positions[held]]

    def _inside(self, total: Assertion) -> tuple[np.ndarray, np.ndarray, tuple[float, float, int, int]]:
        """Return those in the place and of the people of `total`: positions and measures, and its own measures."""
        wide = self._measure(total)
        positions = np.array(self._within.get(total.place, []) if total.place else [], dtype=np.int64)
        measured = self._numbers[positions]
        confined = [wide[column] == 0 or measured[:, column] == wide[column] for column in (2, 3)]
        mask = np.ones(len(positions), dtype=bool) & confined[0] & confined[1]
        return positions[mask], measured[mask], wide


def _sticks_out(part: Assertion, total: Assertion) -> bool:
    """Return whether the period of a part is known to begin before or end after that of its total."""
    early = part.start is not None and total.start is not None and part.start < total.start
    late = part.end is not None and total.end is not None and part.end > total.end
    return early or late
