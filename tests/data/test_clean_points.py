from __future__ import annotations

import pandas as pd
import pytest

from data.cells import Cells
from data.clean_points import MANY, clean_points


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
