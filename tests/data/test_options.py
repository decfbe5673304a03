"""Decisions about a file travel as JSON and come back as they were."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.options import Edit, ImportOptions
from errors import UploadError

TEXTS = st.text(max_size=12)
OPTIONS = st.builds(
    ImportOptions,
    encoding=st.none() | TEXTS,
    header_row=st.none() | st.integers(1, 99),
    day_first=st.none() | st.booleans(),
    swap_coordinates=st.booleans(),
    columns=st.dictionaries(TEXTS, TEXTS | st.tuples(TEXTS, TEXTS), max_size=3),
    left_out=st.lists(TEXTS, max_size=2).map(tuple),
    values=st.dictionaries(TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=2), max_size=2),
    places=st.dictionaries(TEXTS, TEXTS, max_size=3),
    edits=st.lists(st.builds(Edit, st.integers(2, 9), TEXTS, TEXTS), max_size=3).map(tuple),
    leave_out=st.lists(st.integers(2, 99), max_size=3).map(tuple),
)


@given(OPTIONS)
def test_what_is_written_reads_back(options):
    assert ImportOptions.from_json(options.to_json()) == options


def test_only_what_was_decided_is_written():
    assert ImportOptions().to_json() == "{}"
    assert json.loads(ImportOptions(day_first=False).to_json()) == {"day_first": False}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "nonsense", '{"colour": "red"}', '{"day_first": "yes"}', '{"header_row": true}', '{"edits": [{}]}',
     '{"places": ["Kep"]}', '{"leave_out": ["2"]}'],
)  # fmt: skip
def test_other_texts_are_refused(text):
    with pytest.raises(UploadError, match="cannot be read"):
        ImportOptions.from_json(text)
