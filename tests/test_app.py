"""``app.py`` as a whole: its list of pages, and what a person sees when a page fails."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from errors import StoreDamagedError
from tests.pages.app_pages import APP, listed_pages, run_through_app
from tests.pages.shown import failures


@pytest.fixture
def app(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    run_through_app(monkeypatch)
    st.cache_resource.clear()
    yield AppTest.from_file(str(APP), default_timeout=60)
    st.cache_resource.clear()


def test_every_page_file_is_listed_once():
    files = {f"pages/{path.name}" for path in (APP.parent / "pages").glob("*.py")} - {"pages/__init__.py"}
    assert set(listed_pages()) == files
    assert len(set(listed_pages().values())) == len(files)


def test_every_page_opens_with_the_theme_and_a_title(app):
    for page in listed_pages():
        app.switch_page(page).run()
        assert not app.exception, page
        assert len(app.title) == 1, page
        assert failures(app) == [], page
        assert sum(sheet.value.count("<style>") for sheet in app._tree.get("html")) == 1, page


def test_an_unforeseen_failure_gets_a_calm_sentence(app, monkeypatch, caplog):
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("the secret of row 7")

    monkeypatch.setattr("data.measures.count_measure", fail)
    with caplog.at_level(logging.ERROR, "atlas"):
        app.switch_page("pages/map.py").run()
    assert not app.exception
    assert failures(app) == [":material/error: **Something went wrong on our side**"]
    sentence = app.text.values[-1]
    assert sentence.startswith("Your data are unchanged.")
    reference = sentence.rstrip(".").split()[-1]
    logged = [record for record in caplog.records if record.name == "atlas"]
    assert [record.getMessage() for record in logged] == [f"reference {reference}"]
    everything = str(app)
    assert "secret of row 7" not in everything
    assert "Traceback" not in everything


def test_a_foreseen_failure_says_what_to_do(app, monkeypatch):
    def fail(*_args: object) -> None:
        raise StoreDamagedError("The store is damaged: [x](y).", "Restore a backup.")

    monkeypatch.setattr("ui.cache.reading_store", fail)
    app.switch_page("pages/records.py").run()
    assert not app.exception
    assert failures(app) == [":material/error: **This did not work**"]
    assert app.text.values == ["The store is damaged: [x](y).", "Restore a backup."]


def test_an_address_of_no_page_shows_the_first(app):
    app._page_hash = "0" * 32
    assert app.run().title.values == ["Alleged scam compounds in Cambodia: who says what"]
