from __future__ import annotations

import pytest
import shapely

from data.formats.polygons import boundary_limits, read_polygons
from data.limits import current_limits
from errors import UnreadableFileError
from tests.attacks.made_files import geopackage, layer, shapefile

SQUARE = shapely.box(104, 11, 105, 12)
COLUMNS = {"name": ["កំពត"], "code": ["KH07"]}


def test_official_sets_may_be_larger_than_files_of_records(monkeypatch):
    assert boundary_limits().vertices > current_limits().vertices
    assert boundary_limits().bytes == current_limits().bytes
    monkeypatch.setenv("ATLAS_MAX_VERTICES", "9000000")
    assert boundary_limits().vertices == 9_000_000


def test_each_format_gives_the_same_shapes_and_texts(tmp_path):
    frame = layer(SQUARE, **COLUMNS)
    files = {
        "geojson": frame.to_json().encode(),
        "gpkg": geopackage(tmp_path, one=frame),
        "zip": shapefile(tmp_path, frame),
    }
    for ending, content in files.items():
        found = read_polygons(content, "synthetic")
        assert found.ending == ending
        assert found.properties == [{"name": "កំពត", "code": "KH07"}]
        assert shapely.equals(found.shapes[0], SQUARE)


def test_metres_are_converted_from_what_the_file_says(tmp_path):
    frame = layer(SQUARE, crs=4326, **COLUMNS).to_crs(32648)
    stated = frame.to_json(to_wgs84=False).encode()
    for content in (geopackage(tmp_path, one=frame), shapefile(tmp_path, frame), stated):
        found = read_polygons(content, "synthetic")
        assert shapely.hausdorff_distance(found.shapes[0], SQUARE) < 1e-6
        assert "UTM zone 48N" in found.notes[0]


def test_layers_are_chosen_by_name(tmp_path):
    frame = layer(SQUARE, **COLUMNS)
    content = geopackage(tmp_path, adm1=frame, adm2=frame)
    with pytest.raises(UnreadableFileError, match="2 layers"):
        read_polygons(content, "synthetic")
    assert len(read_polygons(content, "synthetic", sheet="adm2").shapes) == 1


def test_other_files_are_refused():
    with pytest.raises(UnreadableFileError, match="CSV"):
        read_polygons(b"a,b\n1,2\n", "synthetic")
