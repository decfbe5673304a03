from __future__ import annotations

import json

import pytest

from data.export import export_csv
from data.ingest import ingest
from data.schema import KINDS
from data.store import Store
from tests.pages.shown import caption, failures


def _choose(app, kind):
    return app.segmented_control(key="record_kind").select(kind).run()


@pytest.fixture
def files(monkeypatch):
    """The files that the page offers, by name, instead of its buttons."""
    offered = {}
    monkeypatch.setattr(
        "ui.record_table.download", lambda label, make, file_name, mime, *, key: offered.update({file_name: make})
    )
    return offered


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_record_of_a_kind_is_there(open_page, snapshot, kind):
    app = open_page("records")
    if kind != "event":
        _choose(app, kind)
    assert not app.exception
    records = snapshot.of(kind)
    table = app.dataframe[0].value
    assert sorted(table[KINDS[kind].id_field]) == sorted(records[KINDS[kind].id_field])
    noun = "record" if len(records) == 1 else "records"
    account = caption(app, f"{len(records)} {noun} of {len(records)}.")
    assert account.endswith(f"Data version {snapshot.revision}.")


def test_words_are_found_whatever_their_case(open_page, snapshot):
    app = open_page("records")
    app.text_input(key="record_words").input("SIHANOUKVILLE").run()
    found = app.dataframe[0].value
    assert 0 < len(found) < len(snapshot.of("event"))
    for row in found.to_dict("records"):
        assert "sihanoukville" in " ".join(map(str, row.values())).lower()


def test_words_are_taken_literally(open_page, snapshot):
    app = open_page("records")
    cells = snapshot.of("event")[list(KINDS["event"].columns)].astype("str").fillna("")
    for words in ("%", "[", "(", ".*", "\\", "' OR 1=1--", "{{7*7}}", "_", "a|b"):
        app.text_input(key="record_words").input(words).run()
        assert failures(app) == [], words
        expected = cells.apply(lambda row, words=words: any(words in cell for cell in row), axis=1).sum()
        assert len(app.dataframe[0].value) == expected, words


def test_place_and_period_narrow_the_table(open_page, snapshot):
    app = open_page("records", place="KH-18", **{"from": "2022-09-01", "to": "2022-10-01"})
    codes = app.dataframe[0].value["province_codes"]
    assert 0 < len(codes) < len(snapshot.of("event"))
    assert codes.str.contains("KH-18").all()
    _choose(app, "complaint")
    assert failures(app) == []
    assert app.dataframe[0].value.empty
    _choose(app, "source")
    assert caption(app, "the period does not apply")
    assert len(app.dataframe[0].value) == len(snapshot.of("source"))


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_csv_reads_back_as_the_same_records(open_page, snapshot, files, kind):
    app = open_page("records")
    if kind != "event":
        _choose(app, kind)
    content = files[f"{kind}s.csv"]()
    if snapshot.of(kind).empty:
        assert content.count(b"\n") <= 1
        return
    result = ingest(content, f"{kind}s.csv", kind)
    assert result.rows_rejected == 0
    again = export_csv(result.accepted, kind)
    assert sorted(again.splitlines()) == sorted(content.splitlines())


def test_the_geojson_holds_what_the_table_shows(open_page, files):
    app = open_page("records", place="KH-18")
    features = json.loads(files["events.geojson"]())["features"]
    assert {feature["id"] for feature in features} == set(app.dataframe[0].value["event_id"])
    assert "claims.geojson" not in files


def test_a_new_data_version_is_shown_at_once(open_page, data_folder):
    app = _choose(open_page("records"), "complaint")
    assert len(app.dataframe[0].value) == 0
    content = b"complaint_id,received_date,place_text\nmine,2022-09-01,Takeo\n"
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.commit(ingest(content, "c.csv", "complaint"), actor="test", content=content)
    app.run()
    assert app.dataframe[0].value["complaint_id"].tolist() == ["mine"]


def test_a_kind_is_always_chosen(open_page):
    kinds = open_page("records").segmented_control(key="record_kind")
    assert kinds.value == "event"
    assert kinds.proto.required


def _select(app, *positions):
    app.session_state[app.dataframe[0].key] = {"selection": {"rows": list(positions), "columns": [], "cells": []}}
    return app.run()


def test_a_chosen_row_opens_its_record(open_page):
    app = open_page("records")
    table = app.dataframe[0].value
    assert not any(text.startswith("From row ") for text in app.text.values)
    _select(app, 3)
    assert not app.exception
    assert failures(app) == []
    assert table["event_id"].iloc[3] in app.text.values
    assert any(text.startswith("From row ") and text.endswith("1 version.") for text in app.text.values)
    history = app.dataframe[1].value
    assert history["What"].iloc[0].startswith("added with a file")


def test_a_choice_does_not_pass_on_to_another_record(open_page):
    app = _select(open_page("records"), 0)
    assert any(text.startswith("From row ") for text in app.text.values)
    app.text_input(key="record_words").input("casino").run()
    assert len(app.dataframe[0].value)
    assert not any(text.startswith("From row ") for text in app.text.values)


def test_a_record_is_corrected_in_its_place(open_page, data_folder):
    app = open_page("records")
    record = app.dataframe[0].value["event_id"].iloc[0]
    _select(app, 0)
    app.multiselect(key=f"correct_field_{record}").select("note").run()
    next(box for box in app.text_input if box.label == "Anything a reader must know").input("checked *again*")
    next(box for box in app.text_input if box.label.startswith("Your name")).input("T")
    next(box for box in app.text_input if box.label.startswith("Reason")).input("because")
    next(button for button in app.button if button.label == "Correct it").click().run()
    assert failures(app) == []
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert store.read("event").set_index("event_id").loc[record, "note"] == "checked *again*"
        assert store.revisions().iloc[-1][["actor", "action", "note"]].tolist() == ["T", "correct", "because"]
