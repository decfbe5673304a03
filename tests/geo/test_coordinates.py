from __future__ import annotations

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.boundaries import load_provinces
from geo.coordinates import BORDER_TOLERANCE_M, SHORE_TOLERANCE_M, Location, locate, locate_points
from geo.gazetteer import PROVINCE_CODES

UTM_48N = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:32648", always_xy=True)
CAMBODIA_UTM = load_provinces().to_crs("EPSG:32648").union_all()


# Coordinates of known places: general knowledge.
@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "code"),
    [
        ("Phnom Penh", 11.5564, 104.9282, "KH-12"),
        ("Sihanoukville", 10.6093, 103.5296, "KH-18"),
        ("Koh Rong", 10.70, 103.25, "KH-18"),
        ("Ta Khmau", 11.483, 104.95, "KH-8"),
        ("Poipet", 13.6575, 102.5635, "KH-1"),
        ("Siem Reap", 13.362, 103.860, "KH-17"),
        ("Battambang", 13.10, 103.20, "KH-2"),
        ("Sen Monorom", 12.456, 107.189, "KH-11"),
        ("Banlung", 13.739, 106.987, "KH-16"),
        ("Pailin", 12.849, 102.609, "KH-24"),
    ],
)
def test_known_places(place, latitude, longitude, code):
    assert locate(latitude, longitude) == Location(code, "coordinates", 0.0)


def test_a_border_town_just_outside_the_drawn_border_is_not_lost():
    bavet = locate(11.067, 106.178)
    assert (bavet.province_code, bavet.match_method) == ("KH-20", "nearest")
    assert 0 < bavet.distance_m < 100


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "kilometres"),
    [
        ("Aranyaprathet", 13.69, 102.50, 6),
        ("Go Dau, beyond Moc Bai", 11.083, 106.266, 9),
        ("Phu Quoc", 10.22, 103.97, 33),
        ("north end of Phu Quoc", 10.43, 103.97, 15.7),
        ("Ha Tien", 10.383, 104.483, 5),
        ("Bangkok", 13.75, 100.50, 200),
        ("open sea", 9.0, 102.5, 205),
        ("Vientiane", 17.97, 102.60, 405),
        ("Gulf of Guinea", 0.0, 0.0, 11_352),
        ("the other side of the earth", -12.6, -75.0, 19_662),
    ],
)
def test_known_places_abroad(place, latitude, longitude, kilometres):
    found = locate(latitude, longitude)
    assert (found.province_code, found.match_method) == (None, "outside")
    assert found.distance_m / 1000 == pytest.approx(kilometres, rel=0.1)


def test_an_island_that_the_boundaries_lack_belongs_to_the_nearest_province():
    koh_rong_sanloem = locate(10.58, 103.30)
    assert (koh_rong_sanloem.province_code, koh_rong_sanloem.match_method) == ("KH-18", "nearest")


def test_at_sea_the_nearer_land_decides():
    assert locate(10.45, 103.70).province_code == "KH-18"
    assert locate(10.40, 103.90).match_method == "outside"  # off Phu Quoc, though within 15 km of Cambodia
    assert locate(10.40, 103.90).distance_m < SHORE_TOLERANCE_M


def test_beyond_the_shore_tolerance_the_sea_is_outside():
    far = locate(10.45, 102.90)
    assert far.match_method == "outside"
    assert far.distance_m > SHORE_TOLERANCE_M


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (float("nan"), 104.9),
        (11.5, float("nan")),
        (91.0, 104.9),
        (104.9, 11.5),
        (11.5, 181.0),
        (11.5, -180.5),
        (float("inf"), 104.9),
        (1e308, 1e308),
    ],
)
def test_unusable_coordinates_are_invalid(latitude, longitude):
    found = locate(latitude, longitude)
    assert (found.province_code, found.match_method) == (None, "invalid")
    assert np.isnan(found.distance_m)


def test_border_points_are_in_a_province_at_no_distance():
    coordinates = shapely.get_coordinates(load_provinces().geometry.values)
    located = locate_points(coordinates[:, 1], coordinates[:, 0])
    assert set(located["match_method"]) == {"coordinates"}
    assert (located["distance_m"] == 0).all()
    assert located["province_code"].isin(PROVINCE_CODES).all()


@given(st.floats(9.5, 15.5), st.floats(101.5, 108.5))
def test_answers_hold_together(latitude, longitude):
    found = locate(latitude, longitude)
    in_plane = shapely.Point(UTM_48N.transform(longitude, latitude))
    assert found.distance_m == pytest.approx(CAMBODIA_UTM.distance(in_plane), rel=0.002, abs=2)
    assert (found.province_code is None) == (found.match_method == "outside")
    if found.match_method == "nearest":
        assert 0 < found.distance_m <= SHORE_TOLERANCE_M
    if found.distance_m <= BORDER_TOLERANCE_M:
        assert found.province_code is not None


@given(st.floats(9.5, 15.5), st.floats(101.5, 108.5))
def test_nearest_names_the_nearest_province(latitude, longitude):
    found = locate(latitude, longitude)
    if found.match_method != "nearest":
        return
    shapes = load_provinces().to_crs("EPSG:32648").set_index("province_code").geometry
    distances = shapes.distance(shapely.Point(UTM_48N.transform(longitude, latitude)))
    assert distances[found.province_code] == pytest.approx(distances.min(), rel=0.002, abs=2)


@given(
    st.lists(
        st.tuples(
            st.one_of(st.floats(9, 16), st.floats(allow_nan=True, allow_infinity=True)),
            st.one_of(st.floats(101, 109), st.floats(allow_nan=True, allow_infinity=True)),
        ),
        max_size=20,
    )
)
def test_many_points_are_answered_like_one_each_and_none_is_lost(points):
    latitude = [point[0] for point in points]
    longitude = [point[1] for point in points]
    table = locate_points(latitude, longitude)
    one_by_one = [locate(*point) for point in points]
    assert list(table["province_code"]) == [found.province_code for found in one_by_one]
    assert list(table["match_method"]) == [found.match_method for found in one_by_one]
    np.testing.assert_array_equal(table["distance_m"], [found.distance_m for found in one_by_one])


def test_columns_and_types_even_without_points():
    for table in (locate_points([], []), locate_points([11.55], [104.92])):
        assert list(table.columns) == ["province_code", "match_method", "distance_m"]
        assert table["distance_m"].dtype == np.float64


def test_pandas_columns_with_gaps():
    table = locate_points(pd.Series([11.5564, None], index=[7, 9]), pd.Series([104.9282, 103.0], index=[7, 9]))
    assert list(table["match_method"]) == ["coordinates", "invalid"]
    assert list(table.index) == [0, 1]


def test_lists_of_different_length_are_refused():
    with pytest.raises(ValueError, match="one length"):
        locate_points([11.5, 12.0], [104.9])
