"""What was answered so far: each answer in words, and a way to take it back."""

from __future__ import annotations

import streamlit as st

from data.drafts import Draft
from ui.decision_words import list_given
from ui.wizard.state import go


def show_given(draft: Draft) -> None:
    """Draw the answers, each with a button that takes it back."""
    given = list_given(draft.options)
    if not given:
        return
    with st.expander(f"What you have answered ({len(given)}): change it here"):
        for number, one in enumerate(given):
            left, right = st.columns([5, 1], vertical_alignment="center")
            with left:
                st.text(one.words)
            with right:
                if st.button("Take back", key=f"take_back_{number}", type="tertiary"):
                    go(draft, "questions", options=one.without)
