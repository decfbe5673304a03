from __future__ import annotations

import json

import pytest

from data.export import export_geojson
from data.formats.geojson import read_geojson
from data.read import read_table
from errors import UnreadableFileError
from tests.attacks.attack_files import HEADER, bring_in
from tests.attacks.made_files import RECORD, geojson, point


def cells_of(properties: dict[str, object]) -> dict[str, str]:
    (_, header), (_, cells) = read_geojson(geojson(None, properties), "x").records
    return dict(zip(header, cells, strict=True))


def test_properties_become_text():
    properties = {
        "t": " 007 ", "n": None, "i": 3, "f": 3.0, "g": 12.345, "b": True, "l": ["a", 1, None], "m": ["a;b"],
        "o": {"x": [1, 2.5]}, "big": 12345678901234567890,
    }  # fmt: skip
    assert cells_of(properties) == {
        "t": " 007 ", "n": "", "i": "3", "f": "3", "g": "12.3450", "b": "true", "l": "a;1;", "m": '["a;b"]',
        "o": '{"x": [1, 2.5]}', "big": "12345678901234567890",
    }  # fmt: skip


def test_a_point_gives_latitude_and_longitude_and_the_feature_its_number():
    result = bring_in(geojson(point(104.1803, 10.6112)), "x.geojson")
    assert result.accepted[["latitude", "longitude"]].to_numpy().tolist() == [[10.6112, 104.1803]]
    assert result.accepted["row_number"].tolist() == [2]
    assert result.accepted["province_code"].tolist() == ["KH-7"]
    assert (result.reading.file_format, result.reading.encoding) == ("geojson", "")


@pytest.mark.parametrize("form", ["feature", "list", "several-points-of-one"])
def test_other_forms_of_the_same(form):
    collection = json.loads(geojson(point(104.1803, 10.6112)))
    if form == "several-points-of-one":
        collection["features"][0]["geometry"] = {"type": "MultiPoint", "coordinates": [[104.1803, 10.6112]]}
    content = {"feature": collection["features"][0], "list": collection["features"]}.get(form, collection)
    table = read_table(json.dumps(content).encode(), "x")
    assert table.rows[["latitude", "longitude"]].to_numpy().tolist() == [["10.6112", "104.1803"]]


def test_a_stated_projection_is_converted_and_said():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32648"}}
    contents = read_geojson(geojson(point(491277, 1277901), crs=crs), "x")
    header, (_, cells) = contents.records[0][1], contents.records[1]
    found = dict(zip(header, cells, strict=True))
    assert float(found["latitude"]) == pytest.approx(11.56, abs=1e-4)
    assert float(found["longitude"]) == pytest.approx(104.92, abs=1e-4)
    assert "UTM zone 48N" in contents.notes[0]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_stated_degrees_need_nothing(name):
    crs = {"type": "name", "properties": {"name": name}}
    assert read_geojson(geojson(point(104, 11), crs=crs), "x").notes == ()


@pytest.mark.parametrize(
    "content", [b'{"a": 1}', b"[1]", b'{"type": "Topology"}', b'{"type":"FeatureCollection"}', b"[]x"]
)
def test_other_json_is_refused(content):
    with pytest.raises(UnreadableFileError, match="JSON"):
        read_geojson(content, "x")


def test_the_features_own_identifiers_are_kept_once():
    def ids(own: str, properties: dict[str, str]) -> list[str]:
        collection = json.loads(geojson(None, properties))
        collection["features"][0]["id"] = own
        return read_geojson(json.dumps(collection).encode(), "x").records[0][1]

    assert ids("f-1", {"a": "1"}) == ["id", "a"]
    assert ids("1", {"a": "1"}) == ["a"]
    assert ids("f-1", {"id": "2"}) == ["id"]


def test_our_own_export_reads_back():
    first = bring_in(HEADER + "a-1,2023-04,Kampot,10.6112,104.1803,3,\na-2,2023-05-01,Kampot,,,,\n")
    again = bring_in(export_geojson(first.accepted, "complaint"), "x.geojson")
    columns = ["complaint_id", "received_date", "latitude", "longitude", "people_affected", "province_code"]
    assert again.accepted[columns].equals(first.accepted[columns])


def test_a_feature_without_properties_is_a_row():
    content = geojson(point(104, 11), RECORD).replace(json.dumps(RECORD).encode(), b"null")
    assert read_table(content, "x").rows.to_numpy().tolist() == [["11", "104"]]
