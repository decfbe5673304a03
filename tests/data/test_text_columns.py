from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.text_columns import find_blank, from_arrow, keep_cells, keep_rows, leave_out, strip, to_arrow

SPACES = "\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000"
CELLS = st.lists(st.text(st.sampled_from(f"{SPACES}a1'ខ\u200b\u180e"), max_size=4))


def column(cells: list[str | None]) -> pd.Series:
    return pd.Series(cells, range(7, 7 + len(cells)), dtype="str")


@given(CELLS)
def test_blank_is_what_python_takes_for_white_space(cells):
    assert find_blank(column(cells)).tolist() == [not cell.strip() for cell in cells]


@given(CELLS)
def test_stripped_is_what_python_strips(cells):
    stripped = strip(column(cells))
    assert stripped.tolist() == [cell.strip() for cell in cells]
    assert stripped.index.tolist() == list(range(7, 7 + len(cells)))
    assert stripped.dtype == "str"


@pytest.mark.parametrize("space", SPACES)
def test_every_white_space_counts(space):
    assert find_blank(column([space, f"{space}a"])).tolist() == [True, False]
    assert strip(column([f"{space}a{space}"])).tolist() == ["a"]


def test_what_is_left_out_is_missing():
    left = leave_out(column(["a", "", "c"]), find_blank(column(["a", "", "c"])))
    assert left.isna().tolist() == [False, True, False]
    assert left.dtype == "str"


def test_a_part_of_a_column_is_read_from_its_own_begin():
    part = column(["a", " ", "c ", "ខ"]).iloc[1:]
    assert find_blank(part).tolist() == [True, False, False]
    assert strip(part).tolist() == ["", "c", "ខ"]


def test_arrow_gives_back_what_it_was_given():
    texts = column(["a", None, "ខ"])
    pd.testing.assert_series_equal(from_arrow(to_arrow(texts), texts.index), texts)


@pytest.mark.parametrize("kept", [[True, False, True], [True, True, True], [False, False, False]])
def test_the_rows_of_a_mask_are_kept_and_the_columns_let_go(kept):
    frame = pd.DataFrame(
        {
            "text": column(["a", None, "ខ"]),
            "none": column([None] * 3),
            "number": pd.Series([1.5, None, 2], range(7, 10)),
        }
    )
    mask = pd.Series(kept).to_numpy()
    columns = dict(frame.items())
    pd.testing.assert_frame_equal(keep_cells(columns, mask), frame[mask])
    assert columns == {}
    pd.testing.assert_frame_equal(keep_rows(frame, mask), frame[mask])
