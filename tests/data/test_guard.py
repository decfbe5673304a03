from __future__ import annotations

import csv
import io

import pytest

from data.guard import guard, unguard, write_csv


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", ";=1", "%0A=1", '"=1"', " =1", "'=1", "＝1"])
def test_what_a_spreadsheet_may_run_gets_one_apostrophe(text):
    assert guard(text) == f"'{text}"
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["", "Kampot", "'t Hof", "a=1", "{{7*7}}", "ខេត្ត", "'"])
def test_other_text_is_left_alone_both_ways(text):
    assert guard(text) == unguard(text) == text


def test_exactly_one_apostrophe_is_taken_off():
    assert unguard("''=1") == "'=1"


def test_csv_has_a_byte_order_mark_quoted_cells_and_guarded_headers():
    content = write_csv({"=name": ["=1", "a,b"], "low": ["-3", ""]}, plain=["low"])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [["'=name", "low"], ["'=1", "-3"], ["a,b", ""]]


def test_columns_of_different_lengths_are_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="zip"):
        write_csv({"a": ["1"], "b": []})
