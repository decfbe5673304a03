from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cells import Cells
from data.clean_degrees import read_degrees
from data.degrees import Degrees, parse_degrees, parse_metres
from data.plain import is_missing

WRITTEN = st.from_regex(r"-?[0-9]{0,4}\.?[0-9]{0,20}", fullmatch=True) | st.sampled_from(
    ["", " ", "N/A", "10,6", "N10 36.55", "១០.៦", "10.6\n", " 10.6", "1e3", "1,220,555", "x", "0.1000000000000000055"]
)


@given(st.lists(WRITTEN, min_size=1, max_size=20))
def test_a_column_says_what_its_texts_say_one_by_one(texts):
    cells = Cells(pd.DataFrame({"latitude": pd.array(texts, dtype="str")}, index=range(2, len(texts) + 2)))
    read = read_degrees(cells, "latitude")
    for place, text in enumerate(texts):
        metres = parse_metres(text)
        angle = None if is_missing(text) or metres is not None else parse_degrees(text, "latitude")
        expected = (angle.value, angle.decimals) if isinstance(angle, Degrees) else (np.nan, np.nan)
        np.testing.assert_equal((read.degrees[place], read.decimals[place]), expected)
        np.testing.assert_equal(read.metres[place], np.nan if metres is None else metres)
        assert read.given[place] == (not is_missing(text))
    unread = [text for text in texts if not is_missing(text) and parse_metres(text) is None]
    problems = [text for text in unread if not isinstance(parse_degrees(text, "latitude"), Degrees)]
    found = pd.concat(cells.findings)["value"].tolist() if cells.findings else []
    assert sorted(found) == sorted(problems)


@pytest.mark.parametrize("text", ["10.60912", "-0.0", "007.5"])
def test_plain_decimals_are_read_to_the_last_bit(text):
    read = read_degrees(Cells(pd.DataFrame({"longitude": pd.array([text], dtype="str")})), "longitude")
    assert read.degrees[0] == float(text)
    assert np.signbit(read.degrees[0]) == np.signbit(float(text))
