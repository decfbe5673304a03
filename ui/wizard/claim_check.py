"""Statements and events of a file against each other and against the atlas, before anything is stored."""

from __future__ import annotations

import streamlit as st

from data.claim_check import check_records_together
from data.findings import KINDS, SEVERITIES
from data.ingest import ROW_NUMBER, ImportResult
from data.schema import KINDS as RECORD_KINDS
from locales import later, say, say_many
from ui.cache import latest_snapshot

_SEVERITIES = {
    "contradiction": later("Contradiction: these cannot all be true"),
    "tension": later("Tension: both can be true only under conditions that nobody states"),
    "info": later("Follows from what is stated"),
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
    grave_ones = say_many("{n} contradiction", "{n} contradictions", grave) if grave else say("No contradiction")
    st.text(
        say(
            "{contradictions}, {tensions} with what is in the file or in the atlas. Statements that contradict each "
            "other are all kept; nobody is said to be right.",
            contradictions=grave_ones,
            tensions=say_many("{n} tension", "{n} tensions", tense),
        )
    )
    rows = dict(zip(result.accepted[RECORD_KINDS[result.kind].id_field], result.accepted[ROW_NUMBER], strict=True))
    for number, one in enumerate(sorted(found, key=lambda one: SEVERITIES.index(one.severity))[:MOST_FINDINGS]):
        with st.container(key=f"event_check_{number}", gap="xsmall"):
            st.markdown(f"**{say(KINDS[one.kind])}**")
            st.caption(say(_SEVERITIES[one.severity]))
            st.text(one.explanation)
            places = [
                say("row {number}", number=str(rows[name])) for name in (*one.claim_ids, *one.event_ids) if name in rows
            ]
            with st.container(key=f"when_check_{number}"):
                st.text(say("In this file: {names}", names=", ".join(places)))
    if len(found) > MOST_FINDINGS:
        st.caption(say("{n} more are found on the page Claims after the import.", n=len(found) - MOST_FINDINGS))
