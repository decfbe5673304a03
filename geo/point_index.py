"""Points in polygons: exact, for many points at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.boundaries import VERSIONS_KEPT, boundary_version, load_provinces

NOWHERE = -1


def find_provinces(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> NDArray[np.int8]:
    """Find the province that each point lies in.

    A point on a border belongs to the province with the lowest number, so that each point has at most one province and
    none is lost between two.

    Parameters
    ----------
    latitude, longitude : array of float64, shape (n,)
        Degrees, EPSG:4326. NaN and infinite values lie in no province.

    Returns
    -------
    array of int8, shape (n,)
        Position in `geo.gazetteer.PROVINCE_CODES` (0 to 24), or `NOWHERE`.
    """
    found = np.full(latitude.shape, NOWHERE, dtype=np.int8)
    shapes = _shapes(boundary_version())
    for position, (west, south, east, north) in enumerate(shapely.bounds(shapes)):
        near = (
            (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north) & (found == NOWHERE)
        )
        candidates = np.flatnonzero(near)
        inside = shapely.intersects_xy(shapes[position], longitude[candidates], latitude[candidates])
        found[candidates[inside]] = position
    return found


@lru_cache(maxsize=VERSIONS_KEPT)
def _shapes(_version: str) -> NDArray[np.object_]:
    shapes = np.asarray(load_provinces().geometry.values)
    shapely.prepare(shapes)
    return shapes
