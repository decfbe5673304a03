"""Rows out of GeoJSON (RFC 7946), parsed as JSON: no library that follows references sees it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from data.formats.contents import Contents
from data.formats.features import Feature, check_degrees, list_features
from data.formats.reprojection import to_degrees
from data.formats.shapes import SHAPES, find_flaw
from data.limits import current_limits
from data.numbers import write_number
from errors import EmptyFileError, FileTooLargeError, UnreadableFileError
from locales import say

_POSITION = re.compile(rb"\[\s*-?[0-9]")
_CRS = re.compile(r"(?:urn:(?:x-)?ogc:def:crs:)?(EPSG|OGC):(?:[0-9.]*:)?([0-9]+|CRS84h?)", re.IGNORECASE)
_LEVELS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""How many lists lie around a position."""
_MOST_NESTED = 20
"""Collections within collections."""


class _Number(str):
    """A number as it is written in the file."""

    __slots__ = ()


Position = tuple[float, ...]


def read_geojson(content: bytes, file_name: str, crs: str | None = None) -> Contents:
    """Return the features of a GeoJSON file as rows.

    Parameters
    ----------
    content : bytes
        UTF-8: a feature collection, a feature, or a list of features.
    file_name : str
        For messages.
    crs : str, optional
        In what the coordinates are written, where the file does not say and they are no degrees.

    Raises
    ------
    FileTooLargeError
        More positions than the limit.
    EmptyFileError
        No features.
    UnreadableFileError
        No valid JSON, no GeoJSON, or coordinates that are no longitude and latitude.
    """
    limit = current_limits().vertices
    if sum(1 for _ in _POSITION.finditer(content)) > limit:
        raise FileTooLargeError(
            say("“{file_name}” has more than {limit} positions in its shapes.", file_name=file_name, limit=limit),
            say("Save only the points, or simplify the shapes."),
            file_name=file_name,
            limit=limit,
        )
    collection = _parse(content, file_name)
    features = _list_features(collection, file_name)
    if not features:
        raise EmptyFileError(
            say("“{file_name}” has no features.", file_name=file_name), say("Export it again."), file_name=file_name
        )
    stated = _stated_crs(collection, file_name) or crs
    read = [_read_feature(each, number, file_name, stated) for number, each in enumerate(features, start=1)]
    notes: tuple[str, ...] = ()
    placed = [number for number, feature in enumerate(read) if feature.point]
    if stated and placed:
        x, y = zip(*(read[number].point or (0.0, 0.0) for number in placed), strict=True)
        degrees = to_degrees(x, y, stated, file_name)
        notes = (degrees.note,) if degrees.note else ()
        for number, longitude, latitude in zip(placed, degrees.longitudes, degrees.latitudes, strict=True):
            old = read[number]
            read[number] = Feature(old.cells, (longitude, latitude), old.altitude, old.shape, old.flaw)
    return list_features(_with_ids(read, features), "geojson", file_name, notes=notes)


def read_shapes(content: bytes, file_name: str, limit: int) -> tuple[list[tuple[dict[str, str], Any]], str | None]:
    """Return per feature its properties as text and its geometry (GeoJSON, positions as numbers), and the CRS stated.

    Parameters
    ----------
    content, file_name
        As for `read_geojson`.
    limit : int
        How many positions the file may have.

    Returns
    -------
    tuple
        The features; and ``EPSG:`` with a number, or None where the positions are longitude and latitude.

    Raises
    ------
    UploadError
        As for `read_geojson`.
    """
    if sum(1 for _ in _POSITION.finditer(content)) > limit:
        raise FileTooLargeError(
            say("“{file_name}” has more than {limit} positions in its shapes.", file_name=file_name, limit=limit),
            say("Simplify the shapes."),
            file_name=file_name,
            limit=limit,
        )
    collection = _parse(content, file_name)
    features = _list_features(collection, file_name)
    stated = _stated_crs(collection, file_name)
    shapes: list[tuple[dict[str, str], Any]] = []
    for number, feature in enumerate(features, start=1):
        _read_feature(feature, number, file_name, stated)
        cells = {name: _as_text(value) for name, value in (feature.get("properties") or {}).items()}
        shapes.append((cells, _as_plain(feature.get("geometry"))))
    return shapes, stated


def _parse(content: bytes, file_name: str) -> Any:
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_refuse_constant,
            object_pairs_hook=_once,
        )
    except RecursionError as error:
        raise UnreadableFileError(
            say("“{file_name}” has lists within lists beyond any map.", file_name=file_name),
            say("Export it again."),
            file_name=file_name,
        ) from error
    except ValueError as error:
        line = getattr(error, "lineno", None)
        where = f"Line {line} of “{file_name}”" if line else f"“{file_name}”"
        raise UnreadableFileError(
            say("{where} is not valid JSON or GeoJSON.", where=where),
            say("Export it again as GeoJSON (RFC 7946)."),
            file_name=file_name,
        ) from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")  # Python's parser would let NaN and Infinity pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a name occurs twice in an object")
    return members


def _list_features(collection: Any, file_name: str) -> list[dict[str, Any]]:
    features: Any = None
    if isinstance(collection, list):
        features = collection
    elif isinstance(collection, dict) and collection.get("type") == "FeatureCollection":
        features = collection.get("features")
    elif isinstance(collection, dict) and collection.get("type") == "Feature":
        features = [collection]
    if not isinstance(features, list) or not all(
        isinstance(each, dict) and each.get("type") == "Feature" for each in features
    ):
        raise UnreadableFileError(
            say("“{file_name}” is JSON, but not a GeoJSON collection of features.", file_name=file_name),
            say("Export it as GeoJSON, or save the table as “CSV UTF-8”."),
            file_name=file_name,
        )
    return features


def _stated_crs(collection: Any, file_name: str) -> str | None:
    """Return the EPSG code that the file states in the way of 2008; None where it is longitude and latitude."""
    stated = collection.get("crs") if isinstance(collection, dict) else None
    if stated is None:
        return None
    properties = stated.get("properties") if isinstance(stated, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    match = _CRS.fullmatch(name) if isinstance(name, str) else None
    if match is None:
        raise UnreadableFileError(
            say("“{file_name}” says in a way that we do not read what its coordinates are (crs).", file_name=file_name),
            say("Save the layer in WGS 84 (EPSG:4326) in its own program."),
            file_name=file_name,
        )
    degrees = match[2].upper().startswith("CRS84") or match[2] in ("4326", "4979")
    return None if degrees else f"EPSG:{match[2]}"


def _read_feature(feature: dict[str, Any], number: int, file_name: str, crs: str | None) -> Feature:
    geometry = feature.get("geometry")
    try:
        cells = {name: _as_text(value) for name, value in _as_object(feature.get("properties") or {}).items()}
        if geometry is None:
            return Feature(cells)
        positions = list(_positions(geometry))
        for position in positions if crs is None else ():
            check_degrees(position, number, file_name)
        kind = str(geometry["type"])
        if kind in ("Point", "MultiPoint") and len(positions) <= 1:
            if not positions:
                return Feature(cells)
            x, y, *height = positions[0]
            return Feature(cells, (x, y), height[0] if height else 0.0)
        return Feature(cells, shape=SHAPES[kind], flaw=find_flaw(geometry))
    except (TypeError, ValueError, KeyError, IndexError, RecursionError) as error:
        raise UnreadableFileError(
            say(
                "Feature {number} of “{file_name}” is no GeoJSON: its properties or coordinates have another form.",
                number=str(number),
                file_name=file_name,
            ),
            say("Export it again as GeoJSON (RFC 7946)."),
            file_name=file_name,
            feature=number,
        ) from error


def _positions(geometry: Any, depth: int = 0) -> Iterator[Position]:
    """Yield every position of a geometry; ValueError, TypeError or KeyError when it has another form."""
    if depth > _MOST_NESTED:
        raise ValueError("collections within collections")
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _positions(part, depth + 1)
        return
    parts = [geometry["coordinates"]]
    for _ in range(_LEVELS[geometry["type"]]):
        parts = [inner for part in parts for inner in _as_list(part)]
    for part in parts:
        position = tuple(_as_float(each) for each in _as_list(part))
        if len(position) >= 2:
            yield position
        elif position or geometry["type"] != "Point":
            raise ValueError("a position has two numbers")


def _as_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("no object")
    return value


def _as_list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


def _as_float(value: Any) -> float:
    if not isinstance(value, _Number) or not math.isfinite(float(value)):
        raise ValueError("no finite number")
    return float(value)


def _as_text(value: Any) -> str:
    """Return a property as the text of a cell: lists of texts with ``;`` between them, objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, _Number):
        if not math.isfinite(float(value)):
            raise ValueError("no finite number")
        return str(value) if value.lstrip("-").isdigit() else write_number(float(value))
    if isinstance(value, str):
        return value
    if isinstance(value, list) and not any(isinstance(each, list | dict) or ";" in _as_text(each) for each in value):
        return ";".join(map(_as_text, value))
    return json.dumps(_as_plain(value), ensure_ascii=False)


def _as_plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_as_plain(each) for each in value]
    return json.loads(value) if isinstance(value, _Number) else value


def _with_ids(read: list[Feature], features: list[dict[str, Any]]) -> list[Feature]:
    """Add the features' own identifiers as a column, unless a property says the same or has that name."""
    ids = [_as_text(each.get("id")) for each in features]
    names = {name for feature in read for name in feature.cells}
    said = any(all(each.cells.get(name) == own for each, own in zip(read, ids, strict=True)) for name in names)
    if "id" in names or said or not any(ids):
        return read
    return [
        Feature({"id": own} | each.cells, each.point, each.altitude, each.shape, each.flaw)
        for each, own in zip(read, ids, strict=True)
    ]
