"""Cleaning the two columns of coordinates: what is incomplete, impossible, exchanged or too coarse is said."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data.cells import Cells, Column
from data.degrees import LIMIT, Axis, Degrees, parse_degrees
from data.schema import LATITUDE, LONGITUDE

SWAPPED_LATITUDE, SWAPPED_LONGITUDE = (102.0, 108.0), (9.0, 15.0)
"""Longitudes and latitudes of Cambodia and its surroundings, each found in the column of the other."""
COARSE = {0: (111_000.0, "province"), 1: (11_000.0, "district")}
"""By the decimals written: metres that one such step spans from south to north, and the precision that leaves."""
MANY = 20
"""From so many rows on, one and the same point probably stands for an area."""
_AXES: tuple[Axis, Axis] = ("latitude", "longitude")


def clean_points(cells: Cells, columns: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """Return latitude and longitude, and where the point is coarse its precision and uncertainty.

    Parameters
    ----------
    cells : Cells
        The file's texts.
    columns : mapping
        Columns cleaned so far, of which ``location_precision`` and ``coordinate_uncertainty_m`` are filled when empty.

    Returns
    -------
    dict of Series
        ``latitude``, ``longitude``: Float64, degrees, WGS 84; both or neither of a row.
    """
    read = {axis: _read_degrees(cells, axis) for axis in _AXES}
    degrees = {axis: read[axis].take(lambda angle: angle.value, "Float64") for axis in _AXES}
    latitude, longitude = degrees["latitude"], degrees["longitude"]
    both = latitude.notna() & longitude.notna()
    zero = both & ((latitude == 0) | (longitude == 0)).fillna(False)
    swapped = latitude.between(*SWAPPED_LATITUDE) & longitude.between(*SWAPPED_LONGITUDE)
    swapped = both & swapped.fillna(False)
    cells.find(cells.is_given(LATITUDE) != cells.is_given(LONGITUDE), "coordinates_incomplete", LATITUDE)
    cells.find(zero, "coordinates_zero", LATITUDE, _pairs(cells, zero))
    cells.find(swapped, "coordinates_swapped", LATITUDE, _pairs(cells, swapped))
    usable = both & ~zero & ~swapped
    for axis in _AXES:
        beyond = (degrees[axis].abs() > LIMIT[axis]).fillna(False) & ~swapped
        limit = f": a {axis} lies between -{LIMIT[axis]:.0f} and {LIMIT[axis]:.0f}"
        cells.find(beyond, "coordinates_unreadable", axis, limit)
        usable &= ~beyond
    _find_repeated(cells, usable & columns["location_precision"].isna())
    points = {axis: degrees[axis].where(usable) for axis in _AXES}
    return points | _mark_coarse(cells, read, usable, columns)


def _read_degrees(cells: Cells, axis: Axis) -> Column[Degrees]:
    return cells.read(axis, lambda text: parse_degrees(text, axis))


def _pairs(cells: Cells, rows: pd.Series) -> list[str]:
    chosen = cells.texts.loc[rows.to_numpy()]
    return (chosen[LATITUDE] + ", " + chosen[LONGITUDE]).tolist()


def _find_repeated(cells: Cells, usable: pd.Series) -> None:
    pairs = pd.Series(_pairs(cells, usable), usable.index[usable], dtype="str")
    times = pairs.groupby(pairs).transform("size").reindex(usable.index, fill_value=0)
    many = times >= MANY
    cells.find(many, "coordinates_repeated", LATITUDE, times[many].astype("str").tolist())


def _mark_coarse(
    cells: Cells, read: Mapping[Axis, Column[Degrees]], usable: pd.Series, columns: Mapping[str, pd.Series]
) -> dict[str, pd.Series]:
    decimals = pd.concat([read[axis].take(lambda angle: angle.decimals, "Int64") for axis in _AXES], axis="columns")
    finest = decimals.max(axis="columns")
    filled = {name: columns[name] for name in ("location_precision", "coordinate_uncertainty_m") if name in columns}
    unsaid = filled["location_precision"].isna()
    for number, (metres, precision) in COARSE.items():
        coarse = usable & (finest == number).fillna(False)
        cells.find(coarse, "coordinates_coarse", LATITUDE, f"{metres / 1000:.0f} km")
        # Where the file says how closely the place is known, its word counts.
        for name, value in (("location_precision", precision), ("coordinate_uncertainty_m", metres)):
            if name in filled:
                filled[name] = filled[name].mask(coarse & unsaid & filled[name].isna(), value)
    return filled
