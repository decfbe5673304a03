"""One site: its dated history with words, sources and grades, who disputes what, its facts and what is not known."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from charts.history_chart import draw_history, history_extent, step_date, tabulate_history
from charts.labels import claim_value, describe_grade, format_edtf, known, term
from charts.sentences import claim_sentence
from data.lifecycle import SIGNS, after_raid
from data.pairings import find_pairings, join_disputes, name_each
from data.schema import KINDS, split_list
from data.snapshot import Snapshot
from locales import later, say, say_many
from ui.compound_view import SiteList
from ui.site_facts import NO_FINDING, describe_listing, describe_placement, name_sites, show_site_facts
from ui.source_cards import describe_grading, place_name, show_claim, show_event, show_words
from ui.state import change_choices
from ui.timeline_view import source_closures

FIRST_ENTRIES = 30
_AFTER = {
    "later": later("After a raid, later signs of activity are reported."),
    "none": later("After the raid no later sign of activity is reported. That does not mean that activity stopped."),
    "unknown": later("Whether the signs of activity came before or after a raid cannot be told from the dates."),
}


def show_site(snapshot: Snapshot, sites: SiteList, site: pd.Series) -> None:
    """Draw the page of one compound; its history is that of all rows of its site."""
    if st.button(say("All sites"), icon=":material/arrow_back:", key="close_site", type="tertiary"):
        change_choices(compound="")
        st.rerun()
    site_id = sites.members[site["compound_id"]]
    members = sites.members.index[sites.members == site_id]
    steps = sites.steps[sites.steps["site_id"] == site_id]
    with st.container(key="lead_site", gap="xxsmall"):
        st.text(site["name"])
        st.caption(
            f"{term(site['compound_type'])} · {place_name(site['province_code'])} · {describe_listing(site)}. "
            f"{say(NO_FINDING)}"
        )
    marks = tabulate_history(steps, sites.table.set_index("site_id")["name"])
    if len(marks):
        closures = source_closures(snapshot.of("event"), history_extent(marks))
        st.altair_chart(draw_history(marks, closures), theme=None, key="lane")
    history, facts = st.columns([3, 2], gap="large")
    with history:
        _show_history(snapshot, steps, site["compound_id"])
        _show_disputes(snapshot, sites.members[members])
        _show_others(snapshot, steps, members)
    with facts:
        st.subheader(say("The row itself"))
        show_site_facts(snapshot, site)
        _show_ties(snapshot, site, members)
        st.subheader(say("What we do not know"))
        st.text("\n".join(_unknowns(site, steps)))
        if known(site["note"]) and site["note"]:
            st.caption(say("Note of the coders"))
            st.text(site["note"])


def _show_history(snapshot: Snapshot, steps: pd.DataFrame, compound_id: str) -> None:
    st.subheader(say_many("Dated history ({n} record)", "Dated history ({n} records)", len(steps)))
    for line in _after_raid(snapshot, steps):
        st.text(line)
    if steps.empty:
        st.text(say("No report about this row is read as a step. That does not mean that nothing happened."))
        return
    entries = list(steps.groupby(["step", "start", "end"], dropna=False, sort=False))
    whole = len(entries) <= FIRST_ENTRIES or st.toggle(say("Show all {n}", n=len(entries)), key="all_steps")
    for number, (_, records) in enumerate(entries if whole else entries[:FIRST_ENTRIES]):
        with st.container(key=f"event_step_{number}"):
            left, right = st.columns([1, 3], gap="small")
            with left, st.container(gap=None):
                st.text(step_date(records.iloc[0]))
                st.caption(term(records["step"].iloc[0]))
            with right:
                _show_records(snapshot, records, compound_id, f"step_{number}_")


def _after_raid(snapshot: Snapshot, steps: pd.DataFrame) -> list[str]:
    """Return what the order of the dates tells, and which rows are meant when the raid is not of the same one."""
    found = after_raid(steps).sites
    if found.empty:
        return []
    lines = [say(_AFTER[found["outcome"].iloc[0]])]
    about = [
        steps.loc[(steps["record_id"] == record) & steps["step"].isin(kinds), "compound_id"]
        for record, kinds in ((found["raid_id"].iloc[0], ("raided",)), (found["sign_id"].iloc[0], SIGNS))
    ]
    if all(map(len, about)) and set(about[0]).isdisjoint(about[1]):
        raided, active = (name_sites(snapshot, ids.iloc[0]) for ids in about)
        lines.append(
            say("The raid is recorded of “{raided}”, the sign of activity of “{active}”.", raided=raided, active=active)
        )
    return lines


def _show_records(snapshot: Snapshot, records: pd.DataFrame, compound_id: str, place: str) -> None:
    """Draw the records of one step; a status that only repeats an event or a claim takes one line."""
    stated = records["record_kind"] == "compound"
    shown = records if stated.all() else records[~stated]
    for number, (_, record) in enumerate(shown.iterrows()):
        with st.container(gap="xxsmall"):
            _show_record(snapshot, record, compound_id, f"{place}{number}_")
    if not stated.all() and stated.any():
        rows = name_sites(snapshot, ";".join(records.loc[stated, "compound_id"]))
        st.text(say("Also the latest status on the row of: {names}", names=rows))


def _show_record(snapshot: Snapshot, step: pd.Series, compound_id: str, place: str) -> None:
    """Draw the record behind a step: what it says, in whose words, how well it is supported."""
    kind = str(step["record_kind"])
    record = snapshot.find(kind, step["record_id"])
    if record is None:
        return
    sentence, grade = _READERS[kind](snapshot, record)
    st.text(sentence)
    if kind == "event" and known(record["contested_by"]) and record["contested_by"]:
        st.text(say("Contested by: {names}", names=record["contested_by"]))
    show_words(snapshot, f"{place}{step['record_id']}", record)
    st.caption(grade)
    if step["compound_id"] != compound_id and kind != "compound":
        st.text(say("About the row “{names}”", names=name_sites(snapshot, step["compound_id"])))


def _read_compound(_: Snapshot, site: pd.Series) -> tuple[str, str]:
    return say("Status given on the row “{name}”", name=site["name"]), say("the coders' reading of its sources")


def _read_event(_: Snapshot, event: pd.Series) -> tuple[str, str]:
    kind = term(event["event_type"])
    return event["description"] if known(event["description"]) else kind, f"{kind} · {describe_grading(event)}"


def _read_claim(snapshot: Snapshot, claim: pd.Series) -> tuple[str, str]:
    sentence = claim_sentence(claim, claim_value(claim), format_edtf(claim["period_edtf"]))
    return sentence, describe_grade(snapshot.sources_of(pd.DataFrame([claim])), claim["information_credibility"])


_READERS: dict[str, Callable[[Snapshot, pd.Series], tuple[str, str]]] = {
    "compound": _read_compound,
    "event": _read_event,
    "claim": _read_claim,
}


def _show_disputes(snapshot: Snapshot, sites: pd.Series) -> None:
    """Draw what is alleged beside the answer of each party that disputes it; no record stands there twice."""
    disputes = find_pairings(snapshot.of("event"), snapshot.of("claim"), sites)
    if disputes.empty:
        return
    st.subheader(
        say_many(
            "Where accounts differ ({n} party)", "Where accounts differ ({n} parties)", int(disputes["by"].nunique())
        )
    )
    shown: set[str] = set()
    for number, (_, joined) in enumerate(disputes.groupby(join_disputes(disputes))):
        with st.container(key=f"event_dispute_{number}"):
            left, right = st.columns(2, gap="small")
            with left:
                st.caption(say("What is said"))
                said = joined.drop_duplicates("disputed_id")
                for kind, record_id in said[["disputed_kind", "disputed_id"]].to_numpy():
                    _show_once(snapshot, kind, record_id, "said_", shown)
            with right:
                st.caption(say("Who disputes it"))
                for party, answers in joined.groupby("by", sort=False):
                    _show_answers(snapshot, str(party), answers, shown)
    _show_statements(snapshot, sites, shown)


def _show_answers(snapshot: Snapshot, party: str, answers: pd.DataFrame, shown: set[str]) -> None:
    own = answers.dropna(subset=["answer_id"]).drop_duplicates("answer_id")
    st.text(party if len(own) else say("{name}. No record holds this party's own words.", name=party))
    for kind, record_id in own[["answer_kind", "answer_id"]].to_numpy():
        if f"{kind} {record_id}" in shown:
            st.caption(say("Its own statement is shown above or to the left."))
        _show_once(snapshot, kind, record_id, "answer_", shown)


def _show_once(snapshot: Snapshot, kind: str, record_id: str, place: str, shown: set[str]) -> None:
    """Draw a record with the note of the coders, which holds further accounts of it, unless it was drawn before."""
    record = snapshot.find(kind, record_id)
    if record is None or f"{kind} {record_id}" in shown:
        return
    shown.add(f"{kind} {record_id}")
    (show_event if kind == "event" else show_claim)(snapshot, record, place=place)
    if known(record["note"]) and record["note"]:
        st.caption(say("Note of the coders"))
        st.text(record["note"])


def _show_statements(snapshot: Snapshot, sites: pd.Series, shown: set[str]) -> None:
    """Draw the other official statements about a disputed site; they may answer without naming what."""
    about = name_each(snapshot.of("event")).drop_duplicates("event_id")
    stated = about[about["compound_id"].isin(sites.index) & (about["event_type"] == "official_statement")]
    others = stated[~("event " + stated["event_id"]).isin(shown)]
    if len(others):
        st.caption(say("Other official statements about it"))
        for _, event in others.iterrows():
            st.text(event["actor"] if known(event["actor"]) else say("Speaker not named"))
            _show_once(snapshot, "event", event["event_id"], "answer_", shown)


def _show_others(snapshot: Snapshot, steps: pd.DataFrame, members: pd.Index) -> None:
    """Draw the records about the site that are read as no step, so that none is lost."""
    for kind, show in (("event", show_event), ("claim", show_claim)):
        id_field = KINDS[kind].id_field
        about = name_each(snapshot.of(kind))
        about = about[about["compound_id"].isin(members)].drop_duplicates(id_field)
        shown = set(steps.loc[steps["record_kind"] == kind, "record_id"])
        others = about[~about[id_field].isin(shown)]
        if len(others):
            label = (
                later("Other events about it ({n}), read as no step")
                if kind == "event"
                else later("Other claims about it ({n}), read as no step")
            )
            with st.expander(say(label, n=len(others))):
                for _, record in others.head(FIRST_ENTRIES).iterrows():
                    show(snapshot, record, place="other_")
                if len(others) > FIRST_ENTRIES:
                    st.caption(say("{n} more on the Records page.", n=len(others) - FIRST_ENTRIES))


def _show_ties(snapshot: Snapshot, site: pd.Series, members: pd.Index) -> None:
    tied = snapshot.of("compound")
    tied = tied[tied["compound_id"].isin(members) & (tied["compound_id"] != site["compound_id"])]
    if tied.empty:
        return
    st.subheader(say("Rows that share this history ({n})", n=len(tied)))
    for _, other in tied.iterrows():
        st.text(f"{other['name']}: {_relation(site, other)}")


def _relation(site: pd.Series, other: pd.Series) -> str:
    if other["part_of"] == site["compound_id"]:
        return say("a part of this one")
    if site["part_of"] == other["compound_id"]:
        return say("this one is a part of it")
    if other["compound_id"] in split_list(site["same_as"]) or site["compound_id"] in split_list(other["same_as"]):
        return say("probably the same place")
    return say("tied through another row")


def _unknowns(site: pd.Series, steps: pd.DataFrame) -> list[str]:
    lines = [say("Where it lies is known {how}.", how=describe_placement(site))]
    by_report = int(steps["dated_by_report"].sum())
    undated = int((steps["start"].isna() & steps["end"].isna()).sum())
    if by_report:
        lines.append(
            say_many(
                "Of {part} of {n} record only the date of the report is known.",
                "Of {part} of {n} records only the date of the report is known.",
                len(steps),
                part=by_report,
            )
        )
    if undated:
        lines.append(say_many("{n} record cannot be dated at all.", "{n} records cannot be dated at all.", undated))
    if "closed" not in set(steps["step"]) and len(steps):
        lines.append(say("No record says whether it was closed."))
    if not (known(site["operator_as_reported"]) and site["operator_as_reported"]):
        lines.append(say("No owner or operator is reported."))
    outside = split_list(site["outside_knowledge"])
    if outside:
        fields = ", ".join(term(name).lower() for name in outside)
        lines.append(say("From general knowledge, not from the source, to be verified: {fields}.", fields=fields))
    return lines
