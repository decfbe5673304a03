from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data.found_texts import index_texts, plain_text

LETTERS = st.text("abé ក\n", max_size=8)


@given(st.lists(st.tuples(LETTERS, LETTERS), min_size=1, max_size=12), st.text("abeក", min_size=1, max_size=2))
def test_a_row_is_found_when_one_of_its_columns_holds_the_word(rows, word):
    found = index_texts(pd.DataFrame(rows, columns=["a", "b"], dtype="str")).find([word])
    wanted = [i for i, row in enumerate(rows) if any(word in plain_text(cell) for cell in row)]
    assert found.tolist() == wanted


def test_every_word_must_occur_and_case_and_accents_do_not_matter():
    texts = index_texts(pd.DataFrame({"a": ["Café by the river", "cafe", None]}, dtype="str"))
    assert texts.find(["cafe"]).tolist() == [0, 1]
    assert texts.find(["cafe", "river"]).tolist() == [0]


def test_nothing_to_search_finds_nothing():
    assert index_texts(pd.DataFrame({"a": pd.Series([], dtype="str")})).find(["a"]).tolist() == []
