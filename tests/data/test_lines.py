from __future__ import annotations

import pytest

from data.lines import leave_out_lines, parse_records
from errors import FileTooLargeError, UnreadableFileError


@pytest.mark.parametrize(
    ("text", "header_row", "expected"),
    [
        ("a\nb\n", None, ("a\nb\n", 1, None)),
        ("sep=;\r\na\n", None, ("a\n", 2, ";")),
        ('"sep=,"\na\n', None, ("a\n", 2, ",")),
        ("sep=abc,d\n", None, ("sep=abc,d\n", 1, None)),
        ("t\r\nu\rv\nw", 4, ("w", 4, None)),
        ("sep=;\nt\na\n", 3, ("a\n", 3, ";")),
    ],
)
def test_lines_before_the_header_are_left_out(text, header_row, expected):
    assert leave_out_lines(text, header_row) == expected


def test_records_know_their_first_line_whatever_the_line_ends():
    text = 'a,b\r"x\r\ny",1\n\n\x0b,\u2028'
    assert list(parse_records(text, ",", "f", 5)) == [
        (5, ["a", "b"]),
        (6, ["x\r\ny", "1"]),
        (8, []),
        (9, ["\x0b", "\u2028"]),
    ]


@pytest.mark.parametrize("text", ['a\n"b', 'a\n"b"c\n', 'a\n"b\nc\n"d"e'])
def test_a_quote_that_does_not_fit_is_named_by_its_line(text):
    with pytest.raises(UnreadableFileError, match="line 2"):
        list(parse_records(text, ",", "f", 1))


def test_far_too_many_separators_are_refused_before_they_become_cells():
    with pytest.raises(FileTooLargeError, match="Line 2"):
        list(parse_records("a\n" + "," * 25_000, ",", "f", 1))
