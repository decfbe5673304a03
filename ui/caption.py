"""What stands under a figure: what is counted, what is shown and what cannot be, who says so, which data version."""

from __future__ import annotations

import streamlit as st

from data.measures import MeasureCounts
from data.snapshot import Snapshot


def show_caption(snapshot: Snapshot, counts: MeasureCounts, note: str) -> None:
    """Draw the caption of a map by province.

    Parameters
    ----------
    snapshot : Snapshot
    counts : MeasureCounts
    note : str
        Account of what is shown and what cannot be, made of numbers and constant words only.
    """
    st.caption(
        f"{counts.measure.definition} {note} Hatched provinces have no report; that is not zero. "
        f"Every figure repeats what its source says. Data version {snapshot.revision}."
    )
