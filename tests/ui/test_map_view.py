from __future__ import annotations

import pytest
import streamlit as st

from data.measures import MEASURES, count_measure
from data.periods import parse_period
from data.snapshot import Snapshot
from ui import map_view
from ui.map_view import follow_click, source_names, speakers_of

MONTH = parse_period("2022-08-19", "2022-09-19")


def test_a_source_is_called_by_its_publisher_else_its_title(snapshot):
    sources = snapshot.of("source").head(3).copy()
    sources["publisher"] = ["A Paper", "", None]
    names = source_names(Snapshot(1, {"source": sources}))
    assert list(names.values()) == ["A Paper", *sources["title"].iloc[1:]]


def test_speakers_are_those_behind_the_figures_each_once(snapshot):
    counts = count_measure(snapshot, MEASURES["stated:complaints_received"], MONTH)
    assert speakers_of(snapshot, counts) == ["Sar Kheng, Minister of Interior"]
    recorded = count_measure(snapshot, MEASURES["recorded:raid"], MONTH)
    assert speakers_of(snapshot, recorded) == []


class RunAgainError(Exception):
    """The page would run again."""


class Session:
    """What a click does: the choices it changes, the page it opens."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.changes: list[dict[str, str]] = []
        self.pages: list[str] = []
        self.state: dict[str, object] = {}
        monkeypatch.setattr(map_view, "change_choices", lambda **changes: self.changes.append(changes))
        monkeypatch.setattr(st, "session_state", self.state)
        monkeypatch.setattr(st, "switch_page", self.pages.append)
        monkeypatch.setattr(st, "rerun", self.run_again)

    def run_again(self) -> None:
        raise RunAgainError


@pytest.fixture
def session(monkeypatch) -> Session:
    return Session(monkeypatch)


@pytest.mark.parametrize(
    ("clicked", "changes"),
    [
        ({"province": "KH-18", "at": 1}, [{"place": "KH-18", "compound": "", "record": ""}]),
        ({"compound": "cmp-1", "at": 1}, [{"compound": "cmp-1", "record": ""}]),
        ({"province": "KH-99", "at": 1}, []),
        ({"compound": 7, "at": 1}, []),
        ({"record": "c-1", "at": 1}, []),
    ],
)
def test_a_click_changes_what_it_names(session, clicked, changes):
    with pytest.raises(RunAgainError):
        follow_click(clicked)
    assert session.changes == changes


def test_a_click_counts_once(session):
    clicked = {"province": "KH-18", "at": 5}
    with pytest.raises(RunAgainError):
        follow_click(clicked)
    follow_click(clicked)
    follow_click(None)
    assert len(session.changes) == 1
    with pytest.raises(RunAgainError):
        follow_click({"province": "KH-12", "at": 6})
    assert session.changes[-1]["place"] == "KH-12"


def test_a_click_may_open_a_page(session):
    with pytest.raises(RunAgainError):
        follow_click({"province": "KH-18", "at": 1}, page="pages/map.py")
    assert session.pages == ["pages/map.py"]
