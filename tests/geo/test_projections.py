from __future__ import annotations

import numpy as np
import pytest
from pyproj import network

from geo.projections import PROJECTIONS, convert_metres

EASTING, NORTHING = 491277, 1277901


def test_utm_on_wgs_84():
    latitude, longitude = convert_metres([EASTING], [NORTHING], "EPSG:32648")
    assert latitude == pytest.approx([11.5600], abs=1e-4)
    assert longitude == pytest.approx([104.9200], abs=1e-4)


def test_utm_on_indian_1960_is_shifted_to_wgs_84():
    latitude, longitude = convert_metres([EASTING], [NORTHING], "EPSG:3148")
    assert latitude == pytest.approx([11.5629], abs=1e-4)
    assert longitude == pytest.approx([104.9162], abs=1e-4)
    assert PROJECTIONS["EPSG:3148"].accuracy_m == 44


@pytest.mark.parametrize("code", PROJECTIONS)
def test_what_is_no_place_becomes_nan_and_no_network_is_asked(code):
    latitude, longitude = convert_metres([1e12, EASTING], [1e12, NORTHING], code)
    assert np.isnan(latitude).tolist() == np.isnan(longitude).tolist() == [True, False]
    assert not network.is_network_enabled()


def test_an_unknown_projection():
    with pytest.raises(KeyError):
        convert_metres([1.0], [1.0], "EPSG:4326")
