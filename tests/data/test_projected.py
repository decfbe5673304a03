from __future__ import annotations

import pandas as pd
import pytest

from data.options import CRS
from data.projected import convert_rows, explain_metres, propose_projections
from geo.projections import PROJECTIONS

NORTHING, EASTING = 1277901.0, 491277.0


def test_each_projection_is_proposed_with_the_place_it_gives():
    proposals = propose_projections(NORTHING, EASTING)
    assert [each.crs for each in proposals] == list(CRS) == list(PROJECTIONS)
    assert {each.place for each in proposals} == {"Phnom Penh"}
    said = explain_metres(NORTHING, EASTING)
    assert "11.5600, 104.9200 in Phnom Penh if they are EPSG:32648" in said
    assert "11.5629, 104.9162 in Phnom Penh if they are EPSG:3148" in said


def test_metres_that_are_no_place_hereabouts():
    assert propose_projections(5e6, 5e5) == ()
    assert explain_metres(5e6, 5e5) == ""
    assert "exchanged" in explain_metres(EASTING, NORTHING)


def test_rows_are_converted_with_northing_as_latitude():
    metres = pd.DataFrame({"latitude": [NORTHING, 1e300], "longitude": [EASTING, 1e300]}, index=[2, 5])
    degrees = convert_rows(metres, "EPSG:32648")
    assert degrees.loc[2].tolist() == pytest.approx([11.56, 104.92], abs=1e-4)
    assert degrees.loc[5].isna().all()
