"""Cleaning the two columns of coordinates: what is incomplete, impossible, exchanged or too coarse is said."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.cells import Cells, Column, Conventions
from data.degrees import LIMIT, NEIGHBOURHOOD, Axis, Degrees, DegreesProblem, parse_degrees, parse_metres, split_pair
from data.issues import find_rows
from data.plain import is_missing
from data.projected import convert_rows, explain_metres
from data.schema import LATITUDE, LONGITUDE
from geo.centres import name_centres
from geo.projections import PROJECTIONS

COARSE = {0: (111_000.0, "province"), 1: (11_000.0, "district")}
"""By the decimals written: metres that one such step spans from south to north, and the precision that leaves."""
MANY = 20
"""From so many rows on, one and the same point probably stands for an area."""
_AXES: tuple[Axis, Axis] = ("latitude", "longitude")
_UNCERTAINTY = "coordinate_uncertainty_m"


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
    cells = _split_shared(cells)
    read = {axis: _read_degrees(cells, axis) for axis in _AXES}
    degrees = {axis: read[axis].take(lambda angle: angle.value, "Float64") for axis in _AXES}
    converted = _convert_metres(cells, degrees, conventions.crs if conventions else None)
    latitude, longitude = degrees["latitude"], degrees["longitude"]
    both = latitude.notna() & longitude.notna()
    zero = both & ((latitude == 0) | (longitude == 0)).fillna(False)
    # Longitudes and latitudes of Cambodia and its surroundings, each in the column of the other.
    swapped = latitude.between(*NEIGHBOURHOOD["longitude"]) & longitude.between(*NEIGHBOURHOOD["latitude"])
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
    points = {axis: degrees[axis].where(usable) for axis in _AXES}
    _find_repeated(cells, points, usable & columns["location_precision"].isna())
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


def _split_shared(cells: Cells) -> Cells:
    """Return the cells with those split that hold both coordinates; what is no pair is found, and left empty."""
    left, right = cells.texts[LATITUDE], cells.texts[LONGITUDE]
    shared = (left == right) & (left.str.strip() != "")
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


def _read_degrees(cells: Cells, axis: Axis) -> Column[Degrees]:
    # Metres are looked at for the row as a whole.
    return cells.read(axis, lambda text: None if parse_metres(text) is not None else parse_degrees(text, axis))


def _convert_metres(cells: Cells, degrees: dict[Axis, pd.Series], crs: str | None) -> pd.Series:
    """Fill degrees from metres in a known projection; return the rows that were. All other metres are found."""
    metres = {axis: cells.map(axis, parse_metres) for axis in _AXES}
    both = metres["latitude"].notna() & metres["longitude"].notna()
    either = metres["latitude"].notna() | metres["longitude"].notna()
    converted = both & (crs is not None)
    if converted.any() and crs is not None:
        points = convert_rows(pd.DataFrame(metres)[converted], crs)
        lost = points["latitude"].isna()
        cells.find(
            converted & lost.reindex(converted.index, fill_value=False),
            "coordinates_unreadable",
            LATITUDE,
            f": there is no such point in {crs}",
        )
        for axis in _AXES:
            degrees[axis] = degrees[axis].mask(converted, points[axis].reindex(converted.index).astype("Float64"))
    asked = either & ~converted
    if asked.any():
        pairs = pd.Series(_pairs(cells, asked), asked.index[asked], dtype="str")
        distinct = pd.DataFrame(metres)[asked].assign(pair=pairs).drop_duplicates("pair")
        details = {
            pair: f"{pair}; {said}" if (said := explain_metres(northing, easting)) else pair
            for northing, easting, pair in distinct[["latitude", "longitude", "pair"]].itertuples(index=False)
        }
        cells.findings.append(find_rows("coordinates_projected", pairs.index, LATITUDE, pairs, pairs.map(details)))
    return converted


def _pairs(cells: Cells, rows: pd.Series) -> list[str]:
    chosen = cells.texts.loc[rows.to_numpy()]
    return (chosen[LATITUDE] + ", " + chosen[LONGITUDE]).tolist()


def _find_repeated(cells: Cells, points: Mapping[Axis, pd.Series], unsaid: pd.Series) -> None:
    pairs = pd.Series(_pairs(cells, unsaid), unsaid.index[unsaid], dtype="str")
    times = pairs.groupby(pairs).transform("size").reindex(unsaid.index, fill_value=0)
    many = times >= MANY
    cells.find(many, "coordinates_repeated", LATITUDE, times[many].astype("str").tolist())
    if many.any():
        chosen = pd.DataFrame(dict(points))[many].astype("float64")
        distinct = chosen.drop_duplicates()
        names = pd.Series(name_centres(distinct["latitude"], distinct["longitude"]), pd.MultiIndex.from_frame(distinct))
        found = names.reindex(pd.MultiIndex.from_frame(chosen)).to_numpy()
        middle = many.copy()
        middle[many] = found != ""
        cells.find(middle, "coordinates_centre", LATITUDE, [str(name) for name in found[found != ""]])


def _mark_coarse(
    cells: Cells, read: Mapping[Axis, Column[Degrees]], usable: pd.Series, columns: Mapping[str, pd.Series]
) -> dict[str, pd.Series]:
    decimals = pd.concat([read[axis].take(lambda angle: angle.decimals, "Int64") for axis in _AXES], axis="columns")
    finest = decimals.max(axis="columns")
    filled = {name: columns[name] for name in ("location_precision", _UNCERTAINTY) if name in columns}
    unsaid = filled["location_precision"].isna()
    for number, (metres, precision) in COARSE.items():
        coarse = usable & (finest == number).fillna(False)
        cells.find(coarse, "coordinates_coarse", LATITUDE, f"{metres / 1000:.0f} km")
        # Where the file says how closely the place is known, its word counts.
        for name, value in (("location_precision", precision), (_UNCERTAINTY, metres)):
            if name in filled:
                filled[name] = filled[name].mask(coarse & unsaid & filled[name].isna(), value)
    return filled
