from __future__ import annotations

import hashlib

import pytest

from data.read import BEYOND_HEADER, read_table
from errors import AmbiguousColumnError, EmptyFileError, UnreadableFileError


def test_a_table_is_text_by_the_line_on_which_each_row_begins():
    content = b'a,b\n\n007,"two\nlines"\nNA, x \n'
    table = read_table(content, "a.csv")
    assert table.rows.index.tolist() == [3, 5]
    assert table.rows.to_numpy().tolist() == [["007", "two\nlines"], ["NA", " x "]]
    assert table.sha256 == hashlib.sha256(content).hexdigest()
    assert table.reading.columns == ("a", "b")
    assert table.reading.blank_lines == 1


def test_broken_rows_stay_in_the_table_but_not_among_the_whole_ones():
    table = read_table(b"a,b\n1,2\n3\n4,5,6,7\n", "a.csv")
    assert table.rows["a"].tolist() == ["1", "3", "4"]
    assert table.rows[BEYOND_HEADER].tolist() == ["", "", "6, 7"]
    assert table.whole.to_numpy().tolist() == [["1", "2"]]
    assert table.findings[["row_number", "code", "detail"]].to_numpy().tolist() == [
        [3, "too_few_cells", "1, but the header has 2"],
        [4, "too_many_cells", "4, but the header has 2"],
    ]


def test_rows_of_separators_only_are_blank():
    table = read_table(b"a,b\n,\n1,2\n , \n", "a.csv")
    assert len(table.rows) == 1
    assert table.reading.blank_lines == 2


def test_rows_across_chunks_keep_their_lines():
    table = read_table(b"a\n" + b"".join(b"%d\n" % number for number in range(120_000)), "a.csv")
    assert table.rows["a"].iloc[-1] == "119999"
    assert table.rows.index[-1] == 120_001
    assert table.rows.index.is_unique


def test_one_guard_is_taken_off_cells_and_headers():
    table = read_table(b"'=a,b\n'=1,''=2\n", "a.csv")
    assert table.rows.columns.tolist() == ["=a", "b"]
    assert table.rows.iloc[0].tolist() == ["=1", "'=2"]


def test_the_column_for_surplus_cells_never_takes_the_name_of_another():
    table = read_table(f"{BEYOND_HEADER},b\n1,2\n3,4,5\n".encode(), "a.csv")
    assert table.rows.columns.tolist() == [BEYOND_HEADER, "b", f"{BEYOND_HEADER}*"]


def test_a_row_with_surplus_cells_does_not_pass_by_way_of_the_report():
    table = read_table(f"a,{BEYOND_HEADER}\n1,\n2,surplus\n".encode(), "a.csv")
    assert table.findings[["row_number", "code"]].to_numpy().tolist() == [[3, "too_many_cells"]]


@pytest.mark.parametrize(
    ("line", "is_total"),
    [
        ("Total,,12", True),
        (",Grand total:,12", True),
        ('sum,1,"1,200"', True),
        ("Total,Bavet,12", False),
        ("Totally,,12", False),
        ("Total,,", False),
    ],
)
def test_what_looks_like_a_total(line, is_total):
    table = read_table(f"name,place_text,people\nA,Bavet,3\n{line}\n".encode(), "a.csv")
    assert ("looks_like_total" in set(table.findings["code"])) == is_total


def test_the_header_may_stand_where_it_is_said():
    content = b"date,2023\n,\nname,place_text\nA,Bavet\n"
    with pytest.raises(UnreadableFileError, match="line 3") as caught:
        read_table(content, "a.csv")
    assert caught.value.context["header_row"] == 3
    assert read_table(content, "a.csv", header_row=3).rows.index.tolist() == [4]
    assert read_table(content, "a.csv", header_row=1).reading.columns == ("date", "2023")


def test_a_separator_line_counts_as_a_line():
    table = read_table(b"sep=|\na|b\n1|2\n", "a.csv")
    assert (table.reading.delimiter, table.reading.header_row) == ("|", 2)
    assert table.rows.index.tolist() == [3]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"a,a\n1,2\n", AmbiguousColumnError),
        (b"a,\xc2\xa0a\n1,2\n", AmbiguousColumnError),
        (b"a,b\n\n", EmptyFileError),
        (b",,\n,,\n", EmptyFileError),
        (b"a,\n1,2\n", UnreadableFileError),
    ],
)
def test_headers_that_cannot_be(content, error):
    with pytest.raises(error):
        read_table(content, "a.csv")
