from __future__ import annotations

from datetime import date, datetime

import pytest

from data.formats.workbook import read_workbook
from data.read import read_table
from errors import AmbiguousColumnError, UnreadableFileError
from tests.attacks.attack_files import bring_in, codes, conserved
from tests.attacks.made_files import CELLS, NAMES, add_to_archive, workbook


def test_rows_have_the_numbers_of_the_sheet():
    content = workbook({"a": [[], [None, "x", "y"], [], [None, 1, None], [None, None, 2.5]]})
    contents = read_workbook(content, "x.xlsx")
    assert contents.records == [(2, ["", "x", "y"]), (4, ["", "1"]), (5, ["", "", "2.5"])]
    assert (contents.sheet, contents.sheets, contents.blank_rows) == ("a", ("a",), 1)
    table = read_table(content, "x.xlsx")
    assert table.rows.index.tolist() == [4, 5]
    assert table.rows.to_numpy().tolist() == [["1", ""], ["", "2.5"]]
    assert (table.reading.file_format, table.reading.header_row, table.reading.blank_lines) == ("xlsx", 2, 1)
    assert table.findings.empty


def test_a_workbook_goes_through_the_same_checks_as_text():
    rows = [
        NAMES,
        CELLS,
        ["a-2", datetime(2023, 4, 2, 13, 5), "Kampot", 2],
        ["a-3", "soon", "Kampot", 1],
        ["Total", None, None, 6],
    ]
    result = bring_in(workbook({"a": [*rows, ["Source: a ministry"]]}), "x.xlsx")
    assert result.accepted["row_number"].tolist() == [2, 3]
    assert result.accepted["received_date"].tolist() == ["2023-04-01", "2023-04-02"]
    assert dict(zip(result.issues["row_number"], result.issues["code"], strict=True)) == {
        4: "date_unreadable",
        5: "looks_like_total",
        6: "looks_like_footnote",
    }
    assert conserved(result)


def test_titles_above_the_header_are_asked_about():
    content = workbook({"a": [["Report"], ["By us"], NAMES, CELLS]})
    with pytest.raises(UnreadableFileError, match="line 3") as caught:
        bring_in(content, "x.xlsx")
    assert caught.value.context["header_row"] == 3
    result = bring_in(content, "x.xlsx", header_row=3)
    assert result.accepted["row_number"].tolist() == [4]


def test_personal_data_and_cells_beyond_the_header_are_found():
    content = workbook({"a": [[*NAMES, "note"], [*CELLS, "call +855 12 555 999"], [*CELLS, "", "x"]]})
    assert codes(bring_in(content, "x.xlsx")) == {"personal_data", "too_many_cells"}
    with pytest.raises(AmbiguousColumnError):
        bring_in(workbook({"a": [[*NAMES, NAMES[0]], CELLS]}), "x.xlsx")


def test_a_sheet_is_chosen_and_named():
    content = workbook({"one": [NAMES, CELLS], "two": [NAMES, [*CELLS[:3], 9]], "empty": []})
    with pytest.raises(UnreadableFileError) as caught:
        bring_in(content, "x.xlsx")
    assert caught.value.context["sheets"] == ["one", "two"]
    result = bring_in(content, "x.xlsx", sheet="two")
    assert (result.reading.sheet, result.reading.sheets) == ("two", ("one", "two", "empty"))
    assert result.accepted["people_affected"].tolist() == [9]


def test_texts_are_kept_to_the_letter():
    texts = ["'=1+1", "007", "NA", " x ", "two\nlines", "កំពត", "_x0041_", "1,480", "+1", "https://example.org", "a\tb"]
    table = read_table(workbook({"a": [["t", "n"], *([text, 1] for text in texts)]}), "x.xlsx")
    assert table.rows["t"].tolist() == texts


def test_parts_that_hold_no_cells_are_left_alone():
    content = add_to_archive(
        workbook({"a": [NAMES, CELLS]}), {"xl/embeddings/x.zip": b"PK\x03\x04", "xl/media/a.png": b"x"}
    )
    assert bring_in(content, "x.xlsx").rows_accepted == 1


def test_dates_are_days():
    content = workbook({"a": [NAMES, ["a-1", date(2024, 3, 1), "Kampot", 1]]})
    assert read_table(content, "x.xlsx").rows["received_date"].tolist() == ["2024-03-01"]
