from __future__ import annotations

import pandas as pd
import pytest

from errors import PlaceDataError
from geo.boundaries import load_provinces
from geo.gazetteer import PROVINCE_CODES
from geo.join import join_provinces


def test_all_provinces_stay_in_iso_order():
    joined = join_provinces(pd.DataFrame({"province_code": ["KH-18", "KH-2"], "count": [200, 5]}, index=[4, 4]))
    assert tuple(joined["province_code"]) == PROVINCE_CODES
    assert joined.crs == "EPSG:4326"
    assert joined.geometry.geom_equals(load_provinces().geometry).all()
    counts = joined.set_index("province_code")["count"]
    assert counts["KH-18"] == 200
    assert counts["KH-2"] == 5


def test_a_province_without_a_row_has_no_value_and_not_zero():
    joined = join_provinces(pd.DataFrame({"province_code": ["KH-18"], "count": [0], "word": ["x"]}))
    assert joined["count"].notna().sum() == 1
    assert joined.set_index("province_code").loc["KH-1", ["count", "word"]].isna().all()


def test_an_empty_table_gives_all_provinces():
    joined = join_provinces(pd.DataFrame({"province_code": pd.Series(dtype=str), "count": pd.Series(dtype="int64")}))
    assert len(joined) == 25
    assert joined["count"].isna().all()


def test_the_table_is_left_as_it_was():
    table = pd.DataFrame({"province_code": ["KH-2"], "count": [1]})
    before = table.copy()
    join_provinces(table)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("codes", "named"), [(["KH-26"], "KH-26"), (["KH-2", None], r"\(empty\)"), (["KH-02", "2"], "2, KH-02")]
)
def test_unknown_codes_are_refused(codes, named):
    with pytest.raises(PlaceDataError, match=named):
        join_provinces(pd.DataFrame({"province_code": codes}))


def test_codes_given_twice_are_refused():
    with pytest.raises(PlaceDataError, match=r"more than one row for KH-2\."):
        join_provinces(pd.DataFrame({"province_code": ["KH-2", "KH-3", "KH-2"]}))


@pytest.mark.parametrize("columns", [["count"], ["province_code", "geometry"]])
def test_unfit_columns_are_programming_mistakes(columns):
    with pytest.raises(ValueError, match=r"province_code|geometry"):
        join_provinces(pd.DataFrame(columns=columns))
