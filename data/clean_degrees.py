"""One column of coordinates as numbers: plain decimals all at once, everything else text by text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from data.cells import Cells, Column
from data.degrees import USUAL, Axis, Degrees, parse_degrees, parse_metres
from data.text_columns import first_bytes, from_arrow, to_arrow


@dataclass(frozen=True)
class Angles:
    """A column of coordinates.

    Attributes
    ----------
    degrees : array of float64
        NaN where there are none; the size is not checked against the axis.
    decimals : array of float64
        How many decimals of a degree the writing is good for; NaN where there are no degrees.
    metres : array of float64
        Where a cell holds metres of a projection; NaN elsewhere.
    given : array of bool
        Where the cell says something.
    """

    degrees: NDArray[np.float64]
    decimals: NDArray[np.float64]
    metres: NDArray[np.float64]
    given: NDArray[np.bool_]


def read_degrees(cells: Cells, axis: Axis) -> Angles:
    """Return the angles that a column states; what cannot be read is found in `cells`."""
    column = to_arrow(cells.texts[axis])
    places = np.flatnonzero(first_bytes(column))
    filled = column.take(pa.array(places))
    is_usual = compute.match_substring_regex(filled, rf"\A(?:{USUAL})\z")
    usual = filled.filter(is_usual)
    at = places[is_usual.to_numpy(zero_copy_only=False)]
    degrees, decimals, metres = (np.full(len(column), np.nan) for _ in range(3))
    given = np.zeros(len(column), dtype=bool)
    degrees[at] = usual.cast(pa.float64()).to_numpy()
    point = compute.find_substring(usual, ".")
    decimals[at] = compute.subtract(compute.subtract(compute.binary_length(usual), point), 1).to_numpy()
    given[at] = True
    if len(at) < len(places):
        left = compute.if_else(pa.array(given), pa.scalar("", column.type), column)
        rest = Cells(pd.DataFrame({axis: from_arrow(left, cells.texts.index)}, copy=False), cells.findings)
        # Metres are looked at for the row as a whole.
        read: Column[Degrees] = rest.read(
            axis, lambda text: None if parse_metres(text) is not None else parse_degrees(text, axis)
        )
        for numbers, values in (
            (degrees, [np.nan if angle is None else angle.value for angle in read.values]),
            (decimals, [np.nan if angle is None else angle.decimals for angle in read.values]),
        ):
            numbers[~given] = np.array(values)[read.codes[~given]]
        metres = rest.map(axis, parse_metres).to_numpy()
        given |= rest.is_given(axis).to_numpy()
    return Angles(degrees, decimals, metres, given)
