from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.schema import SOURCE
from ui.wizard.source_form import _RELIABILITY, NEW, STORED


def _page() -> None:
    import streamlit as st

    from ui.wizard.source_form import ask_source

    st.session_state["answer"] = ask_source("t")


@pytest.fixture
def form(data_folder):
    st.cache_resource.clear()
    yield AppTest.from_function(_page, default_timeout=60).run()
    st.cache_resource.clear()


FILLED = {
    "publisher": "Hotline",
    "title": "Log of *September*",
    "published": "2022-10",
    "licence": "internal",
}


def _fill(form, but=""):
    for name, text in FILLED.items():
        if name != but:
            form.text_input(key=f"source_{name}_t").input(text)
    if but != "type":
        form.selectbox(key="source_type_t").select("ngo")
    if but != "reliability":
        form.selectbox(key="source_reliability_t").select("B")
    return form.run()


def test_every_letter_of_reliability_has_words():
    assert set(_RELIABILITY) - {""} == set(SOURCE.field("source_reliability").choices)


def test_nothing_is_chosen_beforehand(form):
    assert not form.exception
    assert form.radio(key="source_which_t").value == NEW
    assert form.session_state["answer"] is None
    assert {form.selectbox(key="source_type_t").value, form.selectbox(key="source_reliability_t").value} == {""}


def test_a_new_source_is_an_entry_once_it_is_complete(form):
    answer = _fill(form).session_state["answer"]
    assert (answer.publisher, answer.title, answer.published_date) == ("Hotline", "Log of *September*", "2022-10")
    assert (answer.source_type, answer.source_reliability, answer.licence) == ("ngo", "B", "internal")
    assert (answer.url, answer.author) == ("", "")


@pytest.mark.parametrize("missing", [*FILLED, "type", "reliability"])
def test_nothing_that_is_needed_may_be_left_empty(form, missing):
    assert _fill(form, but=missing).session_state["answer"] is None


def test_white_space_is_no_answer(form):
    form.text_input(key="source_publisher_t").input("  ")
    assert _fill(form, but="publisher").session_state["answer"] is None


def test_a_stored_source_can_be_chosen(form, snapshot):
    form.radio(key="source_which_t").set_value(STORED).run()
    box = form.selectbox(key="source_stored_t")
    assert form.session_state["answer"] is None
    assert len(box.options) == len(snapshot.of("source"))
    first = snapshot.of("source")["source_id"].iloc[0]
    box.select(first).run()
    assert form.session_state["answer"] == first
