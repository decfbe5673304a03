from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from charts.labels import quoted
from data.schema import GRADINGS
from data.snapshot import Snapshot
from ui.source_cards import cite_sources, describe_grading, place_name


@pytest.fixture
def two_sources(snapshot) -> Snapshot:
    sources = pd.DataFrame(
        {
            "source_id": ["a", "b", "c"],
            "publisher": ["The Ministry", "A Paper", None],
            "title": ["Statement", "Review of the year", "Untitled leaflet"],
            "published_date": ["2022-09-19", "2023-06", None],
            "accessed_date": [None, "2026-11-21", None],
        }
    ).astype("str")
    return Snapshot(1, {**snapshot.records, "source": sources})


def test_the_origin_comes_first_and_then_where_it_was_read(two_sources):
    assert cite_sources(two_sources, "a;b") == (
        "The Ministry, Statement, 19 September 2022 · read in A Paper, Review of the year, June 2023"
    )
    assert cite_sources(two_sources, "c") == "Untitled leaflet"


def test_sources_side_by_side_are_not_read_in_each_other(two_sources):
    assert cite_sources(two_sources, "a;c") == "The Ministry, Statement, 19 September 2022; Untitled leaflet"
    assert cite_sources(two_sources, "a;c;b").count("read in") == 1
    assert cite_sources(two_sources, "a;c;b").endswith(
        "Untitled leaflet · read in A Paper, Review of the year, June 2023"
    )


def test_an_unknown_source_keeps_its_identifier(two_sources):
    assert cite_sources(two_sources, "elsewhere; a").startswith("elsewhere; The Ministry")


@pytest.mark.parametrize("cell", ["", None, float("nan"), " ; "])
def test_no_source_is_said(two_sources, cell):
    assert cite_sources(two_sources, cell) == "no source given"


@pytest.mark.parametrize(
    ("code", "fallback", "name"),
    [
        ("KH-18", "", "Preah Sihanouk"),
        ("KH-99", "somewhere", "somewhere"),
        (None, None, "—"),
        (float("nan"), "", "—"),
        ("", "Bavet", "Bavet"),
    ],
)
def test_places_by_code_else_as_written(code, fallback, name):
    assert place_name(code, fallback) == name


def test_every_grading_has_words():
    assert all(describe_grading(pd.Series({"grading": one, "event_type": "raid"})) for one in GRADINGS)
    assert describe_grading(pd.Series({"grading": None, "event_type": "raid"})) == ""


def test_a_confirmed_statement_is_not_a_confirmed_content():
    said, happened = (pd.Series({"grading": "confirmed", "event_type": one}) for one in ("official_statement", "raid"))
    assert describe_grading(said) == "the speaker's own statement"
    assert describe_grading(happened) == "confirmed by an authority or the party itself"


def _cards(snapshot) -> None:
    from ui.source_cards import show_claim, show_event, show_event_line

    show_claim(snapshot, snapshot.of("claim").iloc[0])
    show_event(snapshot, snapshot.of("event").iloc[0])
    show_event_line(snapshot, snapshot.of("event").iloc[1])


def test_every_card_ends_in_its_source(snapshot):
    app = AppTest.from_function(_cards, kwargs={"snapshot": snapshot}, default_timeout=30).run()
    assert not app.exception
    cited = [text for text in app.text.values if text.startswith("Source: ")]
    records = [snapshot.of("claim").iloc[0], *(snapshot.of("event").iloc[n] for n in (0, 1))]
    assert cited == [f"Source: {cite_sources(snapshot, record['source_ids'])}" for record in records]
    assert quoted(records[0]["quote"]) in app.text.values
