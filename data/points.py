"""Records with coordinates, sorted by day, and how many of them lie in each hexagon in any period.

A record is put into a hexagon only when its place is known as closely as the hexagon is wide. One whose coordinates are
the middle of a province, or that is placed only to the district or worse, is counted by its province instead: a point
on the map would claim what nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.periods import Period
from data.schema import KINDS, LATITUDE, LONGITUDE
from data.slices import find_days, find_provinces
from geo.centres import name_centres
from geo.gazetteer import PROVINCE_CODES
from geo.hexagons import SIZES_KM, find_hexagons

REACH_KM: Mapping[str, float] = {"exact": 0.0, "near": 1.0, "town": 5.0, "district": 20.0}
"""How far from its point a record may lie, by its precision. Kilometres chosen by us: towns of the gazetteer are known
within 3 to 5 km, districts are some 30 km wide. Anything coarser may lie anywhere in its province."""

MOST_CELLS = 1_200
_ENOUGH = 0.9
_NOWHERE = len(PROVINCE_CODES)
_ROUGH = _NOWHERE + 1  # labels behind those of the cells: each province, and none
_NEVER = np.iinfo(np.int64).max

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class HexagonCounts:
    """How many records of a period lie in each hexagon.

    Attributes
    ----------
    size_km : int
    cells : array of int64, shape (k, 3)
        q, r and the number of records, of every hexagon that holds one.
    rough : dict of str to int
        Records that are not known closely enough, by province code; those of no province under the empty text.
    perhaps : int
        Of all these, records with a coarse date that only overlaps the period.
    """

    size_km: int
    cells: Numbers
    rough: dict[str, int]
    perhaps: int

    @property
    def drawn(self) -> int:
        """Number of records in hexagons."""
        return int(self.cells[:, 2].sum())


@dataclass(frozen=True)
class _Grid:
    labels: Numbers  # of each point: its cell, or behind the cells its province
    cells: Numbers  # q, r of each cell


@dataclass(frozen=True)
class Points:
    """The dated records of one kind that have coordinates; make it with `collect_points`.

    Attributes
    ----------
    position : array of int64
        Place of each record in the frame from which it was made. Records of one day come first, sorted by day; those
        with a coarse date follow.
    latitude, longitude : array of float64
        Degrees, WGS 84.
    starts, ends : array of int64
        Half-open period of each record, in days since 1970.
    reach_km : array of float64
        How far from its point it may lie; infinite when its point stands for a whole province. A point that is stated
        to be exact is believed, also in the middle of a province.
    province : array of int64
        Place of its province in the gazetteer's ISO order, 25 for none.
    singles : int
        How many records are of one day.
    """

    position: Numbers
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    starts: Numbers
    ends: Numbers
    reach_km: NDArray[np.float64]
    province: Numbers
    singles: int
    _grids: dict[int, _Grid] = field(default_factory=dict, compare=False, repr=False)
    _pooled: dict[int, Numbers] = field(default_factory=dict, compare=False, repr=False)

    def count(self, period: Period) -> int:
        """Return how many of these records lie in a period, those that only may lie in it too."""
        first, after = self._days(period)
        return after - first + int(self._coarse(period).sum())

    def members(self, period: Period, hexagon: tuple[int, int, int] | None = None) -> Numbers:
        """Return the records of a period, those that only may lie in it too, as places in the frame, ascending.

        Parameters
        ----------
        period : Period
        hexagon : tuple of int, optional
            Size in km, q and r: only the records that are counted there.
        """
        first, after = self._days(period)
        chosen = np.concatenate([np.arange(first, after), self.singles + np.flatnonzero(self._coarse(period))])
        if hexagon is not None:
            size, q, r = hexagon
            grid = self._grid(size)
            cell = np.flatnonzero((grid.cells[:, 0] == q) & (grid.cells[:, 1] == r))
            chosen = chosen[np.isin(grid.labels[chosen], cell)]
        return np.sort(self.position[chosen])

    def best_size(self) -> int:
        """Return the size in km of the hexagons for these records, the same in every period.

        The finest with at most `MOST_CELLS` cells, to which at least nine in ten of the records are known closely
        enough that any size could show; the coarsest when none is so.
        """
        known = np.isfinite(self.reach_km).sum()
        for size in SIZES_KM:
            if (self.reach_km <= size).sum() >= _ENOUGH * known and len(self._grid(size).cells) <= MOST_CELLS:
                return size
        return SIZES_KM[-1]

    def count_hexagons(self, period: Period, size_km: int) -> HexagonCounts:
        """Return how many records of a period lie in each hexagon of a size."""
        grid = self._grid(size_km)
        first, after = self._days(period)
        coarse = self._coarse(period)
        tally = np.bincount(grid.labels[first:after], minlength=len(grid.cells) + _ROUGH)
        perhaps = 0
        if coarse.any():
            tally = tally + np.bincount(grid.labels[self.singles :][coarse], minlength=len(tally))
            low, high = _day(period.start), _day(period.end)
            perhaps = int((coarse & ~((self.starts >= low) & (self.ends <= high))[self.singles :]).sum())
        in_cells, rough = tally[: len(grid.cells)], tally[len(grid.cells) :]
        held = np.flatnonzero(in_cells)
        cells = np.column_stack([grid.cells[held], in_cells[held]])
        codes = [*PROVINCE_CODES, ""]
        return HexagonCounts(size_km, cells, {codes[i]: int(rough[i]) for i in np.flatnonzero(rough)}, perhaps)

    def pooled(self, size_km: int) -> Numbers:
        """Return the counts over which classes are fixed: of every hexagon in each year and in all years."""
        if size_km not in self._pooled:
            grid = self._grid(size_km)
            inside = grid.labels < len(grid.cells)
            years = self.starts.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
            spread = int(years.max() - years.min()) + 1 if len(years) else 1
            yearly = grid.labels[inside] * spread + (years[inside] - years.min() if len(years) else 0)
            _, each = np.unique(yearly, return_counts=True)
            _, all_years = np.unique(grid.labels[inside], return_counts=True)
            self._pooled[size_km] = np.concatenate([each, all_years])
        return self._pooled[size_km]

    def _days(self, period: Period) -> tuple[int, int]:
        single = self.starts[: self.singles]
        first, after = np.searchsorted(single, [_day(period.start), _day(period.end)])
        return int(first), int(after)

    def _coarse(self, period: Period) -> NDArray[np.bool_]:
        starts, ends = self.starts[self.singles :], self.ends[self.singles :]
        return (starts < _day(period.end)) & (ends > _day(period.start))

    def _grid(self, size_km: int) -> _Grid:
        if size_km not in self._grids:
            q, r = find_hexagons(self.latitude, self.longitude, size_km)
            close = self.reach_km <= size_km
            width = np.int64(1) << 32
            keys, cell = np.unique(q[close] * width + r[close], return_inverse=True)
            # Modulo leaves r as it was before it was added, also below zero.
            lower = (keys + width // 2) % width - width // 2
            labels = len(keys) + self.province
            labels[close] = cell
            self._grids[size_km] = _Grid(labels, np.column_stack([(keys - lower) // width, lower]))
        return self._grids[size_km]


def collect_points(records: pd.DataFrame, kind: str) -> Points:
    """Return the dated records with coordinates, sorted by day.

    Parameters
    ----------
    records : DataFrame
        Rows of `kind` with its period columns, coordinates and ``location_precision``.
    kind : str
        A dated kind with places: ``event`` or ``complaint``.

    Raises
    ------
    ValueError
        When records of that kind carry no coordinates.
    """
    if LATITUDE not in KINDS[kind].columns:
        raise ValueError(f"records of kind {kind!r} carry no coordinates")
    days = find_days(records, kind)
    latitude, longitude = (
        records[column].to_numpy(dtype=np.float64, na_value=np.nan) for column in (LATITUDE, LONGITUDE)
    )
    kept = np.flatnonzero(days["start"].notna().to_numpy() & np.isfinite(latitude) & np.isfinite(longitude))
    starts, ends = (_days_since_1970(days[column].iloc[kept]) for column in ("start", "end"))
    single = ends - starts == 1
    order = np.lexsort((starts, ~single))
    kept = kept[order]
    reach = _reach(records["location_precision"].iloc[kept])
    doubtful = np.flatnonzero(np.isfinite(reach) & (reach > 0))
    middles = name_centres(latitude[kept[doubtful]], longitude[kept[doubtful]])
    reach[doubtful[np.array([bool(name) for name in middles], dtype=bool)]] = np.inf
    places = find_provinces(records, kind).drop_duplicates("position")
    province = np.full(len(records), _NOWHERE, dtype=np.int64)
    province[places["position"]] = places["slot"]
    return Points(
        kept, latitude[kept], longitude[kept], starts[order], ends[order], reach, province[kept], int(single.sum())
    )


def _reach(precision: pd.Series) -> NDArray[np.float64]:
    codes, names = pd.factorize(precision)
    known = np.array([*(REACH_KM.get(str(name), np.inf) for name in names), REACH_KM["near"]])
    return known[codes]  # a missing precision has the code -1 and so the last value


def _day(day: object) -> int:
    return int(np.datetime64(str(day), "D").astype(np.int64))


def _days_since_1970(dates: pd.Series) -> Numbers:
    """Return days since 1970; a missing date is later than any other."""
    numbers = dates.to_numpy("datetime64[D]").astype(np.int64)
    return np.where(dates.isna().to_numpy(), _NEVER, numbers)
