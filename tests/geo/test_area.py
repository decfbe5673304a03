from __future__ import annotations

import time

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from errors import AreaError, PlaceDataError
from geo.area import (
    BORDERING,
    LARGEST_RADIUS_KM,
    MOST_CORNERS,
    Circle,
    Corridor,
    Polygon,
    describe_area,
    inside,
    outline,
    read_area,
    touches,
    write_area,
)
from geo.borders import METRIC, load_borders
from geo.boundaries import load_provinces

GEOD = Geod(ellps="WGS84")
COUNTRY = shapely.union_all(load_provinces().geometry.values)
BORDERS = load_borders().to_crs(METRIC).set_index("country_code").geometry

latitudes, longitudes = st.floats(9.5, 15), st.floats(101.5, 108.5)
points = st.lists(st.tuples(latitudes, longitudes), min_size=1, max_size=30)
circles = st.builds(Circle, latitudes, longitudes, st.floats(0.1, LARGEST_RADIUS_KM))
corridors = st.builds(Corridor, st.sampled_from(list(BORDERING)), st.floats(0.1, 100))


@st.composite
def polygons(draw):
    """A star around a point: simple, whatever the lengths of its rays."""
    latitude, longitude = draw(latitudes), draw(longitudes)
    rays = draw(st.lists(st.floats(0.05, 2), min_size=3, max_size=MOST_CORNERS))
    angles = np.linspace(0, 2 * np.pi, len(rays), endpoint=False)
    return Polygon(
        tuple((latitude + ray * np.sin(at), longitude + ray * np.cos(at)) for ray, at in zip(rays, angles, strict=True))
    )


areas = st.one_of(circles, polygons(), corridors)


def metres(latitude, longitude):
    return gpd.GeoSeries.from_xy(longitude, latitude, crs="EPSG:4326").to_crs(METRIC).values


@given(areas)
def test_an_address_gives_the_same_area_back(area):
    assert read_area(write_area(area)) == area


@pytest.mark.parametrize(
    "text",
    ["circle:11.5564,104.9282,25", "polygon:12.1,102.9;12.3,103.2;12,103.4", "corridor:TH,10", "corridor:VN,2.5"],
)
def test_an_address_is_written_as_it_was_read(text):
    assert write_area(read_area(text)) == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not understood"),
        ("circle:11.5564,104.9282", "not understood"),
        ("circle:11.55641,104.9282,25", "not understood"),
        ("circle:nan,104.9282,25", "not understood"),
        ("circle:១១,១០៤,25", "not understood"),
        ("circle:11.5,104.9,25\n", "not understood"),
        ("CIRCLE:11.5,104.9,25", "not understood"),
        ("circle:104.9282,11.5564,25", "outside the map"),
        ("circle:11.5564,104.9282,0", "radius"),
        ("circle:11.5564,104.9282,501", "radius"),
        ("polygon:12.1,102.9;12.3,103.2", "3 to 40 corners"),
        ("polygon:12.1,102.9;12.3,103.2;12.1,102.9", "3 to 40 corners"),
        ("polygon:" + ";".join(f"12.{n:02},103" for n in range(41)), "3 to 40 corners"),
        ("polygon:" + "12,103;" * 100_000 + "12,103", "not understood"),
        ("polygon:12,102;13,103;12,103;13,102", "cross or touch"),
        ("polygon:12,102;13,103;14,104", "cross or touch"),
        ("polygon:12,102;12,102;13,103;14,102;<b>", "not understood"),
        ("corridor:MM,10", "no land border"),
        ("corridor:TH,101", "width"),
        ("corridor:TH,0", "width"),
        ("corridor:th,10", "not understood"),
    ],
)
def test_another_text_is_refused_with_a_hint(text, says):
    with pytest.raises(AreaError, match=says) as caught:
        read_area(text)
    assert caught.value.hint
    assert isinstance(caught.value, PlaceDataError)


@given(st.text(max_size=60) | st.from_regex(r"(circle|polygon|corridor):[\d.,;TH-]{0,40}", fullmatch=True))
def test_no_text_does_harm(text):
    try:
        area = read_area(text)
    except AreaError:
        return
    assert read_area(write_area(area)) == area


def test_numbers_that_are_none_are_refused():
    for wrong in (float("nan"), float("inf")):
        with pytest.raises(AreaError):
            Circle(wrong, 104.9, 25)
        with pytest.raises(AreaError):
            Circle(11.5, 104.9, wrong)
        with pytest.raises(AreaError):
            Corridor("TH", wrong)
        with pytest.raises(AreaError):
            Polygon(((12.0, 103.0), (13.0, wrong), (12.0, 104.0)))


def test_areas_in_words():
    assert describe_area(read_area("corridor:TH,10")) == "within 10 km of the border with Thailand"
    assert describe_area(read_area("corridor:VN,2.5")) == "within 2.5 km of the border with Viet Nam"
    assert describe_area(read_area("circle:11.5564,104.9282,25")) == "within 25 km of 11.556, 104.928"
    square = gpd.GeoSeries([shapely.box(104, 12, 105, 13)], crs="EPSG:4326").to_crs("EPSG:6933").area[0] / 1e6
    assert describe_area(read_area("polygon:12,104;13,104;13,105;12,105")) == f"a drawn area of {square:,.0f} km²"
    assert describe_area(read_area("polygon:12,104;12.01,104;12.01,104.01;12,104.01")) == "a drawn area of 1.2 km²"


@given(circles, points)
@example(Circle(11.5564, 104.9282, 25), [(11.5564, 104.9282)])
def test_circles_are_measured_along_the_ellipsoid(area, places):
    latitude, longitude = np.array(places).T
    start = np.full(len(places), area.longitude), np.full(len(places), area.latitude)
    distance = GEOD.inv(*start, longitude, latitude)[2]
    assert list(inside(area, latitude, longitude)) == list(distance <= area.radius_km * 1000)


@given(circles)
def test_the_edge_of_a_circle_parts_inside_from_outside(area):
    angles = np.arange(0, 360, 15.0)
    start = np.full(len(angles), area.longitude), np.full(len(angles), area.latitude)
    for shift, expected in ((-0.5, True), (0.5, False)):
        longitude, latitude, _ = GEOD.fwd(*start, angles, np.full(len(angles), area.radius_km * 1000 + shift))
        assert (inside(area, latitude, longitude) == expected).all()


@given(polygons(), points)
def test_polygons_hold_what_shapely_says(area, places):
    latitude, longitude = np.array(places).T
    shape = shapely.Polygon([(x, y) for y, x in area.corners])
    expected = [shape.intersects(shapely.Point(x, y)) for y, x in places]
    assert list(inside(area, latitude, longitude)) == expected
    assert inside(area, *np.array(area.corners).T).all()


@settings(max_examples=30)
@given(corridors, points)
def test_corridors_are_near_the_border_and_in_the_country(area, places):
    latitude, longitude = np.array(places).T
    distance = shapely.distance(BORDERS[area.country_code], metres(latitude, longitude))
    width = area.width_km * 1000
    here = shapely.intersects_xy(COUNTRY, longitude, latitude)
    clear = np.abs(distance - width) > 20 + width * 0.0002  # metres: what two ways to measure may differ by
    clear &= shapely.distance(COUNTRY.boundary, shapely.points(longitude, latitude)) > 1e-9
    expected = here & (distance <= width)
    assert list(inside(area, latitude, longitude)[clear]) == list(expected[clear])


@settings(max_examples=30)
@given(areas, points, st.floats(0, 50_000))
def test_a_circle_touches_what_is_not_farther_than_its_radius(area, places, radius):
    latitude, longitude = np.array(places).T
    found = touches(area, latitude, longitude, radius)
    within = inside(area, latitude, longitude)
    assert (found | ~within).all()
    if isinstance(area, Circle):
        start = np.full(len(places), area.longitude), np.full(len(places), area.latitude)
        distance = GEOD.inv(*start, longitude, latitude)[2] - area.radius_km * 1000
        assert list(found) == list(distance <= radius)
    elif isinstance(area, Polygon):
        shape = shapely.Polygon([(x, y) for y, x in area.corners])
        shape = gpd.GeoSeries([shapely.segmentize(shape, 0.005)], crs="EPSG:4326").to_crs(METRIC)[0]
        distance = shapely.distance(shape, metres(latitude, longitude))
        clear = np.abs(distance - radius) > 5
        assert list(found[clear]) == list((distance <= radius)[clear])


def test_missing_values_lie_nowhere_and_a_missing_radius_is_none():
    bad = np.array([np.nan, np.inf, -np.inf])
    for area in (Circle(12, 105, 500), Polygon(((10, 102), (14, 102), (12, 107))), Corridor("TH", 100)):
        assert not inside(area, bad, np.full(3, 105.0)).any()
        assert not inside(area, np.full(3, 12.0), bad).any()
        assert inside(area, [], []).shape == (0,)
    near = Circle(12, 105, 10)
    assert list(touches(near, [12.0, 12.2], [105.0, 105.0], [np.nan, np.nan])) == [True, False]


@settings(max_examples=30)
@given(areas)
def test_what_is_drawn_is_what_counts(area):
    rings = outline(area)
    assert all(ring[0] == ring[-1] for ring in rings)
    drawn = shapely.MultiPolygon()
    for ring in rings:
        drawn = shapely.symmetric_difference(drawn, shapely.make_valid(shapely.Polygon([(x, y) for y, x in ring])))
    assume(drawn.area > 0.01)
    west, south, east, north = drawn.bounds
    grid = np.random.default_rng(0).uniform((south, west), (north, east), (200, 2))
    shown = shapely.intersects_xy(drawn, grid[:, 1], grid[:, 0])
    edge = shapely.distance(drawn.boundary, shapely.points(grid[:, ::-1])) < 0.01  # degrees
    assert list(inside(area, *grid.T)[~edge]) == list(shown[~edge])


@pytest.mark.parametrize(
    "text", ["circle:12.5,105,150", "polygon:10,102.5;14.5,102.5;14.5,107.5;10,107.5", "corridor:VN,60"]
)
def test_a_million_points_take_no_time_to_speak_of(text):
    area = read_area(text)
    latitude, longitude = np.random.default_rng(0).uniform((9.9, 102.3), (14.7, 107.7), (1_000_000, 2)).T
    started = time.process_time()
    found = inside(area, latitude, longitude)
    assert 0.05 < found.mean() < 0.95
    assert time.process_time() - started < 5  # a loop over the points takes far longer; about 0.1 s are measured
