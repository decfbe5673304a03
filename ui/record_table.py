"""Records of one kind as a table: filter by period, province and words; download as CSV or GeoJSON."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.labels import plural
from data.export import export_csv, export_geojson
from data.periods import Period
from data.schema import KINDS, PERIOD_COLUMNS, PROVINCE_CODES
from data.slices import select_records
from data.snapshot import Snapshot
from ui.detail_panel import in_province
from ui.downloads import download
from ui.state import Choices

KIND_NAMES = {
    "event": "Events",
    "claim": "Claims",
    "compound": "Compounds",
    "complaint": "Complaints",
    "source": "Sources",
}


def show_records(snapshot: Snapshot, period: Period, choices: Choices) -> None:
    """Draw the table of records for the choices, with its downloads."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="record_choice"):
        kind = st.segmented_control(
            "Kind",
            list(KIND_NAMES),
            default="event",
            required=True,
            format_func=KIND_NAMES.__getitem__,
            key="record_kind",
        )
        words = st.text_input(
            "Contains", key="record_words", placeholder="words in any column", max_chars=100, width=300
        )
    records, left_out = select_for_table(snapshot.of(kind), kind, period, choices.place, words)
    st.caption(
        f"{plural(len(records), 'record')} of {len(snapshot.of(kind)):,}. {left_out} {KINDS[kind].meaning}. "
        f"Data version {snapshot.revision}."
    )
    columns = [name for name in KINDS[kind].columns if records[name].notna().any()] or list(KINDS[kind].columns)
    dates = [field.name for field in KINDS[kind].fields if field.dtype == "date"]
    st.dataframe(
        records[columns],
        hide_index=True,
        height=520,
        column_config={name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in dates},
    )
    with st.container(horizontal=True):
        download(
            "These records (CSV)", lambda: export_csv(records, kind), f"{kind}s.csv", "text/csv", key="records_csv"
        )
        if KINDS[kind].placed and kind != "claim":
            download(
                "These records (GeoJSON)",
                lambda: export_geojson(records, kind),
                f"{kind}s.geojson",
                "application/geo+json",
                key="records_geojson",
            )


def select_for_table(
    records: pd.DataFrame, kind: str, period: Period, place: str, words: str
) -> tuple[pd.DataFrame, str]:
    """Return the records that fit, and a sentence on the period.

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
    sentence = "This kind has no dates; the period does not apply."
    found = records
    if kind in PERIOD_COLUMNS:
        selection = select_records(records, kind, period)
        found = pd.concat([selection.inside, selection.perhaps, selection.undated])[records.columns]
        sentence = f"Period {period.label()}; {len(selection.undated):,} undated ones are listed too."
    column = PROVINCE_CODES if PROVINCE_CODES in found.columns else "province_code"
    if place and column in found.columns:
        found = in_province(found, column, place)
    if words.strip():
        cells = found[list(KINDS[kind].columns)].astype("str")
        hits = cells.apply(lambda column: column.str.contains(words.strip(), case=False, regex=False, na=False))
        found = found[hits.any(axis=1)]
    return found, sentence
