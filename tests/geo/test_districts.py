from __future__ import annotations

import numpy as np
import pytest
import shapely

from data.boundary_sets import keep_set
from errors import BoundaryError
from geo.districts import districts_in_use, find_districts, load_districts, use_districts
from geo.point_index import NOWHERE, find_provinces
from tests.data.boundary_files import synthetic_set


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return keep_set(tmp_path_factory.mktemp("districts"), synthetic_set(level=2), {"attribution": "Nobody"})


@pytest.fixture
def installed(folder):
    use_districts(folder)
    yield folder
    use_districts(None)


def test_without_a_set_there_are_none():
    assert districts_in_use() is None
    for ask in (load_districts, lambda: find_districts(np.array([11.0]), np.array([104.0]))):
        with pytest.raises(BoundaryError, match="No districts"):
            ask()


def test_each_point_lies_in_the_district_that_a_plain_test_gives(installed):
    random = np.random.default_rng(1)
    longitude, latitude = random.uniform(102, 108, 5000), random.uniform(10, 15, 5000)
    found = find_districts(latitude, longitude)
    shapes = load_districts().geometry.values
    points = shapely.points(longitude, latitude)
    expected = np.full(5000, NOWHERE)
    for position in reversed(range(len(shapes))):
        expected[shapely.intersects(shapes[position], points)] = position
    assert np.array_equal(found, expected)
    assert np.mean((found != NOWHERE) == (find_provinces(latitude, longitude) != NOWHERE)) > 0.999


def test_what_is_no_point_lies_nowhere(installed):
    bad = np.array([np.nan, np.inf, -np.inf, 0.0])
    assert (find_districts(bad, np.full(4, 104.9)) == NOWHERE).all()
    assert (find_districts(np.full(4, 11.5), bad) == NOWHERE).all()
    assert find_districts(np.array([]), np.array([])).shape == (0,)
