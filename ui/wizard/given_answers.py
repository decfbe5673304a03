"""What was answered so far: each answer in words, and a way to take it back."""

from __future__ import annotations

import streamlit as st

from charts.visible import mark_invisible
from data.drafts import Draft
from locales import say
from ui.decision_words import list_given
from ui.wizard.state import go


def show_given(draft: Draft) -> None:
    """Draw the answers, each with a button that takes it back."""
    given = list_given(draft.options)
    if not given:
        return
    with st.expander(say("What you have answered ({n}): change it here", n=len(given))):
        for number, one in enumerate(given):
            left, right = st.columns([5, 1], vertical_alignment="center")
            with left:
                st.text(mark_invisible(one.words))
            with right:
                if st.button(say("Take back"), key=f"take_back_{number}", type="tertiary"):
                    go(draft, "questions", options=one.without)
