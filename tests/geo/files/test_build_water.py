from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib

import geopandas as gpd
import pytest
import shapely

from geo.boundaries import load_provinces
from geo.files.build_water import COUNTRIES, SERVED_FILE, WATER_FILE, name_river, opened, read_rivers, serve_water

EXACT = gpd.GeoDataFrame.from_features(json.loads(WATER_FILE.read_text("utf-8")), crs="EPSG:4326")
SERVED = gpd.GeoDataFrame.from_features(json.loads(SERVED_FILE.read_text("utf-8")), crs="EPSG:4326")


def package(path, rivers, *, damaged=False):
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE country_map (alpha2 TEXT, payload BLOB, sha256 TEXT)")
        for country in COUNTRIES:
            text = json.dumps({"rivers": rivers.get(country, [])}).encode()
            payload = zlib.compress(text + b" " if damaged else text)
            database.execute(
                "INSERT INTO country_map VALUES (?, ?, ?)", (country, payload, hashlib.sha256(text).hexdigest())
            )
    return path


def river(name, *points):
    return {"name": name, "points": [list(point) for point in (*points, points[0])]}


def test_a_line_is_not_closed():
    assert opened([[0, 0], [1, 1], [2, 0], [0, 0]]) == [[0, 0], [1, 1], [2, 0]]
    assert opened([[0, 0], [1, 1]]) == [[0, 0], [1, 1]]


def test_a_stretch_that_two_countries_hold_is_kept_once(tmp_path):
    cambodian, lao = river("Kong", (106, 13.5), (106, 14)), river("Kong", (106, 13.8), (106, 15))
    rivers = read_rivers(package(tmp_path / "maps.sqlite3", {"KH": [cambodian], "LA": [lao]}))
    assert shapely.length(rivers.geometry.values).sum() == pytest.approx(1.5, abs=0.01)
    assert set(rivers["name"]) == {"Kong"}


def test_damaged_rivers_are_refused(tmp_path):
    with pytest.raises(ValueError, match="checksum"):
        read_rivers(package(tmp_path / "maps.sqlite3", {"KH": [river("Kong", (106, 13), (106, 14))]}, damaged=True))


def test_the_western_arm_is_the_bassac():
    assert name_river("Mekong", shapely.LineString([(105.0, 11.5), (105.1, 10.8)])) == "Bassac"
    assert name_river("Mekong", shapely.LineString([(105.0, 11.6), (105.3, 10.8)])) == "Mekong"
    assert name_river("River", shapely.LineString([(103, 12), (104, 12)])) == ""


def test_rivers_end_at_the_shores():
    water = gpd.GeoDataFrame(
        {"kind": ["lake", "river"], "name": ["", "Sreng"]},
        geometry=[shapely.box(103, 12, 104, 13), shapely.LineString([(102, 12.5), (105, 12.5)])],
        crs="EPSG:4326",
    )
    served = serve_water(water).set_index("kind")
    assert served.geometry["river"].length == pytest.approx(2)
    assert served.geometry["river"].intersection(served.geometry["lake"]).length == 0
    assert served["label_latitude"].isna().all()


def test_the_country_has_its_water():
    named = {(row.kind, row.name_en): row.geometry for row in SERVED.itertuples()}
    assert set(named) >= {("lake", "Tonle Sap"), ("river", "Tonle Sap"), ("river", "Mekong"), ("river", "Bassac")}
    through = load_provinces().set_index("province_code").geometry
    assert through["KH-17"].intersects(named["lake", "Tonle Sap"])  # Siem Reap
    assert all(through[code].intersects(named["river", "Mekong"]) for code in ("KH-19", "KH-10", "KH-3", "KH-8"))
    assert through["KH-8"].intersects(named["river", "Bassac"])


def test_labels_stand_at_their_water():
    labelled = SERVED[SERVED["label_latitude"].notna()]
    assert len(labelled) == 4
    points = gpd.GeoSeries.from_xy(labelled["label_longitude"], labelled["label_latitude"], crs="EPSG:4326")
    distances = [shape.distance(point) for shape, point in zip(labelled.geometry, points, strict=True)]
    assert max(distances) < 0.001
    assert (labelled["name_km"] != "").all()


def test_served_water_is_small_valid_and_near_the_exact():
    assert SERVED_FILE.stat().st_size <= 25_000
    assert SERVED.is_valid.all()
    coordinates = shapely.get_coordinates(SERVED.geometry.values)
    assert (coordinates == coordinates.round(4)).all()
    exact = shapely.boundary(EXACT.geometry[EXACT["kind"] == "lake"].union_all())
    exact = shapely.union_all([exact, *EXACT.geometry[EXACT["kind"] == "river"]])
    assert shapely.distance(shapely.points(coordinates), exact).max() < 0.001
