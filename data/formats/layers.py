"""The layers of a GeoPackage or Shapefile through GDAL; runs in the process of ``data/formats/apart.py``."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio import _ogr
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FieldError

from data.formats.contents import choose_sheet
from data.formats.reprojection import ASK_CRS, to_degrees
from data.formats.shapes import SHAPES, flaw_of
from data.limits import Limits
from data.numbers import write_number
from errors import FileTooLargeError, UnreadableFileError
from locales import later, say

GEOPACKAGE, SHAPEFILE = "layer.gpkg", "layer.shp"
"""Names of the files in their folder."""
_RTREE = re.compile(r"\s*CREATE\s+VIRTUAL\s+TABLE\s+\S+\s+USING\s+\"?rtree\"?\s*\(", re.IGNORECASE)
_GEOMETRY = "wkb_geometry"
_BYTES = "ISO-8859-1"
"""An encoding in which each byte is a character: GDAL would leave out what it cannot read in another."""


def read_geopackage(
    folder: Path, file_name: str, sheet: str | None, crs: str | None, limits: dict[str, int]
) -> dict[str, Any]:
    """Return the features of one layer of a GeoPackage.

    Returns
    -------
    dict
        ``sheet``, ``sheets``, ``notes``, ``columns`` (names), and one list per feature in ``features``: the cells,
        [longitude, latitude] or None, the altitude, the shape when it is no point, its flaw.

    Raises
    ------
    UploadError
        It holds stored queries or virtual tables, passes a limit, or which layer is meant has to be said.
    """
    path = folder / GEOPACKAGE
    sheets, filled = _layers_of(path, file_name)
    chosen = choose_sheet(sheets, filled, sheet, file_name, later("layer"))
    _allow_only("GPKG")
    answer = _read_layer(path, file_name, chosen, crs, None, Limits(**limits))
    return answer | {"sheet": chosen, "sheets": sheets}


def read_shapefile(
    folder: Path, file_name: str, crs: str | None, encoding: str | None, limits: dict[str, int]
) -> dict[str, Any]:
    """Return the features of a Shapefile, as `read_geopackage` does, without the names of layers."""
    _allow_only("ESRI Shapefile")
    return _read_layer(folder / SHAPEFILE, file_name, None, crs, encoding, Limits(**limits))


def _layers_of(path: Path, file_name: str) -> tuple[list[str], list[str]]:
    """Return the names of the layers, and of those that hold rows, after a look at what else the file would run."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            schema = database.execute("SELECT type, name, rootpage, sql FROM sqlite_schema").fetchall()
            for kind, _, page, sql in schema:
                if kind == "view" or (kind == "table" and not page and not _RTREE.match(sql or "")):
                    raise UnreadableFileError(
                        say(
                            "“{file_name}” holds stored queries (views) or virtual tables, which are not run.",
                            file_name=file_name,
                        ),
                        say("Save the layer as a new GeoPackage in its own program."),
                        file_name=file_name,
                    )
            tables = {name for kind, name, *_ in schema if kind == "table"}
            listed = database.execute(
                "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes') ORDER BY table_name"
            )
            sheets = [name for (name,) in listed if name in tables]
            quoted = {name: name.replace('"', '""') for name in sheets}
            filled = [name for name in sheets if database.execute(f'SELECT 1 FROM "{quoted[name]}" LIMIT 1').fetchone()]
    except sqlite3.Error as error:
        raise _damaged(file_name) from error
    return sheets, filled


def _damaged(file_name: str) -> UnreadableFileError:
    return UnreadableFileError(
        say("“{file_name}” is a damaged map file.", file_name=file_name),
        say("Export it again in its own program."),
        file_name=file_name,
    )


def _allow_only(driver: str) -> None:
    """Leave GDAL with one driver, so that no content can make it use another, which would follow references."""
    others = [name for name in pyogrio.list_drivers() if name != driver]
    pyogrio.set_gdal_config_options({"GDAL_SKIP": ",".join(others)})
    _ogr._register_drivers()
    if set(pyogrio.list_drivers()) != {driver}:
        raise RuntimeError("GDAL has kept other drivers")


def _read_layer(
    path: Path, file_name: str, layer: str | None, crs: str | None, encoding: str | None, limits: Limits
) -> dict[str, Any]:
    try:
        meta, table = pyogrio.read_arrow(
            path, layer=layer, encoding=encoding and _BYTES, max_features=limits.rows + 1, datetime_as_string=True
        )
    except (DataSourceError, DataLayerError, FieldError, CRSError, ValueError) as error:
        raise _damaged(file_name) from error
    if table.num_rows > limits.rows:
        raise FileTooLargeError(
            say("“{file_name}” has more than {rows} features.", file_name=file_name, rows=limits.rows),
            say("Split it."),
            file_name=file_name,
        )
    name = meta["geometry_name"] or _GEOMETRY
    shapes = np.full(table.num_rows, None, dtype=object)
    if name in table.column_names:
        wkb = np.array(table[name].to_pylist(), dtype=object)
        shapes = shapely.from_wkb(wkb, on_invalid="ignore")
        broken = [number for number, (raw, drawn) in enumerate(zip(wkb, shapes, strict=True)) if raw and drawn is None]
    else:
        broken = []
    if int(shapely.get_num_coordinates(shapes).sum()) > limits.vertices:
        raise FileTooLargeError(
            say(
                "“{file_name}” has more than {vertices} positions in its shapes.",
                file_name=file_name,
                vertices=limits.vertices,
            ),
            say("Save only the points, or simplify the shapes."),
            file_name=file_name,
        )
    columns, cells = read_cells(table, name, encoding, file_name)
    points = [_point_of(drawn) for drawn in shapes]
    notes = _convert(points, meta["crs"] or crs, file_name)
    features = [
        [
            [column[number] for column in cells],
            points[number],
            _height_of(shapes[number]) if points[number] else 0.0,
            *_shape_of(shapes[number], points[number] is not None, number in set(broken)),
        ]
        for number in range(table.num_rows)
    ]
    return {"columns": columns, "features": features, "notes": notes}


def read_cells(
    table: Any, geometry: str | None, encoding: str | None, file_name: str
) -> tuple[list[str], list[list[str]]]:
    """Return the names of a layer's columns and their cells as texts, without its geometry.

    Raises
    ------
    UnreadableFileError
        The text is not in the stated encoding.
    """
    columns = [column for column in table.column_names if column != geometry]
    cells = [[_as_text(cell) for cell in table[column].to_pylist()] for column in columns]
    if encoding:
        try:
            columns = [_read_bytes(column, encoding) for column in columns]
            cells = [[_read_bytes(cell, encoding) for cell in column] for column in cells]
        except UnicodeDecodeError as error:
            raise UnreadableFileError(
                say(
                    "The text of “{file_name}” is not valid {encoding}.", file_name=file_name, encoding=encoding.upper()
                ),
                say("Say its encoding (encoding), or save it with its .cpg file."),
                file_name=file_name,
                missing="encoding",
            ) from error
    return columns, cells


def _read_bytes(text: str, encoding: str) -> str:
    """Return what bytes, each given as a character, say; a cell that was cut within a letter ends with U+FFFD."""
    raw = text.encode("latin-1")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            raise
        return raw[: error.start].decode(encoding) + "\ufffd"


def _point_of(drawn: Any) -> list[float] | None:
    """Return x and y of a point, or of the only one of several; None for anything else."""
    if isinstance(drawn, shapely.MultiPoint) and len(drawn.geoms) == 1:
        drawn = drawn.geoms[0]
    return [drawn.x, drawn.y] if isinstance(drawn, shapely.Point) and not drawn.is_empty else None


def _height_of(drawn: Any) -> float:
    point = drawn.geoms[0] if isinstance(drawn, shapely.MultiPoint) else drawn
    return float(point.z) if point.has_z and np.isfinite(point.z) else 0.0


def _shape_of(drawn: Any, is_point: bool, is_broken: bool) -> tuple[str, str]:
    if is_broken:
        return "a shape", flaw_of(None)
    if drawn is None or is_point or drawn.is_empty:
        return "", ""
    return SHAPES.get(drawn.geom_type, drawn.geom_type), flaw_of(drawn)


def _convert(points: list[list[float] | None], crs: str | None, file_name: str) -> list[str]:
    """Turn points into degrees, in their place, and return what was done."""
    placed = [point for point in points if point is not None]
    if not placed:
        return []
    if not crs:
        raise UnreadableFileError(
            say("“{file_name}” does not say what its coordinates are.", file_name=file_name),
            say(ASK_CRS),
            file_name=file_name,
            missing="crs",
        )
    degrees = to_degrees([x for x, _ in placed], [y for _, y in placed], crs, file_name)
    for point, longitude, latitude in zip(placed, degrees.longitudes, degrees.latitudes, strict=True):
        point[:] = [longitude, latitude]
    return [degrees.note] if degrees.note else []


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return write_number(cell) if np.isfinite(cell) else ""
    if isinstance(cell, bytes):
        return f"({len(cell)} bytes)"
    return ";".join(map(_as_text, cell)) if isinstance(cell, list) else str(cell)
