"""The sites in view: their choices, their history as lanes, and the table from which one is opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from charts.history_chart import describe_after_raid, draw_history, history_extent, step_date, tabulate_history
from charts.labels import place_label, term
from data.database import data_dir
from data.lifecycle import after_raid, compound_steps, group_sites, latest_statuses
from data.schema import split_list
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES
from locales import later, say, say_many, voice
from ui.site_facts import NO_FINDING
from ui.source_cards import place_name
from ui.state import change_choices, current_choices, show_address
from ui.timeline_view import source_closures

MOST_LANES = 40
_LISTED = {"identified": later("named"), "suspected": later("suspected")}
_OUTCOMES = {"later": later("later signs"), "none": later("no later sign"), "unknown": later("order not known")}


@dataclass(frozen=True)
class SiteList:
    """The sites that sources name, and what is reported of them.

    Attributes
    ----------
    steps : DataFrame
        As `data.lifecycle.compound_steps` gives it.
    members : Series of str
        ``site_id`` by ``compound_id``, of every row, those of context too.
    table : DataFrame
        One row a site: site_id, name, status (codebook value or "unknown"), status_date (str), province (str),
        province_codes (tuple of str), after (outcome after a raid; empty without one), compound_type, listing,
        location_precision, rows, sources (int64).
    """

    steps: pd.DataFrame
    members: pd.Series
    table: pd.DataFrame

    def select(self, place: str, status: str) -> SiteList:
        """Return the sites of a province and a status; an empty text means all."""
        here = self.table["province_codes"].map(lambda codes: not place or place in codes).astype(bool)
        rows = self.table[here]
        rows = rows[rows["status"] == status] if status else rows
        return SiteList(self.steps[self.steps["site_id"].isin(rows["site_id"])], self.members, rows)


def list_sites(snapshot: Snapshot, *, parts: bool = True) -> SiteList:
    """Return the sites of a snapshot; with `parts`, a part belongs to the site of its whole."""
    return _list_sites((data_dir(), snapshot.version, voice().language, voice().digits, parts), snapshot)


@st.cache_resource(max_entries=8, show_spinner="Reading the histories …")
def _list_sites(version: tuple[Path, tuple[int, tuple[str, ...]], str, str, bool], _snapshot: Snapshot) -> SiteList:
    parts = version[-1]
    compounds = _snapshot.of("compound")
    steps = compound_steps(compounds, _snapshot.of("event"), _snapshot.of("claim"), parts=parts)
    listed = compounds[compounds["listing"].fillna("") != "context"]
    members = group_sites(listed, parts=parts)
    rows = listed.assign(site_id=listed["compound_id"].map(members))
    every = rows.groupby("site_id")
    heads = rows[rows["compound_id"] == rows["site_id"]].set_index("site_id")
    latest = latest_statuses(steps)
    dates = pd.Series({site: step_date(step) for site, step in latest.iterrows()}, dtype="str")
    outcomes = after_raid(steps).sites.set_index("site_id")["outcome"]
    table = pd.DataFrame(
        {
            "name": heads["name"],
            "status": latest["step"].reindex(heads.index).fillna("unknown"),
            "status_date": dates.reindex(heads.index).fillna(""),
            "province": [place_name(code, text) for code, text in heads[["province_code", "place_text"]].to_numpy()],
            "province_codes": every["province_code"].agg(lambda codes: tuple(codes.dropna().unique())),
            "after": outcomes.reindex(heads.index).fillna(""),
            "compound_type": heads["compound_type"],
            "listing": heads["listing"],
            "location_precision": heads["location_precision"],
            "rows": every.size(),
            "sources": every["source_ids"].agg(lambda cells: len({one for cell in cells for one in split_list(cell)})),
        },
        index=heads.index,
    )
    context = pd.Series({one: one for one in compounds["compound_id"] if one not in members.index}, dtype="str")
    ordered = table.rename_axis("site_id").reset_index().sort_values(["name", "site_id"], ignore_index=True)
    return SiteList(steps, pd.concat([members, context]), ordered)


def show_filters(snapshot: Snapshot) -> SiteList:
    """Draw the choices of the page and return the sites that fit."""
    choices = current_choices()
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom", gap="small"):
        _choose_place(choices.place)
        sites = list_sites(snapshot, parts=not st.session_state.get("compound_parts", False))
        statuses = ["", *sites.table["status"].drop_duplicates().sort_values()]
        kept = st.session_state.get("compound_status", "")
        st.session_state["compound_status"] = kept if kept in statuses else ""
        status = st.selectbox(
            say("Latest status"),
            statuses,
            key="compound_status",
            format_func=lambda one: term(one) if one else say("Any status"),
            width=200,
        )
        _choose_compound(snapshot, choices.compound)
        st.toggle(say("Count parts of a larger site on their own"), key="compound_parts")
    show_address()
    return sites.select(choices.place, status)


def _choose_place(place: str) -> None:
    st.session_state["compound_place"] = place

    def keep() -> None:
        change_choices(place=st.session_state["compound_place"], compound="")

    st.selectbox(
        say("Province"),
        ["", *PROVINCE_CODES],
        key="compound_place",
        format_func=lambda code: place_label(code) if code else say("All 25 provinces"),
        on_change=keep,
        width=175,
    )


def _choose_compound(snapshot: Snapshot, compound: str) -> None:
    rows = snapshot.of("compound").sort_values("name")
    names = dict(zip(rows["compound_id"], rows["name"], strict=True))
    st.session_state["open_compound"] = compound if compound in names else None

    def keep() -> None:
        change_choices(compound=st.session_state["open_compound"] or "")

    st.selectbox(
        say_many("Open one of {n} row", "Open one of {n} rows", len(names)),
        list(names),
        key="open_compound",
        format_func=names.__getitem__,
        placeholder=say("A site by name …"),
        on_change=keep,
        width=320,
    )


def show_lead(sites: SiteList) -> None:
    """Say in one sentence what is seen."""
    place = current_choices().place
    with st.container(key="lead"):
        st.text(
            describe_after_raid(len(sites.table), after_raid(sites.steps), where=place_label(place) if place else "")
        )


def show_lanes(snapshot: Snapshot, sites: SiteList) -> None:
    """Draw the histories as lanes, with the account of what is drawn and what cannot be."""
    st.subheader(say("What is reported, in order of time"))
    marks = tabulate_history(sites.steps, sites.table.set_index("site_id")["name"], most=MOST_LANES)
    if marks.empty:
        st.text(say("No dated report fits these choices. That does not mean that nothing happened."))
        return
    st.altair_chart(
        draw_history(marks, source_closures(snapshot.of("event"), history_extent(marks))), theme=None, key="lanes"
    )
    drawn = marks["site_id"].nunique()
    undated = sites.steps[sites.steps["start"].isna() & sites.steps["end"].isna()]
    notes = [
        say_many(
            "{drawn} of {n} site, raided ones first",
            "{drawn} of {n} sites, raided ones first",
            len(sites.table),
            drawn=drawn,
        )
    ]
    if drawn < len(sites.table):
        dated = sites.steps.drop(undated.index)["site_id"].nunique()
        notes.append(
            say_many(
                "{n} site without a dated report not drawn",
                "{n} sites without a dated report not drawn",
                len(sites.table) - dated,
            )
        )
        notes += [say("{n} more than fit stand in the table only", n=dated - drawn)] if dated > drawn else []
    if len(undated):
        notes.append(
            say_many("{n} undated record cannot be drawn", "{n} undated records cannot be drawn", len(undated))
        )
    st.caption(
        say(
            "{notes}. An arrow to the left: the day is not known, only that of the report. A bar: the date is known to "
            "the month or year. A white centre: a named party disputes it. Signs of activity are reports, testimonies, "
            "escapes, rescues and complaints about a site; they are allegations. That no later sign is reported does "
            "not mean that activity stopped: fewer reports are not fewer events.",
            notes="; ".join(notes),
        )
    )


def show_table(sites: SiteList) -> None:
    """Draw the sites as a table; a click on a row opens the site."""
    st.subheader(say("The sites ({n})", n=len(sites.table)))
    rows = sites.table
    shown = pd.DataFrame(
        {
            say("Name"): rows["name"],
            say("Latest status reported"): rows["status"].map(term),
            say("Date of that status"): rows["status_date"],
            say("Province"): rows["province"],
            say("After a raid"): rows["after"].map(_OUTCOMES).fillna("").map(say),
            say("Type"): rows["compound_type"].map(term),
            say("Listed as"): rows["listing"].map(_LISTED).fillna("").map(say),
            say("Placed to the"): rows["location_precision"].map(term),
            say("Rows"): rows["rows"],
            say("Sources"): rows["sources"],
        }
    )
    chosen = st.dataframe(
        shown,
        hide_index=True,
        column_config={say("After a raid"): st.column_config.TextColumn(width=120)},
        key="sites_table",
        on_select="rerun",
        selection_mode="single-row",
        height="content" if len(shown) <= 20 else 600,
    )["selection"]["rows"]
    st.caption(
        say(
            "Choose a row to read one site's history with its sources. Rows that are probably one place count as one "
            "site. “Named”: a source names it as an alleged site; “suspected”: the source suspects it, or does not "
            "name it."
        )
        + f" {say(NO_FINDING)}"
    )
    if chosen:
        change_choices(compound=rows["site_id"].iloc[chosen[0]])
        st.rerun()
