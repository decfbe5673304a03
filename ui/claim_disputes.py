"""Claims that answer each other side by side, and what does not reconcile, each with its words and sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from charts.claim_sentences import Claim, answer_words, claim_figure, claim_period, claim_place
from charts.labels import format_edtf, known
from data.claims import LedgerView, list_answers
from data.findings import KINDS, Finding
from data.lifecycle import group_sites
from data.metrics import METRICS
from data.pairings import find_pairings
from data.periods import Period
from data.schema import split_list
from data.slices import select_records
from data.snapshot import Snapshot
from locales import later, say, say_many, write_number
from ui.claim_ledger import show_cards
from ui.claims_view import ClaimChoice, Ledger
from ui.source_cards import show_event, show_words
from ui.state import current_choices

FIRST_PAIRS = 8
_SEVERITIES = {
    "contradiction": later("Contradiction: as recorded, these cannot all be true"),
    "tension": later("Tension: both can be true only under conditions that nobody states"),
    "info": later("Follows from what is stated"),
}
_FOLDED = {
    "disputed": (
        later("A number and who disputes it"),
        later("Each pair stands side by side above, where it is in view."),
    ),
    "contested_event": (later("An event that a named party disputes"), ""),
    "info": (later("What follows from stated numbers"), later("Nothing is wrong here; nobody states these numbers.")),
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
    pairs = [*_claim_pairs(ledger, view), *_event_pairs(snapshot, events)]
    st.subheader(say("Side by side: who answers whom ({n})", n=len(pairs)))
    if not pairs:
        st.text(say("Nothing in view answers anything else."))
        return
    by_id = {claim["claim_id"]: claim for claim in ledger.rows.to_dict("records")}
    whole = len(pairs) <= FIRST_PAIRS or st.toggle(say("Show all {n}", n=len(pairs)), key="all_pairs")
    for number, pair in enumerate(pairs if whole else pairs[:FIRST_PAIRS]):
        with st.container(key=f"event_pair_{number}"):
            _show_pair(snapshot, pair, by_id, number)


@dataclass(frozen=True)
class _Pair:
    """Records of one kind, of which those on the right answer those on the left; on one side there is only one."""

    kind: str
    said: tuple[str, ...]
    answers: tuple[str, ...]


def _claim_pairs(ledger: Ledger, view: LedgerView) -> list[_Pair]:
    """Return each claim in view with its answers, those with most doubts and denials first."""
    in_view, disputing = set(view.rows["claim_id"]), set(ledger.rows.loc[ledger.rows["disputes"], "claim_id"])
    pairs = list_answers(ledger.rows)
    pairs = pairs[pairs["claim_id"].isin(in_view) | pairs["answer_id"].isin(in_view)]
    found = []
    for claim_id, group in pairs.groupby("claim_id", sort=False)["answer_id"]:
        answers = sorted(group, key=lambda one: one not in disputing)
        found.append(_Pair("claim", (str(claim_id),), tuple(answers)))
    return sorted(found, key=lambda pair: -len(disputing.intersection(pair.answers)))


def _event_pairs(snapshot: Snapshot, events: pd.DataFrame) -> list[_Pair]:
    """Return reports about sites with the statement of the party that disputes them, where a record holds it."""
    pairs = find_pairings(snapshot.of("event"), snapshot.of("claim"), group_sites(snapshot.of("compound")))
    pairs = pairs[(pairs["disputed_kind"] == "event") & pairs["answer_id"].notna()]
    pairs = pairs[pairs["disputed_id"].isin(events["event_id"]) | pairs["answer_id"].isin(events["event_id"])]
    groups = pairs.drop_duplicates(["disputed_id", "answer_id"]).groupby("answer_id", sort=False)["disputed_id"]
    return [_Pair("event", tuple(group), (str(answer_id),)) for answer_id, group in groups]


def _show_pair(snapshot: Snapshot, pair: _Pair, by_id: Mapping[str, Claim], number: int) -> None:
    """Draw one pair; a side with several records is twice as wide and has two columns."""
    left, right = st.columns([min(len(pair.said), 2), min(len(pair.answers), 2)], gap="medium")
    for side, ids, column in (("said", pair.said, left), ("answer", pair.answers, right)):
        with column:
            cells = st.columns(2, gap="small") if len(ids) > 1 else [st.container()]
        for place, record_id in enumerate(ids):
            with cells[place * len(cells) // len(ids)], st.container(gap="xsmall"):
                name = f"{side}_{number}_{place}"
                if pair.kind == "claim":
                    answer = side == "answer"
                    st.caption(answer_words(by_id[pair.said[0]], by_id[record_id]) if answer else say("What is said"))
                    _show_side(snapshot, by_id[record_id], name)
                else:
                    answers = say("answers: the party that disputes it")
                    st.caption(answers if side == "answer" else say("What is reported"))
                    _show_event(snapshot, record_id, f"{name}_")


def _show_event(snapshot: Snapshot, event_id: str, place: str) -> None:
    event = snapshot.find("event", event_id)
    if event is not None:
        show_event(snapshot, event, place=place)


def _show_side(snapshot: Snapshot, claim: Claim, name: str) -> None:
    """Draw one side of a pair: figure, speaker, what it is about, words, source and date."""
    with st.container(border=True, gap="xxsmall"):
        with st.container(key=f"figure_{name}"):
            st.text(claim_figure(claim))
        st.text(f"{claim['speaker']}, {format_edtf(claim['stated_date'])}")
        st.caption(METRICS[str(claim["metric"])].label)
        with st.container(key=f"when_{name}"):
            st.text(f"{claim_place(claim)} · {claim_period(claim)}")
        show_words(snapshot, name, pd.Series(claim))
        if claim["disputes"] and known(claim["note"]) and claim["note"]:
            with st.container(key=f"source_note_{name}"):
                st.text(say("Note of the coders: {note}", note=claim["note"]))


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
    grave, tense = (sum(one.severity == severity for _, one in found) for severity in ("contradiction", "tension"))
    st.subheader(say("Does not reconcile"))
    st.text(
        say(
            "{contradictions}, {tensions}. "
            "Found by arithmetic over all claims and events; it does not say who is right.",
            contradictions=say_many("{n} contradiction", "{n} contradictions", grave)
            if grave
            else say("No contradiction"),
            tensions=say_many("{n} tension", "{n} tensions", tense),
        )
    )
    for number, one in open_ones:
        _show_finding(snapshot, number, one)
    for name, (label, note) in _FOLDED.items():
        if folded[name]:
            with st.expander(f"{say(label)} ({write_number(len(folded[name]))})"):
                if note:
                    st.caption(say(note))
                for number, one in folded[name]:
                    _show_finding(snapshot, number, one)


def _show_finding(snapshot: Snapshot, number: int, finding: Finding) -> None:
    """Draw one finding: heading, explanation, the words on both sides; a switch opens the cards."""
    with st.container(key=f"event_finding_{number}", gap="xsmall"):
        st.markdown(f"**{say(KINDS[finding.kind])}**")
        st.caption(say(_SEVERITIES[finding.severity]))
        st.text(finding.explanation)
        for place, (kind, record_id) in enumerate(_quoted(finding)):
            record = snapshot.find(kind, record_id)
            if record is not None and known(record["quote"]) and record["quote"]:
                with st.container(key=f"quote_finding_{number}_{place}"):
                    who = record["speaker"] if kind == "claim" else format_edtf(record["event_date_edtf"])
                    st.text(f"{who}: “{record['quote']}”")
        count = len(finding.claim_ids) + len(finding.event_ids)
        label = say_many("Open {n} record with sources", "Open {n} records with sources", count)
        if st.toggle(label, key=f"open_finding_{number}"):
            show_cards(snapshot, finding.claim_ids, place=f"finding_{number}_")
            for event_id in finding.event_ids:
                _show_event(snapshot, event_id, f"finding_{number}_")


def _quoted(finding: Finding) -> list[tuple[str, str]]:
    """Return the records whose words are printed: both sides; of many parts only the first and the last."""
    records = [("claim", one) for one in finding.claim_ids] + [("event", one) for one in finding.event_ids]
    return records if len(records) <= 4 else [records[0], records[-1]]
