"""Build the neighbours' land, and the small files that the browser draws the base map from.

Besides the files of `build_provinces.py` and `build_gazetteer.py`, which must be built before, the source is the npm
package ``world-atlas`` 2.0.2. Fetch and unpack it outside the repository, then run, from the root of
the repository::

    npm pack world-atlas@2.0.2
    tar xzf world-atlas-2.0.2.tgz
    python -m geo.files.build_basemap path/to/package

=================================  ==================================================================================
``geo/files/neighbours.geojson``   Natural Earth as it is, clipped; for exact tests of "on a neighbour's land"
``static/geo/provinces.json``      the provinces to four decimals, with names and a label point
``static/geo/neighbours.json``     the neighbours, simplified and fitted to the outline of the provinces
``static/geo/places.json``         towns and zones
=================================  ==================================================================================
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.boundaries import NEIGHBOURS_FILE, PROVINCES_FILE, check_provinces, load_provinces
from geo.files.sources import BOUNDARY_CREDIT, GENERAL_KNOWLEDGE, RETRIEVED, checksum, source_path, write_source
from geo.gazetteer import provinces as province_names
from geo.gazetteer import towns

PACKAGE_FILE = "countries-10m.json"
STATIC = Path(__file__).resolve().parents[2] / "static" / "geo"
WINDOW = (98.0, 6.0, 111.5, 18.0)  # west, south, east, north in degrees: what a map of Cambodia can show around it
EXACT_DECIMALS = 6
SERVED_DECIMALS = 4  # about 11 m; three decimals would make shapes invalid
TOLERANCE = 0.01  # degrees; for the neighbours' far borders and coasts, which nobody reads off this map
CRUMB = 1e6  # square metres; smaller scraps left by the fitting are not drawn
METRIC = "EPSG:32648"

# ISO 3166-1 numeric, as the source has it: alpha-2 and the short English name used here.
COUNTRIES = {
    "104": ("MM", "Myanmar"),
    "116": ("KH", "Cambodia"),
    "156": ("CN", "China"),
    "418": ("LA", "Laos"),
    "458": ("MY", "Malaysia"),
    "704": ("VN", "Viet Nam"),
    "764": ("TH", "Thailand"),
}

NATURAL_EARTH: dict[str, Any] = {
    "publisher": "Natural Earth 4.1.0, through world-atlas 2.0.2 (npm), by Michael Bostock",
    "url": "https://www.naturalearthdata.com/",
    "licence": "public domain (Natural Earth); ISC (world-atlas)",
    "attribution": "Made with Natural Earth",
    "retrieved": RETRIEVED,
    "source_file": f"package/{PACKAGE_FILE}",
}


def read_countries(path: Path) -> gpd.GeoDataFrame:
    """Read the countries in the window: ``country_code``, ``name_en``, ``geometry`` (EPSG:4326), largest part first."""
    world = gpd.read_file(path, layer="countries").set_crs("EPSG:4326")
    window = shapely.box(*WINDOW)
    near = world[world.intersects(window)].reset_index(drop=True)
    unknown = set(near["id"]) - set(COUNTRIES)
    if unknown:
        raise ValueError(f"Countries in the window that are not in the table: {', '.join(sorted(unknown))}")
    shapes = shapely.intersection(shapely.make_valid(near.geometry.values), window)
    return gpd.GeoDataFrame(
        {
            "country_code": [COUNTRIES[code][0] for code in near["id"]],
            "name_en": [COUNTRIES[code][1] for code in near["id"]],
        },
        geometry=[rounded(areas(shape), EXACT_DECIMALS) for shape in shapes],
        crs="EPSG:4326",
    ).sort_values("country_code", ignore_index=True)


def areas(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Keep the polygons of a geometry, dropping lines and points that clipping may leave."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def rounded(shape: shapely.Geometry, decimals: int) -> shapely.MultiPolygon:
    """Round the coordinates, and repair the rings that rounding has folded onto themselves."""
    result = shapely.transform(shape, lambda vertices: np.round(vertices, decimals))
    result = shapely.remove_repeated_points(result)
    if not result.is_valid:
        result = areas(shapely.make_valid(result))
    return areas(result)


def fit_neighbours(countries: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Simplify the neighbours and make them meet the provinces without gap or overlap.

    Land that the source gives to Cambodia and the provinces leave out goes to the neighbour that it borders on (so the
    map shows one border, that of the provinces); islands among it stay Cambodia's; strips along the coast are dropped.
    """
    simple = countries.assign(geometry=shapely.coverage_simplify(countries.geometry.values, TOLERANCE))
    ours = shapely.union_all(provinces.geometry.values)
    shapes = {row.country_code: row.geometry for row in simple.itertuples()}
    islands = []
    for piece in shapely.get_parts(areas(shapely.difference(shapes["KH"], ours))):
        shared = {
            code: piece.boundary.intersection(shape.boundary).length for code, shape in shapes.items() if code != "KH"
        }
        code = max(shared, key=lambda each: shared[each])
        if shared[code] > 0:
            shapes[code] = shapely.union(shapes[code], piece)
        elif piece.disjoint(ours):
            islands.append(piece)
    fitted = {code: areas(shapely.difference(shape, ours)) for code, shape in shapes.items() if code != "KH"}
    fitted["KH"] = shapely.MultiPolygon(islands)
    result = simple.assign(geometry=[rounded(fitted[code], SERVED_DECIMALS) for code in simple["country_code"]])
    parts = result.explode(ignore_index=True)
    return parts[parts.to_crs(METRIC).area > CRUMB].dissolve(["country_code", "name_en"]).reset_index()


def label_provinces(provinces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the provinces to four decimals with ``name_en``, ``name_km``, ``label_latitude``, ``label_longitude``.

    The label point is the centre of the largest circle that fits into the largest polygon of the province.
    """
    metric = provinces.to_crs(METRIC).geometry
    largest = [max(shapely.get_parts(shape), key=shapely.area) for shape in metric]
    circles = shapely.maximum_inscribed_circle(np.array(largest), tolerance=100)
    labels = gpd.GeoSeries(shapely.get_point(circles, 0), crs=METRIC).to_crs("EPSG:4326")
    names = province_names().set_index("province_code").loc[provinces["province_code"]]
    served = gpd.GeoDataFrame(
        {
            "province_code": provinces["province_code"],
            "name_en": names["name_en"].to_numpy(),
            "name_km": names["name_km"].to_numpy(),
            "label_latitude": labels.y.round(SERVED_DECIMALS),
            "label_longitude": labels.x.round(SERVED_DECIMALS),
        },
        geometry=[rounded(shape, SERVED_DECIMALS) for shape in provinces.geometry],
        crs=provinces.crs,
    )
    check_provinces(served)
    return served


def to_geojson(table: gpd.GeoDataFrame, **members: str) -> str:
    """Write a table as GeoJSON, one feature a line, with further members such as the attribution."""
    collection: dict[str, Any] = json.loads(table.to_json(drop_id=True, to_wgs84=True))
    features = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in collection["features"]
    )
    head = json.dumps({"type": "FeatureCollection", **members}, ensure_ascii=False)
    return f'{head[:-1]}, "features": [\n{features}\n]}}\n'


def main(package: Path) -> None:
    """Write the four files and their source records."""
    source = package / PACKAGE_FILE
    countries = read_countries(source)
    NEIGHBOURS_FILE.write_text(to_geojson(countries), "utf-8")
    write_source(
        NEIGHBOURS_FILE,
        title="Cambodia and its neighbours, 1:10m",
        **NATURAL_EARTH,
        source_sha256=checksum(source),
        made_by="geo/files/build_basemap.py",
        how_made=(
            f"Clipped to {WINDOW[0]}–{WINDOW[2]}° E, {WINDOW[1]}–{WINDOW[3]}° N; invalid shapes repaired "
            f"(shapely.make_valid); {EXACT_DECIMALS} decimals; nothing simplified."
        ),
        known_limits=[
            "Quantised by world-atlas to 0.0036° of longitude and 0.0017° of latitude, about 390 m and 190 m.",
            "Its border of Cambodia is not that of provinces.geojson; the two differ by up to about 4 km, and more at "
            "islands. It settles no border dispute, and takes no side in one.",
        ],
    )
    STATIC.mkdir(parents=True, exist_ok=True)
    provinces = load_provinces()
    (STATIC / "provinces.json").write_text(to_geojson(label_provinces(provinces), attribution=BOUNDARY_CREDIT), "utf-8")
    write_source(
        STATIC / "provinces.json",
        record=source_path(PROVINCES_FILE.with_name("provinces.json")),
        title="Provinces of Cambodia, as the browser draws them",
        publisher="Compound Atlas",
        url="",
        licence="ODbL-1.0 (derived from geo/files/provinces.geojson)",
        attribution=BOUNDARY_CREDIT,
        retrieved=RETRIEVED,
        made_by="geo/files/build_basemap.py",
        how_made=(
            f"geo/files/provinces.geojson at {SERVED_DECIMALS} decimals, not simplified, still a valid coverage; "
            "names from geo/files/provinces.csv; label points computed."
        ),
        known_limits=["For drawing only; points are located with geo/files/provinces.geojson."],
    )
    fitted = fit_neighbours(countries, provinces)
    (STATIC / "neighbours.json").write_text(to_geojson(fitted, attribution=NATURAL_EARTH["attribution"]), "utf-8")
    write_source(
        STATIC / "neighbours.json",
        record=source_path(NEIGHBOURS_FILE.with_name("neighbours.json")),
        title="The neighbours' land, as the browser draws it",
        **NATURAL_EARTH,
        source_sha256=checksum(source),
        made_by="geo/files/build_basemap.py",
        how_made=(
            f"geo/files/neighbours.geojson simplified as a coverage ({TOLERANCE}°) and moved to the outline of the "
            f"provinces, {SERVED_DECIMALS} decimals. The feature KH holds the islands that the provinces lack."
        ),
        known_limits=[
            "For drawing only: along Cambodia's border up to about 4 km of land change sides against Natural Earth.",
            "As its inner border was cut with the provinces, that line is under their licence, ODbL 1.0.",
        ],
    )
    places = towns().rename(columns={"latitude": "lat", "longitude": "lon"})
    columns = ["name_en", "name_km", "lat", "lon", "rank", "level", "province_code", "coordinate_uncertainty_m"]
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in places[columns].to_dict("records"))
    (STATIC / "places.json").write_text(f'{{"places": [\n{rows}\n]}}\n', "utf-8")
    write_source(
        STATIC / "places.json",
        record=source_path(NEIGHBOURS_FILE.with_name("places.json")),
        title="Towns and zones, as the browser labels them",
        publisher="Compound Atlas",
        url="",
        licence="Apache-2.0",
        attribution="",
        retrieved=RETRIEVED,
        made_by="geo/files/build_basemap.py",
        how_made="geo/files/towns.csv as JSON.",
        known_limits=[f"Coordinates are approximate and from {GENERAL_KNOWLEDGE}; see geo/files/towns.csv.source.yml."],
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build the base map from Natural Earth (world-atlas 2.0.2).")
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    main(parser.parse_args().package)
