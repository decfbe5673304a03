from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import recurring
from data.recurring import find_recurring, order_by_size

TEXT = st.none() | st.text(alphabet="aបé0", max_size=20)
NUMBER = st.none() | st.sampled_from([0.0, -0.0, 1.5, 1e300, -1.0])
DAY = st.none() | st.sampled_from([pd.Timestamp(2023, 4, 1), pd.Timestamp(1900, 1, 1)])


def columns(rows: list[tuple[object, ...]]) -> list[pd.Series]:
    frame = pd.DataFrame(rows, columns=["text", "number", "day", "note"])
    return [
        frame["text"].astype("str"),
        frame["number"].astype("Float64"),
        frame["day"].astype("datetime64[us]"),
        frame["note"].astype("str"),
    ]


@given(st.lists(st.tuples(TEXT, NUMBER, DAY, TEXT), max_size=30), st.integers(1, 4))
def test_each_row_that_another_repeats_is_found(rows, at_once):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recurring, "_FEW", 0)
        patch.setattr(recurring, "_AT_ONCE", at_once)
        found = find_recurring(columns(rows))
    said = pd.Series([str((one, None if two is None else two + 0.0, three, four)) for one, two, three, four in rows])
    repeated = set(said.index[said.duplicated(keep=False)])
    assert repeated <= set(found)
    assert sorted(found) == list(found)


def test_rows_of_their_own_are_left_out():
    numbers = pd.Series(range(5_000))
    texts = ("C-" + numbers.astype("str").str.zfill(7)).astype("str")
    assert len(find_recurring([texts])) == 0
    texts[4_321] = "C-0000007"
    assert find_recurring([texts]).tolist() == [7, 4_321]
    assert len(find_recurring([texts, numbers])) in (0, 2)  # so few are not worth a look at the second column


def test_what_differs_only_in_a_later_column_is_told_apart():
    same = pd.Series(["x"] * 1_000, dtype="str")
    assert len(find_recurring([same, same, same, pd.Series(range(1_000), dtype="Int64")])) == 0


def test_no_rows_and_no_columns():
    assert len(find_recurring([])) == 0
    assert len(find_recurring([pd.Series([], dtype="str")])) == 0


def test_the_longest_texts_come_first():
    frame = pd.DataFrame({"n": [1, 2], "short": ["a", "b"], "long": ["aaaa", "bbbb"]}).astype(
        {"short": "str", "long": "str"}
    )
    assert order_by_size(frame) == ["long", "short", "n"]
