"""The whole form is tested on its page (tests/pages/test_upload.py); here, what it tells the import."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.ingest import ImportOptions
from data.schema import KINDS
from data.sniff import DELIMITERS, ENCODINGS
from ui import upload_form


def _form() -> None:
    from ui.upload_form import show_upload_form

    show_upload_form()


@pytest.fixture
def given(data_folder, monkeypatch):
    """The options that reach the import."""
    caught = []

    def ingest(content, file_name, kind, options, **_):
        caught.append((kind, options))
        return upload_form_ingest(content, file_name, kind, options)

    upload_form_ingest = upload_form.ingest
    monkeypatch.setattr(upload_form, "ingest", ingest)
    st.cache_resource.clear()
    yield caught
    st.cache_resource.clear()


def test_what_is_offered_is_what_the_import_knows():
    assert set(upload_form.KIND_LABELS) == set(KINDS)
    assert set(upload_form._DELIMITERS) - {""} <= set(DELIMITERS)
    assert set(upload_form._ENCODINGS) - {""} <= set(ENCODINGS)


def test_by_itself_the_form_says_nothing_about_the_file(given):
    app = AppTest.from_function(_form, default_timeout=30).run()
    assert given == []
    app.file_uploader[0].upload("a.csv", b"received_date\n2022-09-01\n", "text/csv").run()
    assert given[-1] == ("complaint", ImportOptions())


def test_every_choice_reaches_the_import(given):
    app = AppTest.from_function(_form, default_timeout=30).run()
    app.selectbox(key="upload_delimiter").select(";")
    app.selectbox(key="upload_encoding").select("cp1252")
    app.selectbox(key="upload_day_order").select("month")
    app.number_input(key="upload_header").set_value(2)
    app.checkbox(key="upload_swapped").check()
    app.file_uploader[0].upload("a.csv", b"title\nreceived_date;place\n01/02/2022;Takeo\n", "text/csv").run()
    assert given[-1][1] == ImportOptions("cp1252", ";", 2, False, True)
