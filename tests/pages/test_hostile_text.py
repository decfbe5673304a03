"""No text of a record, however hostile, reaches a place where the browser would read it as Markdown, HTML or code."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from charts.visible import mark_invisible
from data import drafts
from data.ingest import ingest
from data.options import Edit, ImportOptions
from data.schema import KINDS, split_list
from data.store import Store
from tests.attacks.hostile_text import COMPUTED, MARK, TEXTS, by_attack, hostile_file, hostile_id, store_hostile_records
from tests.pages.app_pages import listed_pages
from tests.pages.shown import failures, markup, shown
from ui.detail_panel import MOST_CARDS


@pytest.fixture(scope="module")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    store_hostile_records(folder)
    return folder


@pytest.fixture
def data_folder(hostile_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Instead of the seed data: hostile records and nothing else."""
    monkeypatch.setenv("ATLAS_DATA_DIR", str(hostile_folder))
    return hostile_folder


def assert_only_text(app: AppTest) -> None:
    assert not app.exception
    assert ":material/error: **Something went wrong on our side**" not in failures(app)
    assert [(place, text) for place, text in markup(app) if MARK in text or COMPUTED in text] == []


def plain_text(app: AppTest) -> str:
    return "\n".join(text for _, text in shown(app))


@pytest.mark.parametrize("page", [Path(page).stem for page in listed_pages()])
def test_every_page(open_page, page):
    assert_only_text(open_page(page))


@pytest.mark.parametrize("measure", ["stated:complaints_received", "recorded:raid", "listed:compound"])
def test_a_province_with_its_claims_sites_and_events(open_page, measure):
    app = open_page("map", place="KH-18", measure=measure, **{"from": "2022-08-19", "to": "2022-09-19"})
    assert_only_text(app)
    words = plain_text(app)
    for text in TEXTS[::2][:MOST_CARDS]:
        assert f"{MARK} speaker {text} (government)" in words
        assert f"“{MARK} quote {text}”" in words
    assert [option for option in app.selectbox(key="open_site").options if MARK in option]


def assert_a_site_is_only_text(app: AppTest, number: int) -> None:
    assert_only_text(app)
    words = plain_text(app)
    for field in ("name", "operator_as_reported", "quote", "description"):
        assert f"{MARK} {field} {TEXTS[number]}" in words
    for alias in split_list(f"{MARK} aliases {TEXTS[number]}"):
        assert alias in words


@pytest.mark.parametrize("number", by_attack())
def test_a_site_on_the_map(open_page, number):
    assert_a_site_is_only_text(open_page("map", compound=hostile_id("compound", number)), number)


@pytest.mark.parametrize("number", [0, 2, 4, 5, len(TEXTS) - 1])
def test_a_site_on_its_own_page(open_page, number):
    assert_a_site_is_only_text(open_page("compounds", compound=hostile_id("compound", number)), number)


def test_the_map_gets_texts_in_its_payload_alone(open_page):
    app = open_page("map")
    arguments = json.loads(app.get("component_instance")[0].proto.json_args)
    names = {site["tip"][0] for site in arguments.pop("atlas")["sites"]}
    assert names == {f"{MARK} name {text}" for text in TEXTS}
    assert MARK not in json.dumps(arguments)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "event"])
def test_every_table_of_records(open_page, kind):
    app = open_page("records")
    app.segmented_control(key="record_kind").select(kind).run()
    assert_only_text(app)
    assert len(app.dataframe[0].value) == len(TEXTS)


def test_all_events_of_the_timeline(open_page):
    app = open_page("timeline", place="KH-18")
    assert_only_text(app)
    words = plain_text(app)
    for text in TEXTS:
        assert f"{MARK} description {text}" in words
        assert f"Contested by: {MARK} contested_by {text}" in words


FILE_NAME = f"{MARK} {TEXTS[3].replace('/', '')}.csv"


def _press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def _submit(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def _choose(app: AppTest, content: bytes, kind: str, name: str = FILE_NAME) -> AppTest:
    app.file_uploader[0].upload(name, content, "text/csv").run()
    assert_only_text(app)
    app.radio(key=f"kind_{app.query_params['upload']}").set_value(kind)
    return _press(app, "file_next")


def _to_review(app: AppTest) -> AppTest:
    return _press(
        app, "questions_next" if any(button.key == "questions_next" for button in app.button) else "questions_skip"
    )


def _rows(*columns: str) -> bytes:
    """A file with one row for each of `TEXTS`; its cells are patterns in which {text} and {number} are filled in."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow([column.partition("=")[0] for column in columns])
    for number, text in enumerate(TEXTS):
        cells = (column.partition("=")[2] for column in columns)
        writer.writerow([cell.replace("{number}", str(number)).replace("{text}", f"{MARK} {text}") for cell in cells])
    return lines.getvalue().encode()


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_hostile_file_in_every_step(open_page, kind):
    app = _choose(open_page("upload"), hostile_file(kind), kind)
    assert drafts.load(app.query_params["upload"]).step == "columns"
    assert_only_text(app)
    assert f"{MARK} column {TEXTS[0]}" in app.text.values
    _submit(app, "Next")
    assert_only_text(app)
    _to_review(app)
    assert_only_text(app)
    assert app.metric[0].value == str(len(TEXTS))
    assert FILE_NAME in app.text.values


@pytest.mark.parametrize("kind", list(KINDS))
def test_hostile_rows_are_added_and_shown(open_page, tmp_path, monkeypatch, kind):
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path))
    app = _to_review(_submit(_choose(open_page("upload"), hostile_file(kind), kind), "Next"))
    _press(app, "review_next")
    assert_only_text(app)
    app.text_input(key="upload_actor").input(f"{MARK} {TEXTS[2]}")
    app.text_input(key="upload_template").input(f"{MARK} {TEXTS[3]}")
    app.run()
    _press(app, "upload_commit")
    assert_only_text(app)
    assert any(f"**{len(TEXTS)} rows were added**" in text for text in app.markdown.values)
    _press(app, "undo_import_submit")
    assert_only_text(app)
    assert any("was taken back.**" in text for text in app.markdown.values)


def test_values_that_are_asked_about_are_text(open_page):
    content = _rows("complaint_id=h{number}", "received_date=2022-09-01", "place_text={text}", "channel={text}")
    app = _choose(open_page("upload"), content, "complaint")
    assert_only_text(app)
    assert {mark_invisible(f"“{MARK} {text}”") for text in TEXTS} <= set(app.text.values)
    for number, text in enumerate(TEXTS):
        box = next(box for box in app.selectbox if box.label == f"Value {number + 1} means")
        assert MARK not in box.label, text
    _press(app, "questions_skip")
    assert_only_text(app)
    assert app.metric[2].value == str(len(TEXTS))


def test_headers_that_are_in_doubt_or_missing_are_text(open_page):
    content = f"{MARK} {TEXTS[2]},{MARK} {TEXTS[4]},{MARK} {TEXTS[6]}\n2022-09-01,Takeo,x\n".encode()
    app = _choose(open_page("upload"), content, "complaint")
    assert_only_text(app)
    for number in (1, 2, 3):
        app.selectbox(key=f"column_{app.query_params['upload']}_{number}").select("")
    _submit(app, "Next")
    assert ":material/error: **This did not work**" in app.markdown.values
    assert_only_text(app)


def test_questions_about_the_whole_file_are_text(open_page):
    content = f"complaint_id,{MARK} {TEXTS[4]},place_text\na,03/04/2022,Takeo\nb,2565-05-06,Takeo\n".encode()
    app = _choose(open_page("upload"), content, "complaint")
    app.selectbox(key=f"column_{app.query_params['upload']}_2").select("received_date")
    _submit(app, "Next")
    assert_only_text(app)
    assert len(app.radio) == 2


def test_personal_data_in_a_hostile_column(open_page):
    content = f"complaint_id,received_date,place_text,{MARK} {TEXTS[5]}\na,2022-09-01,Takeo,012 345 678\n".encode()
    app = _submit(_choose(open_page("upload"), content, "complaint"), "Next")
    assert_only_text(app)
    assert any(f"{MARK} {TEXTS[5]}" in text for text in app.text.values)
    _press(app, "redact")
    assert_only_text(app)
    _to_review(app)
    assert_only_text(app)


def test_duplicates_side_by_side_are_text(open_page):
    row = f"2022-09-01,Takeo,2,{MARK} {TEXTS[4]}"
    content = f"complaint_id,received_date,place_text,people_affected,note\n1,{row}\n2,{row}\n2,{row}\n".encode()
    app = _to_review(_choose(open_page("upload"), content, "complaint"))
    assert_only_text(app)
    assert any(MARK in str(editor.value.to_dict()) for editor in app.data_editor if editor.key.startswith("pairs"))


def test_names_of_sheets_are_text(open_page):
    book = Workbook()
    book.active.title = f"{MARK} `code` <b>x"
    book.create_sheet(f"{MARK} $x^2$")
    for sheet in book:
        sheet.append(["received_date", "place_text"])
        sheet.append(["2022-09-01", "Takeo"])
    content = io.BytesIO()
    book.save(content)
    app = open_page("upload")
    app.file_uploader[0].upload(FILE_NAME.replace(".csv", ".xlsx"), content.getvalue()).run()
    assert_only_text(app)
    assert any(MARK in option for box in app.selectbox for option in box.options)


def test_unfinished_hostile_uploads_are_listed_as_text(open_page, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path))
    for text in TEXTS:
        drafts.new_draft(b"a,b\n1,2\n", f"{MARK} {text}.csv")
    app = open_page("upload")
    assert_only_text(app)
    assert sum(MARK in text for text in app.text.values) == len(TEXTS)


@pytest.mark.parametrize("batch", range(1, len(KINDS) + 1))
def test_every_hostile_batch_in_the_history(open_page, batch):
    app = open_page("history")
    app.selectbox(key="batch").select(batch).run()
    assert_only_text(app)


def test_decisions_about_a_hostile_file_are_text(open_page, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path))
    content = _rows("complaint_id=h{number}", "received_date=2022-09-01", "Spot={text}")
    options = ImportOptions(
        columns={"place_text": "Spot"},
        places={f"{MARK} {text}": "KH-7" for text in TEXTS},
        edits=(Edit(2, "Spot", f"{MARK} {TEXTS[4]}"),),
    )
    result = ingest(content, FILE_NAME, "complaint", options)
    assert result.rows_rejected == 0
    open_page("history")
    with Store.open(tmp_path / "atlas.sqlite") as store:
        batch = store.commit(result, actor=f"{MARK} {TEXTS[2]}", content=content, note=f"{MARK} {TEXTS[3]}")
        store.name_version(f"{MARK} {TEXTS[4]}", actor=f"{MARK} {TEXTS[5]}")
        store.correct("complaint", "h0", {"note": f"{MARK} {TEXTS[6]}"}, actor="T", reason=f"{MARK} {TEXTS[7]}")
    app = open_page("history")
    app.selectbox(key="batch").select(batch.batch_id).run()
    assert_only_text(app)
    assert any(text.startswith(f"“{MARK}") for text in app.text.values)
    app.selectbox(key="changes_from").select(0).run()
    assert_only_text(app)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_hostile_record_with_its_history_and_correction(open_page, kind):
    app = open_page("records")
    if kind != "event":
        app.segmented_control(key="record_kind").select(kind).run()
    app.session_state[app.dataframe[0].key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    assert_only_text(app)
    assert any(text.startswith("From row 2 of “hostile") for text in app.text.values)
    record = str(app.dataframe[0].value[KINDS[kind].id_field].iloc[0])
    app.multiselect(key=f"correct_field_{record}").select("note").run()
    assert_only_text(app)
    assert any(box.label == "Anything a reader must know" and str(box.value).startswith(MARK) for box in app.text_input)


def test_a_message_about_a_hostile_file(open_page):
    app = open_page("upload")
    content = f"{MARK} {TEXTS[2]},{MARK} {TEXTS[2]}\n1,2\n".encode()
    app.file_uploader[0].upload(FILE_NAME, content).run()
    assert_only_text(app)
    assert [text for text in app.markdown.values if text.startswith((":material/error:", ":material/help:"))]


def test_the_check_can_fail():
    def page() -> None:
        import streamlit as st

        st.caption("hostile $x$")
        st.text("hostile as it is")
        st.metric("hostile", 1)
        st.expander("hostile")

    app = AppTest.from_function(page).run()
    assert {place for place, text in markup(app) if MARK in text} == {"caption.body", "metric.label", "expander.label"}
