"""The districts that were installed: their shapes, and which one each point lies in. There are no bundled ones."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from errors import BoundaryError
from geo.boundaries import load_installed
from geo.point_index import NOWHERE
from locales import say

_folder: Path | None = None


def use_districts(folder: Path | None) -> None:
    """Take the districts of an installed set from now on, for the whole process; None for no districts."""
    global _folder
    _folder = folder


def districts_in_use() -> Path | None:
    """Return the folder of the districts that count; None when none are installed."""
    return _folder


def load_districts() -> gpd.GeoDataFrame:
    """Give the districts, ordered by code.

    Returns
    -------
    GeoDataFrame
        ``district_code``, ``name_en``, ``name_km``, ``province_code`` (str), ``geometry`` (EPSG:4326). A copy.

    Raises
    ------
    BoundaryError
        None are installed, or they are not what was installed.
    """
    if _folder is None:
        raise BoundaryError(say("No districts are installed."), say("Install a set of districts (Boundaries)."))
    return load_installed(_folder)


def find_districts(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> NDArray[np.int64]:
    """Find the district that each point lies in.

    A point on a border belongs to the district with the lowest code.

    Parameters
    ----------
    latitude, longitude : array of float64, shape (n,)
        Degrees, EPSG:4326. NaN and infinite values lie in no district.

    Returns
    -------
    array of int64, shape (n,)
        Position in `load_districts`, or ``point_index.NOWHERE``.

    Raises
    ------
    BoundaryError
        As for `load_districts`.
    """
    if _folder is None:
        raise BoundaryError(say("No districts are installed."), say("Install a set of districts (Boundaries)."))
    shapes = _shapes(_folder)
    found = np.full(latitude.shape, NOWHERE, dtype=np.int64)
    # In the order of longitude, each district's candidates are one stretch of the points.
    order = np.argsort(longitude, kind="stable")
    x, y = longitude[order], latitude[order]
    taken = np.full(latitude.shape, NOWHERE, dtype=np.int64)
    for position, (west, south, east, north) in enumerate(shapely.bounds(shapes)):
        start, stop = np.searchsorted(x, west, "left"), np.searchsorted(x, east, "right")
        near = (y[start:stop] >= south) & (y[start:stop] <= north) & (taken[start:stop] == NOWHERE)
        candidates = start + np.flatnonzero(near)
        inside = shapely.intersects_xy(shapes[position], x[candidates], y[candidates])
        taken[candidates[inside]] = position
    found[order] = taken
    return found


@lru_cache(maxsize=2)
def _shapes(folder: Path) -> NDArray[np.object_]:
    shapes = np.asarray(load_installed(folder).geometry.values)
    shapely.prepare(shapes)
    return shapes
