from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.borders import BORDERING, METRIC, load_borders
from geo.boundaries import load_neighbours, load_provinces

BORDERS = load_borders().set_index("country_code").geometry
METRES = load_borders().to_crs(METRIC).set_index("country_code").geometry
COUNTRY = shapely.union_all(load_provinces().geometry.values)


def test_each_neighbour_has_one_line():
    assert list(BORDERS.index) == list(BORDERING) == ["TH", "LA", "VN"]
    assert {line.geom_type for line in BORDERS} == {"LineString"}


def test_the_lines_are_the_outline_and_nothing_else():
    outline = gpd.GeoSeries([COUNTRY], crs="EPSG:4326").to_crs(METRIC).boundary
    assert outline.buffer(1)[0].covers(METRES.union_all())


def test_lines_meet_where_three_countries_do_and_share_no_stretch():
    for one, other in (("TH", "LA"), ("LA", "VN")):
        assert shapely.intersection(METRES[one], METRES[other]).geom_type == "Point"
    assert METRES["TH"].disjoint(METRES["VN"])


def test_lengths_are_those_that_are_published():
    # Published lengths, as far as general knowledge goes: about 800 km with Thailand, 540 with Laos and 1,200 with
    # Viet Nam, measured more finely; the bundled outline is simplified.
    lengths = METRES.length / 1000
    assert 600 < lengths["TH"] < 850
    assert 380 < lengths["LA"] < 600
    assert 900 < lengths["VN"] < 1300


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "country"),
    [
        ("Poipet", 13.6575, 102.5635, "TH"),
        ("O Smach", 14.41, 103.6942, "TH"),
        ("Bavet", 11.07, 106.16, "VN"),
        ("Chrey Thom", 10.96, 105.08, "VN"),
    ],
)
def test_border_towns_lie_near_the_right_border(place, latitude, longitude, country):
    point = gpd.GeoSeries.from_xy([longitude], [latitude], crs="EPSG:4326").to_crs(METRIC)[0]
    distances = METRES.distance(point)
    assert distances.idxmin() == country
    assert distances[country] < 10_000


def test_every_stretch_lies_nearest_to_its_neighbour():
    neighbours = load_neighbours().to_crs(METRIC).set_index("country_code").geometry
    for code, line in METRES.items():
        points = shapely.points(shapely.get_coordinates(shapely.segmentize(line, 1000)))
        own = shapely.distance(points, neighbours[code])
        assert own.max() < 6_000
        others = np.min([shapely.distance(points, neighbours[other]) for other in BORDERING if other != code], axis=0)
        assert (own <= others).mean() > 0.97


def test_the_coast_belongs_to_nobody():
    for latitude, longitude in ((10.6, 103.5), (11.4, 103.0), (10.48, 104.3)):
        point = gpd.GeoSeries.from_xy([longitude], [latitude], crs="EPSG:4326").to_crs(METRIC)[0]
        assert METRES.distance(point).min() > 10_000


def test_callers_may_change_their_copy():
    copy = load_borders()
    copy.loc[0, "country_code"] = "XX"
    assert load_borders()["country_code"][0] == "TH"
