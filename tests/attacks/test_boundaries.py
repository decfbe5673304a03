"""Files of boundaries that would break, mislead or overload: each is refused in words, and none leaves anything."""

from __future__ import annotations

import pytest
import shapely

from data.boundary_sets import read_boundaries
from errors import FileTooLargeError, UnreadableFileError, UploadError
from tests.attacks.made_files import archive, lying_archive, with_schema, workbook
from tests.data.boundary_files import (
    KANDAL,
    PHNOM_PENH,
    as_geojson,
    as_geopackage,
    as_shapefile,
    synthetic_provinces,
)

NAME = "synthetic"


def refused(content: bytes, error: type[UploadError] = UnreadableFileError, **more: str) -> str:
    with pytest.raises(error) as caught:
        read_boundaries(content, NAME, 1, **more)
    assert caught.value.hint
    return str(caught.value)


def reasons(content: bytes, **more: str) -> str:
    checked = read_boundaries(content, NAME, 1, **more).checked
    assert checked.refused
    return " ".join(finding.message for finding in checked.findings if finding.refuses)


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    bomb = archive({"a.shp": b"\0" * 20_000_000, "a.shx": b"", "a.dbf": b"", "a.prj": b""})
    assert "times its size" in refused(bomb, FileTooLargeError)
    assert "damaged" in refused(lying_archive("a.shp", b"\0" * 1000, 10))
    assert "archive within" in refused(archive({"a.shp": b"PK\x03\x04", "a.dbf": b"", "a.shx": b""}))
    assert "leads out" in refused(archive({"../a.shp": b""}))


def test_more_positions_than_the_limit_are_refused_before_they_are_read(monkeypatch):
    monkeypatch.setattr("data.formats.polygons._VERTICES", 10)
    monkeypatch.setenv("ATLAS_MAX_VERTICES", "10")
    assert "more than 10 positions" in refused(as_geojson(synthetic_provinces()), FileTooLargeError)


def test_without_a_reference_system_nothing_is_assumed(tmp_path):
    frame = synthetic_provinces()
    content = as_shapefile(tmp_path, frame.to_crs(32648), without=[".prj"])
    assert ".prj" in refused(content)
    assert not read_boundaries(content, NAME, 1, crs="EPSG:32648").checked.refused
    # Said to be degrees, though they are metres: no place on earth.
    assert "beyond" in reasons(content, crs="EPSG:4326")


def test_a_reference_system_that_cannot_be_converted_is_refused(tmp_path):
    content = as_geojson(synthetic_provinces()).replace(
        b'"type": "FeatureCollection",',
        b'"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::99999"}},',
    )
    assert "reference" in refused(content)


def test_metres_in_geojson_are_refused():
    assert refused(as_geojson(synthetic_provinces().to_crs(32648).set_crs(4326, allow_override=True)))


def test_exchanged_axes_24_provinces_and_a_wide_overlap_are_refused_and_named(tmp_path):
    frame = synthetic_provinces()
    swapped = frame.set_geometry([shapely.transform(shape, lambda xy: xy[:, ::-1]) for shape in frame.geometry])
    swapped = swapped.set_crs(4326)
    with pytest.raises(UploadError):
        read_boundaries(as_geojson(swapped), NAME, 1)
    assert "exchanged" in reasons(as_geopackage(tmp_path, swapped))
    assert "1 of the 25 provinces are not there" in reasons(as_geojson(frame.drop(index=3)))
    shapes = list(frame.geometry)
    shapes[PHNOM_PENH] = shapely.union(shapes[PHNOM_PENH], shapes[PHNOM_PENH].buffer(0.05).intersection(shapes[KANDAL]))
    assert "Kandal and Phnom Penh overlap by" in reasons(as_geojson(frame.set_geometry(shapes, crs=4326)))


def test_districts_are_no_provinces_and_points_no_areas():
    frame = synthetic_provinces()
    assert "No area is drawn" in reasons(as_geojson(frame.set_geometry(frame.representative_point())))
    assert "No code or name" in reasons(as_geojson(frame.drop(columns=["ADM1_EN", "ADM1_KM", "ADM1_PCODE"])))


def test_markup_in_names_stays_text():
    frame = synthetic_provinces().assign(ADM1_EN="<script>alert(1)</script>", ADM1_KM="{{7*7}}", ADM1_PCODE="${x}")
    assert "<script>alert(1)</script>" in reasons(as_geojson(frame))


def test_a_geopackage_with_stored_queries_is_refused(tmp_path):
    made = as_geopackage(tmp_path, synthetic_provinces())
    assert "stored queries" in refused(with_schema(tmp_path, made, "CREATE VIEW v AS SELECT 1"))
    assert "damaged" in refused(made[:5000])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"id,name\n1,2\n",
        b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>',
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": '
        b'{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 1], [2, 2], [NaN, 1]]]}}]}',
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_boundaries_is_refused(content):
    refused(content, UploadError)


def test_a_file_without_features_is_refused():
    assert "has no areas" in reasons(b'{"type": "FeatureCollection", "features": []}')


def test_a_workbook_is_no_map_file():
    assert "GeoJSON" in refused(workbook({"a": [["x"], [1]]}))
