from __future__ import annotations

import pyproj
import pytest

from data.formats.reprojection import read_crs, to_degrees
from errors import UnreadableFileError


@pytest.mark.parametrize(
    ("crs", "longitude", "latitude", "accuracy"),
    [("EPSG:32648", 104.92, 11.56, ""), ("EPSG:3148", 104.9162, 11.5629, "44 m"), ("EPSG:32647", 98.92, 11.56, "")],
)
def test_metres_become_degrees_and_the_way_is_said(crs, longitude, latitude, accuracy):
    for text in (crs, pyproj.CRS(crs).to_wkt()):
        degrees = to_degrees([491277.0], [1277901.0], text, "x")
        assert degrees.longitudes == [pytest.approx(longitude, abs=1e-3)]
        assert degrees.latitudes == [pytest.approx(latitude, abs=1e-3)]
        assert pyproj.CRS(crs).name in degrees.note
        assert accuracy in degrees.note


@pytest.mark.parametrize("crs", ["EPSG:4326", pyproj.CRS("EPSG:4326").to_wkt("WKT1_ESRI")])
def test_degrees_stay_as_they_are(crs):
    assert to_degrees([104.1], [11.2], crs, "x") == ([104.1], [11.2], "")


@pytest.mark.parametrize("text", ["EPSG:999999", "nonsense", "/etc/passwd", "+proj=utm +zone=48", ""])
def test_what_names_no_system_is_asked_about(text):
    with pytest.raises(UnreadableFileError) as caught:
        read_crs(text, "x")
    assert "(crs)" in caught.value.hint


def test_no_datum_is_guessed():
    with pytest.raises(UnreadableFileError, match="with certainty"):
        to_degrees([1.0], [1.0], 'LOCAL_CS["site", UNIT["metre", 1]]', "x")
