from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import shapely

from geo.boundaries import load_provinces
from geo.boundary_drawing import MOST_VERTICES, draw_districts, draw_provinces

PROPERTIES = {"province_code", "name_en", "name_km", "label_latitude", "label_longitude"}


def read(text: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame.from_features(json.loads(text), crs="EPSG:4326")


def test_a_detailed_set_is_drawn_light_with_the_properties_of_the_bundled_file():
    rough = load_provinces()
    fine = rough.set_geometry(shapely.segmentize(rough.geometry.values, 0.002))
    wavy = shapely.transform(fine.geometry.values, lambda xy: xy + 0.0004 * np.sin(xy[:, ::-1] * 7000))
    fine = fine.set_geometry(gpd.GeoSeries(shapely.make_valid(wavy), crs="EPSG:4326"))
    assert shapely.get_num_coordinates(fine.geometry.values).sum() > 3 * MOST_VERTICES[1]
    files = draw_provinces(fine, "© Nobody")
    drawn = read(files["provinces.json"])
    assert set(drawn.columns) == PROPERTIES | {"geometry"}
    assert json.loads(files["provinces.json"])["attribution"] == "© Nobody"
    assert shapely.get_num_coordinates(drawn.geometry.values).sum() <= MOST_VERTICES[1]
    assert drawn.geometry.is_valid.all()
    labels = gpd.points_from_xy(drawn["label_longitude"], drawn["label_latitude"])
    assert shapely.contains(drawn.geometry.values, np.asarray(labels)).all()
    coordinates = shapely.get_coordinates(drawn.geometry.values)
    assert np.array_equal(coordinates, coordinates.round(4))
    neighbours = read(files["neighbours.json"])
    assert {"TH", "LA", "VN"} <= set(neighbours["country_code"])


def test_districts_keep_their_codes_and_names():
    shapes = load_provinces().head(2).geometry
    table = gpd.GeoDataFrame(
        {"district_code": ["a", "b"], "name_en": ["A", "B"], "name_km": ["", ""], "province_code": ["KH-1", "KH-2"]},
        geometry=list(shapes),
        crs="EPSG:4326",
    )
    drawn = read(draw_districts(table, "x")["districts.json"])
    assert drawn["district_code"].tolist() == ["a", "b"]
    assert drawn["label_latitude"].between(12, 15).all()
