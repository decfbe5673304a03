"""Every bundled file of places has a true source record, and the served files fit together."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
import yaml

from geo.boundaries import FILES, check_provinces
from geo.files.build_basemap import STATIC
from geo.files.sources import checksum, source_path, write_source
from geo.gazetteer import PROVINCE_CODES, province_name, towns

BUNDLED = sorted(path for path in FILES.iterdir() if path.suffix not in (".py", ".yml", ".pyc") and path.is_file())
SERVED = sorted(STATIC.iterdir())
REQUIRED = {"title", "publisher", "url", "licence", "attribution", "retrieved", "how_made", "known_limits", "sha256"}


def record_of(path: Path) -> dict[str, object]:
    return yaml.safe_load(source_path(FILES / path.name).read_text("utf-8"))


@pytest.mark.parametrize("path", [*BUNDLED, *SERVED], ids=lambda path: path.name)
def test_every_file_has_a_record_with_its_checksum(path):
    record = record_of(path)
    assert set(record) >= REQUIRED
    assert record["sha256"] == checksum(path)


def test_no_record_is_left_without_its_file():
    described = {path.name.removesuffix(".source.yml") for path in FILES.glob("*.source.yml")}
    assert described == {path.name for path in [*BUNDLED, *SERVED]}


def test_a_record_notices_a_change(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("a\n", "utf-8")
    write_source(path, title="Places", known_limits=["few"])
    record = yaml.safe_load(source_path(path).read_text("utf-8"))
    assert record == {"title": "Places", "known_limits": ["few"], "sha256": checksum(path)}
    path.write_text("b\n", "utf-8")
    assert record["sha256"] != checksum(path)


def read(name: str) -> dict[str, object]:
    return json.loads((STATIC / name).read_text("utf-8"))


def table(name: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame.from_features(read(name), crs="EPSG:4326")


def test_served_provinces_pass_the_same_checks_as_the_exact_ones():
    provinces = table("provinces.json")
    check_provinces(provinces)
    assert tuple(provinces["province_code"]) == PROVINCE_CODES
    assert list(provinces["name_km"]) == [province_name(code, "km") for code in PROVINCE_CODES]


def test_labels_lie_in_their_province():
    provinces = table("provinces.json")
    labels = gpd.GeoSeries.from_xy(provinces["label_longitude"], provinces["label_latitude"], crs="EPSG:4326")
    assert provinces.contains(labels).all()


def test_served_neighbours_do_not_cover_the_provinces():
    neighbours, provinces = table("neighbours.json"), table("provinces.json")
    assert neighbours.is_valid.all()
    shared = shapely.intersection(neighbours.union_all(), provinces.union_all())
    assert shared.area < 1e-4  # square degrees; what rounding leaves


def test_served_coordinates_have_four_decimals_at_most():
    for name in ("provinces.json", "neighbours.json"):
        coordinates = shapely.get_coordinates(table(name).geometry.values)
        assert (coordinates == coordinates.round(4)).all()


def test_served_shapes_say_where_they_come_from():
    assert "OpenStreetMap" in read("provinces.json")["attribution"]
    assert "Natural Earth" in read("neighbours.json")["attribution"]
    assert "Natural Earth" in read("water.json")["attribution"]


def test_served_places_are_the_towns():
    places = read("places.json")["places"]
    assert [place["name_en"] for place in places] == list(towns()["name_en"])
    assert [place["lat"] for place in places] == list(towns()["latitude"])


def test_served_files_are_small():
    assert sum(path.stat().st_size for path in SERVED) < 150_000
