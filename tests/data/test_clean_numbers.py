from __future__ import annotations

import pandas as pd
import pytest

from data.cells import Cells, Conventions
from data.clean_numbers import clean_exact, clean_quantities
from data.schema import KINDS

CLAIM, COMPLAINT = KINDS["claim"], KINDS["complaint"]
NAMES = ("low", "best", "high", "qualifier")


def clean_one(low: str = "", best: str = "", high: str = "", qualifier: str | None = None):
    cells = Cells(pd.DataFrame({"low": [low], "best": [best], "high": [high]}, index=[2], dtype="str"))
    columns = clean_quantities(cells, CLAIM, NAMES, pd.Series([qualifier], index=[2], dtype="str"), Conventions())
    values = [columns[name].iloc[0] for name in NAMES]
    codes = [code for findings in cells.findings for code in findings["code"]]
    return [None if pd.isna(value) else value for value in values], codes


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"best": "289"}, [289, 289, 289, "exact"]),
        ({"best": "more than 200"}, [201, None, None, "more_than"]),
        ({"best": "more than 200", "qualifier": "more_than"}, [201, None, None, "more_than"]),
        ({"best": "95", "qualifier": "about"}, [None, 95, None, "about"]),
        ({"low": "201", "qualifier": "more_than"}, [201, None, None, "more_than"]),
        ({"low": "2", "best": "3", "high": "5"}, [2, 3, 5, None]),
        ({}, [None, None, None, None]),
    ],
)
def test_a_wording_fills_the_columns_that_are_empty(given, expected):
    assert clean_one(**given) == (expected, [])


@pytest.mark.parametrize(
    "given",
    [
        {"best": "more than 200", "low": "150"},
        {"best": "more than 200", "qualifier": "at_least"},
        {"low": "at least 5"},
    ],
)
def test_two_wordings_at_once_are_said(given):
    assert clean_one(**given)[1] == ["number_not_exact"]


def test_a_column_of_one_number_takes_exact_ones_only():
    texts = ["3", "about 3", "-1", ""]
    cells = Cells(pd.DataFrame({"people_affected": texts}, index=range(2, 6), dtype="str"))
    column = clean_exact(cells, COMPLAINT.field("people_affected"), Conventions())
    assert column.dtype == "Int64"
    assert column.dropna().tolist() == [3]
    assert sorted(code for findings in cells.findings for code in findings["code"]) == [
        "number_not_exact",
        "number_unreadable",
    ]
