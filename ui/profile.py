"""The public version: how it is switched on and off, and the notice that stands on every page while it is on."""

from __future__ import annotations

import streamlit as st

from data.measures import Measure, MeasureCounts
from data.periods import Period
from data.privacy import PROFILES, withheld
from data.snapshot import Snapshot
from data.suppression import allowed_period, refuse
from locales import say
from ui.cache import internal_snapshot, whole_snapshot
from ui.state import change_choices, current_choices


def is_public() -> bool:
    """Whether the reader sees the public version."""
    return current_choices().profile == "public"


def withheld_sentence(counts: MeasureCounts | None = None) -> str:
    """Return what the public version leaves out, for the notice and for pictures; empty in the internal one."""
    return withheld(internal_snapshot(), whole_snapshot(), counts).sentence() if is_public() else ""


def show_profile() -> None:
    """Draw the notice of the public version, with the way back; nothing in the internal version."""
    if not is_public():
        return
    with st.container(key="public_version", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/public: **{say(PROFILES['public'])}.** {withheld_sentence()}", width="stretch")
        st.button(
            say("Back to the internal version"),
            key="leave_public",
            type="tertiary",
            on_click=_choose,
            args=("internal",),
        )


def stop_in_public() -> None:
    """End the page in the public version: it shows the store itself, where nothing is left out."""
    if is_public():
        st.text(say("This page belongs to the internal version."))
        st.stop()


def explain_period(snapshot: Snapshot, measure: Measure, period: Period) -> None:
    """Say why uploaded rows are not counted for this choice in the public version; nothing where they are."""
    published = snapshot.published
    if published is None or measure.basis != "recorded" or not published.hides(measure.subject):
        return
    if published.reason:
        st.caption(refuse(published.reason))
    elif not allowed_period(period):
        st.caption(refuse("period"))


def show_profile_switch() -> None:
    """Draw the switch between the two versions."""
    st.toggle(
        say("Public version"),
        value=is_public(),
        key="public_switch",
        on_change=lambda: _choose("public" if st.session_state["public_switch"] else "internal"),
        help=say(
            "For what you give away: small counts of uploaded rows, single rows, exact places, notes and names are "
            "left out. Every page and picture says so."
        ),
    )


def _choose(profile: str) -> None:
    # Identifiers differ between the versions; none must pass from the internal one into an address of the public one.
    change_choices(profile=profile, compound="", record="", area="")
