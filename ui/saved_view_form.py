"""Keeping a view under a name, from the popover that shares it; the page of briefings offers what was kept."""

from __future__ import annotations

import streamlit as st

from data.briefing import PAGES
from data.permalink import Choices
from data.saved_views import LONGEST_NAME, save_view
from locales import say


def page_of(address: str) -> str:
    """Return the name of the page at an address, where it is one with figures of a briefing; else nothing."""
    name = address.split("?")[0].rstrip("/").rpartition("/")[2]
    return name if name in PAGES.values() else ""


def show_keep_view(address: str, choices: Choices) -> None:
    """Draw the form that keeps this view; nothing on pages without a figure.

    Parameters
    ----------
    address : str
        Of the page.
    choices : Choices
        The view, its period named.
    """
    page = page_of(address)
    if not page:
        return
    st.markdown(f"**{say('Keep this view for a briefing')}**")
    with st.form("keep_view", border=False):
        name = st.text_input(say("Name of the view"), key="keep_view_name", max_chars=LONGEST_NAME)
        who = st.text_input(say("Your name or initials"), key="keep_view_who", max_chars=60)
        kept = st.form_submit_button(say("Keep this view"))
    if kept and name.strip() and who.strip():
        save_view(name, page, choices, who=who.strip())
        st.success(say("Kept in the folder of the data."), icon=":material/check:")
    elif kept:
        st.caption(say("Write a name for it, and yours."))
