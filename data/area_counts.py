"""Which records lie in an area of the map: certainly, perhaps, or nobody can tell.

Of a compound, event or complaint the source may tell a point, only a province, or nothing. Each record is therefore

*inside*
    its point lies in the area, or on its edge;
*perhaps*
    its point lies outside, and the circle of its stated uncertainty (``coordinate_uncertainty_m``) meets the area;
*coarse*
    not known closely enough: only a province is known, and the area meets it. A point that stands for a district, a
    province or the country, without a stated uncertainty, is no better than its province;
*outside*
    its point lies elsewhere, or no province that it is told of meets the area;
*unlocated*
    neither a point nor a province is known.

Every record of a period has exactly one of these. None is guessed into the area from its province.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.periods import Period
from data.schema import KINDS, LATITUDE, LONGITUDE, PERIOD_COLUMNS, PROVINCE_CODE, PROVINCE_CODES, split_list
from data.slices import select_records
from data.snapshot import Snapshot
from geo.area import Area, inside, touches
from geo.area_provinces import touched_provinces
from geo.gazetteer import PROVINCE_CODES as KNOWN_CODES

PLACED_KINDS = ("compound", "event", "complaint")
PLACES = ("inside", "perhaps", "coarse", "outside", "unlocated")
"""How a record may lie to an area, as `find_places` numbers them."""
COARSE_PRECISIONS = ("district", "province", "country")

_INSIDE, _PERHAPS, _COARSE, _OUTSIDE, _UNLOCATED = range(len(PLACES))
_UNCERTAINTY = "coordinate_uncertainty_m"
_NOT, _MAYBE, _SURE = range(3)  # how a record's date lies to the period


@dataclass(frozen=True)
class AreaRecords:
    """The records of one kind, parted by an area and a period.

    ``sum(counts.values())`` is the number of records in the period, those included whose coarse date only overlaps it.

    Attributes
    ----------
    kind : str
        compound, event or complaint. Compounds have no dates and are in every period.
    records : DataFrame
        All records of the kind, as the snapshot has them.
    places : array of int8
        For each record its place in `PLACES`.
    times : array of int8
        For each record 2 when it certainly lies in the period, 1 when perhaps, else 0.
    undated : int
        Records in no period, because nothing is known of their date.
    """

    kind: str
    records: pd.DataFrame
    places: NDArray[np.int8]
    times: NDArray[np.int8]
    undated: int

    @property
    def counts(self) -> dict[str, int]:
        """How many records of the period lie in each of `PLACES`."""
        found = np.bincount(self.places[self.times > _NOT], minlength=len(PLACES))
        return {place: int(count) for place, count in zip(PLACES, found, strict=True)}

    @property
    def low(self) -> int:
        """How many certainly lie in the period and, by their point, in the area."""
        return int(np.count_nonzero((self.places == _INSIDE) & (self.times == _SURE)))

    @property
    def high(self) -> int:
        """How many may lie in both: also those perhaps in one of them, and those not known closely enough."""
        return int(np.count_nonzero((self.places <= _COARSE) & (self.times > _NOT)))

    def pick(self, place: str) -> pd.DataFrame:
        """Return the records of the period with this place, one of `PLACES`, all their columns."""
        found: pd.DataFrame = self.records.loc[(self.places == PLACES.index(place)) & (self.times > _NOT)]
        return found


@dataclass(frozen=True)
class AreaSelection:
    """The records of all kinds that have a place, parted by an area and a period; see `AreaRecords`."""

    area: Area
    period: Period | None
    kinds: dict[str, AreaRecords]

    def table(self) -> pd.DataFrame:
        """Return one row for each kind: kind (str), low, high, the columns of `PLACES`, undated (int64)."""
        rows = [
            {"kind": kind, "low": found.low, "high": found.high, **found.counts, "undated": found.undated}
            for kind, found in self.kinds.items()
        ]
        return pd.DataFrame(rows)


def select_in_area(snapshot: Snapshot, area: Area, period: Period | None) -> AreaSelection:
    """Part compounds, events and complaints by an area and a period.

    Parameters
    ----------
    snapshot : Snapshot
        The records.
    area : Area
        A polygon, circle or corridor of ``geo.area``.
    period : Period or None
        The slice; None is all time, in which every dated record lies.
    """
    kinds = {}
    for kind in PLACED_KINDS:
        records = snapshot.of(kind)
        times, undated = _find_times(records, kind, period)
        kinds[kind] = AreaRecords(kind, records, find_places(records, kind, area), times, undated)
    return AreaSelection(area, period, kinds)


def find_places(records: pd.DataFrame, kind: str, area: Area) -> NDArray[np.int8]:
    """Say of each record how it lies to an area.

    Parameters
    ----------
    records : DataFrame
        Rows of `kind`.
    kind : str
        compound, event or complaint.
    area : Area
        A polygon, circle or corridor of ``geo.area``.

    Returns
    -------
    array of int8, shape (len(records),)
        Position in `PLACES`.
    """
    latitude, longitude = (records[name].to_numpy(np.float64, na_value=np.nan) for name in (LATITUDE, LONGITUDE))
    pointed = np.isfinite(latitude) & np.isfinite(longitude)
    radius = np.zeros(len(records))
    if _UNCERTAINTY in records:
        radius = np.nan_to_num(records[_UNCERTAINTY].to_numpy(np.float64, na_value=np.nan))
    pointed &= ~records["location_precision"].isin(COARSE_PRECISIONS).to_numpy() | (radius > 0)
    places = _by_province(records, kind, touched_provinces(area))
    rows = np.flatnonzero(pointed)
    at = latitude[rows], longitude[rows]
    found = inside(area, *at)
    reached = touches(area, *at, radius[rows]) if radius.any() else found
    places[rows] = np.where(found, _INSIDE, np.where(reached, _PERHAPS, _OUTSIDE))
    return places


def _by_province(records: pd.DataFrame, kind: str, touched: frozenset[str]) -> NDArray[np.int8]:
    several = PROVINCE_CODES in KINDS[kind].columns
    # There are few ways to write a cell, however many records there are.
    cells, texts = pd.factorize(records[PROVINCE_CODES if several else PROVINCE_CODE])
    found = [_place_of(frozenset(split_list(text)) & frozenset(KNOWN_CODES), touched) for text in texts]
    return np.array([*found, _UNLOCATED], dtype=np.int8)[cells]  # a missing cell has the number −1, the last


def _place_of(codes: frozenset[str], touched: frozenset[str]) -> int:
    if not codes:
        return _UNLOCATED
    return _COARSE if codes & touched else _OUTSIDE


def _find_times(records: pd.DataFrame, kind: str, period: Period | None) -> tuple[NDArray[np.int8], int]:
    if kind not in PERIOD_COLUMNS:
        return np.full(len(records), _SURE, dtype=np.int8), 0
    days = records[list(PERIOD_COLUMNS[kind])].reset_index(drop=True)
    selection = select_records(days, kind, period)
    times = np.full(len(records), _NOT, dtype=np.int8)
    times[selection.inside.index] = _SURE
    times[selection.perhaps.index] = _MAYBE
    return times, len(selection.undated)
