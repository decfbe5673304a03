"""What stands beside the map: the chosen province or compound with its figures, claims, sites, events and sources."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from charts.labels import describe_basis, format_figure, format_range, known, place_label, term
from data.measures import WITHHELD, MeasureCounts, dated_claims
from data.permalink import Choices
from data.schema import split_list
from data.slices import find_provinces, select_records
from data.snapshot import Snapshot
from geo.gazetteer import population, province_name
from locales import language, say, say_many
from ui.site_facts import NO_FINDING, show_site_facts
from ui.source_cards import show_claim, show_event
from ui.state import change_choices

MOST_CARDS = 8
RELATED_METRICS = {
    "complaint": ("complaints_received", "intervention_requests"),
    "raid": ("provinces_raided", "sites_raided"),
    "rescue": ("people_rescued", "people_released"),
    "escape": ("people_escaped",),
    "repatriation": ("people_repatriated",),
    "arrest": ("people_arrested", "suspects_detained"),
    "prosecution": ("suspects_to_court", "cases_cracked_down"),
    "licence_action": ("licences_renewed",),
    "rating_change": ("tip_tier",),
}
"""What speakers count of the things that are recorded; shown beside the records, never added to them."""


def show_detail(snapshot: Snapshot, counts: MeasureCounts, choices: Choices) -> None:
    """Draw the panel for what is chosen; an invitation when nothing is."""
    if choices.compound and snapshot.find("compound", choices.compound) is not None:
        _show_compound(snapshot, choices.compound)
    elif choices.place:
        _show_province(snapshot, counts, choices.place)
    else:
        _show_country(snapshot, counts)


def in_province(records: pd.DataFrame, column: str, code: str) -> pd.DataFrame:
    """Return the records of one province; list cells count when they name it."""
    cells, texts = pd.factorize(records[column], use_na_sentinel=False)
    named = np.array([code in split_list(text) for text in texts], dtype=bool)
    return records[named[cells]]


def measure_records(snapshot: Snapshot, counts: MeasureCounts) -> pd.DataFrame:
    """Return the events that a recorded measure counts in its period, those that only may lie in it too."""
    inside, perhaps = snapshot.days("event", counts.measure.subject).select(counts.period)
    return snapshot.some("event", counts.measure.subject).iloc[np.concatenate([inside, perhaps])]


def _show_unplaced(snapshot: Snapshot, counts: MeasureCounts) -> None:
    """Draw the records of a recorded measure that name no province, and what speakers state of the same thing."""
    subject = counts.measure.subject
    if counts.unlocated:
        st.markdown(f"**{say('Records that name no province ({n})', n=counts.unlocated)}**")
        shown = 0
        if subject != "complaint":
            records = measure_records(snapshot, counts)
            unplaced = records.drop(index=records.index[find_provinces(records, "event")["position"]])
            shown = min(len(unplaced), MOST_CARDS)
            for _, event in unplaced.head(shown).iterrows():
                show_event(snapshot, event)
        if counts.unlocated > shown:
            st.caption(say("All of them stand on the Records page."))
    claims = snapshot.of("claim")
    metrics = RELATED_METRICS.get(subject, ())
    dated = dated_claims(snapshot)
    about = dated[dated["metric"].isin(metrics)]
    selection = select_records(about, "claim", counts.period)
    related = claims.loc[[*selection.inside.index, *selection.perhaps.index]]
    if len(related):
        st.markdown(f"**{say('Numbers stated about the same period')}**")
        st.caption(say("Statements of speakers, not counted from records."))
        _show_claims(snapshot, related)


def _show_country(snapshot: Snapshot, counts: MeasureCounts) -> None:
    st.subheader(say("Cambodia"))
    st.caption(say("Click a province or a site to read its figures, claims and sources."))
    if counts.measure.basis == "recorded":
        _show_unplaced(snapshot, counts)
    if counts.measure.basis != "stated":
        return
    if counts.national.empty:
        st.text(say("No statement about the whole country touches this period."))
        return
    st.text(
        say_many(
            "{n} statement about the whole country or abroad in or around this period:",
            "{n} statements about the whole country or abroad in or around this period:",
            len(counts.national),
        )
    )
    claims = snapshot.of("claim")
    _show_claims(snapshot, claims[claims["claim_id"].isin(set(counts.national["claim_id"]))])


def _show_province(snapshot: Snapshot, counts: MeasureCounts, code: str) -> None:
    row = counts.rows.set_index("province_code").loc[code]
    st.subheader(place_label(code))
    other = province_name(code, "en" if language() == "km" else "km")
    st.caption(
        say("{name} · code {code} · {n} residents (2019 census)", name=other, code=code, n=int(population(code)))
    )
    _close_button()
    st.metric(counts.measure.label, format_figure(row), help=counts.measure.definition)
    notes = [describe_basis(row["basis"]), counts.period.label()]
    if known(row["implied"]):
        implied = format_range(None, row["implied"], None)
        notes.append(say("{figure} is implied by the total and its other parts; nobody stated it", figure=implied))
    if row["contested"]:
        notes.append(say("contested: the statements do not agree"))
    st.caption(" ".join(say("{sentence}.", sentence=note[0].upper() + note[1:]) for note in notes))
    claims, events, sites = (snapshot.in_province(kind, code) for kind in ("claim", "event", "compound"))
    named = set(row["claim_ids"])
    behind = claims[claims["claim_id"].isin(named)]
    found = np.concatenate(snapshot.days("event").select(counts.period))
    inside = snapshot.of("event").iloc[found[np.isin(found, snapshot.places("event").of(code))]]
    complaints = len(snapshot.places("complaint").of(code))
    others = claims[~claims["claim_id"].isin(named)]
    if len(behind):
        st.markdown(f"**{say('Who says so')}**")
        _show_claims(snapshot, behind)
    if len(sites):
        _choose_site(sites)
    with st.expander(
        say("Events in this period ({n} of {total})", n=len(inside), total=len(events)), expanded=0 < len(inside) <= 3
    ):
        for _, event in inside.head(MOST_CARDS).iterrows():
            show_event(snapshot, event)
        if len(inside) > MOST_CARDS:
            st.caption(say("{n} more on the Timeline and Records pages.", n=len(inside) - MOST_CARDS))
    if len(others):
        with st.expander(say("Other statements about this province ({n})", n=len(others))):
            _show_claims(snapshot, others)
    st.markdown(f"**{say('What we do not know')}**")
    st.text(_unknowns(row, sites, events, complaints))


def _choose_site(sites: pd.DataFrame) -> None:
    names = dict(zip(sites["compound_id"], sites["name"], strict=True))
    status = dict(zip(sites["compound_id"], sites["status"], strict=True))

    def keep() -> None:
        change_choices(compound=st.session_state["open_site"] or "")

    st.session_state["open_site"] = None
    st.selectbox(
        say("Sites that sources name here ({n})", n=len(sites)),
        list(names),
        key="open_site",
        format_func=lambda one: f"{names[one]} · {term(status[one]).lower()}",
        placeholder=say("Open a site …"),
        on_change=keep,
    )


def _unknowns(row: pd.Series, sites: pd.DataFrame, events: pd.DataFrame, complaints: int) -> str:
    lines = []
    if row["basis"] == "no_report":
        lines.append(say("No figure is reported here for this period. This is not zero."))
    elif row["basis"] == WITHHELD:
        lines.append(say("Uploaded rows are counted here only in the internal version."))
    elif not known(row["best"]):
        lines.append(say("The exact figure is not known; only the range above is stated."))
    coarse = int((~sites["location_precision"].isin(["exact", "near"])).sum())
    if coarse:
        lines.append(
            say_many(
                "{part} of {n} site cannot be placed more closely than the town.",
                "{part} of {n} sites cannot be placed more closely than the town.",
                len(sites),
                part=coarse,
            )
        )
    vague = int((events["date_precision"] == "before").sum())
    if vague:
        lines.append(
            say_many(
                "For {n} event only the date of the report is known.",
                "For {n} events only the date of the report is known.",
                vague,
            )
        )
    if not complaints and row["basis"] != WITHHELD:
        lines.append(say("No complaint records have been uploaded for this province."))
    return "\n".join(lines)


def _show_compound(snapshot: Snapshot, compound_id: str) -> None:
    site = snapshot.find("compound", compound_id)
    if site is None:
        return
    st.subheader(f":material/location_on: {say('Site')}")
    st.text(site["name"])
    _close_button()
    show_site_facts(snapshot, site)
    st.page_link("pages/compounds.py", label=say("Its dated history"), icon=":material/history:")
    events = snapshot.of("event")
    linked = events[[compound_id in split_list(cell) for cell in events["compound_id"]]]
    if len(linked):
        st.markdown(f"**{say('Events')}**")
        for _, event in linked.head(MOST_CARDS).iterrows():
            show_event(snapshot, event)
    claims = snapshot.of("claim")
    about = claims[claims["compound_id"] == compound_id]
    if len(about):
        st.markdown(f"**{say('Numbers stated about it')}**")
        _show_claims(snapshot, about)
    st.caption(say(NO_FINDING))


def _show_claims(snapshot: Snapshot, claims: pd.DataFrame) -> None:
    for _, claim in claims.head(MOST_CARDS).iterrows():
        show_claim(snapshot, claim)
    if len(claims) > MOST_CARDS:
        st.caption(say("{n} more on the Records page.", n=len(claims) - MOST_CARDS))


def _close_button() -> None:
    if st.button(say("Back to the whole country"), icon=":material/arrow_back:", key="close_detail", type="tertiary"):
        change_choices(place="", compound="")
        st.rerun()
