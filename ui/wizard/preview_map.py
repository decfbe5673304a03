"""The rows that would be added, on the map, and those that lie outside Cambodia."""

from __future__ import annotations

import streamlit as st

from charts.labels import plural
from charts.map_payload import describe_dots
from charts.palette import COMPLAINT_DOT, EVENT_DOT
from data.ingest import ImportResult
from data.schema import KINDS, LATITUDE, MATCH_METHOD, PROVINCE_CODE, PROVINCE_CODES
from ui.record_map import MOST_DOTS, show_record_map


def show_preview(result: ImportResult) -> None:
    """Draw the accepted rows by province and by point."""
    kind = KINDS[result.kind]
    if not kind.placed:
        st.text("Records of this kind have no place.")
        return
    records = result.accepted
    codes_name = PROVINCE_CODES if PROVINCE_CODES in kind.columns else PROVINCE_CODE
    outside = records[records[MATCH_METHOD] == "outside"]
    dots = []
    if LATITUDE in kind.columns:
        inside = records[records[MATCH_METHOD] != "outside"]
        dots = [
            describe_dots(inside.head(MOST_DOTS), kind.id_field, "Would be added", COMPLAINT_DOT),
            describe_dots(outside.head(MOST_DOTS), kind.id_field, "Outside Cambodia", EVENT_DOT, hollow=True),
        ]
    show_record_map(
        records[codes_name],
        dots,
        title="Rows of this file",
        note="not stored yet",
        noun="row",
        footnote="Number in a province: rows placed in it.",
        key="preview_map",
    )
    placed = int(records[codes_name].notna().sum())
    pointed = int(records[LATITUDE].notna().sum()) if LATITUDE in kind.columns else 0
    nowhere = len(records) - placed - len(outside)
    st.caption(
        f"{plural(len(records), 'row')}: {placed:,} in a province ({pointed:,} with a point), {len(outside):,} outside "
        f"Cambodia, {nowhere:,} without a province."
    )
