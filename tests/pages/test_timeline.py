from __future__ import annotations

import pandas as pd
import pytest

from charts.labels import plural
from charts.timeline_chart import tabulate_claims
from data.ingest import ingest
from data.periods import parse_period
from data.schema import split_list
from data.slices import select_records
from data.store import Store
from tests.pages.shown import caption
from ui.timeline_view import FIRST_EVENTS


def _events(snapshot, place="", period=None):
    events = snapshot.of("event")
    if place:
        events = events[[place in split_list(cell) for cell in events["province_codes"]]]
    selection = select_records(events, "event", period or snapshot.extent())
    return pd.concat([selection.inside, selection.perhaps])


def test_every_dated_event_is_counted_and_the_first_are_listed(open_page, snapshot):
    app = open_page("timeline")
    assert not app.exception
    found = _events(snapshot)
    assert f"Dated events ({len(found)})" in app.subheader.values
    assert caption(app, f"{plural(len(found), 'event')} in {snapshot.extent().label()}; ")
    shown = [text for text in app.text.values if text in set(found["description"])]
    assert len(shown) == FIRST_EVENTS
    app.toggle(key="all_events").set_value(True).run()
    shown = [text for text in app.text.values if text in set(found["description"])]
    assert len(shown) == len(found)


@pytest.mark.parametrize("place", ["KH-12", "KH-18"])
def test_a_province_shows_its_own_events(open_page, snapshot, place):
    app = open_page("timeline", place=place)
    assert f"Dated events ({len(_events(snapshot, place))})" in app.subheader.values


@pytest.mark.parametrize("grain", ["month", "quarter", "year"])
def test_the_step_of_time_changes_the_chart_and_not_the_number(open_page, snapshot, grain):
    app = open_page("timeline", grain=grain)
    assert f"Recorded events by {grain}: Cambodia" in app.subheader.values
    assert f"Dated events ({len(_events(snapshot))})" in app.subheader.values
    app.selectbox(key="choose_grain").select("year").run()
    assert "Recorded events by year: Cambodia" in app.subheader.values


def test_a_shut_down_source_is_named_as_such(open_page):
    assert "a source was shut down on" in caption(
        open_page("timeline"), "fewer reports afterwards are not fewer events"
    )


def test_silence_is_not_called_peace(open_page):
    app = open_page("timeline", place="KH-21", **{"from": "2021-01-01", "to": "2021-01-02"})
    assert not app.exception
    assert "No event is recorded for this choice. That does not mean that nothing happened." in app.text.values


def test_statements_about_the_country_are_offered_to_read(open_page, snapshot):
    period = snapshot.extent()
    app = open_page("timeline")
    claims = snapshot.of("claim")
    selection = select_records(claims[claims["geography"] != "province"], "claim", period)
    table = tabulate_claims(pd.concat([selection.inside, selection.perhaps]), period)
    offered = app.selectbox(key="open_claim")
    assert len(offered.options) == len(table)
    chosen = table.iloc[-1]
    offered.select(chosen["claim_id"]).run()
    claim = snapshot.find("claim", chosen["claim_id"])
    assert any(text.startswith(str(claim["speaker"])) for text in app.text.values)


def test_uploaded_complaints_get_their_own_chart(open_page, data_folder):
    assert not any(heading.startswith("Uploaded") for heading in open_page("timeline").subheader.values)
    content = b"received_date,place_text\n" + b"2022-09-01,Takeo\n2022-09-01,Kampot\n" * 3
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.commit(ingest(content, "c.csv", "complaint"), actor="test", content=content)
    app = open_page("timeline")
    assert "Uploaded complaints by month: Cambodia" in app.subheader.values
    assert any(caption.startswith("6 uploaded complaints in ") for caption in app.caption.values)
    app = open_page("timeline", place="KH-21")
    assert any(caption.startswith("3 uploaded complaints in ") for caption in app.caption.values)


def test_the_listed_events_are_offered_as_a_file_that_reads_back(open_page, snapshot, monkeypatch):
    files = {}
    monkeypatch.setattr(
        "ui.timeline_view.download", lambda label, make, file_name, mime, *, key: files.update({file_name: make})
    )
    period = parse_period("2022-09-01", "2022-10-01")
    open_page("timeline", **{"from": "2022-09-01", "to": "2022-10-01"})
    result = ingest(files["events.csv"](), "events.csv", "event")
    assert result.rows_rejected == 0
    assert set(result.accepted["event_id"]) == set(_events(snapshot, period=period)["event_id"])
