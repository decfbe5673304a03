from __future__ import annotations

from itertools import dropwhile

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from data import fast_text, read
from data.fast_text import read_plain
from data.lines import parse_records
from errors import AtlasError

HEADER = "a,b,c"


def both(text: str, first_line: int = 1) -> tuple[read._Collected, read._Collected] | None:
    """Return the rows below the header as each of the readers has them; None where only the careful one reads."""
    records = dropwhile(lambda item: not "".join(item[1]).strip(), parse_records(text, ",", "f", first_line))
    header_line, header = next(records)
    plain = read_plain(text.encode(), ",", len(header), first_line, header_line)
    if plain is None:
        return None
    return read._complete(plain, len(header), "f"), read._collect(records, len(header), "f")


def assert_same(text: str, first_line: int = 1) -> None:
    found = both(text, first_line)
    assert found is not None
    fast, careful = found
    if len(careful.rows) or len(fast.rows):
        assert_frame_equal(fast.rows, careful.rows)
    assert fast.blank_lines == careful.blank_lines
    assert fast.widths == careful.widths
    assert fast.beyond == careful.beyond


@pytest.mark.parametrize(
    "body",
    [
        "1,2,3\n4,5,6",
        "1,2,3\r\n\r\n4,5,6\r\n\r\n",
        "\n\n1,2,3\n,,\n  , ,\t\n4,5,6\n\n",
        '"1","2, ""two""","3\nthree"\n4,5,6\n',
        '"1\r\none",2,"3\n"\r\n4,"",""""\r\n',
        "1,2\n1,2,3,4,5\n\n1,2,3\n   \n9\n",
        "'=1,'x,''-2\n=1,'ខ,-3\n",
        "NA,null,\n007,1e5,TRUE\n",
        "\u2028,\x85,\x0b\nខេត្ត,\U0001f600,é\n",
        '""\n"",,\n1,2,3\n',
        '"a\n\n\nb",2,3\n\n\n1,2,3',
    ],
)
@pytest.mark.parametrize("first_line", [1, 7])
def test_rows_lines_and_blanks_are_those_of_the_careful_reader(body, first_line):
    assert_same(f"{HEADER}\n{body}", first_line)


@pytest.mark.parametrize("start", ["\n\n", ",,\n", '"x\ny",', " \n"])
def test_the_rows_begin_below_the_header(start):
    assert_same(f"{start}{HEADER}\n1,2,3\n4,5,6,7\n")


@pytest.mark.parametrize(
    "body",
    [
        'x"y",2,3',
        '1,"2,3',
        '1,"2"x,3',
        '1, "2",3',
        "1,2,3\r4,5,6",
        "1,2,3\n4,5\r\r\n",
        f"1,{'x' * 10_001},3",
        f"1,2,3,{',' * 20_001}",
        f"1,2,3\n{',' * 300}1",
    ],
)
def test_what_the_two_might_read_otherwise_is_left_to_the_careful_one(body):
    assert read_plain(f"{HEADER}\n{body}\n".encode(), ",", 3, 1, 1) is None


def test_many_rows_of_another_width_are_left_to_the_careful_one():
    assert read_plain(f"{HEADER}\n{'1,2' + chr(10)}".encode() * 1_001, ",", 3, 1, 1) is None


def test_ten_thousand_characters_are_counted_as_characters():
    assert_same(f"{HEADER}\n1,{'ខ' * 5_000},3\n")


SIGNS = ['"', ",", "\n", "\r\n", "\r", "'", "=", " ", "a", "1", "ខ", "\x85", "\u2028"]
CELL = st.lists(st.sampled_from(SIGNS), max_size=4).map("".join)
TEXT = st.lists(st.sampled_from(['"', '""', ",", ",", ",", "\n", "\r\n", "\r", "'=", " ", "a", "1", "ខ"]), max_size=40)


def quoted(cell: str, always: bool) -> str:
    return '"' + cell.replace('"', '""') + '"' if always or set(cell) & set('",\r\n') else cell


TABLE = st.builds(
    lambda rows, end, always: end.join([HEADER, *(",".join(quoted(cell, always) for cell in row) for row in rows)]),
    st.lists(st.lists(CELL, min_size=1, max_size=4) | st.lists(CELL, min_size=3, max_size=3), max_size=8),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)


@given(TABLE | st.builds(lambda parts: f"{HEADER}\n{''.join(parts)}", TEXT), st.sampled_from([7, 64, 1 << 21]))
@example(f'{HEADER}\r\n"\n",2,3\r\n1,2,3', 7)
@example(f'{HEADER}\n,,""",\r\n"', 7)
def test_both_readers_agree_on_any_text(text, block):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast_text, "_BLOCK", block)
        try:
            found = both(text)
        except AtlasError:
            assert read_plain(text.encode(), ",", 3, 1, 1) is None
            return
    if found is not None:
        fast, careful = found
        if len(fast.rows) or len(careful.rows):
            assert_frame_equal(fast.rows, careful.rows)
        assert (fast.blank_lines, fast.widths, fast.beyond) == (
            careful.blank_lines,
            careful.widths,
            careful.beyond,
        )


def test_a_well_formed_table_is_read_at_once():
    rows = pd.Series(range(5_000)).astype("str")
    found = both("\n".join([HEADER, *(rows + ',"x, y",z')]))
    assert found is not None
