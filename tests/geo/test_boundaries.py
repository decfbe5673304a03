from __future__ import annotations

import hashlib
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from errors import BoundaryError
from geo import boundaries
from geo.boundaries import boundary_source, check_provinces, load_neighbours, load_outline, load_provinces
from geo.centres import name_centres
from geo.coordinates import locate
from geo.gazetteer import PROVINCE_CODES


@pytest.fixture
def provinces() -> gpd.GeoDataFrame:
    return load_provinces()


def replace_shape(provinces: gpd.GeoDataFrame, code: str, shape: shapely.Geometry) -> gpd.GeoDataFrame:
    shapes = [
        shape if each == code else old for each, old in zip(provinces.province_code, provinces.geometry, strict=True)
    ]
    return provinces.set_geometry(gpd.GeoSeries(shapes, crs=provinces.crs))


def shape_of(provinces: gpd.GeoDataFrame, code: str) -> shapely.Geometry:
    return provinces.set_index("province_code").geometry[code]


def test_all_provinces_in_iso_order(provinces):
    assert tuple(provinces["province_code"]) == PROVINCE_CODES
    assert list(provinces.columns) == ["province_code", "geometry"]
    assert provinces.crs == "EPSG:4326"


def test_the_bundled_provinces_pass_their_own_checks(provinces):
    check_provinces(provinces)


def test_area_is_that_of_cambodia(provinces):
    square_kilometres = provinces.to_crs("EPSG:32648").area.sum() / 1e6
    assert square_kilometres == pytest.approx(181_035, rel=0.005)


def test_callers_cannot_spoil_the_provinces(provinces):
    provinces.loc[0, "province_code"] = "KH-99"
    provinces["extra"] = 1
    provinces.loc[3, "geometry"] = None
    again = load_provinces()
    assert tuple(again["province_code"]) == PROVINCE_CODES
    assert list(again.columns) == ["province_code", "geometry"]
    assert again.geometry.notna().all()


def test_row_order_and_further_columns_do_not_matter(provinces):
    check_provinces(provinces.iloc[::-1].assign(name="x"))


def test_missing_codes_are_named(provinces):
    with pytest.raises(BoundaryError, match=r"lack KH-2, KH-12") as caught:
        check_provinces(provinces[~provinces["province_code"].isin(["KH-12", "KH-2"])])
    assert caught.value.context["codes"] == ["KH-2", "KH-12"]


def test_unknown_codes_are_named(provinces):
    extra = provinces.iloc[[0]].assign(province_code="KH-26")
    with pytest.raises(BoundaryError, match="KH-26"):
        check_provinces(pd.concat([provinces, extra]))


def test_codes_given_twice_are_named(provinces):
    with pytest.raises(BoundaryError, match=r"more than once: KH-7\."):
        check_provinces(pd.concat([provinces, provinces[provinces["province_code"] == "KH-7"]]))


def test_a_table_without_codes_is_refused(provinces):
    with pytest.raises(BoundaryError, match="province_code"):
        check_provinces(provinces.drop(columns="province_code"))


def test_metres_declared_as_such_are_refused(provinces):
    with pytest.raises(BoundaryError, match="UTM zone 48N"):
        check_provinces(provinces.to_crs("EPSG:32648"))


def test_metres_declared_as_degrees_are_refused(provinces):
    metres = provinces.to_crs("EPSG:32648").set_crs("EPSG:4326", allow_override=True)
    with pytest.raises(BoundaryError, match="not longitude and latitude"):
        check_provinces(metres)


def test_an_undeclared_reference_system_is_refused(provinces):
    with pytest.raises(BoundaryError, match="no coordinate reference system"):
        check_provinces(provinces.set_crs(None, allow_override=True))


def test_swapped_axes_are_refused(provinces):
    swapped = provinces.set_geometry(
        gpd.GeoSeries(shapely.transform(provinces.geometry.values, lambda xy: xy[:, ::-1]))
    )
    with pytest.raises(BoundaryError, match="KH-1, KH-2"):
        check_provinces(swapped.set_crs("EPSG:4326", allow_override=True))


@pytest.mark.parametrize("shape", [shapely.Point(104, 12), shapely.MultiPolygon(), None])
def test_a_shape_without_area_is_refused(provinces, shape):
    with pytest.raises(BoundaryError, match=r"No area is drawn for KH-4\."):
        check_provinces(replace_shape(provinces, "KH-4", shape))


def test_a_ring_that_crosses_itself_is_refused(provinces):
    bow_tie = shapely.Polygon([(104, 12), (105, 13), (105, 12), (104, 13)])
    with pytest.raises(BoundaryError, match=r"cross or touch themselves in KH-4\."):
        check_provinces(replace_shape(provinces, "KH-4", bow_tie))


def test_nan_coordinates_are_refused(provinces):
    with np.errstate(invalid="ignore"):
        ring = shapely.Polygon([(104, 12), (float("nan"), 13), (105, 12)])
    with pytest.raises(BoundaryError, match="KH-4"):
        check_provinces(replace_shape(provinces, "KH-4", ring))


def test_an_overlap_is_refused(provinces):
    grown = shape_of(provinces, "KH-12").buffer(0.05)
    with pytest.raises(BoundaryError, match=r"overlap.*KH-8.*KH-12"):
        check_provinces(replace_shape(provinces, "KH-12", grown))


def test_a_narrow_gap_is_refused(provinces):
    shrunk = shape_of(provinces, "KH-12").buffer(-0.0001)
    with pytest.raises(BoundaryError, match="KH-12"):
        check_provinces(replace_shape(provinces, "KH-12", shrunk))


def test_a_wide_gap_is_refused(provinces):
    shrunk = shape_of(provinces, "KH-12").buffer(-0.03)
    with pytest.raises(BoundaryError, match=r"no province, between KH-8\."):
        check_provinces(replace_shape(provinces, "KH-12", shrunk))


def test_a_province_cut_out_of_another_is_a_gap(provinces):
    battambang = shape_of(provinces, "KH-2")
    hole = battambang.representative_point().buffer(0.05)
    with pytest.raises(BoundaryError, match=r"KH-2\."):
        check_provinces(replace_shape(provinces, "KH-2", battambang.difference(hole)))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[]",
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}}]}',
        b'{"type": "FeatureCollection", "features": [], "x": NaN}',
        b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/hosts</SrcDataSource></OGRVRTLayer>',
    ],
)
def test_a_damaged_file_is_refused(tmp_path, monkeypatch, content):
    damaged = tmp_path / "provinces.geojson"
    damaged.write_bytes(content)
    monkeypatch.setattr(boundaries, "PROVINCES_FILE", damaged)
    boundaries._provinces.cache_clear()
    with pytest.raises(BoundaryError):
        load_provinces()


def test_a_missing_source_record_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(boundaries, "PROVINCES_FILE", tmp_path / "provinces.geojson")
    with pytest.raises(BoundaryError, match=r"provinces\.geojson\.source\.yml"):
        boundary_source()


def test_the_source_says_whose_the_boundaries_are():
    source = boundary_source()
    assert {
        "title",
        "publisher",
        "url",
        "licence",
        "attribution",
        "retrieved",
        "sha256",
        "how_made",
        "known_limits",
    } <= set(source)
    assert source["licence"] == "ODbL-1.0"
    assert "OpenStreetMap" in source["attribution"]


def test_neighbours_are_the_countries_around():
    neighbours = load_neighbours()
    assert {"TH", "LA", "VN"} <= set(neighbours["country_code"])
    assert "KH" not in set(neighbours["country_code"])
    assert neighbours.crs == "EPSG:4326"
    assert neighbours.is_valid.all()


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "country"),
    [
        ("Bangkok", 13.75, 100.50, "TH"),
        ("Ho Chi Minh City", 10.78, 106.70, "VN"),
        ("Phu Quoc", 10.22, 103.97, "VN"),
        ("Pakse", 15.12, 105.80, "LA"),
    ],
)
def test_known_places_lie_in_their_country(place, latitude, longitude, country):
    neighbours = load_neighbours()
    hit = neighbours[neighbours.intersects(shapely.Point(longitude, latitude))]
    assert list(hit["country_code"]) == [country]


def test_the_outline_nearly_is_the_union_of_the_provinces(provinces):
    union = provinces.to_crs("EPSG:32648").union_all()
    outline = gpd.GeoSeries([load_outline()], crs="EPSG:4326").to_crs("EPSG:32648").iloc[0]
    assert union.symmetric_difference(outline).area / union.area < 0.03


def test_a_neighbours_file_without_cambodia_is_refused(tmp_path, monkeypatch):
    collection = json.loads(boundaries.NEIGHBOURS_FILE.read_text("utf-8"))
    collection["features"] = [each for each in collection["features"] if each["properties"]["country_code"] != "KH"]
    changed = tmp_path / "neighbours.geojson"
    changed.write_text(json.dumps(collection), "utf-8")
    monkeypatch.setattr(boundaries, "NEIGHBOURS_FILE", changed)
    boundaries._countries.cache_clear()
    with pytest.raises(BoundaryError, match=r"neighbours\.geojson"):
        load_neighbours()


@pytest.fixture(autouse=True)
def _forget_what_was_read():
    yield
    boundaries._provinces.cache_clear()
    boundaries._countries.cache_clear()


def test_an_installed_set_is_followed_by_all_that_rests_on_it(tmp_path):
    shapes = load_provinces()
    swapped = replace_shape(shapes, "KH-7", shape_of(shapes, "KH-23"))
    swapped = replace_shape(swapped, "KH-23", shape_of(shapes, "KH-7"))
    content = swapped.to_json(drop_id=True).encode()
    folder = tmp_path / hashlib.sha256(content).hexdigest()
    folder.mkdir()
    (folder / "boundaries.geojson").write_bytes(content)
    (folder / "source.json").write_text('{"attribution": "Nobody"}')
    point = shape_of(shapes, "KH-7").representative_point()
    assert locate(point.y, point.x).province_code == "KH-7"
    with boundaries.try_boundaries(folder):
        assert boundary_source() == {"attribution": "Nobody"}
        assert boundaries.boundary_version() == folder.name
        assert locate(point.y, point.x).province_code == "KH-23"
        assert name_centres([point.y], [point.x]) == ["Kep"]
        with boundaries.try_boundaries(None):
            assert boundary_source()["licence"] == "ODbL-1.0"
    assert locate(point.y, point.x).province_code == "KH-7"
    boundaries.use_boundaries(folder)
    try:
        assert boundaries.boundaries_in_use() == folder
        assert locate(point.y, point.x).province_code == "KH-23"
        (folder / "source.json").unlink()
        with pytest.raises(BoundaryError, match="are not there"):
            boundary_source()
    finally:
        boundaries.use_boundaries(None)


def test_an_installed_set_that_was_changed_is_refused(tmp_path):
    folder = tmp_path / ("0" * 64)
    folder.mkdir()
    with pytest.raises(BoundaryError, match="are not there"):
        boundaries.load_installed(folder)
    (folder / "boundaries.geojson").write_text(load_provinces().to_json())
    with pytest.raises(BoundaryError, match="not as they were installed"):
        boundaries.load_installed(folder)
