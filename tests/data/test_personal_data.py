from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest import ingest
from data.personal_data import find_personal_data, name_personal_data
from data.store import Store
from errors import PersonalDataError


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("call +855 12 555 999", "a telephone number"),
        ("012555999", "a telephone number"),
        ("012 555 999", "a telephone number"),
        ("(023) 555 999", "a telephone number"),
        ("០១២ ៥៥៥ ៩៩៩", "a telephone number"),
        ("855 12 555 999", "a telephone number"),
        ("0066 81 555 9999", "a telephone number"),
        ("13812345678", "a telephone number"),
        ("write to a.person@example.org", "an e-mail address"),
        ("N01234567", "a passport or identity number"),
        ("passport no. 12345678", "a passport or identity number"),
    ],
)
def test_personal_data_is_found(text, what):
    assert name_personal_data(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "", "Kampot", "2022-08-19/2022-09-19", "19.09.2022", "2,000–5,000", "more than 100,000 people", "KH-18",
        "11.0512345, 104.0123456", "10°36'33\"N", "US$ 12,500,000,000", "=1+1", "@SUM(A1)",
        "https://example.org/khmer/012555999/0123456789.html", "www.example.org/?p=012345678",
        "at 9 a.m. on 27 September 2022",
        "A/HRC/51/1", "raid 3 of 12", "{{7*1234567}}", "20230401",
    ],
)  # fmt: skip
def test_other_text_is_left_alone(text):
    assert name_personal_data(text) is None


def test_rows_are_found_by_their_index():
    texts = pd.Series(["a@example.org", "x", "012555999", "a@example.org"], index=[5, 6, 7, 9], dtype="str")
    found = find_personal_data(texts)
    assert {what: rows.tolist() for what, rows in found.items()} == {
        "an e-mail address": [5, 9],
        "a telephone number": [7],
    }


def test_not_even_the_bytes_of_a_file_with_personal_data_are_kept(tmp_path):
    content = b"received_date,place_text,note\n2023-04-01,Takeo,fine\n2023-04-02,Takeo,call 012 555 999\n"
    result = ingest(content, "calls.csv", "complaint")
    assert result.rows_accepted == 1
    with Store.open(tmp_path / "atlas.sqlite") as store:
        with pytest.raises(PersonalDataError, match=r"1 of its rows \(3\)") as refused:
            store.commit(result, actor="Dara", content=content)
        assert "555" not in str(refused.value)
        assert store.revision() == 0
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"012 555 999" not in kept


@pytest.mark.parametrize(
    "text", ["08.09.2021", "08-09-2021", "9.8.2021", "came on 08.09.2021, left on 12-10-2021", "08.09.2021-12.10.2021"]
)
def test_a_date_is_no_telephone_number(text):
    assert name_personal_data(text) is None


@pytest.mark.parametrize(
    "text",
    ["08 092 021", "012.345.678", "08.09.2021 012 345 678", "+855 08.09.2021", "08.99.2021"],
)
def test_what_is_no_date_is_still_found(text):
    assert name_personal_data(text) == "a telephone number"


SIGNS = "@.+-() \t\n\x0b\x1c\x1f\x85\xa0\u2003\u2028\u200b\u2060\ufeff/ax0159០៩٣۵९１"


@given(st.lists(st.text(st.sampled_from(SIGNS), max_size=24), max_size=5))
def test_a_column_tells_what_each_of_its_texts_tells(texts):
    column = pd.Series(texts, range(5, 5 + len(texts)), dtype="str")
    found = {row: what for what, rows in find_personal_data(column).items() for row in rows}
    assert found == {row: what for row, text in column.items() if (what := name_personal_data(text))}
