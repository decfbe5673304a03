from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.boundaries import load_provinces
from geo.point_index import NOWHERE, find_provinces

SHAPES = np.asarray(load_provinces().geometry.values)


def expected(latitude: float, longitude: float) -> int:
    hits = np.flatnonzero(shapely.intersects(SHAPES, shapely.Point(longitude, latitude)))
    return int(hits[0]) if hits.size else NOWHERE


@given(st.lists(st.tuples(st.floats(9.5, 15.5), st.floats(101.5, 108.5)), min_size=1, max_size=50))
def test_same_answer_as_one_polygon_after_the_other(points):
    latitude, longitude = np.array(points).T
    found = find_provinces(latitude, longitude)
    assert list(found) == [expected(y, x) for y, x in points]


def test_no_border_point_is_lost_and_the_lowest_number_has_it():
    for position, shape in enumerate(SHAPES):
        x, y = shapely.get_coordinates(shape).T
        found = find_provinces(y, x)
        assert (found != NOWHERE).all()
        assert (found <= position).all()


def test_a_point_between_three_provinces_belongs_to_the_lowest():
    coordinates, owners = shapely.get_coordinates(SHAPES, return_index=True)
    vertices, inverse = np.unique(coordinates, axis=0, return_inverse=True)
    sharing = [set(owners[inverse.ravel() == vertex]) for vertex in range(len(vertices))]
    junctions = [vertex for vertex, provinces in enumerate(sharing) if len(provinces) >= 3]
    assert junctions
    found = find_provinces(vertices[junctions, 1], vertices[junctions, 0])
    assert list(found) == [min(sharing[vertex]) for vertex in junctions]


def test_unusable_numbers_lie_nowhere():
    bad = np.array([np.nan, np.inf, -np.inf, 1e308])
    assert (find_provinces(bad, np.full(4, 104.9)) == NOWHERE).all()
    assert (find_provinces(np.full(4, 11.5), bad) == NOWHERE).all()


def test_no_points():
    assert find_provinces(np.array([]), np.array([])).shape == (0,)
