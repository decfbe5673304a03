"""Statements and events of a file against each other and against the atlas, before anything is stored."""

from __future__ import annotations

import streamlit as st

from charts.labels import plural
from data.claim_check import check_records_together
from data.findings import KINDS, SEVERITIES
from data.ingest import ROW_NUMBER, ImportResult
from data.schema import KINDS as RECORD_KINDS
from ui.cache import latest_snapshot

_SEVERITIES = {
    "contradiction": "Contradiction: these cannot all be true",
    "tension": "Tension: both can be true only under conditions that nobody states",
    "info": "Follows from what is stated",
}
MOST_FINDINGS = 50


def show_claim_check(result: ImportResult) -> None:
    """Draw what would not reconcile once these rows were added; nothing of it keeps them out."""
    snapshot = latest_snapshot()
    found = check_records_together(
        result.kind, result.accepted, snapshot.of("claim"), snapshot.of("event"), snapshot.of("source")
    )
    grave = sum(one.severity == "contradiction" for one in found)
    tense = sum(one.severity == "tension" for one in found)
    st.text(
        f"{plural(grave, 'contradiction') if grave else 'No contradiction'}, {plural(tense, 'tension')} with what is "
        "in the file or in the atlas. Statements that contradict each other are all kept; nobody is said to be right."
    )
    rows = dict(zip(result.accepted[RECORD_KINDS[result.kind].id_field], result.accepted[ROW_NUMBER], strict=True))
    for number, one in enumerate(sorted(found, key=lambda one: SEVERITIES.index(one.severity))[:MOST_FINDINGS]):
        with st.container(key=f"event_check_{number}", gap="xsmall"):
            st.markdown(f"**{KINDS[one.kind]}**")
            st.caption(_SEVERITIES[one.severity])
            st.text(one.explanation)
            places = [f"row {rows[name]}" for name in (*one.claim_ids, *one.event_ids) if name in rows]
            with st.container(key=f"when_check_{number}"):
                st.text(f"In this file: {', '.join(places)}")
    if len(found) > MOST_FINDINGS:
        st.caption(f"{len(found) - MOST_FINDINGS:,} more are found on the page Claims after the import.")
