from __future__ import annotations

import pytest

from data.formats.detection import FORMATS, detect_format
from tests.attacks.made_files import archive, geojson, point, workbook


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (workbook({"a": [["x"]]}), "xlsx"),
        (archive({"a/b.SHP": b"", "a/b.dbf": b""}), "shapefile"),
        (archive({"a.txt": b"x"}), "csv"),
        (b"PK\x03\x04 no archive", "csv"),
        (geojson(point(104, 11)), "geojson"),
        (b"\xef\xbb\xbf \n" + geojson(None), "geojson"),
        (b'[{"type": "Feature"}]', "geojson"),
        (b"{{7*7}},b\n1,2\n", "csv"),
        (b"[a],b\n1,2\n", "csv"),
        (b'<?xml version="1.0"?>\n<!-- x --><kml xmlns="http://www.opengis.net/kml/2.2"/>', "kml"),
        (b"<kml:kml xmlns:kml='x'>", "kml"),
        (b"<kmlx>", "csv"),
        (b'<?xml version="1.0"?><gpx>', "csv"),
        (b"SQLite format 3\x00" + bytes(52) + b"GPKG" + bytes(30), "gpkg"),
        (b"SQLite format 3\x00" + bytes(100), "csv"),
        (b"a,b\n1,2\n", "csv"),
        (b"", "csv"),
    ],
)
def test_a_format_is_found_by_content(content, found):
    assert detect_format(content) == found
    assert found in FORMATS
