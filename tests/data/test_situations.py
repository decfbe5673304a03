from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data.issues import find_rows
from data.situations import code_texts, group_alike, spread_findings

ROWS = st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 1)), max_size=30)


@given(ROWS, st.sampled_from([4, 1 << 61]))
def test_rows_are_alike_where_all_their_codes_are(rows, count):
    codes = np.array(rows, dtype=np.int64).reshape(-1, 2)
    situation, first = group_alike([(codes[:, 0], count), (codes[:, 1], count)], len(rows))
    for row, number in zip(rows, situation, strict=True):
        assert rows[first[number]] == row
    assert len(first) == len(set(rows))
    assert first.tolist() == sorted(first)


def test_without_columns_all_rows_are_alike():
    situation, first = group_alike([], 3)
    assert situation.tolist() == [0, 0, 0]
    assert first.tolist() == [0]


def test_a_missing_text_is_no_text():
    codes, count = code_texts(pd.Series(["a", None, "", "a"], dtype="str"))
    assert (codes.tolist(), count) == ([0, -1, 1, 0], 2)
    codes, count = code_texts(pd.Series([None, None], dtype="str"))
    assert (codes.tolist(), count) == ([-1, -1], 0)


def test_what_is_found_about_a_situation_is_found_about_its_rows():
    findings = pd.concat([find_rows("place_missing", [1]), find_rows("place_unknown", [0], "place_text", ["x"])])
    spread = spread_findings(findings, np.array([0, 1, 2, 1]), pd.Index([5, 6, 8, 9]))
    assert spread["row_number"].tolist() == [6, 9, 5]
    assert spread["value"].tolist() == ["", "", "x"]
    assert spread["row_number"].dtype == "int64"


def test_nothing_found_is_nothing():
    nothing = find_rows("place_missing", [])
    assert spread_findings(nothing, np.array([0, 0]), pd.Index([2, 3])).empty
    assert spread_findings(nothing, np.array([], dtype=np.intp), pd.Index([], dtype="int64")).empty
