"""Claims and records as readers see them: figure, who says so, for which period, in whose words.

Texts from data are shown with ``st.text``, which shows every character as it is.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.labels import (
    describe_grade,
    describe_period,
    format_edtf,
    format_people,
    known,
    place_label,
    quoted,
    spoken_value,
    stance_word,
    term,
)
from data.metrics import METRICS
from data.schema import split_list
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES
from locales import later, say

_GRADES = {
    "confirmed": later("confirmed by an authority or the party itself"),
    "fair": later("two or more independent sources"),
    "weak": later("one source"),
    "contested": later("contested"),
    "discounted": later("discounted"),
}
_SPEECH = ("official_statement", "report_published", "warning")
"""Events that consist in saying something; that it was said is confirmed, not what was said."""


def place_name(code: object, fallback: object = "") -> str:
    """Return the name of a province, else the place as written, else a dash."""
    if isinstance(code, str) and code in PROVINCE_CODES:
        return place_label(code)
    return fallback if isinstance(fallback, str) and fallback else "—"


def cite_sources(snapshot: Snapshot, cell: object) -> str:
    """Return the sources of a record in words, the origin first, and in which document they were read.

    A source with a day of access was itself opened. One without was only relayed, so where a record names both, the
    relayed ones were read in the opened ones. Otherwise sources stand side by side.
    """
    relayed, opened = [], []
    for source_id in split_list(cell):
        source = snapshot.find("source", source_id)
        if source is None:
            relayed.append(source_id)
            continue
        parts = [source["publisher"], source["title"]]
        date = format_edtf(source["published_date"]) if known(source["published_date"]) else ""
        line = ", ".join([*(part for part in parts if isinstance(part, str) and part), *([date] if date else [])])
        (opened if known(source["accessed_date"]) and source["accessed_date"] else relayed).append(line)
    groups = ["; ".join(group) for group in (relayed, opened) if group]
    return say(" · read in ").join(groups) if groups else say("no source given")


def describe_grading(event: pd.Series) -> str:
    """Return how well an event is supported, in words; nothing when it is not graded."""
    if event["grading"] == "confirmed" and event["event_type"] in _SPEECH:
        return say("the speaker's own statement")
    return say(_GRADES.get(str(event["grading"]), ""))


def show_claim(snapshot: Snapshot, claim: pd.Series, *, place: str = "") -> None:
    """Draw one claim: the figure, its metric and period, the speaker, the words, the source and its grade.

    `place` names the part of the page, when the same claim may stand on it twice.
    """
    name = f"{place}{claim['claim_id']}"
    with st.container(border=True, gap="xxsmall"):
        with st.container(key=f"figure_{name}"):
            figure, counted = spoken_value(claim)
            st.text(figure)
        if counted:
            st.caption(counted)
        metric = METRICS[str(claim["metric"])].label
        where = place_name(claim["province_code"]) if known(claim["province_code"]) else term(claim["geography"])
        st.caption(f"{metric} · {where}")
        st.text(say("Period: {period}", period=describe_period(claim)))
        speaker = claim["speaker"] if known(claim["speaker"]) else say("Unnamed speaker")
        st.text(
            say(
                "{name} ({type}) {states} this, {date}",
                name=speaker,
                type=term(claim["speaker_type"]).lower(),
                states=stance_word(claim["stance"]),
                date=format_edtf(claim["stated_date"]),
            )
        )
        show_words(snapshot, f"claim_{name}", claim)
        st.caption(describe_grade(snapshot.named_sources(claim["source_ids"]), claim["information_credibility"]))


def show_event(snapshot: Snapshot, event: pd.Series, *, place: str = "") -> None:
    """Draw one event: what, when, where, the sentence, the source; contested ones say by whom.

    `place` names the part of the page, when the same event may stand on it twice.
    """
    name = f"event_{place}{event['event_id']}"
    with st.container(border=True, gap="xxsmall"):
        with st.container(key=f"when_{name}"):
            st.text(f"{term(event['event_type'])} · {format_edtf(event['event_date_edtf'])}")
        if known(event["description"]) and event["description"]:
            st.text(event["description"])
        if known(event["contested_by"]) and event["contested_by"]:
            st.text(say("Contested by: {names}", names=event["contested_by"]))
        show_words(snapshot, name, event)


def show_words(snapshot: Snapshot, name: str, record: pd.Series) -> None:
    """Draw the words of the source and the source itself; `name` keeps the parts apart on the page."""
    if known(record["quote"]) and record["quote"]:
        with st.container(key=f"quote_{name}"):
            st.text(quoted(record["quote"]))
    with st.container(key=f"source_{name}"):
        st.text(say("Source: {source}", source=cite_sources(snapshot, record["source_ids"])))


def show_event_line(snapshot: Snapshot, event: pd.Series) -> None:
    """Draw one event as a line of a list: date and kind on the left, what happened and who says so on the right."""
    with st.container(key=f"event_{event['event_id']}"):
        left, right = st.columns([1, 3], gap="small")
        with left, st.container(gap=None):
            st.text(format_edtf(event["event_date_edtf"]))
            st.caption(term(event["event_type"]))
        with right, st.container(gap="xxsmall"):
            st.text(event["description"] if known(event["description"]) else term(event["event_type"]))
            notes = [", ".join(place_name(code) for code in split_list(event["province_codes"]))]
            if known(event["people_low"]) or known(event["people_best"]) or known(event["people_high"]):
                notes.append(format_people(event["people_low"], event["people_best"], event["people_high"]))
            notes.append(describe_grading(event))
            st.caption(" · ".join(note for note in notes if note))
            if known(event["contested_by"]) and event["contested_by"]:
                st.text(say("Contested by: {names}", names=event["contested_by"]))
            with st.container(key=f"source_{event['event_id']}"):
                st.text(say("Source: {source}", source=cite_sources(snapshot, event["source_ids"])))
