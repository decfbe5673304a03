"""What stands under a figure: what is counted, what is shown and what cannot be, who says so, which data version."""

from __future__ import annotations

import streamlit as st

from charts.labels import term
from data.measures import MeasureCounts
from data.snapshot import Snapshot


def describe_belief(snapshot: Snapshot) -> str:
    """Return a sentence on whose word counts, with a space behind it; nothing when everyone's does."""
    if not snapshot.believed:
        return ""
    return f"Only these speakers and sources count: {', '.join(term(name) for name in snapshot.believed)}. "


def show_caption(snapshot: Snapshot, counts: MeasureCounts, note: str, *, fixed: bool = False) -> None:
    """Draw the caption of a map by province.

    Parameters
    ----------
    snapshot : Snapshot
    counts : MeasureCounts
    note : str
        Account of what is shown and what cannot be, made of numbers and constant words only.
    fixed : bool
        Whether the page follows no choices, which is then said.
    """
    everything = "This page always shows everything: choices made on other pages do not change it. " if fixed else ""
    st.caption(
        f"{counts.measure.definition} {note} Hatched provinces have no report; that is not zero. "
        f"Every figure repeats what its source says. {everything}{describe_belief(snapshot)}"
        f"Data version {snapshot.revision}."
    )
