from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter

from data.formats.workbook_cells import WORKBOOK, _as_text, read_cells
from errors import UnreadableFileError


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("x", "x"), (True, "TRUE"), (3.0, "3"), (0.12, "0.12"), (None, ""), (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1), "2024-03-01"), (datetime(2024, 3, 1, 13, 5), "2024-03-01 13:05:00"),
        (time(13, 5), "13:05:00"), (timedelta(hours=30, minutes=5), "30:05:00"),
    ],
)  # fmt: skip
def test_a_cell_is_text_as_its_type_says(cell, text):
    assert _as_text(cell) == text


def test_merged_areas_and_formulas_that_failed_are_told(tmp_path):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("a&b")
        sheet.write_row(0, 0, ["x", "y"])
        sheet.merge_range(1, 0, 2, 0, "both")
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    (tmp_path / WORKBOOK).write_bytes(content.getvalue())
    answer = read_cells(tmp_path, "x.xlsx", None)
    assert answer["rows"] == [(1, ["x", "y"]), (2, ["both", "#N/A"]), (3, ["", "#DIV/0!"])]
    assert (answer["merged"], answer["errors"]) == (1, {"#N/A": 1, "#DIV/0!": 1})


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    (tmp_path / WORKBOOK).write_bytes(b"PK\x03\x04")
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_cells(tmp_path, "x.xlsx", None)
