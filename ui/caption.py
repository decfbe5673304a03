"""What stands under a figure: what is counted, what is shown and what cannot be, who says so, which data version."""

from __future__ import annotations

import streamlit as st

from charts.labels import term
from data.measures import MeasureCounts
from data.snapshot import Snapshot
from locales import say, write_digits


def describe_belief(snapshot: Snapshot) -> str:
    """Return a sentence on whose word counts, with a space behind it; nothing when everyone's does."""
    if not snapshot.believed:
        return ""
    names = ", ".join(term(name) for name in snapshot.believed)
    return say("Only these speakers and sources count: {names}. ", names=names)


def show_caption(
    snapshot: Snapshot, counts: MeasureCounts, note: str, *, fixed: bool = False, districts: str = ""
) -> None:
    """Draw the caption of a map.

    Parameters
    ----------
    snapshot : Snapshot
    counts : MeasureCounts
    note : str
        Account of what is shown and what cannot be, made of numbers and constant words only.
    fixed : bool
        Whether the page follows no choices, which is then said.
    districts : str
        On a map by district, what no district counts; empty on a map by province.
    """
    by_province = say("Hatched provinces have no report; that is not zero. Every figure repeats what its source says.")
    by_district = say("Hatched districts have no record; that is not zero. Every record repeats what its source says.")
    everything = (
        say("This page always shows everything: choices made on other pages do not change it. ") if fixed else ""
    )
    st.caption(
        f"{counts.measure.definition} {note} "
        + (f"{districts} {by_district}" if districts else by_province)
        + f" {everything}{describe_belief(snapshot)}"
        + say("Data version {version}.", version=write_digits(str(snapshot.revision)))
    )
