"""Claims that answer each other side by side, and what does not reconcile, each with its words and sources."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from charts.claim_sentences import answer_words, claim_figure, claim_period, claim_place
from charts.labels import format_edtf, known, plural
from data.claims import LedgerView, list_answers
from data.findings import KINDS, Finding
from data.lifecycle import group_sites
from data.metrics import METRICS
from data.pairings import find_pairings
from data.periods import Period
from data.schema import split_list
from data.slices import select_records
from data.snapshot import Snapshot
from ui.claims_view import ClaimChoice, Ledger, show_cards
from ui.source_cards import show_event, show_words
from ui.state import current_choices

FIRST_PAIRS = 6
_SEVERITIES = {
    "contradiction": "Contradiction: as recorded, these cannot all be true",
    "tension": "Tension: both can be true only under conditions that nobody states",
    "info": "Follows from what is stated",
}
_FOLDED = {
    "disputed": ("A number and who disputes it", "Each pair stands side by side above, where it is in view."),
    "contested_event": ("An event that a named party disputes", ""),
    "info": ("What follows from stated numbers", "Nothing is wrong here; nobody states these numbers."),
}


def events_in_view(snapshot: Snapshot, period: Period, choice: ClaimChoice) -> pd.DataFrame:
    """Return the events of the chosen period and province; none when a metric or speaker is chosen."""
    place, events = current_choices().place, snapshot.of("event")
    if choice.narrowed:
        return events.iloc[:0]
    selection = select_records(events, "event", period)
    found = pd.concat([selection.inside, selection.perhaps, selection.undated])
    return found[[place in split_list(cell) for cell in found["province_codes"]]] if place else found


def show_pairs(snapshot: Snapshot, ledger: Ledger, view: LedgerView, events: pd.DataFrame) -> None:
    """Draw claims beside those that answer them, then reports beside the statements of the party that disputes them."""
    rows, in_view = ledger.rows, set(view.rows["claim_id"])
    answers = list_answers(rows)
    answers = answers[answers["claim_id"].isin(in_view) | answers["answer_id"].isin(in_view)]
    pairings = find_pairings(snapshot.of("event"), snapshot.of("claim"), group_sites(snapshot.of("compound")))
    replied = pairings[(pairings["disputed_kind"] == "event") & pairings["answer_id"].notna()]
    replied = replied.drop(columns="site_id").drop_duplicates()
    replied = replied[replied["disputed_id"].isin(events["event_id"]) | replied["answer_id"].isin(events["event_id"])]
    groups = [("claim", *group) for group in answers.groupby("claim_id", sort=False)["answer_id"]]
    groups += [("event", *group) for group in replied.groupby("answer_id", sort=False)["disputed_id"]]
    st.subheader(f"Side by side: who answers whom ({len(groups)})")
    if not groups:
        st.text("No claim in view answers another one.")
        return
    by_id = {claim["claim_id"]: claim for claim in rows.to_dict("records")}
    whole = len(groups) <= FIRST_PAIRS or st.toggle(f"Show all {len(groups)}", key="all_pairs")
    for number, (kind, name, others) in enumerate(groups if whole else groups[:FIRST_PAIRS]):
        with st.container(key=f"event_pair_{number}"):
            left, right = st.columns(2, gap="medium")
            if kind == "claim":
                _show_claim_pair(snapshot, (left, right), by_id, name, others, number)
            else:
                _show_event_pair(snapshot, (left, right), name, others, number)


def _show_claim_pair(
    snapshot: Snapshot,
    columns: tuple[st.delta_generator.DeltaGenerator, ...],
    by_id: dict[str, dict[str, object]],
    claim_id: str,
    answer_ids: Iterable[str],
    number: int,
) -> None:
    left, right = columns
    claim = by_id[claim_id]
    with left:
        st.caption("What is said")
        _show_side(snapshot, claim, f"said_{number}")
    with right:
        for place, answer_id in enumerate(answer_ids):
            answer = by_id[answer_id]
            st.caption(answer_words(claim, answer))
            _show_side(snapshot, answer, f"answer_{number}_{place}")


def _show_side(snapshot: Snapshot, claim: dict[str, object], name: str) -> None:
    """Draw one side of a pair: figure, speaker, what it is about, words, source and date."""
    with st.container(border=True, gap="xxsmall"):
        with st.container(key=f"figure_{name}"):
            st.text(claim_figure(claim))
        st.text(f"{claim['speaker']}, {format_edtf(claim['stated_date'])}")
        st.caption(METRICS[str(claim["metric"])].label)
        with st.container(key=f"when_{name}"):
            st.text(f"{claim_place(claim)} · {claim_period(claim)}")
        show_words(snapshot, name, pd.Series(claim))


def _show_event_pair(
    snapshot: Snapshot,
    columns: tuple[st.delta_generator.DeltaGenerator, ...],
    answer_id: str,
    disputed_ids: Iterable[str],
    number: int,
) -> None:
    left, right = columns
    with left:
        st.caption("What is reported (an allegation)")
        for disputed_id in disputed_ids:
            event = snapshot.find("event", disputed_id)
            if event is not None:
                show_event(snapshot, event, place=f"reported_{number}_")
    with right:
        st.caption("answers with a statement")
        event = snapshot.find("event", answer_id)
        if event is not None:
            show_event(snapshot, event, place=f"reply_{number}_")


def show_findings(snapshot: Snapshot, ledger: Ledger, view: LedgerView, events: pd.DataFrame) -> None:
    """Draw what does not reconcile: what cannot all be true first; disputes shown above and what follows, folded."""
    claim_ids, event_ids = set(view.rows["claim_id"]), set(events["event_id"])
    found = [
        (number, one)
        for number, one in enumerate(ledger.findings)
        if claim_ids.intersection(one.claim_ids) or event_ids.intersection(one.event_ids)
    ]
    folded: dict[str, list[tuple[int, Finding]]] = {name: [] for name in _FOLDED}
    open_ones = []
    for number, one in found:
        group = "info" if one.severity == "info" else one.kind if one.severity == "tension" else ""
        folded.get(group, open_ones).append((number, one))
    grave = sum(one.severity == "contradiction" for _, one in found)
    tense = sum(one.severity == "tension" for _, one in found)
    st.subheader("Does not reconcile")
    st.text(
        f"{plural(grave, 'contradiction')}, {plural(tense, 'tension')}. Found by arithmetic over all claims and events; "
        "it does not say who is right."
    )
    for number, one in open_ones:
        _show_finding(snapshot, number, one)
    for name, (label, note) in _FOLDED.items():
        if folded[name]:
            with st.expander(f"{label} ({len(folded[name])})"):
                if note:
                    st.caption(note)
                for number, one in folded[name]:
                    _show_finding(snapshot, number, one)


def _show_finding(snapshot: Snapshot, number: int, finding: Finding) -> None:
    """Draw one finding: heading, explanation, the words on both sides; a switch opens the cards."""
    with st.container(key=f"event_finding_{number}", gap="xsmall"):
        st.markdown(f"**{KINDS[finding.kind]}**")
        st.caption(_SEVERITIES[finding.severity])
        st.text(finding.explanation)
        for place, (kind, record_id) in enumerate(_quoted(finding)):
            record = snapshot.find(kind, record_id)
            if record is not None and known(record["quote"]) and record["quote"]:
                with st.container(key=f"quote_finding_{number}_{place}"):
                    who = record["speaker"] if kind == "claim" else format_edtf(record["event_date_edtf"])
                    st.text(f"“{record['quote']}” ({who})")
        count = len(finding.claim_ids) + len(finding.event_ids)
        if st.toggle(f"Open {plural(count, 'record')} with sources", key=f"open_finding_{number}"):
            show_cards(snapshot, finding.claim_ids, place=f"finding_{number}_")
            for event_id in finding.event_ids:
                event = snapshot.find("event", event_id)
                if event is not None:
                    show_event(snapshot, event, place=f"finding_{number}_")


def _quoted(finding: Finding) -> list[tuple[str, str]]:
    """Return the records whose words are printed: both sides; of many parts only the first and the last."""
    records = [("claim", one) for one in finding.claim_ids] + [("event", one) for one in finding.event_ids]
    return records if len(records) <= 4 else [records[0], records[-1]]
