"""No text of a record, however hostile, reaches a place where the browser would read it as Markdown, HTML or code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.schema import KINDS
from tests.attacks.hostile_text import COMPUTED, MARK, TEXTS, hostile_file, hostile_id, store_hostile_records
from tests.pages.app_pages import listed_pages
from tests.pages.shown import failures, markup, shown


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
    for text in TEXTS[::2]:
        assert f"{MARK} speaker {text} (government)" in words
        assert f"“{MARK} quote {text}”" in words
    assert [option for option in app.selectbox(key="open_site").options if MARK in option]


@pytest.mark.parametrize(
    ("page", "number"), [*(("map", n) for n in range(len(TEXTS))), *(("compounds", n) for n in (0, 2, 4, 5))]
)
def test_a_site(open_page, page, number):
    app = open_page(page, compound=hostile_id("compound", number))
    assert_only_text(app)
    words = plain_text(app)
    for field in ("name", "operator_as_reported", "aliases", "quote", "description"):
        assert f"{MARK} {field} {TEXTS[number]}" in words


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


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_hostile_file_before_it_is_stored(open_page, kind):
    app = open_page("upload")
    app.selectbox(key="upload_kind").select(kind).run()
    app.file_uploader[0].upload(f"{MARK} {TEXTS[3].replace('/', '')}.csv", hostile_file(kind), "text/csv").run()
    assert_only_text(app)
    assert app.metric[0].value == str(len(TEXTS))


def test_a_message_about_a_hostile_file(open_page):
    app = open_page("upload")
    app.file_uploader[0].upload(f"{MARK} {TEXTS[3].replace('/', '')}.csv", f"{MARK} {TEXTS[2]},b\n1,2\n".encode()).run()
    assert_only_text(app)
    assert ":material/error: **This did not work**" in app.markdown.values


def test_the_check_can_fail():
    def page() -> None:
        import streamlit as st

        st.caption("hostile $x$")
        st.text("hostile as it is")
        st.metric("hostile", 1)
        st.expander("hostile")

    app = AppTest.from_function(page).run()
    assert {place for place, text in markup(app) if MARK in text} == {"caption.body", "metric.label", "expander.label"}
