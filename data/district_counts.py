"""Recorded rows by installed district: only those with coordinates can be told to lie in one.

In which district each row lies is found once; then any period is a few running looks at whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.boundary_moves import codes_column
from data.day_index import NEVER, DayIndex, count_days, index_days
from data.measures import Measure
from data.periods import Period
from data.points import REACH_KM, collect_points
from data.snapshot import Snapshot
from geo.districts import districts_in_use, find_districts, load_districts
from geo.point_index import NOWHERE

Numbers = npt.NDArray[np.int64]

_TO_PROVINCE, _ELSEWHERE, _UNLOCATED = range(3)
"""Cells behind those of the districts."""


@dataclass(frozen=True)
class DistrictCounts:
    """Records of a kind by district.

    Attributes
    ----------
    rows : DataFrame
        One row per district, in their order: district_code, name_en, name_km, province_code (str); low, high (int64):
        records certainly, and possibly, within the period. No record is not zero incidents.
    to_province : int
        Records whose place is known to the province only, because they have no coordinates or their point stands for
        a whole province; in no row.
    elsewhere : int
        Records whose coordinates lie in no district: abroad, at sea, or in a gap between two.
    unlocated : int
        Records of which neither is known.
    perhaps : int
        Of all these, records with a coarse date that only overlaps the period.
    """

    rows: pd.DataFrame
    to_province: int
    elsewhere: int
    unlocated: int
    perhaps: int = 0


@dataclass(frozen=True)
class DistrictIndex:
    """In which district each dated record lies; make it with `index_districts`.

    Attributes
    ----------
    days : DayIndex
    on_days, coarse : array of int64
        Cell of each record of ``days.order`` and of ``days.coarse``: the place of its district, or behind them where
        it is counted instead.
    districts : DataFrame
        The districts in their order: district_code, name_en, name_km, province_code (str).
    """

    days: DayIndex
    on_days: Numbers
    coarse: Numbers
    districts: pd.DataFrame

    def count(self, period: Period | None) -> DistrictCounts:
        """Return the records of a period by district; None for the whole time.

        Every record that is inside the period, or perhaps, stands in exactly one of the four: a row's `high`,
        `to_province`, `elsewhere`, `unlocated`.
        """
        days = self.days
        stretch = slice(None) if period is None else days.stretch(period)
        first, after = (-NEVER, NEVER) if period is None else (count_days(period.start), count_days(period.end))
        inside = (days.starts >= first) & (days.ends <= after)
        overlaps = (days.starts < after) & (days.ends > first)
        certain = self._tally(self.on_days[stretch])
        low = certain + self._tally(self.coarse[inside])
        high = certain + self._tally(self.coarse[overlaps])
        n = len(self.districts)
        apart = {name: int(high[n + i]) for i, name in enumerate(("to_province", "elsewhere", "unlocated"))}
        rows = self.districts.assign(low=low[:n], high=high[:n])
        return DistrictCounts(rows, **apart, perhaps=int(high.sum() - low.sum()))

    def pooled(self) -> Numbers:
        """Return the counts over which classes are fixed: of every district in each year and in all years."""
        n = len(self.districts)
        cells = np.concatenate([self.on_days, self.coarse])
        starts = np.concatenate([self.days.days, self.days.starts])
        placed = cells < n
        cells, years = cells[placed], starts[placed].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
        if not len(cells):
            return np.array([], dtype=np.int64)
        first = years.min()
        yearly = np.bincount(cells * (years.max() - first + 1) + (years - first))
        totals = np.bincount(cells)
        return np.concatenate([yearly[yearly > 0], totals[totals > 0]]).astype(np.int64)

    def _tally(self, cells: Numbers) -> Numbers:
        return np.bincount(cells, minlength=len(self.districts) + 3).astype(np.int64)


def index_districts(records: pd.DataFrame, kind: str) -> DistrictIndex:
    """Find the district of each record.

    Parameters
    ----------
    records : DataFrame
        Rows of a kind as ``Store.read`` gives them.
    kind : str
        A dated kind with coordinates: event or complaint.

    Raises
    ------
    BoundaryError
        No districts are installed.
    """
    districts = pd.DataFrame(load_districts().drop(columns="geometry"))
    n = len(districts)
    known = records[codes_column(kind)].fillna("").ne("").to_numpy()
    cell = np.where(known, n + _TO_PROVINCE, n + _UNLOCATED).astype(np.int64)
    points = collect_points(records, kind)
    # A point that stands for a whole province, or nobody knows for what, tells no district.
    close = points.reach_km <= REACH_KM["district"]
    found = find_districts(points.latitude[close], points.longitude[close])
    cell[points.position[close]] = np.where(found == NOWHERE, n + _ELSEWHERE, found)
    days = index_days(records, kind)
    return DistrictIndex(days, cell[days.order], cell[days.coarse], districts)


def count_by_district(records: pd.DataFrame, kind: str, period: Period | None) -> DistrictCounts:
    """Count the records of a period by district, as `DistrictIndex.count`; arguments as for `index_districts`."""
    return index_districts(records, kind).count(period)


def counts_districts(snapshot: Snapshot, measure: Measure) -> bool:
    """Tell whether a measure can be counted by district: districts are installed, and single rows may be placed.

    Uploaded rows are never placed in public: their counts by district are not among those that are published.
    """
    if districts_in_use() is None or measure.basis != "recorded":
        return False
    return not (snapshot.published and snapshot.published.hides(measure.subject))


def measure_districts(snapshot: Snapshot, measure: Measure) -> DistrictIndex:
    """Return the districts of the records that a recorded measure counts; found once for a snapshot and a set.

    Raises
    ------
    BoundaryError
        No districts are installed.
    """
    kind = _kind(measure)
    event_type = "" if kind == "complaint" else measure.subject
    return snapshot.keep(
        ("districts", measure.name, districts_in_use()), lambda: index_districts(snapshot.some(kind, event_type), kind)
    )


def _kind(measure: Measure) -> str:
    return "complaint" if measure.subject == "complaint" else "event"
