"""The land beneath printed maps: provinces, neighbours, water and names, the same shapes as on the screen.

Drawn in a plane (UTM zone 48 north, in which a kilometre is as long everywhere in Cambodia, within 0.1 %).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from geo.boundaries import VERSIONS_KEPT, boundaries_in_use, boundary_version
from geo.boundary_drawing import NEIGHBOURS, PROVINCES

SERVED = Path(__file__).resolve().parent.parent / "static" / "geo"
_TO_PLANE = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:32648", always_xy=True)
_COUNTRIES = (
    (14.68, 103.0, "Thailand", "ថៃ", "country"),
    (14.62, 106.35, "Laos", "ឡាវ", "country"),
    (11.2, 107.3, "Viet Nam", "វៀតណាម", "country"),
    (10.35, 102.75, "Gulf of Thailand", "ឈូងសមុទ្រថៃ", "sea"),
)
"""Where the names of the neighbours stand, as in ``static/frame/map.js``; general knowledge."""
_FINEST = 0.15  # pixels
_TOWN_RANK = 2
_LONGEST_BAR = 0.17  # of the map's width


@dataclass(frozen=True)
class PlaceName:
    """A name on the map.

    Attributes
    ----------
    at : tuple of float
        Metres east and north in the plane.
    english, khmer : str
        Khmer is empty where no name is known.
    kind : str
        ``province``, ``country``, ``sea``, ``lake``, ``river`` or ``town``.
    code : str
        Of a province.
    rank : int
        Of a town, 1 for the capital.
    """

    at: tuple[float, float]
    english: str
    khmer: str
    kind: str
    code: str = ""
    rank: int = 0

    def text(self, language: str) -> str:
        """Return the name in a language; English where there is none in it."""
        return self.khmer if language == "km" and self.khmer else self.english


@dataclass(frozen=True)
class Basemap:
    """Shapes in metres of the plane.

    Attributes
    ----------
    provinces : dict of str to Geometry
        By code, in ISO order.
    country, islands, neighbours, lakes, rivers : Geometry
        ``country`` is the union of the provinces, ``islands`` the land of Cambodia that they lack.
    names : tuple of PlaceName
    """

    provinces: dict[str, shapely.Geometry]
    country: shapely.Geometry
    islands: shapely.Geometry
    neighbours: shapely.Geometry
    lakes: shapely.Geometry
    rivers: shapely.Geometry
    names: tuple[PlaceName, ...]

    def extent_of(self, code: str = "") -> tuple[float, float, float, float]:
        """Return west, south, east and north of a province, or of all."""
        shapes = [self.provinces[code]] if code else list(self.provinces.values())
        west, south, east, north = shapely.total_bounds(shapes)
        return float(west), float(south), float(east), float(north)


@dataclass(frozen=True)
class View:
    """A part of the plane in a rectangle of the picture.

    Attributes
    ----------
    left, top, width, height : float
        The rectangle, in pixels of the picture from its top left corner.
    west, north : float
        The plane's corner there, in metres.
    scale : float
        Pixels for each metre.
    """

    left: float
    top: float
    width: float
    height: float
    west: float
    north: float
    scale: float

    def place(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Return pixels for metres of the plane; numbers or arrays."""
        return self.left + (x - self.west) * self.scale, self.top + (self.north - y) * self.scale

    def bring(self, geometry: shapely.Geometry, margin: float = 6.0) -> shapely.Geometry:
        """Return a shape in pixels, cut a little outside the rectangle, without bends that nobody can see."""
        moved = shapely.transform(geometry, lambda xy: np.column_stack(self.place(xy[:, 0], xy[:, 1])))
        box = (self.left - margin, self.top - margin, self.left + self.width + margin, self.top + self.height + margin)
        return shapely.simplify(shapely.clip_by_rect(moved, *box), _FINEST)

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether pixels lie in the rectangle, so far from its edge."""
        return (
            self.left + margin <= x <= self.left + self.width - margin
            and self.top + margin <= y <= self.top + self.height - margin
        )


def fit_view(extent: tuple[float, float, float, float], left: float, top: float, width: float, height: float) -> View:
    """Return the view that shows an extent as large as it can be, in the middle of a rectangle."""
    west, south, east, north = extent
    scale = min(width / (east - west), height / (north - south))
    x, y = (west + east) / 2, (south + north) / 2
    return View(left, top, width, height, x - width / scale / 2, y + height / scale / 2, scale)


def widen(extent: tuple[float, float, float, float], share: float) -> tuple[float, float, float, float]:
    """Return an extent with room around it, in shares of its size."""
    west, south, east, north = extent
    x, y = (east - west) * share, (north - south) * share
    return west - x, south - y, east + x, north + y


def to_plane(latitude: float, longitude: float) -> tuple[float, float]:
    """Return metres east and north in the plane for degrees (WGS 84)."""
    x, y = _TO_PLANE.transform(longitude, latitude)
    return float(x), float(y)


def bar_length_km(view: View) -> float:
    """Return how long a scale bar should be: 1, 2 or 5 times a power of ten, no longer than part of the map."""
    most = view.width * _LONGEST_BAR / view.scale / 1000
    power = 10 ** math.floor(math.log10(most))
    return float(max(step * power for step in (1, 2, 5) if step * power <= most))


def load_basemap() -> Basemap:
    """Return the shapes of the boundaries in use; read once."""
    return _load(boundary_version())


@lru_cache(maxsize=VERSIONS_KEPT)
def _load(_version: str) -> Basemap:
    folder = boundaries_in_use()
    provinces = _read(folder / PROVINCES if folder else SERVED / "provinces.json")
    land = _read(folder / NEIGHBOURS if folder else SERVED / "neighbours.json")
    water = _read(SERVED / "water.json")
    towns = json.loads((SERVED / "places.json").read_text("utf-8"))["places"]
    names = [_name(its, "province", its["province_code"]) for its, _ in provinces]
    names += [_name(its, its["kind"]) for its, _ in water if its["label_latitude"] is not None]
    names += [PlaceName(to_plane(lat, lon), english, khmer, kind) for lat, lon, english, khmer, kind in _COUNTRIES]
    names += [
        PlaceName(to_plane(town["lat"], town["lon"]), town["name_en"], town["name_km"], "town", rank=town["rank"])
        for town in towns
        if town["level"] == "town" and town["rank"] <= _TOWN_RANK
    ]
    return Basemap(
        {its["province_code"]: geometry for its, geometry in provinces},
        shapely.union_all([geometry for _, geometry in provinces]),
        shapely.union_all([geometry for its, geometry in land if its["country_code"] == "KH"]),
        shapely.GeometryCollection([geometry for its, geometry in land if its["country_code"] != "KH"]),
        shapely.GeometryCollection([geometry for its, geometry in water if its["kind"] == "lake"]),
        shapely.GeometryCollection([geometry for its, geometry in water if its["kind"] == "river"]),
        tuple(names),
    )


def _read(path: Path) -> list[tuple[dict[str, Any], shapely.Geometry]]:
    features = json.loads(path.read_text("utf-8"))["features"]
    return [(its["properties"], shapely.transform(shape(its["geometry"]), _project)) for its in features]


def _project(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(_TO_PLANE.transform(degrees[:, 0], degrees[:, 1]))


def _name(its: dict[str, Any], kind: str, code: str = "") -> PlaceName:
    at = to_plane(its["label_latitude"], its["label_longitude"])
    return PlaceName(at, its["name_en"], its["name_km"] or "", kind, code)
