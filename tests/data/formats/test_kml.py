from __future__ import annotations

import pytest

from data.formats.kml import read_kml
from data.read import read_table
from errors import FileTooLargeError, UnreadableFileError
from tests.attacks.attack_files import bring_in
from tests.attacks.made_files import KML, KML_POINT, PLACEMARK


def rows(inside: str) -> list[dict[str, str]]:
    (_, header), *others = read_kml(KML.format(inside).encode(), "x.kml").records
    return [dict(zip(header, cells, strict=True)) for _, cells in others]


def test_a_placemark_is_a_record():
    result = bring_in(KML.format(PLACEMARK.format(KML_POINT)).encode(), "x.kml")
    assert result.accepted[["complaint_id", "people_affected", "latitude"]].to_numpy().tolist() == [["a-1", 3, 10.6112]]
    assert result.reading.file_format == "kml"


def test_everything_a_placemark_says_is_a_column():
    (row,) = rows(
        "<Folder><name>Raids</name><Folder><name>2023</name>"
        "<Placemark id='p'><name>A &amp; B</name><styleUrl>#s</styleUrl>"
        "<description><![CDATA[<b>x</b>]]></description><TimeSpan><begin>2023-01</begin><end>2023-02</end></TimeSpan>"
        "<ExtendedData><SchemaData schemaUrl='#x'><SimpleData name='victims'>3</SimpleData></SchemaData></ExtendedData>"
        "<Point><coordinates> 104.18, 10.61, 5 </coordinates></Point></Placemark></Folder></Folder>"
    )
    assert row == {
        "id": "p", "name": "A & B", "description": "<b>x</b>", "begin": "2023-01", "end": "2023-02", "victims": "3",
        "folder": "Raids/2023", "latitude": "10.61", "longitude": "104.18", "altitude": "5",
    }  # fmt: skip


def test_two_values_of_one_name_are_both_kept():
    (row,) = rows(
        "<Placemark><name>A</name><ExtendedData><Data name='name'><value>B</value></Data></ExtendedData></Placemark>"
    )
    assert row == {"name": "A", "name*": "B"}


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ("<LineString><coordinates>1,2 3,4</coordinates></LineString>", "a line"),
        ("<Polygon><outerBoundaryIs/></Polygon>", "an area"),
        (f"<MultiGeometry>{KML_POINT}{KML_POINT}</MultiGeometry>", "a collection of shapes"),
        (f"<MultiGeometry>{KML_POINT}</MultiGeometry>", ""),
        ("<Point><coordinates></coordinates></Point>", ""),
        ("", ""),
    ],
)
def test_only_a_point_gives_coordinates(shape, said):
    contents = read_kml(KML.format(PLACEMARK.format(shape)).encode(), "x.kml")
    assert [mark.detail for mark in contents.marks] == ([said] if said else [])


@pytest.mark.parametrize(
    "content",
    [
        KML.format("<Placemark>").encode(),
        b'<!DOCTYPE kml><kml xmlns="http://www.opengis.net/kml/2.2"/>',
        KML.format("<Folder>" * 200 + "</Folder>" * 200).encode(),
        KML.format("<Placemark><Point><coordinates>x,y</coordinates></Point></Placemark>").encode(),
        KML.format("<Placemark><Point><coordinates>104</coordinates></Point></Placemark>").encode(),
        KML.format(PLACEMARK.format("&evil;")).encode(),
    ],
    ids=["broken", "dtd", "deep", "letters", "half", "entity"],
)
def test_what_is_refused(content):
    with pytest.raises(UnreadableFileError, match=r"x\.kml") as caught:
        read_kml(content, "x.kml")
    assert caught.value.hint


def test_entities_that_grow_are_refused():
    entities = b'<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    bomb = b'<?xml version="1.0"?>' + entities + b"<kml><Placemark>&b;</Placemark></kml>"
    with pytest.raises(UnreadableFileError):
        read_table(bomb, "x.kml")
    with pytest.raises(UnreadableFileError):
        read_kml(bomb, "x.kml")


def test_more_placemarks_than_the_limit(monkeypatch):
    monkeypatch.setenv("ATLAS_MAX_ROWS", "2")
    with pytest.raises(FileTooLargeError, match="2 placemarks"):
        read_kml(KML.format("<Placemark><name>x</name></Placemark>" * 3).encode(), "x.kml")
