from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.formats.contents import choose_sheet
from data.numbers import Quantity, parse_number, write_number
from errors import UnreadableFileError


@pytest.mark.parametrize(
    ("number", "text"),
    [(3.0, "3"), (0.1, "0.1"), (12.345, "12.3450"), (-12.345, "-12.3450"), (1e20, "100000000000000000000"),
     (1e-7, "0.0000001"), (1234.567, "1234.567"), (True, "1"), (0, "0"), (855123456789, "855123456789")],
)  # fmt: skip
def test_numbers_are_written_without_point_zero_or_exponent(number, text):
    assert write_number(float(number)) == text


@given(st.floats(min_value=0, max_value=1e9).map(lambda number: round(number, 4)))
def test_a_written_number_means_that_number_alone(number):
    read = parse_number(write_number(number), whole=False)
    assert isinstance(read, Quantity)
    assert float(read.low) == float(read.high) == number


def test_the_only_sheet_with_rows_is_taken():
    assert choose_sheet(["a", "b"], ["b"], None, "x", "sheet") == "b"
    assert choose_sheet(["a", "b"], ["a", "b"], "b", "x", "sheet") == "b"
    assert choose_sheet(["a"], [], None, "x", "sheet") == "a"
    assert choose_sheet([], [], None, "x", "sheet") == ""


@pytest.mark.parametrize("chosen", [None, "c"])
def test_several_sheets_are_asked_about(chosen):
    with pytest.raises(UnreadableFileError) as caught:
        choose_sheet(["a", "b", "empty"], ["a", "b"], chosen, "x", "sheet")
    assert caught.value.context["sheets"] == ["a", "b"]
    assert "sheet" in caught.value.hint
