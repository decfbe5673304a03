from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.visible import mark_cells, mark_invisible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gpj\u202e.exe", "gpj[U+202E].exe"),
        ("Ba\u200bvet", "Ba[U+200B]vet"),
        ("a\u200db\u2066c\ufeff", "a[U+200D]b[U+2066]c[U+FEFF]"),
        ("soft\u00adhyphen", "soft[U+00AD]hyphen"),
        ("x\x00\x07y", "x[U+0000][U+0007]y"),
        ("\u3164", "[U+3164]"),
        ("ក\u17b4", "ក[U+17B4]"),
        ("tag\U000e0041", "tag[U+E0041]"),
    ],
)
def test_what_cannot_be_seen_is_shown_by_its_code(text, shown):
    assert mark_invisible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Bavet, Svay Rieng",
        "ភូមិ\u200bឃុំ",
        "ព្រះសីហនុ",
        "Đà Nẵng",
        "西港 casino",
        "two\nlines\tand a tab",
        "“quoted” – 5 €",
        "ไทย",
    ],
)
def test_readable_text_stays_as_it_is_khmers_own_breaks_included(text):
    assert mark_invisible(text) == text


@given(st.text(max_size=30))
def test_nothing_invisible_is_left_and_marking_twice_changes_nothing(text):
    shown = mark_invisible(text)
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2069\u200c\u200d\u200e\u200f\ufeff\x00")
    assert mark_invisible(shown) == shown


def test_a_table_is_marked_and_the_one_given_stays():
    table = pd.DataFrame({"na\u202eme": ["a\u202eb", None], "n": [1, 2]})
    shown = mark_cells(table)
    assert shown["na[U+202E]me"].tolist()[0] == "a[U+202E]b"
    assert shown["na[U+202E]me"].isna().tolist() == [False, True]
    assert shown["n"].tolist() == [1, 2]
    assert table.columns[0] == "na\u202eme"


def test_two_columns_never_become_one():
    table = pd.DataFrame([["x", "y"]], columns=["a\u202e", "a[U+202E]"])
    assert mark_cells(table).columns.is_unique
