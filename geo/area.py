"""An area of the map: a polygon, a circle, or a corridor along a border; as text, in words, and which points it holds.

As text, for addresses: ``circle:11.5564,104.9282,25`` (latitude, longitude, radius in km),
``polygon:12.1,102.9;12.3,103.2;12,103.4`` (latitude, longitude of each corner), ``corridor:TH,10`` (within 10 km of the
border with Thailand, inside Cambodia).

Exactness. Circles are measured along the ellipsoid (WGS 84). Edges of polygons are straight in longitude and latitude.
Corridors, and how far a point lies from a polygon or corridor, are measured in UTM zone 48N: true to 0.08 % in Cambodia
(8 m in 10 km), to which the border's own error adds (see `geo.borders`). What lies on the edge is inside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

from errors import AreaError
from geo.borders import BORDERING, METRIC, load_borders
from geo.boundaries import boundary_version, load_provinces
from locales import later, say

MOST_CORNERS = 40
DECIMALS = 4  # of degrees, about 11 m
WINDOW = (98.0, 6.0, 111.5, 18.0)  # west, south, east, north in degrees: what the map can show
LARGEST_RADIUS_KM = 500.0
WIDEST_KM = 100.0
SMALLEST_KM = 0.1
KEPT = 8  # areas whose shapes are kept ready

_GEOD = Geod(ellps="WGS84")
_SPHERE_M = 6_371_008.8
_NUMBER = r"-?\d{1,3}(?:\.\d{1,4})?"
_CIRCLE = re.compile(rf"circle:({_NUMBER}),({_NUMBER}),(\d{{1,3}}(?:\.\d{{1,2}})?)", re.ASCII)
_POLYGON = re.compile(rf"polygon:({_NUMBER},{_NUMBER}(?:;{_NUMBER},{_NUMBER})*)", re.ASCII)
_CORRIDOR = re.compile(r"corridor:([A-Z]{2}),(\d{1,3}(?:\.\d{1,2})?)", re.ASCII)
_HINT = later("Draw the area again on the map.")


@dataclass(frozen=True)
class Circle:
    """All within `radius_km` of a point (degrees, EPSG:4326; rounded to four decimals, the radius to two)."""

    latitude: float
    longitude: float
    radius_km: float

    def __post_init__(self) -> None:
        _check_point(self.latitude, self.longitude)
        _check_length(self.radius_km, LARGEST_RADIUS_KM, later("radius"))
        object.__setattr__(self, "latitude", round(float(self.latitude), DECIMALS))
        object.__setattr__(self, "longitude", round(float(self.longitude), DECIMALS))
        object.__setattr__(self, "radius_km", round(float(self.radius_km), 2))


@dataclass(frozen=True)
class Polygon:
    """A drawn area: its corners (latitude, longitude; degrees, EPSG:4326), rounded to four decimals.

    The first need not be repeated. AreaError when there are fewer than 3 or more than 40, or edges cross or touch.
    """

    corners: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        for latitude, longitude in self.corners:
            _check_point(latitude, longitude)
        corners = tuple((round(float(y), DECIMALS), round(float(x), DECIMALS)) for y, x in self.corners)
        if len(corners) > 1 and corners[0] == corners[-1]:
            corners = corners[:-1]
        object.__setattr__(self, "corners", corners)
        if not 3 <= len(corners) <= MOST_CORNERS:
            raise AreaError(
                say("A drawn area has 3 to {most_corners} corners; this one has {n}.", most_corners=MOST_CORNERS,
                n=len(corners)), say(_HINT), corners=len(corners),
            )  # fmt: skip
        if not shapely.Polygon([(x, y) for y, x in corners]).is_valid:
            raise AreaError(say("The edges of the drawn area cross or touch each other."), say(_HINT))


@dataclass(frozen=True)
class Corridor:
    """Cambodia within `width_km` (rounded to two decimals) of the border with a neighbour: TH, LA or VN."""

    country_code: str
    width_km: float

    def __post_init__(self) -> None:
        if self.country_code not in BORDERING:
            raise AreaError(
                say("Cambodia has no land border with “{country_code}”.", country_code=self.country_code[:20]),
                say("Choose one of {names}.", names=", ".join(BORDERING)),
            )
        _check_length(self.width_km, WIDEST_KM, later("width"))
        object.__setattr__(self, "width_km", round(float(self.width_km), 2))


Area = Polygon | Circle | Corridor


def read_area(text: str) -> Area:
    """Read an area from an address; the inverse of `write_area`.

    Raises
    ------
    AreaError
        When the text is not one of the three forms (numbers with at most four decimals, lengths with at most two), or
        the area cannot be: outside the map, too large, too small, with too many corners or crossing edges.
    """
    if found := _CIRCLE.fullmatch(text):
        return Circle(float(found[1]), float(found[2]), float(found[3]))
    if found := _CORRIDOR.fullmatch(text):
        return Corridor(found[1], float(found[2]))
    if len(text) <= MOST_CORNERS * 20 + 20 and (found := _POLYGON.fullmatch(text)):
        pairs = [pair.split(",") for pair in found[1].split(";")]
        return Polygon(tuple((float(latitude), float(longitude)) for latitude, longitude in pairs))
    raise AreaError(say("The area in the address is not understood."),
        say("Write it as circle:11.5564,104.9282,25 or polygon:12.1,102.9;12.3,103.2;12,103.4 or corridor:TH,10.")
        )  # fmt: skip


def write_area(area: Area) -> str:
    """Write an area for an address: ``circle:…``, ``polygon:…`` or ``corridor:…``."""
    if isinstance(area, Circle):
        return f"circle:{_short(area.latitude)},{_short(area.longitude)},{_short(area.radius_km)}"
    if isinstance(area, Corridor):
        return f"corridor:{area.country_code},{_short(area.width_km)}"
    return "polygon:" + ";".join(f"{_short(latitude)},{_short(longitude)}" for latitude, longitude in area.corners)


def describe_area(area: Area) -> str:
    """Say what an area is: "within 10 km of the border with Thailand", "a drawn area of 1,240 km²"."""
    if isinstance(area, Circle):
        return f"within {_short(area.radius_km)} km of {area.latitude:.3f}, {area.longitude:.3f}"
    if isinstance(area, Corridor):
        return f"within {_short(area.width_km)} km of the border with {BORDERING[area.country_code]}"
    size = abs(_GEOD.geometry_area_perimeter(_drawn(area))[0]) / 1e6
    return f"a drawn area of {size:,.0f} km²" if size >= 10 else f"a drawn area of {size:.2g} km²"


def inside(area: Area, latitudes: ArrayLike, longitudes: ArrayLike) -> NDArray[np.bool_]:
    """Say of each point whether it lies in the area or on its edge.

    Parameters
    ----------
    area : Area
        Polygon, circle or corridor.
    latitudes, longitudes : array-like of float, shape (n,)
        Degrees, EPSG:4326. A missing or infinite value lies nowhere.

    """
    return touches(area, latitudes, longitudes, 0.0)


def touches(area: Area, latitudes: ArrayLike, longitudes: ArrayLike, radius_m: ArrayLike) -> NDArray[np.bool_]:
    """Say of each point whether a circle of `radius_m` metres around it meets the area.

    Parameters
    ----------
    area : Area
        Polygon, circle or corridor.
    latitudes, longitudes : array-like of float, shape (n,)
        Degrees, EPSG:4326. A missing or infinite value lies nowhere.
    radius_m : float or array-like of float, shape (n,)
        Metres, 0 or more; missing counts as 0.

    Returns
    -------
    array of bool, shape (n,)
    """
    latitude, longitude = np.asarray(latitudes, dtype=np.float64), np.asarray(longitudes, dtype=np.float64)
    radius = np.broadcast_to(np.nan_to_num(np.asarray(radius_m, dtype=np.float64)), latitude.shape)
    west, south, east, north = _bounds(area, boundary_version())
    high = radius / 110_000  # degrees, on the large side: a degree of latitude has at least 110.5 km
    wide = radius / 100_000  # a degree of longitude has at least 105 km in the window
    near = (latitude >= south - high) & (latitude <= north + high)
    near &= (longitude >= west - wide) & (longitude <= east + wide)
    places = np.flatnonzero(near)
    found = np.zeros(latitude.shape, dtype=bool)
    if isinstance(area, Circle):
        found[places] = _touch_circle(area, latitude[places], longitude[places], radius[places])
    else:
        found[places] = _touch_shape(area, latitude[places], longitude[places], radius[places])
    return found


def outline(area: Area) -> list[list[list[float]]]:
    """Give the lines that draw an area: closed rings of ``[latitude, longitude]``, filled by the even-odd rule.

    A polygon is one ring, a circle one of 96 corners, a corridor one or more, simplified to about 100 m.
    """
    shape = area_shape(area)
    shape = shapely.simplify(shape, 0.001) if isinstance(area, Corridor) else shape
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    return [shapely.get_coordinates(ring)[:, ::-1].round(DECIMALS).tolist() for ring in rings]


def area_shape(area: Area) -> shapely.Geometry:
    """Give the area as Polygon or MultiPolygon in longitude and latitude (EPSG:4326).

    A circle has 96 corners on its edge, and lacks up to 0.06 % of the radius between them.
    """
    if not isinstance(area, Circle):
        return _degrees(area, boundary_version())
    angles = np.linspace(0, 360, 97)
    start = np.full(97, area.longitude), np.full(97, area.latitude)
    longitude, latitude, _ = _GEOD.fwd(*start, angles, np.full(97, area.radius_km * 1000))
    return shapely.Polygon(np.column_stack([longitude, latitude]))


def _touch_circle(
    area: Circle, latitude: NDArray[np.float64], longitude: NDArray[np.float64], radius: NDArray[np.float64]
) -> NDArray[np.bool_]:
    # A sphere decides all but those near the edge: its distances differ from the ellipsoid's by less than 0.6 %.
    phi, lam = np.radians(latitude), np.radians(longitude)
    centre = np.radians([area.latitude, area.longitude])
    half = np.sin((phi - centre[0]) / 2) ** 2 + np.cos(phi) * np.cos(centre[0]) * np.sin((lam - centre[1]) / 2) ** 2
    rough = 2 * _SPHERE_M * np.arcsin(np.sqrt(half))
    reach = area.radius_km * 1000 + radius
    found = rough <= reach * 0.99
    close = np.flatnonzero(~found & (rough <= reach * 1.01))
    centres = np.full(len(close), area.longitude), np.full(len(close), area.latitude)
    exact = np.asarray(_GEOD.inv(*centres, longitude[close], latitude[close])[2])
    found[close] = exact <= reach[close]
    return np.asarray(found, dtype=bool)


def _touch_shape(
    area: Polygon | Corridor, latitude: NDArray[np.float64], longitude: NDArray[np.float64], radius: NDArray[np.float64]
) -> NDArray[np.bool_]:
    found = np.asarray(shapely.intersects_xy(_degrees(area, boundary_version()), longitude, latitude), dtype=bool)
    beside = np.flatnonzero(~found & (radius > 0))
    if len(beside):
        points = gpd.GeoSeries.from_xy(longitude[beside], latitude[beside], crs="EPSG:4326").to_crs(METRIC)
        found[beside] = shapely.dwithin(_metres(area, boundary_version()), points.values, radius[beside])
    return found


@lru_cache(maxsize=KEPT)
def _degrees(area: Polygon | Corridor, _version: str) -> shapely.Geometry:
    """Return the shape of a polygon or corridor in longitude and latitude, prepared."""
    if isinstance(area, Corridor):
        border = load_borders().to_crs(METRIC).set_index("country_code").geometry[area.country_code]
        strip = shapely.segmentize(shapely.buffer(border, area.width_km * 1000, quad_segs=64), 2000)
        country = shapely.union_all(load_provinces().geometry.values)
        cut = shapely.intersection(gpd.GeoSeries([strip], crs=METRIC).to_crs("EPSG:4326")[0], country)
        shape = shapely.MultiPolygon([part for part in shapely.get_parts(cut) if part.geom_type == "Polygon"])
    else:
        shape = _drawn(area)
    shapely.prepare(shape)
    return shape


@lru_cache(maxsize=KEPT)
def _metres(area: Polygon | Corridor, version: str) -> shapely.Geometry:
    """Return the same shape in metres, prepared; its edges in short steps, because they are straight in degrees."""
    shape = gpd.GeoSeries([shapely.segmentize(_degrees(area, version), 0.02)], crs="EPSG:4326").to_crs(METRIC)[0]
    shapely.prepare(shape)
    return shape


def _drawn(area: Polygon) -> shapely.Polygon:
    return shapely.Polygon([(longitude, latitude) for latitude, longitude in area.corners])


def _bounds(area: Area, version: str) -> tuple[float, float, float, float]:
    """Return a box around the area, on the large side: west, south, east, north in degrees."""
    if not isinstance(area, Circle):
        west, south, east, north = shapely.bounds(_degrees(area, version))
        return float(west), float(south), float(east), float(north)
    high, wide = area.radius_km / 110, area.radius_km / 100
    return area.longitude - wide, area.latitude - high, area.longitude + wide, area.latitude + high


def _short(number: float) -> str:
    return f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _check_point(latitude: float, longitude: float) -> None:
    west, south, east, north = WINDOW
    if not (south <= latitude <= north and west <= longitude <= east):
        raise AreaError(
            say("The point {latitude}, {longitude} lies outside the map.", latitude=latitude, longitude=longitude),
            say("Give latitude {south} to {north}, then longitude {west} to {east}.", south=f"{south:g}",
            north=f"{north:g}", west=f"{west:g}", east=f"{east:g}"))  # fmt: skip


def _check_length(length_km: float, largest: float, name: str) -> None:
    if not SMALLEST_KM <= length_km <= largest:
        raise AreaError(say("The {name} is {length_km} km.", name=say(name), length_km=length_km),
            say("Give {smallest_km} to {largest} km.", smallest_km=f"{SMALLEST_KM:g}", largest=f"{largest:g}"),
            found=length_km, limit=largest)  # fmt: skip
