from __future__ import annotations

import pytest

from data.formats.contents import Mark
from data.formats.features import Feature, list_features
from errors import UnreadableFileError


def rows(*features: Feature) -> list[list[str]]:
    return [cells for _, cells in list_features(features, "kml", "x").records]


def test_columns_are_all_that_any_feature_has():
    listed = rows(Feature({"a": "1"}, (104.0, 11.0)), Feature({"b": "2"}))
    assert listed == [["a", "b", "latitude", "longitude"], ["1", "", "11", "104"], ["", "2", "", ""]]


def test_a_property_that_looks_like_a_coordinate_is_kept_under_another_name():
    listed = rows(Feature({"Latitude": "12", "latitude (file)": "x", "latitude": "13"}, (104.0, 11.0)))
    assert listed[0] == ["Latitude (file)", "latitude (file)", "latitude (file)*", "latitude", "longitude"]
    assert listed[1] == ["12", "x", "13", "11", "104"]


def test_a_property_that_says_the_same_is_left_out():
    listed = rows(Feature({"latitude": "11.0", "n": "1"}, (104.0, 11.0)), Feature({"latitude": ""}))
    assert listed[0] == ["n", "latitude", "longitude"]


def test_without_any_shape_a_latitude_is_a_property_like_others():
    assert rows(Feature({"latitude": "11", "longitude": "104"})) == [["latitude", "longitude"], ["11", "104"]]


def test_heights_are_kept_where_there_are_any():
    assert rows(Feature({"a": "1"}, (104.0, 11.0), 12.5))[0][-1] == "altitude"


def test_shapes_are_marked_by_the_number_of_their_row():
    contents = list_features([Feature({"a": "1"}), Feature({"a": "2"}, shape="a line", flaw="broken")], "kml", "x")
    assert contents.marks == (Mark("shape_not_point", 3, "a line"), Mark("shape_broken", 3, "broken"))
    assert contents.records[2] == (3, ["2", "", ""])


@pytest.mark.parametrize("point", [(200.0, 10.0), (104.0, 91.0), (float("nan"), 10.0), (104.0, float("inf"))])
def test_a_point_that_is_no_longitude_and_latitude_is_refused(point):
    with pytest.raises(UnreadableFileError, match="feature 2"):
        list_features([Feature(), Feature({}, point)], "kml", "x")
