"""The head of the overview: what the atlas holds, the headline figures with their speakers, the latest events."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from charts.labels import (
    claim_value,
    describe_period,
    format_date,
    format_edtf,
    known,
    spoken_value,
    term,
)
from charts.sentences import join_names
from data.metrics import METRICS
from data.schema import split_list
from data.sites import distinct_sites
from data.slices import find_days
from data.snapshot import Snapshot
from data.statements import DISPUTING_STANCES
from locales import later, say, say_many
from ui.map_view import source_names
from ui.source_cards import place_name
from ui.state import change_choices

HEADLINES = ("people_held_estimate", "complaints_received", "intervention_requests", "people_released")
"""Metrics at the head of the overview; `headline_claims` says which statement of each is shown."""
LATEST = 6
_BY = {
    "acknowledges": later("acknowledged by {name}"),
    "estimates": later("estimated by {name}"),
    "relays": later("relayed by {name}"),
}
_ANSWERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("denies",), later("denied by {names}")),
    (("doubts",), later("doubted by {names}")),
    (("acknowledges",), later("acknowledged by {names}")),
    ((), later("answered by {names}")),
)
"""Stances of answers and what is said of them; the last is for speakers whom no other names."""


def show_scope(snapshot: Snapshot) -> None:
    """Say in one sentence what is held: sites, events, claims, sources, and for which time."""
    sites = distinct_sites(snapshot.of("compound"))
    listed = sites[sites["listing"] != "context"]
    extent = snapshot.extent()
    dates = {"first": format_date(extent.start), "last": format_date(extent.last_day)} if extent else {}
    period = say(" They date from {first} to {last}.", **dates) if extent else ""
    with st.container(key="lead_scope"):
        st.text(
            say(
                "{sites} that sources name as alleged or suspected scam compounds, {events} and {claims} "
                "from {sources}.",
                sites=say_many("{n} site", "{n} sites", len(listed)),
                events=say_many("{n} dated event", "{n} dated events", len(snapshot.of("event"))),
                claims=say_many("{n} stated number", "{n} stated numbers", len(snapshot.of("claim"))),
                sources=say_many("{n} source", "{n} sources", len(snapshot.of("source"))),
            )
            + period
        )


@dataclass(frozen=True)
class Headline:
    """One figure at the head of the overview.

    Attributes
    ----------
    claim : Series
        The statement that is shown.
    answers : DataFrame
        Claims of other speakers that respond to it or to a repetition of it.
    others : int
        Other statements of the metric about the whole country: numbers that are neither a part nor a repetition of
        another one, nor an answer to this one.
    """

    claim: pd.Series
    answers: pd.DataFrame
    others: int


def headline_claims(claims: pd.DataFrame) -> list[Headline]:
    """Return for each headline metric the statement to show, with who answers it.

    A statement about the whole country and a closed period goes first, of several the one whose period reaches latest.
    Where there is none, the one with the largest lower bound is taken, also of a province: fewer in the whole country
    are not possible.

    Parameters
    ----------
    claims : DataFrame
        Claim records.
    """
    found = []
    for metric in HEADLINES:
        stated = _own_numbers(claims[claims["metric"] == metric])
        if stated.empty:
            continue
        claim = _choose(stated)
        answers = _find_answers(claims, claim)
        national = stated[(stated["geography"] == "national") & (stated["part_of"].fillna("") == "")]
        others = set(national["claim_id"]) - {claim["claim_id"], *answers["claim_id"]}
        found.append(Headline(claim, answers, len(others)))
    return found


def _own_numbers(about: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that state a number in Cambodia, repeat no claim that is held and dispute none."""
    held = set(about["claim_id"])
    repeats = [bool(held & set(split_list(cell))) for cell in about["restates"]]
    numbers = about[["low", "best", "high"]].notna().any(axis=1)
    inland = about["geography"].isin(["national", "province"])
    return about[numbers & inland & ~pd.Series(repeats, about.index, dtype="bool")
                 & ~about["stance"].isin(DISPUTING_STANCES)]  # fmt: skip


def _choose(stated: pd.DataFrame) -> pd.Series:
    national = stated["geography"] == "national"
    closed = stated[national & stated["period_start"].notna() & stated["period_end"].notna()]
    if len(closed):
        return closed.sort_values(["period_end", "stated_date", "claim_id"]).iloc[-1]
    least = stated.assign(least=stated["low"].fillna(stated["best"]).fillna(0), national=national)
    return least.sort_values(["least", "national", "stated_date", "claim_id"]).iloc[-1]


def _find_answers(claims: pd.DataFrame, claim: pd.Series) -> pd.DataFrame:
    repeats = [claim["claim_id"] in split_list(cell) for cell in claims["restates"]]
    meant = {claim["claim_id"], *claims.loc[repeats, "claim_id"]}
    responds = pd.Series(
        [bool(meant & set(split_list(cell))) for cell in claims["responds_to"]], claims.index, dtype="bool"
    )
    return claims[responds & (claims["speaker"].fillna("") != claim["speaker"])]


def describe_answers(answers: pd.DataFrame) -> str:
    """Return who denies, doubts or acknowledges a statement: ``denied by A; doubted by B``; nothing without answers."""
    named: set[str] = set()
    parts = []
    for stances, words in _ANSWERS:
        speakers = answers.loc[answers["stance"].isin(stances) if stances else answers["stance"].notna(), "speaker"]
        speakers = [str(name) for name in speakers.fillna(say("an unnamed speaker")) if stances or name not in named]
        named.update(speakers)
        if speakers:
            parts.append(say(words, names=join_names(speakers)))
    return "; ".join(parts)


def show_headlines(snapshot: Snapshot) -> None:
    """Draw the headline figures, each with who says so, who answers, and the way to all claims on it."""
    headlines = headline_claims(snapshot.of("claim"))
    if not headlines:
        return
    for column, headline in zip(st.columns(len(headlines), gap="medium"), headlines, strict=True):
        metric = str(headline.claim["metric"])
        with column, st.container(key=f"headline_{metric}", gap=None):
            _show_headline(headline)
            if st.button(say("All claims on this"), key=f"claims_{metric}", type="tertiary", icon=":material/forum:"):
                # The overview shows everything, so the claims open with nothing narrowed.
                change_choices(period=None, place="", compound="", believe=())
                st.session_state["claim_metric"] = metric
                st.switch_page("pages/claims.py")
    st.caption(
        say(
            "Each card shows the statement about the whole country whose stated period reaches latest; where none has "
            "a closed period, the one with the largest lower bound, also of a province. "
            "Statements need not agree, and are never added."
        )
    )


def _show_headline(headline: Headline) -> None:
    claim = headline.claim
    metric = METRICS[str(claim["metric"])]
    st.metric(metric.label, claim_value(claim), help=metric.definition)
    words, counted = spoken_value(claim)
    if counted:
        st.text(say("In the words of the source: {words}", words=words))
    where = say(" in {place}", place=place_name(claim["province_code"])) if claim["geography"] == "province" else ""
    by = say(_BY.get(str(claim["stance"]), later("stated by {name}")), name=claim["speaker"])
    st.text(f"{describe_period(claim)}{where}; {by}, {format_edtf(claim['stated_date'])}")
    answers = describe_answers(headline.answers)
    if answers:
        st.text(answers[0].upper() + answers[1:])
    if headline.others:
        st.caption(
            say_many(
                "{n} other statement about the whole country; it need not agree",
                "{n} other statements about the whole country; they need not agree",
                headline.others,
            )
        )


def show_latest_events(snapshot: Snapshot) -> None:
    """Draw the latest events, each with its source."""
    events = snapshot.of("event")
    days = find_days(events, "event")["start"]
    names = source_names(snapshot)
    st.subheader(say("Latest events"))
    for position in days.sort_values(ascending=False, kind="stable").index[:LATEST]:
        event = events.loc[position]
        with st.container(key=f"event_{position}", gap=None):
            places = join_names([place_name(code) for code in split_list(event["province_codes"])])
            when = f"{format_edtf(event['event_date_edtf'])} · {term(event['event_type'])}"
            with st.container(key=f"when_{position}"):
                st.text(f"{when} · {places}" if places else when)
            st.text(event["description"] if known(event["description"]) else term(event["event_type"]))
            sources = join_names([names.get(one, one) for one in split_list(event["source_ids"])])
            with st.container(key=f"source_{position}"):
                st.text(say("Source: {source}", source=sources or say("not given")))
    st.page_link("pages/timeline.py", label=say("All events on the timeline"), icon=":material/timeline:")
