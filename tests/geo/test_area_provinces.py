from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.area import Circle, area_shape, inside, read_area
from geo.area_provinces import touched_provinces
from geo.boundaries import load_provinces
from geo.gazetteer import PROVINCE_CODES

PROVINCES = load_provinces().set_index("province_code").geometry
OUTLINES = {code: shapely.get_coordinates(shapely.segmentize(shape, 0.05)) for code, shape in PROVINCES.items()}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("circle:10.4833,104.3167,1", {"KH-23"}),  # Kep
        ("circle:12.5,105,500", set(PROVINCE_CODES)),
        ("polygon:14,99;14.2,99;14.2,99.2;14,99.2", set()),
        ("corridor:TH,1", {"KH-1", "KH-2", "KH-9", "KH-13", "KH-15", "KH-22", "KH-24"}),
        ("corridor:LA,1", {"KH-13", "KH-16", "KH-19"}),
    ],
)
def test_provinces_that_an_area_meets(text, codes):
    assert touched_provinces(read_area(text)) == codes


@given(st.floats(10, 14.5), st.floats(102.5, 107.5), st.floats(0.1, 200))
def test_no_province_with_a_point_inside_is_left_out(latitude, longitude, radius):
    area = Circle(latitude, longitude, radius)
    touched = touched_provinces(area)
    for code, shape in PROVINCES.items():
        if inside(area, *OUTLINES[code].T[::-1]).any() or shape.contains(shapely.Point(longitude, latitude)):
            assert code in touched
        if code not in touched:
            assert not area_shape(area).intersects(shape)


def test_a_circle_that_just_reaches_a_province_meets_it():
    # Due east of Bavet's province, between two corners of the circle's shape.
    corner = max(shapely.get_coordinates(PROVINCES["KH-20"]), key=lambda vertex: vertex[0])
    longitude, latitude, _ = Geod(ellps="WGS84").fwd(*corner, 88, 50_000)
    distance = Geod(ellps="WGS84").inv(longitude, latitude, *corner)[2] / 1000
    assert "KH-20" in touched_provinces(Circle(latitude, longitude, np.ceil(distance * 100) / 100 + 0.03))
