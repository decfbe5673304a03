"""The shapes of a map file in longitude and latitude, with their attributes: for boundaries, not for records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.errors import ShapelyError

from data.formats.detection import FORMATS, detect_format
from data.formats.geojson import read_shapes
from data.formats.layer_files import unpack_layer
from data.formats.reprojection import to_degrees
from data.formats.sandbox import read_apart
from data.limits import MEGABYTE, Limits, current_limits
from data.sniff import check_size
from errors import UnreadableFileError
from locales import say

_VERTICES = 2_000_000
_ENTRIES = 100
_UNPACKED = 300 * MEGABYTE
"""Official sets are larger than files of records: several levels in one archive, every bend of a river drawn."""


@dataclass(frozen=True)
class Polygons:
    """What a map file holds.

    Attributes
    ----------
    properties : list of dict
        Per feature its attributes as text.
    shapes : list of Geometry or None
        Per feature its shape, EPSG:4326.
    ending : str
        Of a file in this format: ``geojson``, ``gpkg`` or ``zip``.
    notes : tuple of str
        What was done while reading, as sentences.
    """

    properties: list[dict[str, str]]
    shapes: list[shapely.Geometry | None]
    ending: str
    notes: tuple[str, ...] = ()


def boundary_limits() -> Limits:
    """Return the limits of a file of boundaries: those of any file, but more shapes and a larger archive."""
    limits = current_limits()
    return replace(
        limits,
        vertices=max(limits.vertices, _VERTICES),
        entries=max(limits.entries, _ENTRIES),
        unpacked_bytes=max(limits.unpacked_bytes, _UNPACKED),
    )


def read_polygons(
    content: bytes, file_name: str, *, sheet: str | None = None, crs: str | None = None, encoding: str | None = None
) -> Polygons:
    """Return the shapes of a GeoJSON file, a GeoPackage or a zipped Shapefile.

    Parameters
    ----------
    content : bytes
        The whole file.
    file_name : str
        For messages.
    sheet : str, optional
        The layer; needed where several hold features.
    crs, encoding : str, optional
        Where the file does not say so: in what its coordinates (``EPSG:`` and a number) and its text are written.

    Raises
    ------
    UploadError
        It is none of these, passes a limit, is damaged, or something has to be said.
    """
    check_size(content, file_name)
    file_format = detect_format(content)
    limits = boundary_limits()
    if file_format == "geojson":
        return _read_geojson(content, file_name, limits)
    if file_format == "gpkg":
        files, ending = {"layer.gpkg": content}, "gpkg"
    elif file_format == "shapefile":
        files, _, _, encoding = unpack_layer(content, file_name, sheet, crs, encoding, limits)
        encoding, ending = encoding or "utf-8", "zip"
    else:
        raise UnreadableFileError(
            say(
                "“{file_name}” is no GeoJSON, GeoPackage or zipped Shapefile, but {formats}.",
                file_name=file_name,
                formats=FORMATS[file_format],
            ),
            say("Boundaries are read from one of these three."),
            file_name=file_name,
        )
    arguments = {"sheet": sheet, "crs": crs, "encoding": encoding, "limits": asdict(limits)}
    answer = read_apart("areas", files, file_name, **arguments)
    columns, rows = answer["columns"], zip(*answer["cells"], strict=True)
    properties = [dict(zip(columns, row, strict=True)) for row in rows] or [{} for _ in answer["shapes"]]
    shapes = [None if digits is None else shapely.from_wkb(digits) for digits in answer["shapes"]]
    return Polygons(properties, shapes, ending, tuple(answer["notes"]))


def _read_geojson(content: bytes, file_name: str, limits: Limits) -> Polygons:
    features, crs = read_shapes(content, file_name, limits.vertices)
    try:
        shapes = [None if drawn is None else _draw(drawn) for _, drawn in features]
        notes: list[str] = []
        if crs is not None:
            shapes = [None if each is None else shapely.transform(each, _converter(crs, file_name, notes))
                      for each in shapes]  # fmt: skip
    except (ShapelyError, ValueError, TypeError) as error:
        raise UnreadableFileError(
            say("A shape of “{file_name}” cannot be drawn.", file_name=file_name),
            say("Export it again."),
            file_name=file_name,
        ) from error
    return Polygons([cells for cells, _ in features], shapes, "geojson", tuple(dict.fromkeys(notes)))


def _draw(geometry: dict[str, Any]) -> shapely.Geometry:
    return shapely.force_2d(shapely.geometry.shape(geometry))


def _converter(crs: str, file_name: str, notes: list[str]) -> Callable[[Any], Any]:
    def convert(vertices: Any) -> Any:
        degrees = to_degrees(vertices[:, 0].tolist(), vertices[:, 1].tolist(), crs, file_name)
        notes.append(degrees.note)
        return np.column_stack([degrees.longitudes, degrees.latitudes])

    return convert
