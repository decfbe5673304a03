"""Recorded counts of any period at once: a table of running totals by province and day.

A record that lies on one day adds one to that day of its provinces; the running total makes every period two look-ups.
The few records with a coarse date cannot be summed this way and are compared one by one. The answers equal those of
``counts.count_recorded`` by province; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.day_index import count_days, number_days
from data.periods import Period
from data.slices import find_days, find_provinces
from geo.gazetteer import PROVINCE_CODES, province_name

Days = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int64]

_ALL, _UNLOCATED = len(PROVINCE_CODES), len(PROVINCE_CODES) + 1


@dataclass(frozen=True)
class CubeCounts:
    """How many records lie in a period.

    Attributes
    ----------
    rows : DataFrame
        The 25 provinces in ISO order: province_code, province, low, best, high (Float64), basis (``recorded``). Low
        counts what certainly lies in the period, high also what perhaps does; best is missing where they differ.
    inside, perhaps : int
        Distinct records that lie in the period, and that only overlap it.
    unlocated : int
        Of these, those without a known province.
    undated : int
        Records in no period.
    """

    rows: pd.DataFrame
    inside: int
    perhaps: int
    unlocated: int
    undated: int


@dataclass(frozen=True)
class Cube:
    """Running totals of one set of records; make it with `build_cube`.

    Attributes
    ----------
    first_day : int
        Day of the first column, in days since 1970.
    totals : array of int64, shape (27, days + 1)
        Running totals by province in ISO order, then of all records, then of those without a province.
    slots : array of int64
        Row of `totals` to which each coarse record belongs, once for each of its rows.
    starts, ends : array of int64
        Its half-open period, in days since 1970.
    undated : int
    """

    first_day: int
    totals: Counts
    slots: Days
    starts: Days
    ends: Days
    undated: int

    def count(self, period: Period) -> CubeCounts:
        """Return how many records lie in `period`, by province."""
        first, after = count_days(period.start), count_days(period.end)
        columns = np.clip([first - self.first_day, after - self.first_day], 0, self.totals.shape[1] - 1)
        certain = self.totals[:, columns[1]] - self.totals[:, columns[0]]
        overlaps = (self.starts < after) & (self.ends > first)
        inside = (self.starts >= first) & (self.ends <= after)
        low = certain + np.bincount(self.slots[inside], minlength=len(certain))
        high = certain + np.bincount(self.slots[overlaps], minlength=len(certain))
        least, most = low[:_ALL].astype(np.float64), high[:_ALL].astype(np.float64)
        known = np.zeros(_ALL, dtype=bool)
        numbers = {"low": (least, known), "best": (least, least != most), "high": (most, known)}
        rows = _provinces().assign(**{side: pd.arrays.FloatingArray(*cells) for side, cells in numbers.items()})
        rows["basis"] = "recorded"
        perhaps = int(high[_ALL] - low[_ALL])
        return CubeCounts(rows, int(low[_ALL]), perhaps, int(high[_UNLOCATED]), self.undated)


@cache
def _provinces() -> pd.DataFrame:
    names = [province_name(code) for code in PROVINCE_CODES]
    return pd.DataFrame({"province_code": PROVINCE_CODES, "province": names})


def build_cube(records: pd.DataFrame, kind: str) -> Cube:
    """Return the running totals of records.

    Parameters
    ----------
    records : DataFrame
        Rows of a dated kind with places: ``event`` or ``complaint``.
    kind : str
    """
    days = find_days(records, kind)
    dated = days["start"].notna().to_numpy()
    starts, ends = number_days(days["start"]), number_days(days["end"])
    places = find_provinces(records, kind)
    everyone = np.arange(len(records))
    nowhere = everyone[~np.isin(everyone, places["position"])]
    position = np.concatenate([places["position"].to_numpy(), everyone, nowhere])
    slot = np.concatenate([places["slot"].to_numpy(), np.full(len(everyone), _ALL), np.full(len(nowhere), _UNLOCATED)])
    position, slot = position[dated[position]], slot[dated[position]]
    start, end = starts[position], ends[position]
    single = end - start == 1
    first_day = int(start[single].min()) if single.any() else 0
    width = int(start[single].max()) - first_day + 1 if single.any() else 1
    cells = slot[single] * width + (start[single] - first_day)
    daily = np.bincount(cells, minlength=(_UNLOCATED + 1) * width).reshape(_UNLOCATED + 1, width)
    totals = np.concatenate([np.zeros((_UNLOCATED + 1, 1), np.int64), np.cumsum(daily, axis=1)], axis=1)
    return Cube(first_day, totals, slot[~single], start[~single], end[~single], int((~dated).sum()))
