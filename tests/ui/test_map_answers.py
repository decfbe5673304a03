from __future__ import annotations

import pytest
import streamlit as st

from errors import AreaError
from ui import map_answers
from ui.map_answers import area_error, chosen_hexagon, searched_text, take_answer


@pytest.fixture
def changes(monkeypatch) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    monkeypatch.setattr(map_answers, "change_choices", lambda **change: made.append(change))
    monkeypatch.setattr(st, "session_state", {})
    return made


def test_a_record_is_chosen(changes):
    take_answer({"record": "c-1", "at": 1})
    assert changes == [{"record": "c-1", "compound": ""}]


@pytest.mark.parametrize("record", [7, "", "x" * 81, "a\nb", None, ["c-1"]])
def test_what_is_no_identifier_is_ignored(changes, record):
    take_answer({"record": record, "at": 1})
    assert changes == []


def test_a_hexagon_is_chosen_until_something_else_is(changes):
    take_answer({"hexagon": [8, -3, 170], "at": 1})
    assert chosen_hexagon() == (8, -3, 170)
    take_answer({"search": "Bavet", "at": 2})
    assert chosen_hexagon() == (8, -3, 170)
    take_answer({"province": "KH-1", "at": 3})
    assert chosen_hexagon() is None


@pytest.mark.parametrize(
    "hexagon", [[7, 1, 1], [8, 1], [8, 1.5, 1], [8, "1", 1], [8, True, 1], [8, 10**9, 1], "8,1,1", {"q": 1}]
)
def test_what_is_no_hexagon_is_ignored(changes, hexagon):
    take_answer({"hexagon": hexagon, "at": 1})
    assert chosen_hexagon() is None


def test_an_area_is_kept_as_it_is_written(changes):
    take_answer({"area": "circle:11.50000,104.9,10.0", "at": 1})
    assert isinstance(area_error(), AreaError)
    take_answer({"area": "circle:11.5000,104.9,10.0", "at": 2})
    take_answer({"area": "", "at": 3})
    assert changes == [{"area": "circle:11.5,104.9,10"}, {"area": ""}]


def test_an_area_that_cannot_be_is_told_once(changes):
    take_answer({"area": "polygon:12,103;13,104;12,104;13,103", "at": 1})
    assert "cross" in str(area_error())
    assert area_error() is None
    assert changes == []


@pytest.mark.parametrize(("text", "kept"), [("Bavet", "Bavet"), ("x" * 150, "x" * 100), ("a\x00b", ""), (7, "")])
def test_a_search_is_kept_for_this_visit(changes, text, kept):
    take_answer({"search": text, "at": 1})
    assert searched_text() == kept
    assert changes == []
