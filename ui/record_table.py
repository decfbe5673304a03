"""Records of one kind as a table: filter by period, province and words; download as CSV or GeoJSON."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import streamlit as st

from charts.visible import mark_cells
from data.dates import WrittenDate, parse_date
from data.export import export_csv, export_geojson
from data.periods import Period
from data.permalink import Choices
from data.schema import KINDS, PERIOD_COLUMNS, PROVINCE_CODES
from data.slices import find_days, select_records
from data.snapshot import Snapshot
from data.suppression import refuse
from locales import later, say, say_many
from ui.column_labels import label_columns
from ui.detail_panel import in_province
from ui.downloads import download
from ui.record_panel import show_corrected, show_record
from ui.record_words import describe_records, written_date

MOST_ROWS = 20_000
"""Rows in the table; each is told in words, which takes a second for about as many."""
KIND_NAMES = {
    "event": later("Events"),
    "claim": later("Claims"),
    "compound": later("Compounds"),
    "complaint": later("Complaints"),
    "source": later("Sources"),
}


def show_records(snapshot: Snapshot, period: Period, choices: Choices) -> None:
    """Draw the table of records for the choices, with its downloads."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="record_choice"):
        kind = st.segmented_control(
            say("Kind"),
            list(KIND_NAMES),
            default="event",
            required=True,
            format_func=lambda one: say(KIND_NAMES[one]),
            key="record_kind",
        )
        words = st.text_input(
            say("Contains"), key="record_words", placeholder=say("words in any column"), max_chars=100, width=300
        )
    records, left_out = select_for_table(snapshot.of(kind), kind, period, choices.place, words)
    st.caption(
        say_many(
            "{n} record of {count}. {left_out} {meaning}. Data version {revision}.",
            "{n} records of {count}. {left_out} {meaning}. Data version {revision}.",
            len(records),
            count=len(snapshot.of(kind)),
            left_out=left_out,
            meaning=say(KINDS[kind].meaning),
            revision=str(snapshot.revision),
        )
    )
    if snapshot.published and kind in snapshot.published.kinds:
        st.caption(refuse("records"))
    shown = records.head(MOST_ROWS)
    spoken = describe_records(snapshot, shown, kind)
    columns = [name for name in KINDS[kind].columns if records[name].notna().any()] or list(KINDS[kind].columns)
    st.caption(say("Choose a row by its box to see where it comes from, what was changed in it, and to correct it."))
    event = st.dataframe(
        mark_cells(spoken.join(shown[columns])),
        hide_index=True,
        height=520,
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
        # A choice is a position in the table; it must not pass on to another record when the table changes.
        key=f"records_{kind}_{snapshot.revision}_{hash(tuple(shown[KINDS[kind].id_field]))}",
        column_config=label_columns(kind, columns),
    )
    if len(shown) < len(records):
        st.caption(say("The first {n} are shown; narrow the choice, or download all of them.", n=len(shown)))
    chosen = [position for position in event["selection"]["rows"] if position < len(shown)]
    for position in chosen if snapshot.profile == "internal" else ():  # its history is not for the public
        show_record(kind, str(shown[KINDS[kind].id_field].iloc[position]))
    if not chosen and snapshot.profile == "internal":
        show_corrected(kind, snapshot.revision)
    with st.container(horizontal=True):
        download(
            say("These records (CSV)"), lambda: export_csv(records, kind), f"{kind}s.csv", "text/csv", key="records_csv"
        )
        if KINDS[kind].placed and kind != "claim":
            download(
                say("These records (GeoJSON)"),
                lambda: export_geojson(records, kind),
                f"{kind}s.geojson",
                "application/geo+json",
                key="records_geojson",
            )


def select_for_table(
    records: pd.DataFrame, kind: str, period: Period, place: str, words: str
) -> tuple[pd.DataFrame, str]:
    """Return the records that fit, the newest first and those without a date last, and a sentence on the period.

    Parameters
    ----------
    records : DataFrame
        All records of the kind.
    kind : str
    period : Period
        Applied to dated kinds; undated records are shown too, so that nothing is hidden.
    place : str
        Province code, or empty for all.
    words : str
        Text that must occur in some column, whatever its case; taken literally.
    """
    sentence = say("This kind has no dates; the period does not apply.")
    found = records
    if kind in PERIOD_COLUMNS:
        selection = select_records(records, kind, period)
        found = pd.concat([selection.inside, selection.perhaps, selection.undated])[records.columns]
        sentence = say(
            "Period {period}; {n} undated ones are listed too.", period=period.label(), n=len(selection.undated)
        )
    column = PROVINCE_CODES if PROVINCE_CODES in found.columns else "province_code"
    if place and column in found.columns:
        found = in_province(found, column, place)
    if words.strip():
        cells = found[list(KINDS[kind].columns)].astype("str")
        hits = cells.apply(lambda column: column.str.contains(words.strip(), case=False, regex=False, na=False))
        found = found[hits.any(axis=1)]
    return order_by_date(found, kind), sentence


def order_by_date(records: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return records by the first day of their date, the newest first, undated ones last, otherwise as they were.

    A date of which only the end is known counts as its last possible day.
    """
    if kind in PERIOD_COLUMNS:
        days = find_days(records, kind)["start"]
    else:
        written = {text: _first_day(text) for text in written_date(records, kind).dropna().unique()}
        days = written_date(records, kind).map(written)
    order = pd.to_datetime(days).sort_values(ascending=False, na_position="last", kind="stable").index
    return records.loc[order] if records.index.is_unique else records


def _first_day(text: str) -> pd.Timestamp | None:
    read = parse_date(text)
    if not isinstance(read, WrittenDate):
        return None
    day = read.start or (read.end and read.end - timedelta(days=1))
    return pd.Timestamp(day) if day else None
