from __future__ import annotations

import pandas as pd
import pytest

from data.headers import find_header, name_headers
from errors import AmbiguousColumnError, EmptyFileError, FileTooLargeError, UnreadableFileError


def test_the_first_line_is_the_header_where_no_other_knows_more_columns():
    assert find_header([(1, ["x", "y"]), (2, ["1", "2"])], "f", None) == (1, ["x", "y"])
    assert find_header([(1, ["a", "b"]), (2, ["type", "2"])], "f", None) == (1, ["a", "b"])
    assert find_header([(1, ["date", "x"]), (2, ["type", "2"])], "f", None) == (1, ["date", "x"])


def test_a_later_line_that_knows_more_columns_is_asked_about():
    head = [(1, ["Date", "2023"]), (3, ["Date", "Province", "Victims"]), (4, ["2023", "Kampot", "3"])]
    with pytest.raises(UnreadableFileError) as caught:
        find_header(head, "f", None)
    assert "header_row=3" in caught.value.hint
    assert find_header(head, "f", 1) == head[0]


def test_impossible_headers():
    with pytest.raises(EmptyFileError):
        find_header([], "f", 7)
    with pytest.raises(FileTooLargeError):
        find_header([(1, ["a"] * 201)], "f", None)
    with pytest.raises(FileTooLargeError):
        find_header([(1, ["a" * 10_001])], "f", None)


def test_headers_are_cleaned_and_empty_columns_left_out():
    rows = pd.DataFrame({0: ["1"], 1: [" "], 2: ["x"]}, dtype="str")
    assert name_headers(["\ufeffa\u00a0 b", "", "c"], rows, "f") == {0: "a b", 2: "c"}
    with pytest.raises(AmbiguousColumnError):
        name_headers(["a", "", "a\u200b"], rows, "f")
    with pytest.raises(UnreadableFileError, match="Column 3"):
        name_headers(["a", "", ""], rows, "f")


def test_a_second_header_row_is_no_guess_of_ours():
    head = [(1, ["Date", "Province", "Victims"]), (2, ["", "", "male"]), (3, ["2023", "Kampot", "3"])]
    assert find_header(head, "f", None) == head[0]


def test_merged_headers_are_asked_about_not_filled_in():
    rows = pd.DataFrame({0: ["2023"], 1: ["2"], 2: ["3"]}, dtype="str")
    with pytest.raises(UnreadableFileError, match="Column 3") as caught:
        name_headers(["Date", "Victims", ""], rows, "f")
    assert "Give the column a header" in caught.value.hint
