"""Cleaning the two columns of coordinates: what is incomplete, impossible, exchanged or too coarse is said."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.cells import Cells, Conventions, nothing
from data.clean_degrees import Angles, read_degrees
from data.degrees import LIMIT, NEIGHBOURHOOD, Axis, Degrees, DegreesProblem, parse_degrees, split_pair
from data.issues import find_rows
from data.plain import is_missing
from data.projected import convert_rows, explain_metres
from data.schema import LATITUDE, LONGITUDE
from data.situations import code_texts, group_alike
from data.text_columns import find_blank
from geo.centres import name_centres
from geo.projections import PROJECTIONS

COARSE = {0: (111_000.0, "province"), 1: (11_000.0, "district")}
"""By the decimals written: metres that one such step spans from south to north, and the precision that leaves."""
MANY = 20
"""From so many rows on, one and the same point probably stands for an area."""
_AXES: tuple[Axis, Axis] = ("latitude", "longitude")
_UNCERTAINTY = "coordinate_uncertainty_m"
_FILLED = ("location_precision", _UNCERTAINTY)


def clean_points(
    cells: Cells, columns: Mapping[str, pd.Series], conventions: Conventions | None = None
) -> dict[str, pd.Series]:
    """Return latitude and longitude, and where the point is coarse its precision and uncertainty.

    A cell that stands in both columns holds both coordinates, and is split.

    Parameters
    ----------
    cells : Cells
        The file's texts.
    columns : mapping
        Columns cleaned so far, of which ``location_precision`` and ``coordinate_uncertainty_m`` are filled when empty.
    conventions : Conventions, optional
        Of which `crs` says in which projection coordinates in metres are: the longitude is the easting.

    Returns
    -------
    dict of Series
        ``latitude``, ``longitude``: Float64, degrees, WGS 84; both or neither of a row.
    """
    if {LATITUDE, LONGITUDE} <= cells.absent:
        filled = {name: columns[name] for name in _FILLED if name in columns}
        return {axis: nothing(cells.texts.index, "Float64") for axis in _AXES} | filled
    cells = _split_shared(cells)
    read = {axis: read_degrees(cells, axis) for axis in _AXES}
    converted = _convert_metres(cells, read, conventions.crs if conventions else None)
    latitude, longitude = read["latitude"].degrees, read["longitude"].degrees
    both = ~np.isnan(latitude + longitude)
    zero = both & ((latitude == 0) | (longitude == 0))
    # Longitudes and latitudes of Cambodia and its surroundings, each in the column of the other.
    swapped = both & _is_within(latitude, "longitude") & _is_within(longitude, "latitude")
    cells.find(read["latitude"].given != read["longitude"].given, "coordinates_incomplete", LATITUDE)
    cells.find(zero, "coordinates_zero", LATITUDE, _pairs(cells, zero))
    cells.find(swapped, "coordinates_swapped", LATITUDE, _pairs(cells, swapped))
    usable = both & ~zero & ~swapped
    for axis in _AXES:
        beyond = (np.abs(read[axis].degrees) > LIMIT[axis]) & ~swapped
        limit = f": a {axis} lies between -{LIMIT[axis]:.0f} and {LIMIT[axis]:.0f}"
        cells.find(beyond, "coordinates_unreadable", axis, limit)
        usable &= ~beyond
    points: dict[str, pd.Series] = {
        axis: pd.Series(pd.arrays.FloatingArray(read[axis].degrees, ~usable), cells.texts.index) for axis in _AXES
    }
    _find_repeated(cells, points, usable & columns["location_precision"].isna().to_numpy())
    filled = _mark_coarse(cells, read, usable, columns)
    if conventions and conventions.crs and (accuracy := PROJECTIONS[conventions.crs].accuracy_m):
        cells.find(
            converted & usable,
            "coordinates_converted",
            LATITUDE,
            f"{conventions.crs}, with an accuracy of about {accuracy:.0f} m",
        )
        if _UNCERTAINTY in filled:
            given = filled[_UNCERTAINTY]
            low = converted & usable & (given.isna() | (given < accuracy).fillna(False))
            filled[_UNCERTAINTY] = given.mask(low, accuracy)
    return points | filled


def _is_within(degrees: NDArray[np.float64], axis: Axis) -> NDArray[np.bool_]:
    low, high = NEIGHBOURHOOD[axis]
    return (degrees >= low) & (degrees <= high)


def _split_shared(cells: Cells) -> Cells:
    """Return the cells with those split that hold both coordinates; what is no pair is found, and left empty."""
    left, right = cells.texts[LATITUDE], cells.texts[LONGITUDE]
    shared = (left == right) & ~find_blank(left)
    if not shared.any():
        return cells
    codes, distinct = pd.factorize(left[shared])
    pairs = [_split(text) for text in distinct]
    problems = {number: pair.detail for number, pair in enumerate(pairs) if isinstance(pair, DegreesProblem)}
    unsplit = shared.copy()
    unsplit[shared] = np.isin(codes, list(problems))
    details = [problems[code] for code in codes.tolist() if code in problems]
    cells.find(unsplit, "coordinates_unreadable", LATITUDE, details)
    texts = cells.texts.copy()
    for position, axis in enumerate(_AXES):
        parts = pd.Series(["" if isinstance(pair, DegreesProblem) else pair[position] for pair in pairs], dtype="str")
        texts.loc[shared.to_numpy(), axis] = parts.take(codes).to_numpy()
    return Cells(texts, cells.findings)


def _split(text: str) -> tuple[str, str] | DegreesProblem:
    read = parse_degrees(text, "latitude")
    # Two columns may both say 0, or nothing; any other number in both is no point in or near Cambodia.
    if is_missing(text) or (isinstance(read, Degrees) and read.value == 0):
        return text, text
    return split_pair(text)


def _convert_metres(cells: Cells, read: dict[Axis, Angles], crs: str | None) -> NDArray[np.bool_]:
    """Fill degrees from metres in a known projection; return the rows that were. All other metres are found."""
    has = {axis: ~np.isnan(read[axis].metres) for axis in _AXES}
    either = has["latitude"] | has["longitude"]
    converted = has["latitude"] & has["longitude"] & (crs is not None)
    if not either.any():
        return converted
    metres = pd.DataFrame({axis: read[axis].metres for axis in _AXES}, cells.texts.index)
    if converted.any() and crs is not None:
        points = convert_rows(metres[converted], crs)
        lost = converted.copy()
        lost[converted] = points["latitude"].isna().to_numpy(dtype=bool)
        cells.find(lost, "coordinates_unreadable", LATITUDE, f": there is no such point in {crs}")
        for axis in _AXES:
            read[axis].degrees[converted] = points[axis].to_numpy("float64", na_value=np.nan)
    asked = either & ~converted
    if asked.any():
        pairs = pd.Series(_pairs(cells, asked), cells.texts.index[asked], dtype="str")
        distinct = metres[asked].assign(pair=pairs).drop_duplicates("pair")
        details = {
            pair: f"{pair}; {said}" if (said := explain_metres(northing, easting)) else pair
            for northing, easting, pair in distinct[["latitude", "longitude", "pair"]].itertuples(index=False)
        }
        cells.findings.append(find_rows("coordinates_projected", pairs.index, LATITUDE, pairs, pairs.map(details)))
    return converted


def _pairs(cells: Cells, rows: NDArray[np.bool_]) -> list[str]:
    chosen = cells.texts.loc[rows, [LATITUDE, LONGITUDE]]
    return (chosen[LATITUDE] + ", " + chosen[LONGITUDE]).tolist()


def _find_repeated(cells: Cells, points: Mapping[str, pd.Series], unsaid: NDArray[np.bool_]) -> None:
    told = [code_texts(cells.texts.loc[unsaid, axis]) for axis in _AXES]
    same, _ = group_alike(told, int(unsaid.sum()))
    times = np.zeros(len(unsaid), dtype=np.int64)
    times[unsaid] = np.bincount(same)[same]
    many = times >= MANY
    cells.find(many, "coordinates_repeated", LATITUDE, times[many].astype("str").tolist())
    if many.any():
        chosen = pd.DataFrame({axis: points[axis][many] for axis in _AXES}).astype("float64")
        distinct = chosen.drop_duplicates()
        names = pd.Series(name_centres(distinct["latitude"], distinct["longitude"]), pd.MultiIndex.from_frame(distinct))
        found = names.reindex(pd.MultiIndex.from_frame(chosen)).to_numpy()
        middle = many.copy()
        middle[many] = found != ""
        cells.find(middle, "coordinates_centre", LATITUDE, [str(name) for name in found[found != ""]])


def _mark_coarse(
    cells: Cells, read: Mapping[Axis, Angles], usable: NDArray[np.bool_], columns: Mapping[str, pd.Series]
) -> dict[str, pd.Series]:
    finest = np.fmax(*(read[axis].decimals for axis in _AXES))
    filled = {name: columns[name] for name in _FILLED if name in columns}
    unsaid = filled["location_precision"].isna()
    for number, (metres, precision) in COARSE.items():
        coarse = usable & (finest == number)
        if not coarse.any():
            continue
        cells.find(coarse, "coordinates_coarse", LATITUDE, f"{metres / 1000:.0f} km")
        # Where the file says how closely the place is known, its word counts.
        for name, value in (("location_precision", precision), (_UNCERTAINTY, metres)):
            if name in filled:
                filled[name] = filled[name].mask(coarse & unsaid & filled[name].isna(), value)
    return filled
