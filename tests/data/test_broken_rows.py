from __future__ import annotations

import pandas as pd
import pytest

from data.broken_rows import find_broken_rows
from data.read import read_table
from errors import UnreadableFileError
from tests.attacks.attack_files import GOOD_ROW, HEADER, bring_in, conserved
from tests.attacks.made_files import CELLS, NAMES, workbook


def found(text: str) -> dict[int, str]:
    findings = read_table(text.encode(), "x.csv").findings
    return dict(zip(findings["row_number"], findings["code"], strict=True))


@pytest.mark.parametrize(
    "note",
    ["Source: a ministry", "Note: of these some", "* see the report", "NOTES:", "ប្រភព៖ ក្រសួង", "Data source: x", "† x"],
)
@pytest.mark.parametrize("end", ["", ",,", ",more,still more"], ids=["alone", "padded", "cut-by-its-commas"])
def test_a_note_below_the_last_row_is_set_aside_as_one(note, end):
    assert found("a,b,c,d\n1,2,3,4\n" + f"{note}{end}\n") == {3: "looks_like_footnote"}


def test_several_notes_and_a_total_above_them():
    text = "a,b,c\nx,2,3\nTotal,2,3\n\nSource: x\n* y\n"
    assert found(text) == {3: "looks_like_total", 5: "looks_like_footnote", 6: "looks_like_footnote"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b,c\nSource: x\n1,2,3\n", {2: "too_few_cells"}),  # not below the last full row
        ("a,b,c\n1,2,3\nKampot\n", {3: "too_few_cells"}),  # no note
        ("a,b,c\n1,2,3\nSource: x,2,3\n", {}),  # a full row
        ("a\n1\nSource: x\n", {}),  # one column: nothing tells it from a record
        ("a,b\n1,2\n", {}),
    ],
)
def test_what_is_no_note(text, said):
    assert found(text) == said


def test_notes_are_shown_and_counted():
    result = bring_in(HEADER + GOOD_ROW + "Source: a ministry\n")
    assert (result.rows_accepted, result.rows_rejected) == (1, 1)
    assert conserved(result)
    result = bring_in(workbook({"a": [NAMES, CELLS, ["* as reported"]]}), "x.xlsx")
    assert result.issues["code"].tolist() == ["looks_like_footnote"]


def test_rows_that_all_have_another_width_speak_against_the_header():
    rows = pd.DataFrame([["1", "2"], ["3", "4"]], index=[2, 3])
    with pytest.raises(UnreadableFileError, match="3 cells, but the header has 2"):
        find_broken_rows(rows, {2: 3, 3: 3}, 2, "x")
    assert find_broken_rows(rows, {2: 3, 3: 1}, 2, "x")["code"].tolist() == ["too_few_cells", "too_many_cells"]
