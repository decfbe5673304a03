"""The head of a page: its title, and the way to share what is seen – link, data version, citation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from charts.citation import PHNOM_PENH, cite_view
from data.periods import Period
from data.permalink import Choices, write_address
from data.snapshot import Snapshot
from geo.gazetteer import province_name
from locales import say
from ui.cache import latest_revision, reading_store
from ui.profile import show_profile_switch
from ui.saved_view_form import show_keep_view
from ui.state import change_choices, current_choices


def show_head(
    title: str,
    snapshot: Snapshot,
    *,
    what: str = "",
    period: Period | None = None,
    find_sources: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """Draw the title, the button to share the view, and a notice when it is not of the latest data.

    Parameters
    ----------
    title : str
    snapshot : Snapshot
        What the page shows.
    what : str
        What is shown, for the citation; the title when empty.
    period : Period or None
    find_sources : callable, optional
        Gives the sources behind the figures; called only when the citation is looked at.
    """
    with st.container(key="head", horizontal=True, vertical_alignment="center", gap="small"):
        st.title(title, width="stretch")
        with st.popover(say("Share"), icon=":material/link:", on_change="rerun", key="share") as share:
            if share.open:
                _show_share(snapshot, what or title, period, find_sources)
    _show_version(snapshot)


def view_link(page: str, choices: Choices) -> str:
    """Return the address of a view on a page."""
    parameters = urlencode(write_address(choices), safe=",:;~")
    return f"{page}?{parameters}" if parameters else page


def _show_share(
    snapshot: Snapshot, what: str, period: Period | None, find_sources: Callable[[], pd.DataFrame] | None
) -> None:
    # Which period suits a measure may change with later imports; a link says which one it was.
    choices = replace(current_choices(), period=period or current_choices().period)
    st.toggle(
        say("Keep this view at data version {version}", version=snapshot.revision),
        value=choices.version > 0,
        key="keep_version",
        on_change=lambda: change_choices(version=snapshot.revision if st.session_state["keep_version"] else 0),
        help=say("With this, the link shows the same figures after later imports and corrections too."),
    )
    show_profile_switch()
    page = st.context.url or ""
    link = view_link(page.split("?")[0], choices)
    st.markdown(f"**{say('Link to this view')}**")
    st.code(link, language=None, wrap_lines=True)
    if page.startswith(("http://localhost", "http://127.0.0.1")):
        st.caption(say("This link works on this computer, where the atlas runs."))
    show_keep_view(page, choices)
    if not snapshot.revision:
        return  # an empty store has no figure to cite
    st.markdown(f"**{say('How to cite it')}**")
    versions = reading_store().versions()
    of_this = versions[versions["revision"] == snapshot.revision]
    text = cite_view(
        what,
        period=period,
        place=province_name(choices.place) if choices.place else "",
        version=snapshot.revision,
        made=of_this["at"].iloc[0].to_pydatetime(),
        names=of_this["name"].dropna().tolist(),
        believed=snapshot.believed,
        sources=find_sources() if find_sources is not None else None,
        link=view_link(page.split("?")[0], replace(choices, version=snapshot.revision)),
        today=datetime.now(PHNOM_PENH).date(),
    )
    st.code(text, language=None, wrap_lines=True)


def _show_version(snapshot: Snapshot) -> None:
    asked, latest = current_choices().version, latest_revision()
    if asked > latest:
        words = say("There is no data version {asked} yet; the latest, {latest}, is shown.", asked=asked, latest=latest)
        st.warning(words, icon=":material/history:")
    elif snapshot.revision < latest:
        with st.container(key="old_version", horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                ":material/history: "
                + say(
                    "**Data version {version}**, not the latest one, which is {latest}.",
                    version=snapshot.revision,
                    latest=latest,
                ),
                width="content",
            )
            st.button(
                say("Show the latest"), key="show_latest", type="tertiary", on_click=lambda: change_choices(version=0)
            )
