"""The parts of the timeline page."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from charts.labels import format_date, place_label
from charts.sentences import join_names
from charts.timeline_chart import (
    MOST_LANES,
    OPENED,
    draw_claims,
    draw_events,
    tabulate_claims,
    tabulate_coarse,
    tabulate_events,
)
from data.counts import count_recorded
from data.export import export_csv
from data.periods import Period
from data.permalink import Choices
from data.slices import find_days, select_records
from data.snapshot import Snapshot
from locales import later, say, say_many
from ui.detail_panel import in_province
from ui.downloads import download
from ui.source_cards import show_claim, show_event_line

FIRST_EVENTS = 20
_EVENTS_BY = {
    "day": later("Recorded events by day: {place}"),
    "month": later("Recorded events by month: {place}"),
    "quarter": later("Recorded events by quarter: {place}"),
    "year": later("Recorded events by year: {place}"),
}
_COMPLAINTS_BY = {
    "day": later("Uploaded complaints by day: {place}"),
    "month": later("Uploaded complaints by month: {place}"),
    "quarter": later("Uploaded complaints by quarter: {place}"),
    "year": later("Uploaded complaints by year: {place}"),
}
_COARSER = {
    "day": later(" A line below the bars: an event somewhere in that time, its date is coarser than a day."),
    "month": later(" A line below the bars: an event somewhere in that time, its date is coarser than a month."),
    "quarter": later(" A line below the bars: an event somewhere in that time, its date is coarser than a quarter."),
    "year": later(" A line below the bars: an event somewhere in that time, its date is coarser than a year."),
}


def _here(records: pd.DataFrame, column: str, place: str) -> pd.DataFrame:
    return in_province(records, column, place) if place else records


def _where(choices: Choices) -> str:
    return place_label(choices.place) if choices.place else say("Cambodia")


def show_event_chart(snapshot: Snapshot, period: Period, choices: Choices) -> None:
    """Draw recorded events by step of time, with marks where a source stopped reporting."""
    events = _here(snapshot.of("event"), "province_codes", choices.place)
    drawn = _drawn_extent(events, period) if period == snapshot.extent() else period
    table = tabulate_events(events, drawn, choices.grain)
    coarse = tabulate_coarse(events, drawn, choices.grain)
    selection = select_records(events, "event", period)
    st.subheader(say(_EVENTS_BY[choices.grain], place=_where(choices)))
    if table.empty:
        st.text(say("No event is recorded for this choice. That does not mean that nothing happened."))
        return
    closures = source_closures(snapshot.of("event"), period)
    st.altair_chart(draw_events(table, coarse, drawn, closures), theme=None, key="event_chart")
    by_report = int(selection.inside["dated_by_report"].sum()) + int(selection.perhaps["dated_by_report"].sum())
    notes = [
        say_many(
            "{n} event in {period}",
            "{n} events in {period}",
            len(selection.inside) + len(selection.perhaps),
            period=period.label(),
        ),
        say("{n} stand at the date of the report, because the day itself is not given", n=by_report),
        say("{n} undated", n=len(selection.undated)),
    ]
    if len(closures):
        days = join_names([format_date(day.date()) for day in closures["day"]])
        notes.append(
            say("a source was shut down on {dates}: fewer reports afterwards are not fewer events", dates=days)
        )
    lines = ""
    if len(coarse):
        lines = say(_COARSER[choices.grain])
        beyond = int((coarse["lane"] >= MOST_LANES).sum())
        if beyond:
            lines += say_many(" {n} such event found no room.", " {n} such events found no room.", beyond)
    st.caption(say("{notes}.{lines} An event in several provinces counts once.", notes="; ".join(notes), lines=lines))


def _drawn_extent(events: pd.DataFrame, period: Period) -> Period:
    """Return the period from the month of the first event on, so that no width is spent on years without any."""
    first = find_days(events, "event")["start"].min()
    if pd.isna(first):
        return period
    return Period(max(period.start, first.date().replace(day=1)), period.end)


def source_closures(events: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the days on which a source of reports was shut down: day (datetime), label (str)."""
    closed = select_records(events[events["event_type"] == "media_shutdown"], "event", period).inside
    days = find_days(closed, "event")["start"]
    return pd.DataFrame({"day": days, "label": say("Source shut down")})


def show_complaints(snapshot: Snapshot, period: Period, choices: Choices) -> None:
    """Draw uploaded complaints by step of time, when there are any."""
    complaints = _here(snapshot.of("complaint"), "province_code", choices.place)
    if complaints.empty:
        return
    counted = count_recorded(complaints, "complaint", period, by=choices.grain)
    table = counted.rows[counted.rows["high"] > 0].assign(group="Other")
    st.subheader(say(_COMPLAINTS_BY[choices.grain], place=_where(choices)))
    if table.empty:
        st.text(say("No uploaded complaint lies in this period."))
        return
    chart = (
        alt.Chart(table[["start", "end", "high"]])
        .mark_bar(color="#b97a00")
        .encode(x=alt.X("start:T", title=None), x2="end:T", y=alt.Y("high:Q", title=say("Complaints")))
        .properties(height=180, width="container")
    )
    st.altair_chart(chart, key="complaint_chart")
    st.caption(
        say(
            "{n} uploaded complaints in {period}; {undated} undated.",
            n=counted.inside + counted.perhaps,
            period=period.label(),
            undated=counted.undated,
        )
    )


def show_claim_spans(snapshot: Snapshot, period: Period, choices: Choices) -> None:
    """Draw the numbers that were stated, each over the period that it is about."""
    claims = _here(snapshot.of("claim"), "province_code", choices.place)
    selection = select_records(claims, "claim", period)
    touching = pd.concat([selection.inside, selection.perhaps])
    if not choices.place:
        touching = touching[touching["geography"] != "province"]
    st.subheader(say("Stated numbers and the periods they are about: {place}", place=_where(choices)))
    table = tabulate_claims(touching, period)
    if table.empty:
        st.text(say("Nobody stated a number for this choice."))
        return
    clicked = st.altair_chart(
        draw_claims(table, period), theme=None, key="claim_chart", on_select="rerun", selection_mode=OPENED
    )
    opened = _keep_click(clicked, table)
    rest = "" if choices.place else say(" Numbers about single provinces appear when a province is chosen.")
    st.caption(
        say_many("{n} statement.", "{n} statements.", len(table))
        + say(
            " A bar spans the period that a number is about; an arrowhead means that it goes on, or that only its end "
            "is known. Numbers of different kinds or overlapping periods are never added."
        )
        + rest
    )
    with st.expander(say("Read the statements and their sources"), expanded=opened):
        chosen = st.selectbox(
            say("Statement"),
            table["claim_id"].to_list(),
            format_func=dict(zip(table["claim_id"], table["words"] + " · " + table["metric"], strict=True)).__getitem__,
            key="open_claim",
        )
        claim = snapshot.find("claim", chosen)
        if claim is not None:
            show_claim(snapshot, claim)


def _keep_click(clicked: object, table: pd.DataFrame) -> bool:
    """Take a new click on a row of the chart over into the list of statements; return whether a row is selected."""
    points = getattr(clicked, "selection", {}).get(OPENED, [])
    found = [point.get("claim_id") for point in points if point.get("claim_id") in set(table["claim_id"])]
    if found and st.session_state.get("clicked_claim") != found[0]:
        st.session_state["open_claim"] = found[0]
    st.session_state["clicked_claim"] = found[0] if found else None
    return bool(found)


def show_event_list(snapshot: Snapshot, period: Period, choices: Choices) -> None:
    """List the events of the period with their sources, and offer them as a file."""
    events = _here(snapshot.of("event"), "province_codes", choices.place)
    selection = select_records(events, "event", period)
    found = pd.concat([selection.inside, selection.perhaps])
    st.subheader(say("Dated events ({n})", n=len(found)))
    if found.empty:
        st.text(say("No event is recorded for this choice."))
        return
    ordered = found.loc[find_days(found, "event")["start"].sort_values(ascending=False, kind="stable").index]
    whole = len(ordered) <= FIRST_EVENTS or st.toggle(say("Show all {n}", n=len(ordered)), key="all_events")
    for _, event in (ordered if whole else ordered.head(FIRST_EVENTS)).iterrows():
        show_event_line(snapshot, event)
    download(say("These events (CSV)"), lambda: export_csv(found, "event"), "events.csv", "text/csv", key="events_csv")
