"""Which province a pair of coordinates lies in, and how far outside Cambodia it is when it lies in none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.boundaries import VERSIONS_KEPT, boundary_version, load_neighbours, load_outline, load_provinces
from geo.gazetteer import PROVINCE_CODES
from geo.point_index import NOWHERE, find_provinces

MatchMethod = Literal["coordinates", "nearest", "outside", "invalid"]

BORDER_TOLERANCE_M = 1_000.0
"""On a neighbour's land, how far from Cambodia a point is still taken for Cambodian: the drawn border is not exact."""

SHORE_TOLERANCE_M = 15_000.0
"""At sea, how far from Cambodia a point still belongs to it: islands that the boundaries lack, and boats."""

_WGS84 = pyproj.Geod(ellps="WGS84")
# Equidistant from the middle of Cambodia: true to scale within 0.1 % there, and finite everywhere on the globe. It only
# picks the nearest point; the distance to it is then the geodesic.
_PLANE = pyproj.Transformer.from_crs(
    "EPSG:4326", "+proj=aeqd +lat_0=12.6 +lon_0=105 +datum=WGS84 +units=m", always_xy=True
)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a point lies.

    Attributes
    ----------
    province_code : str or None
        ISO 3166-2; None for a point outside Cambodia, or without usable coordinates.
    match_method : str
        ``coordinates`` (in the province), ``nearest`` (just outside it), ``outside`` or ``invalid``.
    distance_m : float
        Metres to the nearest land of Cambodia: 0 within, NaN when the coordinates are invalid.
    """

    province_code: str | None
    match_method: MatchMethod
    distance_m: float


def locate(latitude: float, longitude: float) -> Location:
    """Locate one point; see `locate_points`."""
    row = locate_points([latitude], [longitude]).iloc[0]
    return Location(row["province_code"], row["match_method"], float(row["distance_m"]))


def locate_points(latitude: ArrayLike, longitude: ArrayLike) -> pd.DataFrame:
    """Locate many points.

    Parameters
    ----------
    latitude, longitude : array-like of float, shape (n,)
        Degrees, EPSG:4326. Missing values are NaN or None.

    Returns
    -------
    DataFrame, n rows in the order given
        ``province_code`` (object: str or None), ``match_method`` (object: str), ``distance_m`` (float64):

        * ``coordinates``: in a province, its border included (the lowest number where provinces meet); 0 m.
        * ``nearest``: in none, but not beyond doubt outside: on a neighbour's land within 1 km of Cambodia; on land
          that Natural Earth gives to Cambodia; or at sea within 15 km of Cambodia with no neighbour's land nearer. The
          province is the nearest one.
        * ``outside``: anywhere else; no province.
        * ``invalid``: not a latitude within ±90 and a longitude within ±180; no province, no distance.

    Raises
    ------
    ValueError
        When the two differ in length.
    """
    y = np.atleast_1d(np.asarray(latitude, dtype=np.float64))
    x = np.atleast_1d(np.asarray(longitude, dtype=np.float64))
    if y.shape != x.shape or y.ndim != 1:
        raise ValueError(f"Latitudes and longitudes must be two lists of one length, not {y.shape} and {x.shape}.")
    valid = (np.abs(y) <= 90) & (np.abs(x) <= 180)  # false for NaN and infinite values
    province = find_provinces(y, x)
    distance = np.where(valid, 0.0, np.nan)
    method = np.where(valid, "coordinates", "invalid").astype(object)
    lost = np.flatnonzero(valid & (province == NOWHERE))
    if lost.size:
        nearest, distance[lost] = _nearest_province(y[lost], x[lost])
        ours = _belongs(y[lost], x[lost], distance[lost])
        province[lost] = np.where(ours, nearest, NOWHERE)
        method[lost] = np.where(ours, "nearest", "outside")
    codes = np.array([*PROVINCE_CODES, None], dtype=object)  # NOWHERE is -1: the last
    return pd.DataFrame(
        {
            "province_code": pd.Series(codes[province], dtype=object),
            "match_method": pd.Series(method, dtype=object),
            "distance_m": distance,
        }
    )


def _belongs(y: NDArray[np.float64], x: NDArray[np.float64], distance: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which points outside the provinces are still taken for Cambodian."""
    belongs = distance <= BORDER_TOLERANCE_M
    close = np.flatnonzero(~belongs & (distance <= SHORE_TOLERANCE_M))
    points = shapely.points(x[close], y[close])
    at_sea = ~shapely.intersects(_neighbours_land(), points)
    ashore = shapely.intersects(_outline(), points)
    _, to_neighbour = _nearest(_neighbour_edges(), y[close], x[close])
    belongs[close] = ashore | (at_sea & (distance[close] <= to_neighbour))
    return belongs


def _nearest_province(y: NDArray[np.float64], x: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    edges, owners = _province_edges(boundary_version())
    position, distance = _nearest(edges, y, x)
    return owners[position], distance


def _nearest(
    edges: shapely.STRtree, y: NDArray[np.float64], x: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Give for each point the first of the nearest edges, and the geodesic distance to it in metres."""
    if not y.size:
        return np.empty(0, np.int64), np.empty(0)
    points = shapely.points(*_PLANE.transform(x, y))
    asked, edge = edges.query_nearest(points, all_matches=True)
    order = np.lexsort((edge, asked))
    _, first = np.unique(asked[order], return_index=True)
    position = edge[order][first]
    lines = edges.geometries[position]
    on_edge = shapely.line_interpolate_point(lines, shapely.line_locate_point(lines, points))
    near_x, near_y = _PLANE.transform(shapely.get_x(on_edge), shapely.get_y(on_edge), direction="INVERSE")
    _, _, distance = _WGS84.inv(x, y, near_x, near_y)
    return position, np.asarray(distance)


def _edges(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Cut the rings of shapes in degrees into single edges on the plane; also say which shape each edge comes from."""
    parts, shape_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    vertices, ring_of_vertex = shapely.get_coordinates(rings, return_index=True)
    plane = np.column_stack(_PLANE.transform(vertices[:, 0], vertices[:, 1]))
    starts = np.flatnonzero(ring_of_vertex[:-1] == ring_of_vertex[1:])
    lines = shapely.linestrings(np.stack([plane[starts], plane[starts + 1]], axis=1))
    return lines, shape_of_part[part_of_ring[ring_of_vertex[starts]]]


@lru_cache(maxsize=VERSIONS_KEPT)
def _province_edges(_version: str) -> tuple[shapely.STRtree, NDArray[np.int64]]:
    # Provinces come in ISO order, so the first edge among equals is that of the lowest number.
    lines, owners = _edges(np.asarray(load_provinces().geometry.values))
    return shapely.STRtree(lines), owners


@lru_cache(maxsize=1)
def _neighbour_edges() -> shapely.STRtree:
    lines, _ = _edges(np.asarray(load_neighbours().geometry.values))
    return shapely.STRtree(lines)


@lru_cache(maxsize=1)
def _neighbours_land() -> shapely.Geometry:
    land = shapely.union_all(load_neighbours().geometry.values)
    shapely.prepare(land)
    return land


@lru_cache(maxsize=1)
def _outline() -> shapely.Geometry:
    outline = load_outline()
    shapely.prepare(outline)
    return outline
