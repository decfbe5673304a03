"""Province boundaries, the neighbours' land, and the checks that both must pass.

The provinces are the bundled set until `use_boundaries` names an installed one. Everything that is worked out from them
(here and in `geo.point_index`, `geo.coordinates`, `geo.centres`) is kept under `boundary_version`, so that it follows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
import yaml

from errors import BoundaryError
from locales import later, say

FILES = Path(__file__).parent / "files"
PROVINCES_FILE = FILES / "provinces.geojson"
NEIGHBOURS_FILE = FILES / "neighbours.geojson"

PROVINCE_COUNT = 25
EXTENT = (101.5, 9.5, 108.5, 15.5)  # west, south, east, north in degrees: Cambodia with its islands and some room
GAP_WIDTH = 0.0005  # degrees, about 50 m: a narrower strip between two provinces is a flaw, not a bay

BUNDLED = "bundled"
"""`boundary_version` of the provinces that come with the product."""
GEOMETRY, SOURCE = "boundaries.geojson", "source.json"
"""Names of the files in the folder of an installed set."""
VERSIONS_KEPT = 2
"""For how many sets the results of work on their shapes are kept: the one in use, and one that is tried."""

_REINSTALL = later("Put the file back as it was delivered, or build it again with the script in geo/files.")


_folder: Path | None = None
_tried: ContextVar[tuple[Path | None] | None] = ContextVar("tried", default=None)


def use_boundaries(folder: Path | None) -> None:
    """Take the provinces of an installed set from now on, for the whole process.

    Parameters
    ----------
    folder : Path or None
        Its folder, which bears the SHA-256 of its geometry as name; None for the bundled set. That it is there and
        sound is found out when the provinces are loaded.
    """
    global _folder
    _folder = folder


@contextmanager
def try_boundaries(folder: Path | None) -> Iterator[None]:
    """Take the provinces of another set within a ``with`` block, seen by nobody else."""
    token = _tried.set((folder,))
    try:
        yield
    finally:
        _tried.reset(token)


def boundaries_in_use() -> Path | None:
    """Return the folder of the installed set that counts here and now; None for the bundled one."""
    tried = _tried.get()
    return _folder if tried is None else tried[0]


def boundary_version() -> str:
    """Return what tells one set of provinces from another: the checksum of its geometry, or `BUNDLED`."""
    folder = boundaries_in_use()
    return BUNDLED if folder is None else folder.name


def load_provinces() -> gpd.GeoDataFrame:
    """Give the 25 provinces of the set in use, in ISO order, checked.

    Returns
    -------
    GeoDataFrame
        ``province_code`` (str, ISO 3166-2), ``geometry`` (MultiPolygon, EPSG:4326). A copy: callers may change it.

    Raises
    ------
    BoundaryError
        When the bundled file is missing, unreadable or fails `check_provinces`, or an installed one is not what was
        installed.
    """
    folder = boundaries_in_use()
    if folder is None:
        return _provinces().copy()
    return _installed(folder)[["province_code", "geometry"]].copy()


def load_neighbours() -> gpd.GeoDataFrame:
    """Give the land of the neighbouring countries between 98–111.5° E and 6–18° N.

    Returns
    -------
    GeoDataFrame
        ``country_code`` (str, ISO 3166-1 alpha-2), ``name_en`` (str), ``geometry`` (EPSG:4326). Cambodia is not among
        them. A copy.

    Raises
    ------
    BoundaryError
        When the bundled file is missing or unreadable.
    """
    countries = _countries()
    return countries[countries["country_code"] != "KH"].reset_index(drop=True)


def load_outline() -> shapely.MultiPolygon:
    """Give Cambodia as the neighbours' data set draws it (Natural Earth, EPSG:4326).

    It differs from the union of the provinces by up to a few kilometres, and tells land that neither the provinces nor
    a neighbour cover from the sea.
    """
    countries = _countries()
    return countries.loc[countries["country_code"] == "KH", "geometry"].iloc[0]


def boundary_source() -> dict[str, Any]:
    """Give the source record of the provinces in use: title, publisher, url, licence, attribution, ….

    Raises
    ------
    BoundaryError
        When the record is missing.
    """
    folder = boundaries_in_use()
    if folder is not None:
        return read_source(folder)
    return dict(_bundled_source(PROVINCES_FILE.with_name(f"{PROVINCES_FILE.name}.source.yml")))


@lru_cache(maxsize=2)
def _bundled_source(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise BoundaryError(
            say("The source record {name} cannot be read.", name=path.name), say(_REINSTALL), file=path.name
        ) from error
    return record


def read_source(folder: Path) -> dict[str, Any]:
    """Give the source record of an installed set, as a person entered it; BoundaryError when it cannot be read."""
    try:
        record: dict[str, Any] = json.loads((folder / SOURCE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _not_there(folder) from error
    return record


def load_installed(folder: Path) -> gpd.GeoDataFrame:
    """Give the shapes of an installed set with all their columns (text, ``geometry`` in EPSG:4326). A copy.

    Raises
    ------
    BoundaryError
        When its file is missing, or no longer has the checksum that it was installed with.
    """
    return _installed(folder).copy()


def check_provinces(gdf: gpd.GeoDataFrame) -> None:
    """Refuse a set of provinces that is not exactly Cambodia's 25, in valid and fitting shapes.

    Parameters
    ----------
    gdf : GeoDataFrame
        ``province_code`` and ``geometry``; more columns are allowed, and any order of rows.

    Raises
    ------
    BoundaryError
        Naming the province codes, when a code is missing, unknown or given twice; when the coordinates are not
        longitude and latitude (EPSG:4326) within Cambodia's extent; when a shape is empty, not an area or invalid;
        when neighbours overlap or leave a gap.
    """
    if "province_code" not in gdf.columns:
        raise BoundaryError(
            say("The boundaries have no column province_code."),
            say("Add the ISO 3166-2 codes KH-1 to KH-25."),
            field="province_code",
        )
    codes = gdf["province_code"].astype(object)
    expected = [f"KH-{number}" for number in range(1, PROVINCE_COUNT + 1)]
    _refuse("The boundaries lack", set(expected) - set(codes))
    _refuse("The boundaries hold codes that are not provinces of Cambodia:", set(codes) - set(expected))
    _refuse("The boundaries hold more than once:", set(codes[codes.duplicated()]))
    if gdf.crs is None or not gdf.crs.equals("EPSG:4326", ignore_axis_order=True):
        name = "no coordinate reference system" if gdf.crs is None else gdf.crs.name
        raise BoundaryError(
            say("The boundaries must be longitude and latitude (EPSG:4326); the file says {name}.", name=name),
            say("Convert them first."),
        )
    shapes = np.asarray(gdf.geometry.values)
    areas = np.isin(shapely.get_type_id(shapes), (3, 6)) & ~shapely.is_empty(shapes)
    _refuse("No area is drawn for", codes[~areas])
    west, south, east, north = EXTENT
    bounds = shapely.bounds(shapes)
    inside = (bounds[:, 0] >= west) & (bounds[:, 1] >= south) & (bounds[:, 2] <= east) & (bounds[:, 3] <= north)
    _refuse(
        f"Not within {west}–{east}° E and {south}–{north}° N, so not longitude and latitude of Cambodia, are",
        codes[~inside],  # NaN and infinite coordinates are not inside either
    )
    _refuse("The rings cross or touch themselves in", codes[~shapely.is_valid(shapes)])
    _refuse(
        "The provinces overlap, or leave a gap between them, at the borders of",
        codes[~shapely.is_empty(shapely.coverage_invalid_edges(shapes, gap_width=GAP_WIDTH))],
    )
    holes = [ring for part in shapely.get_parts(shapely.union_all(shapes)) for ring in part.interiors]
    _refuse(
        "The provinces leave an area within the country to no province, between",
        codes[shapely.intersects(shapes, shapely.MultiLineString(holes))] if holes else (),
    )


def _refuse(found: str, codes: Iterable[object]) -> None:
    listed = sorted(map(str, codes), key=lambda code: (len(code), code))
    if listed:
        raise BoundaryError(f"{found} {', '.join(listed)}.", say("Correct the boundary file."), codes=listed)


def _not_there(folder: Path) -> BoundaryError:
    return BoundaryError(
        say("The installed boundaries {name} are not there, or not as they were installed.", name=folder.name[:12]),
        say(
            "Put the folder {folder} back, install the file again, or go back to the boundaries before (Boundaries).",
            folder=folder,
        ),
        folder=folder,
    )


@lru_cache(maxsize=2 * VERSIONS_KEPT)
def _installed(folder: Path) -> gpd.GeoDataFrame:
    try:
        content = (folder / GEOMETRY).read_bytes()
    except OSError as error:
        raise _not_there(folder) from error
    if hashlib.sha256(content).hexdigest() != folder.name:
        raise _not_there(folder)
    return _read(folder / GEOMETRY)


def _read(path: Path) -> gpd.GeoDataFrame:
    # Parsed as JSON and not through GDAL, which picks a driver by content and would follow references to other files.
    try:
        collection = json.loads(path.read_text("utf-8"), parse_constant=_refuse_constant)
        return gpd.GeoDataFrame.from_features(collection, crs="EPSG:4326")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise BoundaryError(
            say("The boundary file {name} cannot be read.", name=path.name), say(_REINSTALL), file=path.name
        ) from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON.")  # Python's parser would let NaN and Infinity pass


@lru_cache(maxsize=1)
def _provinces() -> gpd.GeoDataFrame:
    provinces = _read(PROVINCES_FILE)
    check_provinces(provinces)
    order = provinces["province_code"].str.removeprefix("KH-").astype(int).argsort()
    return provinces.iloc[order][["province_code", "geometry"]].reset_index(drop=True)


@lru_cache(maxsize=1)
def _countries() -> gpd.GeoDataFrame:
    countries = _read(NEIGHBOURS_FILE)
    missing = {"country_code", "name_en"} - set(countries.columns)
    if missing or "KH" not in set(countries["country_code"]):
        raise BoundaryError(
            say("The boundary file {name} is not as it was delivered.", name=NEIGHBOURS_FILE.name), say(_REINSTALL)
        )
    return countries[["country_code", "name_en", "geometry"]]
