"""What stands beside the map: the chosen province or compound with its figures, claims, sites, events and sources."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.labels import describe_basis, format_range, known, plural, term
from data.event_claims import date_by_events
from data.measures import MeasureCounts
from data.schema import split_list
from data.slices import find_provinces, select_records
from data.snapshot import Snapshot
from geo.gazetteer import population, province_name
from ui.permalink import Choices
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
    named = [code in split_list(cell) for cell in records[column]]
    return records[pd.Series(named, records.index, dtype="bool")]


def measure_records(snapshot: Snapshot, counts: MeasureCounts) -> pd.DataFrame:
    """Return the records that a recorded measure counts in its period, those that only may lie in it too."""
    kind = "complaint" if counts.measure.subject == "complaint" else "event"
    records = snapshot.of(kind)
    if kind == "event":
        records = records[records["event_type"] == counts.measure.subject]
    selection = select_records(records, kind, counts.period)
    return pd.concat([selection.inside, selection.perhaps])


def count_records(snapshot: Snapshot, counts: MeasureCounts) -> int | None:
    """Return how many distinct records a recorded measure counts, those without a province too; None for others."""
    return len(measure_records(snapshot, counts)) if counts.measure.basis == "recorded" else None


def _show_unplaced(snapshot: Snapshot, counts: MeasureCounts) -> None:
    """Draw the records of a recorded measure that name no province, and what speakers state of the same thing."""
    subject = counts.measure.subject
    kind = "complaint" if subject == "complaint" else "event"
    records = measure_records(snapshot, counts)
    placed = records.index[find_provinces(records, kind)["position"]]
    unplaced = records[~records.index.isin(placed)]
    if len(unplaced):
        st.markdown(f"**Records that name no province ({len(unplaced)})**")
        for _, event in unplaced.head(MOST_CARDS if kind == "event" else 0).iterrows():
            show_event(snapshot, event)
        if kind == "complaint" or len(unplaced) > MOST_CARDS:
            st.caption("All of them stand on the Records page.")
    claims = snapshot.of("claim")
    metrics = RELATED_METRICS.get(subject, ())
    about = date_by_events(claims[claims["metric"].isin(metrics)], snapshot.of("event"))
    selection = select_records(about, "claim", counts.period)
    related = claims.loc[[*selection.inside.index, *selection.perhaps.index]]
    if len(related):
        st.markdown("**Numbers stated about the same period**")
        st.caption("Statements of speakers, not counted from records.")
        _show_claims(snapshot, related)


def _show_country(snapshot: Snapshot, counts: MeasureCounts) -> None:
    st.subheader("Cambodia")
    st.caption("Click a province or a site to read its figures, claims and sources.")
    if counts.measure.basis == "recorded":
        _show_unplaced(snapshot, counts)
    if counts.measure.basis != "stated":
        return
    if counts.national.empty:
        st.text("No statement about the whole country touches this period.")
        return
    st.text(f"{plural(len(counts.national), 'statement')} about the whole country or abroad in or around this period:")
    claims = snapshot.of("claim")
    _show_claims(snapshot, claims[claims["claim_id"].isin(set(counts.national["claim_id"]))])


def _show_province(snapshot: Snapshot, counts: MeasureCounts, code: str) -> None:
    row = counts.rows.set_index("province_code").loc[code]
    st.subheader(province_name(code))
    st.caption(f"{province_name(code, 'km')} · code {code} · {population(code):,} residents (2019 census)")
    _close_button()
    st.metric(counts.measure.label, format_range(row["low"], row["best"], row["high"]), help=counts.measure.definition)
    notes = [describe_basis(row["basis"]), counts.period.label()]
    if known(row["implied"]):
        notes.append(
            f"{format_range(None, row['implied'], None)} is implied by the total and its other parts; nobody stated it"
        )
    if row["contested"]:
        notes.append("contested: the statements do not agree")
    st.caption(". ".join(note[0].upper() + note[1:] for note in notes) + ".")
    claims = in_province(snapshot.of("claim"), "province_code", code)
    named = set(row["claim_ids"])
    behind = claims[claims["claim_id"].isin(named)]
    events = in_province(snapshot.of("event"), "province_codes", code)
    selection = select_records(events, "event", counts.period)
    inside = pd.concat([selection.inside, selection.perhaps])
    sites = in_province(snapshot.of("compound"), "province_code", code)
    complaints = in_province(snapshot.of("complaint"), "province_code", code)
    others = claims[~claims["claim_id"].isin(named)]
    if len(behind):
        st.markdown("**Who says so**")
        _show_claims(snapshot, behind)
    if len(sites):
        _choose_site(sites)
    with st.expander(f"Events in this period ({len(inside)} of {len(events)})", expanded=0 < len(inside) <= 3):
        for _, event in inside.head(MOST_CARDS).iterrows():
            show_event(snapshot, event)
        if len(inside) > MOST_CARDS:
            st.caption(f"{len(inside) - MOST_CARDS} more on the Timeline and Records pages.")
    if len(others):
        with st.expander(f"Other statements about this province ({len(others)})"):
            _show_claims(snapshot, others)
    st.markdown("**What we do not know**")
    st.text(_unknowns(row, sites, events, complaints))


def _choose_site(sites: pd.DataFrame) -> None:
    names = dict(zip(sites["compound_id"], sites["name"], strict=True))
    status = dict(zip(sites["compound_id"], sites["status"], strict=True))

    def keep() -> None:
        change_choices(compound=st.session_state["open_site"] or "")

    st.session_state["open_site"] = None
    st.selectbox(
        f"Sites that sources name here ({len(sites)})",
        list(names),
        key="open_site",
        format_func=lambda one: f"{names[one]} · {term(status[one]).lower()}",
        placeholder="Open a site …",
        on_change=keep,
    )


def _unknowns(row: pd.Series, sites: pd.DataFrame, events: pd.DataFrame, complaints: pd.DataFrame) -> str:
    lines = []
    if row["basis"] == "no_report":
        lines.append("No figure is reported here for this period. This is not zero.")
    elif not known(row["best"]):
        lines.append("The exact figure is not known; only the range above is stated.")
    coarse = int((~sites["location_precision"].isin(["exact", "near"])).sum())
    if coarse:
        lines.append(f"{coarse} of {plural(len(sites), 'site')} cannot be placed more closely than the town.")
    vague = int((events["date_precision"] == "before").sum())
    if vague:
        lines.append(f"For {plural(vague, 'event')} only the date of the report is known.")
    if complaints.empty:
        lines.append("No complaint records have been uploaded for this province.")
    return "\n".join(lines)


def _show_compound(snapshot: Snapshot, compound_id: str) -> None:
    site = snapshot.find("compound", compound_id)
    if site is None:
        return
    st.subheader(":material/location_on: Site")
    st.text(site["name"])
    _close_button()
    show_site_facts(snapshot, site)
    st.page_link("pages/compounds.py", label="Its dated history", icon=":material/history:")
    events = snapshot.of("event")
    linked = events[[compound_id in split_list(cell) for cell in events["compound_id"]]]
    if len(linked):
        st.markdown("**Events**")
        for _, event in linked.head(MOST_CARDS).iterrows():
            show_event(snapshot, event)
    claims = snapshot.of("claim")
    about = claims[claims["compound_id"] == compound_id]
    if len(about):
        st.markdown("**Numbers stated about it**")
        _show_claims(snapshot, about)
    st.caption(NO_FINDING)


def _show_claims(snapshot: Snapshot, claims: pd.DataFrame) -> None:
    for _, claim in claims.head(MOST_CARDS).iterrows():
        show_claim(snapshot, claim)
    if len(claims) > MOST_CARDS:
        st.caption(f"{len(claims) - MOST_CARDS} more on the Records page.")


def _close_button() -> None:
    if st.button("Back to the whole country", icon=":material/arrow_back:", key="close_detail", type="tertiary"):
        change_choices(place="", compound="")
        st.rerun()
