"""The areas of a GeoPackage or Shapefile through GDAL; runs in the process of ``data/formats/apart.py``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FieldError

from data.formats.contents import choose_sheet
from data.formats.layers import GEOPACKAGE, SHAPEFILE, _allow_only, _damaged, _layers_of, read_cells
from data.formats.reprojection import ASK_CRS, to_degrees
from data.limits import Limits
from errors import FileTooLargeError, UnreadableFileError
from locales import later, say

_BYTES = "ISO-8859-1"
_GEOMETRY = "wkb_geometry"


def read_areas(
    folder: Path, file_name: str, sheet: str | None, crs: str | None, encoding: str | None, limits: dict[str, int]
) -> dict[str, Any]:
    """Return the shapes of one layer with their attributes.

    Returns
    -------
    dict
        ``sheets``, ``notes``, ``columns`` (names), ``cells`` (per column the texts), ``shapes`` (WKB as hexadecimal
        digits, longitude and latitude in WGS 84; None where there is none or it cannot be drawn).

    Raises
    ------
    UploadError
        It is damaged, passes a limit, does not say what its coordinates are, or which layer is meant has to be said.
    """
    path = folder / GEOPACKAGE
    sheets: list[str] = []
    layer = None
    if path.is_file():
        sheets, filled = _layers_of(path, file_name)
        layer = choose_sheet(sheets, filled, sheet, file_name, later("layer"))
        _allow_only("GPKG")
    else:
        path = folder / SHAPEFILE
        _allow_only("ESRI Shapefile")
    bounds = Limits(**limits)
    try:
        meta, table = pyogrio.read_arrow(
            path, layer=layer, encoding=encoding and _BYTES, max_features=bounds.rows + 1, datetime_as_string=True
        )
    except (DataSourceError, DataLayerError, FieldError, CRSError, ValueError) as error:
        raise _damaged(file_name) from error
    name = meta["geometry_name"] or _GEOMETRY
    if table.num_rows > bounds.rows or name not in table.column_names:
        raise UnreadableFileError(
            say("“{file_name}” has no shapes, or more than {rows}.", file_name=file_name, rows=bounds.rows),
            say("Is it the right layer?"),
            file_name=file_name,
        )
    shapes = shapely.from_wkb(np.array(table[name].to_pylist(), dtype=object), on_invalid="ignore")
    if int(shapely.get_num_coordinates(shapes).sum()) > bounds.vertices:
        raise FileTooLargeError(
            say(
                "“{file_name}” has more than {vertices} positions in its shapes.",
                file_name=file_name,
                vertices=bounds.vertices,
            ),
            say("Simplify the shapes."),
            file_name=file_name,
        )
    stated = meta["crs"] or crs
    if not stated:
        raise UnreadableFileError(
            say("“{file_name}” does not say what its coordinates are.", file_name=file_name),
            say(ASK_CRS),
            file_name=file_name,
            missing="crs",
        )
    vertices = shapely.get_coordinates(shapes)
    degrees = to_degrees(vertices[:, 0].tolist(), vertices[:, 1].tolist(), stated, file_name)
    placed = shapely.set_coordinates(
        shapely.force_2d(shapes), np.column_stack([degrees.longitudes, degrees.latitudes]).reshape(-1, 2)
    )
    columns, cells = read_cells(table, name, encoding, file_name)
    return {
        "sheets": sheets,
        "notes": [degrees.note] if degrees.note else [],
        "columns": columns,
        "cells": cells,
        "shapes": [None if each is None else shapely.to_wkb(each, hex=True) for each in placed],
    }
