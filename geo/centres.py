"""The middles of the provinces: a point there often stands for the whole province, not for a place in it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyproj
from numpy.typing import ArrayLike, NDArray

from geo.boundaries import VERSIONS_KEPT, boundary_version, load_provinces
from geo.gazetteer import province_name

CENTRE_TOLERANCE_M = 1_000.0
"""So near to a middle, a point may be it: drawn borders differ, and with them their middles."""
_WGS84 = pyproj.Geod(ellps="WGS84")
_PLANE = "EPSG:32648"


def name_centres(latitude: ArrayLike, longitude: ArrayLike) -> list[str]:
    """Return for each point the province of whose shape it is the middle; empty for a point that is none.

    Parameters
    ----------
    latitude, longitude : array-like of float, shape (n,)
        Degrees, WGS 84; NaN is no middle.

    Returns
    -------
    list of str, length n
        English names. The middle is the shape's centroid, or the point inside it that software takes for a label.
    """
    y, x = (np.asarray(each, dtype=np.float64) for each in (latitude, longitude))
    names, middles = _centres(boundary_version())
    found = np.full(y.shape, "", dtype=object)
    for name, (middle_y, middle_x) in zip(names, middles, strict=True):
        # A tenth of a degree is 11 km: only what is that near is measured.
        near = np.flatnonzero((np.abs(y - middle_y) < 0.1) & (np.abs(x - middle_x) < 0.1))
        _, _, metres = _WGS84.inv(x[near], y[near], np.full(near.size, middle_x), np.full(near.size, middle_y))
        found[near[np.asarray(metres) <= CENTRE_TOLERANCE_M]] = name
    return [str(name) for name in found]


@lru_cache(maxsize=VERSIONS_KEPT)
def _centres(_version: str) -> tuple[list[str], NDArray[np.float64]]:
    provinces = load_provinces()
    plane = provinces.geometry.to_crs(_PLANE)
    names = [province_name(code) for code in provinces["province_code"]]
    points = [
        provinces.geometry.representative_point(),
        plane.centroid.to_crs("EPSG:4326"),
        plane.representative_point().to_crs("EPSG:4326"),
    ]
    middles = np.concatenate([np.column_stack([each.y, each.x]) for each in points])
    return names * len(points), middles
