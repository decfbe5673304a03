"""From metres of a map projection to degrees, without a network and without a datum that is guessed.

PROJ falls back to "no shift at all" where it knows no operation between two datums for a place, and says nothing; in
Cambodia that misplaces coordinates on Indian 1960 by about half a kilometre. The operations are therefore named here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyproj
from numpy.typing import ArrayLike, NDArray
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]  # public, but not listed
from pyproj.transformer import TransformerGroup

from locales import say

WGS84 = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class Projection:
    """A map projection in metres, and how it is brought to WGS 84.

    Attributes
    ----------
    code : str
        EPSG.
    operation : str
        What the name of PROJ's operation must hold.
    accuracy_m : float
        Metres that the conversion is good for, by EPSG; 0 where both are the same datum.
    """

    code: str
    operation: str
    accuracy_m: float


_ALL = (
    Projection("EPSG:32648", "UTM zone 48N", 0.0),
    # EPSG has no operation for Cambodia; this one is for Vietnam, with 44 m.
    Projection("EPSG:3148", "Indian 1960 to WGS 84 (2)", 44.0),
)
PROJECTIONS: dict[str, Projection] = {each.code: each for each in _ALL}
"""The projections in which coordinates of Cambodia are written, by EPSG code."""


def convert_metres(
    easting: ArrayLike, northing: ArrayLike, code: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitude and longitude of points in metres.

    Parameters
    ----------
    easting, northing : array-like of float, shape (n,)
        Metres.
    code : str
        Key into `PROJECTIONS`; KeyError when it is none.

    Returns
    -------
    tuple of two arrays of float64, shape (n,)
        Degrees north and east, WGS 84; NaN for what the projection cannot hold.
    """
    x, y = np.asarray(easting, dtype=np.float64), np.asarray(northing, dtype=np.float64)
    longitude, latitude = _transformer(code).transform(x, y)
    valid = np.isfinite(longitude) & np.isfinite(latitude)
    return np.where(valid, latitude, np.nan), np.where(valid, longitude, np.nan)


@lru_cache(maxsize=len(_ALL))
def _transformer(code: str) -> pyproj.Transformer:
    projection = PROJECTIONS[code]
    set_network_enabled(active=False)  # PROJ may be set up to fetch grids; nothing here asks for any
    known = TransformerGroup(code, WGS84, always_xy=True, allow_ballpark=False).transformers
    fitting = [each for each in known if projection.operation in each.description]
    if not fitting:
        raise LookupError(
            say(
                "PROJ knows no operation “{operation}” from {code} to {wgs84}",
                operation=projection.operation,
                code=str(code),
                wgs84=WGS84,
            )
        )
    return fitting[0]
