from __future__ import annotations

import pandas as pd
import pytest

from data.cells import Cells, Conventions
from data.clean_points import MANY, clean_points
from geo.boundaries import load_provinces


def clean(pairs: list[tuple[str, str]], precision: str | None = None, *, uncertainty: bool = False):
    index = range(2, len(pairs) + 2)
    cells = Cells(pd.DataFrame(pairs, columns=["latitude", "longitude"], index=index, dtype="str"))
    columns = {"location_precision": pd.Series([precision] * len(pairs), index, dtype="str")}
    if uncertainty:
        columns["coordinate_uncertainty_m"] = pd.Series([None] * len(pairs), index, dtype="Float64")
    points = clean_points(cells, columns)
    return points, [code for findings in cells.findings for code in findings["code"]]


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        (("0", "104"), "coordinates_zero"),
        (("0", "0"), "coordinates_zero"),
        (("104.92", "11.55"), "coordinates_swapped"),
        (("11.55", ""), "coordinates_incomplete"),
        (("", "104.92"), "coordinates_incomplete"),
        (("91.25", "104.92"), "coordinates_unreadable"),
        (("11.55", "181.25"), "coordinates_unreadable"),
        (("1277901", "491277"), "coordinates_projected"),
        (("x", "104.92"), "coordinates_unreadable"),
    ],
)
def test_points_that_cannot_be_used_leave_both_empty(pair, code):
    points, codes = clean([pair])
    assert set(codes) == {code}
    assert points["latitude"].isna().all()
    assert points["longitude"].isna().all()


def test_a_usable_point():
    points, codes = clean([("11.5564", "104.9282"), ("", ""), ("N/A", "-")])
    assert points["latitude"].dropna().tolist() == [11.5564]
    assert codes == []


@pytest.mark.parametrize(
    ("pair", "precision", "metres"),
    [(("11.5", "104.9"), "district", 11_000), (("11", "105"), "province", 111_000), (("11.5", "104.92"), None, None)],
)
def test_few_decimals_are_a_coarse_place(pair, precision, metres):
    points, codes = clean([pair], uncertainty=True)
    assert codes == (["coordinates_coarse"] if precision else [])
    found = points["location_precision"].iloc[0]
    assert (None if pd.isna(found) else found) == precision
    uncertainty = points["coordinate_uncertainty_m"].iloc[0]
    assert (None if pd.isna(uncertainty) else uncertainty) == metres


def test_the_file_s_own_word_on_precision_counts():
    points, codes = clean([("11.5", "104.9")], "exact", uncertainty=True)
    assert codes == ["coordinates_coarse"]
    assert points["location_precision"].tolist() == ["exact"]
    assert points["coordinate_uncertainty_m"].isna().all()


def test_the_same_point_many_times_is_said_unless_its_precision_is():
    same = [("11.5564", "104.9282")] * MANY
    assert clean(same)[1] == ["coordinates_repeated"] * MANY
    assert clean(same[1:])[1] == []
    assert clean(same, "near")[1] == []


def clean_in(crs: str | None, pairs: list[tuple[str, str]], uncertainty: list[float | None]):
    index = range(2, len(pairs) + 2)
    cells = Cells(pd.DataFrame(pairs, columns=["latitude", "longitude"], index=index, dtype="str"))
    columns = {
        "location_precision": pd.Series([None] * len(pairs), index, dtype="str"),
        "coordinate_uncertainty_m": pd.Series(uncertainty, index, dtype="Float64"),
    }
    points = clean_points(cells, columns, Conventions(crs=crs))
    return points, pd.concat(cells.findings) if cells.findings else pd.DataFrame({"code": [], "detail": []})


def test_metres_are_converted_where_the_projection_is_said_and_degrees_stay():
    pairs = [("1277901", "491277"), ("11.5564", "104.9282")]
    points, findings = clean_in("EPSG:32648", pairs, [None, None])
    assert points["latitude"].tolist() == pytest.approx([11.56, 11.5564], abs=1e-4)
    assert points["longitude"].tolist() == pytest.approx([104.92, 104.9282], abs=1e-4)
    assert findings.empty
    assert points["coordinate_uncertainty_m"].isna().all()


def test_an_inaccurate_conversion_is_said_and_makes_the_point_uncertain():
    points, findings = clean_in("EPSG:3148", [("1277901", "491277")] * 3, [None, 10, 500])
    assert points["latitude"].iloc[0] == pytest.approx(11.5629, abs=1e-3)
    assert points["coordinate_uncertainty_m"].tolist() == [44, 44, 500]
    assert findings["code"].tolist() == ["coordinates_converted"] * 3
    assert "44 m" in findings["detail"].iloc[0]


def test_metres_without_a_projection_are_shown_in_each():
    _, findings = clean_in(None, [("1277901", "491277"), ("11.5", "491277")], [None, None])
    first = findings[findings["code"] == "coordinates_projected"]["detail"].tolist()
    assert "EPSG:32648" in first[0]
    assert "EPSG:3148" in first[0]
    assert len(first) == 2


def test_metres_in_one_column_only_are_never_converted():
    points, findings = clean_in("EPSG:32648", [("11.5564", "491277"), ("1e9", "9" * 11)], [None, None])
    assert points["latitude"].isna().all()
    assert set(findings["code"]) >= {"coordinates_projected"}


def test_a_cell_in_both_columns_holds_both_coordinates():
    both = ["10.6112, 104.1803", "10.6112", "0", "N/A"]
    points, codes = clean([(text, text) for text in both])
    assert points["latitude"].dropna().tolist() == [10.6112]
    assert points["longitude"].dropna().tolist() == [104.1803]
    assert sorted(codes) == ["coordinates_unreadable", "coordinates_zero"]


def test_the_middle_of_a_province_is_said_where_many_rows_share_it():
    middle = load_provinces().geometry.representative_point().iloc[6]
    pair = (f"{middle.y:.5f}", f"{middle.x:.5f}")
    assert set(clean([pair] * MANY)[1]) == {"coordinates_repeated", "coordinates_centre"}
    assert clean([pair] * (MANY - 1))[1] == []
