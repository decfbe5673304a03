"""Hexagons of equal area: every point of the earth lies in exactly one, whatever its latitude.

The grid lies flat side up on Lambert's cylindrical equal-area plane with the standard parallel of Cambodia's middle
(Snyder, *Map Projections: A Working Manual*, USGS 1987, p. 76): x = R·λ·cos φ0, y = R·sin φ / cos φ0 on a sphere of the
earth's mean radius. Shapes are true at φ0; elsewhere in the country they are up to 2 % longer one way than the other. A
hexagon has the axial coordinates (q, r) (https://www.redblobgames.com/grids/hexagons/). ``static/frame/hexagons.js``
draws the same grid.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SIZES_KM = (4, 8, 16, 32)
"""Sizes on offer: the distance between opposite sides, which is that between the centres of neighbours."""

EARTH_RADIUS_KM = 6371.0088
STANDARD_PARALLEL = 12.5
"""In degrees."""

NEIGHBOURS = ((1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1), (0, 1))
"""Steps in q and r to the six neighbours."""

_SQUEEZE = np.cos(np.radians(STANDARD_PARALLEL))
_ROOT_3 = np.sqrt(3.0)


def find_hexagons(
    latitude: ArrayLike, longitude: ArrayLike, size_km: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the hexagon in which each point lies.

    Parameters
    ----------
    latitude, longitude : array-like of float, shape (n,)
        Degrees, WGS 84; finite.
    size_km : float
        Distance between opposite sides.

    Returns
    -------
    q, r : array of int64, shape (n,)
    """
    x, y = _project(np.asarray(latitude, float), np.asarray(longitude, float))
    q = x * (2 / (_ROOT_3 * size_km))
    r = y / size_km - q / 2
    s = -q - r
    near_q, near_r, near_s = np.rint(q), np.rint(r), np.rint(s)
    off_q, off_r, off_s = np.abs(near_q - q), np.abs(near_r - r), np.abs(near_s - s)
    # The three coordinates add up to zero; rounded, the one that was rounded most is what the others leave.
    by_q = (off_q > off_r) & (off_q > off_s)
    by_r = ~by_q & (off_r > off_s)
    return (
        np.where(by_q, -near_r - near_s, near_q).astype(np.int64),
        np.where(by_r, -near_q - near_s, near_r).astype(np.int64),
    )


def hexagon_centres(q: ArrayLike, r: ArrayLike, size_km: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitude and longitude (degrees) of the centres of hexagons."""
    x, y = _middles(q, r, size_km)
    return _unproject(x, y)


def hexagon_corners(q: int, r: int, size_km: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitude and longitude (degrees) of the six corners of one hexagon, counter-clockwise from the east."""
    x, y = _middles(q, r, size_km)
    angles = np.arange(6) * np.pi / 3
    return _unproject(x + size_km / _ROOT_3 * np.cos(angles), y + size_km / _ROOT_3 * np.sin(angles))


def _middles(q: ArrayLike, r: ArrayLike, size_km: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    q, r = np.asarray(q, float), np.asarray(r, float)
    return q * size_km * _ROOT_3 / 2, (r + q / 2) * size_km


def _project(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return (
        EARTH_RADIUS_KM * _SQUEEZE * np.radians(longitude),
        EARTH_RADIUS_KM / _SQUEEZE * np.sin(np.radians(latitude)),
    )


def _unproject(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    latitude = np.degrees(np.arcsin(np.clip(y * _SQUEEZE / EARTH_RADIUS_KM, -1, 1)))
    return latitude, np.degrees(x / (EARTH_RADIUS_KM * _SQUEEZE))
