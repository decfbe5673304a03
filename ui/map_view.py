"""The map on a page: from choices and snapshot to the payload in the browser, and a click back."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.classes import classify
from charts.map_payload import (
    build_payload,
    describe_dots,
    describe_legend,
    describe_provinces,
    describe_sites,
)
from charts.palette import COMPLAINT_DOT, EVENT_DOT
from charts.province_map import draw_province_map
from data.measures import Measure, MeasureCounts, count_measure
from data.periods import Period
from data.presets import stated_windows
from data.slices import select_records
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES
from ui.map_assets import asset_url, st_map
from ui.permalink import Choices
from ui.state import change_choices

MOST_DOTS = 20_000


def source_names(snapshot: Snapshot) -> dict[str, str]:
    """Return a short name for each source: its publisher, else its title."""
    sources = snapshot.of("source")
    names = sources["publisher"].where(sources["publisher"].fillna("") != "", sources["title"])
    return dict(zip(sources["source_id"], names, strict=True))


def speakers_of(snapshot: Snapshot, counts: MeasureCounts) -> list[str]:
    """Return who stated the figures by province, in the order of the claims."""
    named = {claim for cell in counts.rows["claim_ids"] for claim in cell}
    claims = snapshot.of("claim")
    return list(dict.fromkeys(claims.loc[claims["claim_id"].isin(named), "speaker"]))


def show_map(
    snapshot: Snapshot, counts: MeasureCounts, choices: Choices, *, key: str, height: int
) -> dict[str, Any] | None:
    """Draw the map and return what was clicked last: ``{"province": …}``, ``{"compound": …}`` or ``{"record": …}``."""
    pooled = _pooled(snapshot, counts.measure, counts.period)
    values = pd.concat([table["best"].fillna(table["low"]).fillna(table["high"]) for table in pooled])
    rates = pd.concat([table["rate_best"].fillna(table["rate_low"]).fillna(table["rate_high"]) for table in pooled])
    largest = float(values.max()) if values.notna().any() else 0.0
    classes = classify(rates)
    style = "shades" if choices.style == "shades" else "circles"
    sites, badges = describe_sites(snapshot.of("compound"), source_names(snapshot))
    if choices.style == "circles" and counts.measure.basis == "listed":
        badges = []
    dots = _dots(snapshot, counts.period)
    payload = build_payload(
        provinces=describe_provinces(
            counts, style, classes=classes, largest=largest, sources=speakers_of(snapshot, counts)
        ),
        sites=sites,
        badges=badges,
        dots=dots,
        legend=describe_legend(counts, style, classes=classes, largest=largest, sites=sites, dots=dots),
        selected=choices.compound or choices.place or None,
    )
    assets = {name: asset_url(f"geo/{name}.json") for name in ("neighbours", "provinces", "places", "water")}
    with st.container(key="map"):
        return st_map(draw_province_map(assets), payload=payload, key=key, height=height)


def _pooled(snapshot: Snapshot, measure: Measure, period: Period) -> list[pd.DataFrame]:
    """Return the tables over which classes and circle sizes are fixed: the chosen, every stated, the whole period."""
    periods = [period, *stated_windows(snapshot, measure)]
    extent = snapshot.extent()
    if extent is not None:
        periods.append(extent)
    return [count_measure(snapshot, measure, each).rows for each in dict.fromkeys(periods)]


def _dots(snapshot: Snapshot, period: Period) -> list[dict[str, Any]]:
    groups = []
    for kind, label, color in (
        ("complaint", "Complaint, uploaded", COMPLAINT_DOT),
        ("event", "Event, recorded", EVENT_DOT),
    ):
        selection = select_records(snapshot.of(kind), kind, period)
        found = pd.concat([selection.inside, selection.perhaps])
        group = describe_dots(found.head(MOST_DOTS), f"{kind}_id", label, color, hollow=kind == "event")
        if group["at"]:
            groups.append(group)
    return groups


def follow_click(clicked: dict[str, Any] | None, page: str = "") -> None:
    """Take a new click on the map into the choices and run again; open `page` when one is named.

    The map returns its last click in every run; the time stamp tells a new one from an old one.
    """
    if clicked is None or clicked["at"] == st.session_state.get("last_click"):
        return
    st.session_state["last_click"] = clicked["at"]
    if clicked.get("province") in PROVINCE_CODES:
        change_choices(place=clicked["province"], compound="")
    elif isinstance(clicked.get("compound"), str):
        change_choices(compound=clicked["compound"])
    if page:
        st.switch_page(page)
    st.rerun()
