"""Records in the order of their days and by province, made once per snapshot: slices without a look at every row.

Nearly every record lies on one day; of those, sorted by day, a period is one stretch that two binary searches find. The
few with a coarse date are compared one by one. The answers equal those of ``slices.select_records`` and
``slices.find_provinces``; property tests hold them together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.periods import Period
from data.slices import find_days, find_provinces
from geo.gazetteer import PROVINCE_CODES

Positions = npt.NDArray[np.int64]

NEVER = np.iinfo(np.int64).max // 2  # half, so that no difference of two days overflows
"""Day of a date that is not known: later than any other."""


@dataclass(frozen=True)
class DayIndex:
    """The dated records of one set in the order of their days; make it with `index_days`.

    Attributes
    ----------
    size : int
        How many records the set has, the undated ones too.
    order : array of int64
        Places in the set of the records that lie on one day, by day and then in the order of the set.
    days : array of int64
        Their days since 1970, ascending.
    coarse : array of int64
        Places of the other dated records, ascending.
    starts, ends : array of int64
        Their half-open periods, in days since 1970.
    """

    size: int
    order: Positions
    days: Positions
    coarse: Positions
    starts: Positions
    ends: Positions

    @property
    def undated(self) -> int:
        """How many records lie in no period."""
        return self.size - len(self.order) - len(self.coarse)

    def stretch(self, period: Period) -> slice:
        """Return the part of `order` that lies in `period`."""
        first, after = np.searchsorted(self.days, [count_days(period.start), count_days(period.end)])
        return slice(int(first), int(after))

    def select(self, period: Period) -> tuple[Positions, Positions]:
        """Return the places of the records in `period`, and of those that only overlap it, both ascending."""
        first, after = count_days(period.start), count_days(period.end)
        inside = (self.starts >= first) & (self.ends <= after)
        overlaps = (self.starts < after) & (self.ends > first)
        marked = np.zeros(self.size, dtype=bool)  # to sort a long stretch takes longer than to look through the marks
        marked[self.order[self.stretch(period)]] = True
        marked[self.coarse[inside]] = True
        return np.flatnonzero(marked), self.coarse[overlaps & ~inside]


@dataclass(frozen=True)
class PlaceIndex:
    """The records of one set by province; make it with `index_places`.

    Attributes
    ----------
    order : array of int64
        Places in the set of the records of each province, province by province in ISO order, each part ascending. A
        record of several provinces stands in each of them.
    edges : array of int64
        Where each province begins in `order`; the last one is its length.
    """

    order: Positions
    edges: Positions

    def of(self, code: str) -> Positions:
        """Return the places of the records of a province, ascending; none for an unknown code."""
        if code not in PROVINCE_CODES:
            return self.order[:0]
        slot = PROVINCE_CODES.index(code)
        return self.order[self.edges[slot] : self.edges[slot + 1]]


def index_days(records: pd.DataFrame, kind: str) -> DayIndex:
    """Return the index of the dated records of a kind; `records` are rows of it."""
    days = find_days(records, kind)
    starts, ends = number_days(days["start"]), number_days(days["end"])
    dated = starts != NEVER
    single = dated & (ends - starts == 1)
    on_a_day, coarse = np.flatnonzero(single), np.flatnonzero(dated & ~single)
    order = on_a_day[np.argsort(starts[on_a_day], kind="stable")]
    return DayIndex(len(records), order, starts[order], coarse, starts[coarse], ends[coarse])


def index_places(records: pd.DataFrame, kind: str) -> PlaceIndex:
    """Return the index by province; `records` are rows of a kind with ``province_code`` or ``province_codes``."""
    pairs = find_provinces(records, kind).sort_values(["slot", "position"])
    edges = np.searchsorted(pairs["slot"].to_numpy(), np.arange(len(PROVINCE_CODES) + 1))
    return PlaceIndex(pairs["position"].to_numpy(np.int64), edges)


def count_days(day: object) -> int:
    """Return a date as the number of days since 1970."""
    return int(np.datetime64(str(day), "D").astype(np.int64))


def number_days(dates: pd.Series) -> Positions:
    """Return dates as days since 1970; a missing one is `NEVER`."""
    numbers = dates.to_numpy("datetime64[D]").astype(np.int64)
    return np.where(dates.isna().to_numpy(), NEVER, numbers)
