"""Which provinces an area of the map meets."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely

from geo.area import KEPT, Area, Circle, area_shape
from geo.boundaries import boundary_version, load_provinces

SAFE = 0.001  # of a circle's radius: its shape lacks up to 0.06 % of it between two corners


def touched_provinces(area: Area) -> frozenset[str]:
    """Give the codes of the provinces that the area meets, on the safe side.

    A record of which only the province is known cannot lie in the area when its province is not among them. A province
    that only borders on the area is; for circles also one up to 0.1 % of the radius beyond the edge.
    """
    return _touched(area, boundary_version())


@lru_cache(maxsize=KEPT)
def _touched(area: Area, _version: str) -> frozenset[str]:
    shape = area_shape(area)
    if isinstance(area, Circle):
        shape = shapely.buffer(shape, SAFE * area.radius_km / 100)  # degrees: one has at least 105 km here
    provinces = load_provinces()
    met = shapely.intersects(shape, np.asarray(provinces.geometry.values))
    return frozenset(provinces.loc[met, "province_code"])
