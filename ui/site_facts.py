"""The facts of one site as its own row states them: status, place, owner as reported, names, ties, words and source."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.labels import format_distance, format_edtf, known, quoted, term
from data.schema import split_list
from data.snapshot import Snapshot
from locales import later, say
from ui.source_cards import cite_sources, place_name

NO_FINDING = later("A site's listing repeats what a source alleges. It is not a finding of guilt against anyone.")
LISTED = {"identified": later("named by a source as an alleged site"), "suspected": later("suspected by a source")}
_PLACED = {
    "exact": later("exactly"),
    "near": later("close to the marked point"),
    "town": later("to the town"),
    "district": later("to the district"),
    "province": later("to the province"),
    "country": later("only to the country"),
}
CONTEXT = later("context only, not alleged to be a site")


def describe_listing(site: pd.Series) -> str:
    """Return why a site is listed, in words."""
    return say(LISTED.get(str(site["listing"]), CONTEXT))


def describe_placement(site: pd.Series) -> str:
    """Return how closely a site is placed, and whether its source says so."""
    text = say(_PLACED.get(str(site["location_precision"]), later("not at all")))
    if known(site["coordinate_uncertainty_m"]):
        text += say(", within {distance}", distance=format_distance(site["coordinate_uncertainty_m"]))
    if set(split_list(site["outside_knowledge"])) & {"latitude", "longitude", "province_code"}:
        text += say(" (from general knowledge, not from the source)")
    return text


def name_sites(snapshot: Snapshot, cell: object) -> str:
    """Return the names of the sites that a list cell names; unknown ones are left out."""
    found = [snapshot.find("compound", one) for one in split_list(cell)]
    return "; ".join(str(site["name"]) for site in found if site is not None)


def show_site_facts(snapshot: Snapshot, site: pd.Series) -> None:
    """Draw the facts of a site, each under its label; what is not known is left out."""
    dated = f" ({format_edtf(site['status_date_edtf'])})" if known(site["status_date_edtf"]) else ""
    facts = {
        say("Status, latest reported"): f"{term(site['status'])}{dated}",
        say("Type"): term(site["compound_type"]),
        say("Listed as"): describe_listing(site),
        say("Province"): place_name(site["province_code"], site["place_text"]),
        say("Placed"): describe_placement(site),
        say("Owner or operator, as reported"): site["operator_as_reported"],
        say("Name in Khmer"): site["name_km"],
        say("Name in Chinese"): site["name_zh"],
        say("Other names"): "; ".join(split_list(site["aliases"])),
        say("Probably the same as"): name_sites(snapshot, site["same_as"]),
        say("Part of"): name_sites(snapshot, site["part_of"]),
        say("In the source's words"): quoted(site["quote"]) if known(site["quote"]) and site["quote"] else "",
        say("Source"): cite_sources(snapshot, site["source_ids"]),
    }
    for label, value in facts.items():
        if known(value) and value:
            with st.container(gap=None):
                st.caption(label)
                st.text(value)
