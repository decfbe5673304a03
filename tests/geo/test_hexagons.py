from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.hexagons import NEIGHBOURS, SIZES_KM, _project, find_hexagons, hexagon_centres, hexagon_corners

latitudes = st.floats(-85, 85)
longitudes = st.floats(-179, 179)
sizes = st.sampled_from(SIZES_KM)
# Rows up to 150 from the equator: hexagons of 32 km end at the pole with the 203rd.
cells = st.tuples(st.integers(-500, 500), st.integers(-150, 150)).map(lambda pair: (pair[0], pair[1] - pair[0] // 2))


def _km(first, second) -> float:
    """Return the distance of two points on the plane of the grid."""
    x, y = _project(np.array([first[0], second[0]]), np.array([first[1], second[1]]))
    return float(np.hypot(x[1] - x[0], y[1] - y[0]))


def _centre(q: int, r: int, size: float) -> tuple[float, float]:
    latitude, longitude = hexagon_centres(q, r, size)
    return float(latitude), float(longitude)


@given(latitudes, longitudes, sizes)
def test_a_point_lies_in_the_hexagon_whose_centre_is_nearest(latitude, longitude, size):
    [q], [r] = find_hexagons([latitude], [longitude], size)
    here = _km((latitude, longitude), _centre(q, r, size))
    around = [_km((latitude, longitude), _centre(q + a, r + b, size)) for a, b in NEIGHBOURS]
    assert here <= min(around) + 1e-6
    assert here <= size / np.sqrt(3) + 1e-6


@given(cells, sizes)
def test_a_centre_lies_in_its_own_hexagon(cell, size):
    q, r = cell
    found = find_hexagons(*hexagon_centres([q], [r], size), size)
    assert (found[0][0], found[1][0]) == (q, r)


@given(cells, sizes)
def test_the_centres_of_neighbours_are_one_size_apart(cell, size):
    q, r = cell
    distances = [_km(_centre(q, r, size), _centre(q + a, r + b, size)) for a, b in NEIGHBOURS]
    assert distances == pytest.approx([size] * 6)


@given(cells, sizes)
def test_corners_are_as_far_from_the_centre_as_a_side_is_long(cell, size):
    q, r = cell
    corners = list(zip(*hexagon_corners(q, r, size), strict=True))
    assert [_km(_centre(q, r, size), corner) for corner in corners] == pytest.approx([size / np.sqrt(3)] * 6)


def test_a_kilometre_in_cambodia_is_nearly_one_on_the_plane():
    """Along a meridian and a parallel, at the south and north end: within 2 %."""
    for latitude in (10.0, 12.5, 14.7):
        degree = 6371.0088 * np.pi / 180
        assert _km((latitude - 0.05, 105), (latitude + 0.05, 105)) == pytest.approx(degree * 0.1, rel=0.02)
        along = degree * 0.1 * np.cos(np.radians(latitude))
        assert _km((latitude, 105), (latitude, 105.1)) == pytest.approx(along, rel=0.02)
