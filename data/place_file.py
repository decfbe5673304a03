"""Adding provinces to a table of coordinates that is not, or not yet, a file of records."""

from __future__ import annotations

import csv
import io

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.degrees import Axis, Degrees, parse_degrees
from data.read import read_table
from data.schema import DISTANCE_M, LATITUDE, LONGITUDE, MATCH_METHOD, PROVINCE_CODE
from errors import AmbiguousColumnError, MissingColumnError, UnreadableFileError
from geo.coordinates import locate_points
from locales import say

ADDED = (PROVINCE_CODE, MATCH_METHOD, DISTANCE_M)


def add_provinces(content: bytes, file_name: str) -> bytes:
    """Return a table with the province of each row's coordinates.

    Parameters
    ----------
    content : bytes
        A CSV-like file with the columns ``latitude`` and ``longitude`` (degrees, WGS 84).
    file_name : str
        For messages.

    Returns
    -------
    bytes
        UTF-8 CSV: the file's own columns as they were, rows in their order, then `ADDED`. Coordinates that cannot be
        read have the method ``invalid``; the distance (m) is that to Cambodia, 0 inside.

    Raises
    ------
    UploadError
        The file is not a table, lacks a column of coordinates, has one of `ADDED` already, or has rows of another
        width than its header.
    """
    table = read_table(content, file_name)
    columns = table.reading.columns
    missing = [name for name in (LATITUDE, LONGITUDE) if name not in columns]
    if missing:
        raise MissingColumnError(
            say("“{file_name}” has no column “{missing}”.", file_name=file_name, missing=missing[0]),
            say("Name the columns of coordinates latitude and longitude."),
            missing=missing,
        )
    taken = [name for name in ADDED if name in columns]
    if taken:
        raise AmbiguousColumnError(
            say("“{file_name}” has a column “{taken}” already.", file_name=file_name, taken=taken[0]),
            say("Rename it; it would be overwritten."),
            columns=taken,
        )
    uneven = table.findings[table.findings["code"].isin(["too_many_cells", "too_few_cells"])]
    if len(uneven):
        raise UnreadableFileError(
            say(
                "{n} rows of “{file_name}” have more or fewer cells than its header; the first is row {row}.",
                n=len(uneven),
                file_name=file_name,
                row=uneven["row_number"].iloc[0],
            ),
            say("Correct these rows."),
            rows=uneven["row_number"].tolist(),
        )
    rows = table.rows[list(columns)]
    places = locate_points(_read_column(rows[LATITUDE], "latitude"), _read_column(rows[LONGITUDE], "longitude"))
    added = pd.DataFrame(
        {
            PROVINCE_CODE: places["province_code"].fillna(""),
            MATCH_METHOD: places["match_method"],
            DISTANCE_M: [
                "" if np.isnan(metres) else f"{metres:.1f}".removesuffix(".0") for metres in places["distance_m"]
            ],
        }
    )
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*columns, *ADDED])
    writer.writerows((*own, *new) for own, new in zip(rows.to_numpy(), added.to_numpy(), strict=True))
    return text.getvalue().encode()


def read_degrees(text: str, axis: Axis) -> float:
    """Return a written angle in degrees, with an exponent too; NaN when it cannot be read."""
    parsed = parse_degrees(text, axis)
    return parsed.value if isinstance(parsed, Degrees) else float(pd.to_numeric(text, errors="coerce"))


def _read_column(cells: pd.Series, axis: Axis) -> npt.NDArray[np.float64]:
    values = pd.to_numeric(cells, errors="coerce").to_numpy(np.float64, copy=True)
    for position in np.flatnonzero(np.isnan(values)):
        values[position] = read_degrees(cells.iloc[position], axis)
    return values
