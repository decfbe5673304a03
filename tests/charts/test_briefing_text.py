from __future__ import annotations

import pytest

from charts.briefing_text import text_of
from charts.citation import cite_source
from data.belief import believe
from tests.charts.briefing_case import ITEMS, TODAY


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.figure)
def test_a_text_says_what_is_drawn_on_whose_word_and_what_not(snapshot, item):
    text = text_of(snapshot, item, today=TODAY, link="atlas/x", withheld="Withheld: a.")
    assert text.title
    assert text.subtitle
    assert "Withheld: a." in text.notes
    assert text.credit.endswith("atlas/x")
    known = {cite_source(source) for _, source in snapshot.of("source").iterrows()}
    assert text.sources
    assert {line for line in text.sources if "more source" not in line} <= known


def test_whose_word_counts_is_said(snapshot):
    some = believe(snapshot, ["government"])
    for item in ITEMS:
        notes = text_of(some, item, today=TODAY, link="").notes
        assert any(note.startswith("Only these speakers") for note in notes), item.figure


def test_what_is_undated_is_counted(snapshot):
    notes = " ".join(text_of(snapshot, ITEMS[2], today=TODAY, link="").notes)
    assert "undated" in notes
    assert "An event in several provinces counts once." in notes
