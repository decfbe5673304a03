from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import drafts
from ui.wizard.state import STEP_LABELS, STEPS, change_draft

CONTENT = b"received_date,place_text\n2022-09-01,Takeo\n"


def _page() -> None:
    import streamlit as st

    from ui.wizard.state import current_draft, end_draft, go, open_draft, start_draft

    if st.button("start", key="start"):
        start_draft(b"received_date,place_text\n2022-09-01,Takeo\n", "file.csv")
    if st.button("open", key="open"):
        open_draft(st.session_state["wanted"])
    draft = current_draft()
    st.text("none" if draft is None else f"{draft.file_name} {draft.step}")
    if draft is not None and st.button("review", key="review"):
        go(draft, "review", kind="event")
    if draft is not None and st.button("end", key="end"):
        end_draft(draft)


@pytest.fixture
def page(data_folder: Path) -> AppTest:
    return AppTest.from_function(_page, default_timeout=60)


def _said(app: AppTest) -> str:
    assert not app.exception
    return app.text.values[0]


def test_every_step_has_a_label():
    assert set(STEPS) == set(STEP_LABELS)
    assert STEPS[0] == drafts.FIRST_STEP


def test_without_an_upload_there_is_none(page):
    assert _said(page.run()) == "none"
    assert "upload" not in page.query_params


def test_a_new_upload_stands_in_the_address_and_is_found_again_by_another_session(page):
    page.run().button(key="start").click().run()
    assert _said(page) == "file.csv read"
    token = page.query_params["upload"]
    assert drafts.load(token).content() == CONTENT
    other = AppTest.from_function(_page, default_timeout=60)
    other.query_params["upload"] = token
    assert _said(other.run()) == "file.csv read"


def test_a_session_keeps_its_upload_when_the_address_is_lost(page):
    page.run().button(key="start").click().run()
    token = page.query_params["upload"]
    page.query_params.clear()
    assert _said(page.run()) == "file.csv read"
    assert page.query_params["upload"] == token


@pytest.mark.parametrize(
    "token", ["", "x", "../../etc/passwd", "0" * 32, "0" * 31 + "g", "A" * 32, "0" * 33, "0" * 32 + "\n", "é", "%00"]
)
def test_what_is_no_token_is_ignored_and_taken_out_of_the_address(page, token):
    page.query_params["upload"] = token
    assert _said(page.run()) == "none"
    assert "upload" not in page.query_params


def test_a_step_is_opened_and_kept(page):
    page.run().button(key="start").click().run()
    page.button(key="review").click().run()
    assert _said(page) == "file.csv review"
    draft = drafts.load(page.query_params["upload"])
    assert (draft.step, draft.kind) == ("review", "event")


def test_an_upload_that_ends_leaves_nothing(page, data_folder):
    page.run().button(key="start").click().run()
    page.button(key="end").click().run()
    assert list((data_folder / "drafts").iterdir()) == []
    assert _said(page.run()) == "none"
    assert "upload" not in page.query_params


def test_another_upload_can_be_opened(page):
    first = drafts.new_draft(CONTENT, "first.csv")
    page.run().button(key="start").click().run()
    page.session_state["wanted"] = first.token
    page.button(key="open").click().run()
    assert _said(page) == "first.csv read"
    assert page.query_params["upload"] == first.token


def test_decisions_given_as_changes_leave_the_others_as_they_are(keep):
    draft = keep(CONTENT, day_first=True)
    changed = change_draft(draft, options={"delimiter": ";"}, step="review")
    assert (changed.options.day_first, changed.options.delimiter, changed.step) == (True, ";", "review")
    again = drafts.load(draft.token)
    assert (again.options, again.step) == (changed.options, "review")
