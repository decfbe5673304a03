from __future__ import annotations

import json
from hashlib import sha256

import geopandas as gpd
import pytest
import shapely

from data.boundary_sets import BoundarySource, check_boundary_source, keep_set, read_boundaries, trying
from errors import BoundaryError
from geo.boundaries import boundary_version, load_provinces
from geo.coordinates import locate
from tests.data.boundary_files import (
    SOURCE,
    as_geojson,
    as_geopackage,
    as_shapefile,
    strip_of,
    synthetic_districts,
    synthetic_provinces,
    synthetic_set,
)

RECORD = {"attribution": "Nobody"}


def test_the_same_shapes_in_each_format_are_one_set(tmp_path):
    frame = synthetic_provinces()
    files = {
        "synthetic.geojson": as_geojson(frame),
        "synthetic.gpkg": as_geopackage(tmp_path, frame),
        "synthetic.zip": as_shapefile(tmp_path, frame),
    }
    read = {name: read_boundaries(content, name, 1) for name, content in files.items()}
    assert not any(each.checked.refused for each in read.values())
    first = read["synthetic.geojson"].checked.shapes
    for each in read.values():
        assert list(each.checked.shapes["province_code"]) == list(first["province_code"])
        drawn = each.checked.shapes.geometry.values
        assert shapely.area(shapely.symmetric_difference(drawn, first.geometry.values)).max() < 1e-5
    assert [each.ending for each in read.values()] == ["geojson", "gpkg", "zip"]


def test_metres_are_converted_and_it_is_said(tmp_path):
    found = read_boundaries(as_shapefile(tmp_path, synthetic_provinces().to_crs(32648)), "synthetic.zip", 1)
    assert not found.checked.refused
    assert "UTM zone 48N" in found.notes[0]


def test_a_refused_set_has_no_geometry_and_says_why():
    found = read_boundaries(as_geojson(synthetic_provinces().iloc[1:]), "synthetic.geojson", 1)
    assert found.geometry == b""
    with pytest.raises(BoundaryError, match="Banteay Meanchey") as caught:
        found.refuse_flawed()
    assert len(caught.value.context["reasons"]) == 1


@pytest.mark.parametrize("name", ["title", "publisher", "licence"])
def test_whose_they_are_must_be_said(name):
    answers = {"title": "a", "publisher": "b", "licence": "c"} | {name: "  "}
    with pytest.raises(BoundaryError, match=name):
        check_boundary_source(BoundarySource(**answers))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://"])
def test_an_address_is_a_web_address(url):
    with pytest.raises(BoundaryError, match="web address"):
        check_boundary_source(BoundarySource("a", "b", "c", url))


def test_what_is_kept_is_named_by_its_checksum_and_is_noticed_when_it_changes(tmp_path):
    found = synthetic_set()
    folder = keep_set(tmp_path, found, RECORD)
    assert folder.name == sha256((folder / "boundaries.geojson").read_bytes()).hexdigest() == found.checksum
    assert (folder / "file.geojson").read_bytes() == found.content
    assert json.loads((folder / "source.json").read_text()) == RECORD
    assert sorted(each.name for each in folder.iterdir()) == [
        "boundaries.geojson", "file.geojson", "neighbours.json", "provinces.json", "source.json",
    ]  # fmt: skip
    assert [each.name for each in folder.parent.iterdir()] == [found.checksum]
    keep_set(tmp_path, found, {"attribution": "Somebody"})
    assert json.loads((folder / "source.json").read_text()) == {"attribution": "Somebody"}


def test_a_set_is_tried_by_nobody_else_and_leaves_nothing():
    point = strip_of().representative_point()
    before = boundary_version()
    with trying(synthetic_set()):
        assert locate(point.y, point.x).province_code == "KH-12"
        assert boundary_version() == synthetic_set().checksum
    assert locate(point.y, point.x).province_code == "KH-8"
    assert boundary_version() == before


def test_districts_are_read_and_drawn(tmp_path):
    found = read_boundaries(as_geojson(synthetic_districts()), "synthetic-adm2.geojson", 2)
    assert not found.checked.refused
    folder = keep_set(tmp_path, found, RECORD)
    drawn = gpd.GeoDataFrame.from_features(json.loads((folder / "districts.json").read_text()), crs="EPSG:4326")
    assert set(drawn["district_code"]) == set(found.checked.shapes["district_code"])


def test_the_bundled_set_passes_as_an_official_one():
    frame = load_provinces().rename(columns={"province_code": "shapeISO"})
    assert not read_boundaries(as_geojson(frame), "synthetic.geojson", 1).checked.refused
    assert check_boundary_source(SOURCE) == SOURCE
