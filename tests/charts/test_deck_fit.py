from __future__ import annotations

import pandas as pd
import pytest

from charts.deck_fit import clean, column_shares, fit_cell, fit_foot, fit_title, share_out, text_size
from charts.lettering import width_of


def test_a_title_that_is_too_long_is_smaller():
    box = (12_000_000, 1_000_000)
    assert fit_title("Short", *box, 28) == 28
    assert 10 <= fit_title("long words " * 40, *box, 28) < 28


def test_a_cell_stays_on_its_line():
    text = fit_cell("W" * 200, 100, 11, bold=False)
    assert text.endswith("…")
    assert width_of(text, 11) <= 100
    assert fit_cell("short", 100, 11, bold=True) == "short"


def test_columns_share_the_width():
    shares = column_shares(pd.DataFrame({"a": ["x"], "b": ["x" * 30]}))
    assert sum(shares) == pytest.approx(1)
    assert shares[0] < shares[1]


def test_lines_are_shared_evenly():
    pages = share_out([str(n) for n in range(9)], 8)
    assert [len(page) for page in pages] == [5, 4]
    assert share_out([], 8) == []


def test_longer_texts_are_smaller():
    sizes = [text_size("x" * n) for n in (10, 500, 900, 3000)]
    assert sizes == sorted(sizes, reverse=True)
    assert fit_foot("short", 12_000_000) > fit_foot("long words " * 300, 12_000_000)


def test_what_xml_cannot_hold_is_written_as_its_code():
    assert clean("a\x00b\u202ec\nd") == "a[U+0000]b[U+202E]c\nd"
