"""The head of the overview: what the atlas holds, the headline figures with their speakers, the latest events."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.labels import claim_value, format_date, format_edtf, format_span, known, plural, term
from charts.sentences import join_names
from data.metrics import METRICS
from data.schema import split_list
from data.sites import distinct_sites
from data.slices import find_days
from data.snapshot import Snapshot
from ui.map_view import source_names
from ui.source_cards import place_name

HEADLINES = ("people_held_estimate", "complaints_received", "intervention_requests", "people_released")
"""Metrics at the head of the overview; each shows its latest statement about the whole country."""
LATEST = 6


def show_scope(snapshot: Snapshot) -> None:
    """Say in one sentence what is held: sites, events, claims, sources, and for which time."""
    sites = distinct_sites(snapshot.of("compound"))
    listed = sites[sites["listing"] != "context"]
    extent = snapshot.extent()
    period = f" They date from {format_date(extent.start)} to {format_date(extent.last_day)}." if extent else ""
    with st.container(key="lead_scope"):
        st.text(
            f"{plural(len(listed), 'site')} that sources name as alleged or suspected scam compounds, "
            f"{plural(len(snapshot.of('event')), 'dated event')} and "
            f"{plural(len(snapshot.of('claim')), 'stated number')} "
            f"from {plural(len(snapshot.of('source')), 'source')}.{period}"
        )


def headline_claims(claims: pd.DataFrame) -> list[tuple[pd.Series, int]]:
    """Return for each headline metric its latest statement about the whole country, and how many others there are.

    Parameters
    ----------
    claims : DataFrame
        Claim records.
    """
    found = []
    for metric in HEADLINES:
        stated = claims["restates"].fillna("") == ""
        about = claims[stated & (claims["metric"] == metric) & claims[["low", "best", "high"]].notna().any(axis=1)]
        national = about[about["geography"] == "national"]
        chosen = (national if len(national) else about).sort_values(["stated_date", "claim_id"])
        if len(chosen):
            found.append((chosen.iloc[-1], len(about) - 1))
    return found


def show_headlines(snapshot: Snapshot) -> None:
    """Draw the headline figures, each with who says so and for which period."""
    headlines = headline_claims(snapshot.of("claim"))
    if not headlines:
        return
    for column, (claim, others) in zip(st.columns(len(headlines), gap="medium"), headlines, strict=True):
        with column, st.container(key=f"headline_{claim['metric']}", gap=None):
            st.metric(
                METRICS[str(claim["metric"])].label, claim_value(claim), help=METRICS[str(claim["metric"])].definition
            )
            period = format_span(claim["period_start"], claim["period_end"], str(claim["date_precision"]))
            verb = {"acknowledges": "acknowledged by", "estimates": "estimated by", "relays": "relayed by"}.get(
                str(claim["stance"]), "stated by"
            )
            st.text(f"{period}; {verb} {claim['speaker']}, {format_edtf(claim['stated_date'])}")
            if others:
                st.caption(f"{plural(others, 'other statement')} on this; they need not agree")


def show_latest_events(snapshot: Snapshot) -> None:
    """Draw the latest events, each with its source."""
    events = snapshot.of("event")
    days = find_days(events, "event")["start"]
    names = source_names(snapshot)
    st.subheader("Latest events")
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
                st.text(f"Source: {sources or 'not given'}")
    st.page_link("pages/timeline.py", label="All events on the timeline", icon=":material/timeline:")
