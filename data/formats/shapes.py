"""The shapes that are no points: what a person calls them, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

SHAPES = {
    "LineString": "a line",
    "LinearRing": "a line",
    "MultiLineString": "several lines",
    "Polygon": "an area",
    "MultiPolygon": "several areas",
    "MultiPoint": "several points",
    "GeometryCollection": "a collection of shapes",
    "MultiGeometry": "a collection of shapes",
}
"""The shapes that are no points, as a person calls them; of them no coordinates are taken."""

_CLOSED = 4
"""Positions of the smallest ring: a triangle, its first position repeated at the end."""


def find_flaw(geometry: Any) -> str:
    """Return what is wrong with a GeoJSON geometry that is no point; empty when nothing is.

    Parameters
    ----------
    geometry : mapping
        With ``type`` and ``coordinates`` or ``geometries``; its positions are numbers, or their digits.
    """
    if geometry["type"] == "GeometryCollection":
        return next((flaw for part in geometry["geometries"] if (flaw := find_flaw(part))), "")
    polygons = {"Polygon": [geometry.get("coordinates")], "MultiPolygon": geometry.get("coordinates")}
    for rings in polygons.get(geometry["type"]) or []:
        for ring in rings:
            if len(ring) < _CLOSED:
                return f"a ring has {len(ring)} positions, which enclose nothing"
            if _plain(ring[0]) != _plain(ring[-1]):
                return "a ring is not closed"
    try:
        drawn = shape({"type": geometry["type"], "coordinates": _plain(geometry["coordinates"])})
    except (ShapelyError, ValueError, TypeError):
        return "it cannot be drawn"
    return flaw_of(drawn)


def flaw_of(drawn: shapely.Geometry | None) -> str:
    """Return what is wrong with a shape; empty when nothing is."""
    if drawn is None:
        return "it cannot be drawn"
    return "" if shapely.is_valid(drawn) else str(shapely.is_valid_reason(drawn))


def _plain(coordinates: Any) -> Any:
    """Return lists of digits as lists of numbers."""
    if isinstance(coordinates, Sequence) and not isinstance(coordinates, str):
        return [_plain(each) for each in coordinates]
    return float(coordinates)
