"""Cambodia's land borders with Thailand, Laos and Viet Nam, as lines.

They are the outline of the provinces in use, so that a place cannot lie in a province and beyond the border. Which
neighbour a stretch of it borders on, and where it is coast, comes from the countries' data set (Natural Earth): each
stretch belongs to that line of it (one of three borders, or the coast) which is nearest.

Accuracy. The line itself is as good as the provinces. The bundled ones are simplified and lie up to 5.5 km from Natural
Earth's border, half of them within 2 km; which of the two is nearer to the truth is not known. Where one neighbour
ends and the next or the coast begins is known to about 5 km. The lines settle no border dispute, and take no side.
"""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from errors import BoundaryError
from geo.boundaries import VERSIONS_KEPT, boundary_version, load_neighbours, load_outline, load_provinces
from locales import say

METRIC = "EPSG:32648"
"""UTM zone 48N, in metres. Within Cambodia its distances are true to 0.07 %."""

BORDERING = {"TH": "Thailand", "LA": "Laos", "VN": "Viet Nam"}
"""The countries that border on Cambodia: ISO 3166-1 alpha-2 and name."""

STEP = 200.0  # metres between the points of the outline that are looked at
SHORTEST = 10_000.0  # metres: a shorter stretch between two others is a flaw of fit where three countries meet
FLAT = 0.01  # metres: a point that lies closer to the line between its neighbours says nothing
_COAST = ""


def load_borders() -> gpd.GeoDataFrame:
    """Give the land border with each neighbour.

    Returns
    -------
    GeoDataFrame
        One row for each of `BORDERING`, in that order: ``country_code``, ``name_en`` (str), ``geometry`` (LineString or
        MultiLineString, EPSG:4326). A copy. Worked out once for each set of provinces.

    Raises
    ------
    BoundaryError
        When the provinces in use do not border on all three.
    """
    return _borders(boundary_version()).copy()


@lru_cache(maxsize=VERSIONS_KEPT)
def _borders(_version: str) -> gpd.GeoDataFrame:
    codes, segments = _known_lines()
    tree = shapely.STRtree(segments)
    country = shapely.union_all(gpd.GeoSeries(load_provinces().geometry.values, crs="EPSG:4326").to_crs(METRIC).values)
    found: dict[str, list[shapely.LineString]] = {code: [] for code in BORDERING}
    for part in shapely.get_parts(country):
        vertices = shapely.get_coordinates(shapely.segmentize(part.exterior, STEP))[:-1]
        nearest = codes[tree.nearest(shapely.points(vertices))]
        for code, line in _part_ring(vertices, nearest):
            if code != _COAST:
                found[code].append(line)
    missing = [name for code, name in BORDERING.items() if not found[code]]
    if missing:
        raise BoundaryError(
            say("The provinces do not border on {names}.", names=", ".join(missing)),
            say("Install boundaries of the whole country."),
        )
    lines = [shapely.line_merge(shapely.MultiLineString(found[code])) for code in BORDERING]
    return gpd.GeoDataFrame(
        {"country_code": list(BORDERING), "name_en": list(BORDERING.values())}, geometry=lines, crs=METRIC
    ).to_crs("EPSG:4326")


def _known_lines() -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return the segments of Natural Earth's borders and coast of Cambodia, in metres, each with its country's code."""
    outline = shapely.boundary(load_outline())
    neighbours = load_neighbours().set_index("country_code").geometry
    lines = {code: shapely.intersection(outline, shapely.boundary(neighbours[code])) for code in BORDERING}
    lines[_COAST] = shapely.difference(outline, shapely.union_all(list(lines.values())))
    codes, segments = [], []
    for code, line in lines.items():
        for part in shapely.get_parts(gpd.GeoSeries([line], crs="EPSG:4326").to_crs(METRIC).values):
            vertices = shapely.get_coordinates(part)
            if len(vertices) > 1:  # two shapes may also touch in a point
                segments.append(shapely.linestrings(np.stack([vertices[:-1], vertices[1:]], axis=1)))
                codes.append(np.full(len(vertices) - 1, code, dtype=object))
    return np.concatenate(codes), np.concatenate(segments)


def _part_ring(vertices: NDArray[np.float64], nearest: NDArray[np.object_]) -> list[tuple[str, shapely.LineString]]:
    """Cut a ring, given without its closing point, where what lies nearest changes.

    A stretch that is too short takes the code of the one before it. Each runs on to the first point of the next, so
    that nothing is missing between two.
    """
    changes = np.flatnonzero(nearest != np.roll(nearest, 1))
    starts = changes - changes[0] if len(changes) else np.zeros(1, dtype=np.int64)
    first = changes[0] if len(changes) else 0
    vertices, nearest = np.roll(vertices, -first, axis=0), np.roll(nearest, -first)
    ring = np.vstack([vertices, vertices[:1]])
    lengths = np.add.reduceat(np.hypot(*np.diff(ring, axis=0).T), starts)
    long = np.flatnonzero(lengths >= SHORTEST)
    before = long[np.searchsorted(long, np.arange(len(starts)), side="right") - 1] if len(long) else slice(None)
    codes = nearest[starts][before]
    ends = [*starts[1:], len(vertices)]
    return [
        (str(code), shapely.simplify(shapely.LineString(ring[start : end + 1]), FLAT))
        for code, start, end in zip(codes, starts, ends, strict=True)
    ]
