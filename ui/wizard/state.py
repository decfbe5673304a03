"""The upload that a person is working on: kept on disk, found again by its token after a reload or a restart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from data import drafts
from data.drafts import Draft
from locales import later

STEPS = ("read", "columns", "questions", "review", "add")
STEP_LABELS = {
    "read": later("File"),
    "columns": later("Columns"),
    "questions": later("Questions"),
    "review": later("Review"),
    "add": later("Add"),
}
TOKEN = "upload"
"""Name of the token in the address and in the session."""


def current_draft() -> Draft | None:
    """Return the unfinished upload of this session, or the one that the address names; None when there is none."""
    token = st.query_params.get(TOKEN) or st.session_state.get(TOKEN, "")
    draft = drafts.load(token) if token else None
    if draft is None:
        _leave()
        return None
    st.session_state[TOKEN] = draft.token
    if st.query_params.get(TOKEN) != draft.token:
        st.query_params[TOKEN] = draft.token
    return draft


def start_draft(content: bytes, file_name: str, kind: str = "") -> Draft:
    """Keep a file that was just chosen as an unfinished upload."""
    draft = drafts.new_draft(content, file_name, kind)
    open_draft(draft.token)
    return draft


def open_draft(token: str) -> None:
    """Work on this upload from now on."""
    st.session_state[TOKEN] = token
    st.query_params[TOKEN] = token


def change_draft(draft: Draft, **changes: Any) -> Draft:
    """Keep changed facts or decisions; `options` may be given as its own changes with ``options={…}``."""
    if isinstance(decisions := changes.get("options"), dict):
        changes["options"] = replace(draft.options, **decisions)
    changed = replace(draft, **changes)
    return drafts.save(changed)


def keep_answer(token: str, question: str, value: str | None) -> None:
    """Keep the answer to a question that is chosen but not taken yet; None takes it back."""
    draft = drafts.load(token)
    if draft is None:  # discarded in another tab
        return
    others = {key: text for key, text in draft.answers.items() if key != question}
    drafts.save(replace(draft, answers=others if value is None else others | {question: value}))


def go(draft: Draft, step: str, **changes: Any) -> None:
    """Keep changes, open a step and draw the page anew."""
    change_draft(draft, step=step, **changes)
    st.rerun()


def end_draft(draft: Draft) -> None:
    """Throw an upload away, with its file."""
    drafts.discard(draft.token)
    _leave()


def _leave() -> None:
    st.session_state.pop(TOKEN, None)
    if TOKEN in st.query_params:
        del st.query_params[TOKEN]
