"""The rows that would be added, on the map, and those that lie outside Cambodia."""

from __future__ import annotations

import streamlit as st

from charts.map_payload import describe_dots
from charts.palette import COMPLAINT_DOT, EVENT_DOT
from data.ingest import ImportResult
from data.schema import KINDS, LATITUDE, MATCH_METHOD, PROVINCE_CODE, PROVINCE_CODES
from locales import say, say_many
from ui.record_map import MOST_DOTS, show_record_map


def show_preview(result: ImportResult) -> None:
    """Draw the accepted rows by province and by point."""
    kind = KINDS[result.kind]
    if not kind.placed:
        st.text(say("Records of this kind have no place."))
        return
    records = result.accepted
    codes_name = PROVINCE_CODES if PROVINCE_CODES in kind.columns else PROVINCE_CODE
    outside = records[records[MATCH_METHOD] == "outside"]
    dots = []
    if LATITUDE in kind.columns:
        inside = records[records[MATCH_METHOD] != "outside"]
        dots = [
            describe_dots(inside.head(MOST_DOTS), kind.id_field, say("Would be added"), COMPLAINT_DOT),
            describe_dots(outside.head(MOST_DOTS), kind.id_field, say("Outside Cambodia"), EVENT_DOT, hollow=True),
        ]
    show_record_map(
        records[codes_name],
        dots,
        title=say("Rows of this file"),
        note=say("not stored yet"),
        noun=say("row"),
        footnote=say("Number in a province: rows placed in it."),
        key="preview_map",
    )
    placed = int(records[codes_name].notna().sum())
    pointed = int(records[LATITUDE].notna().sum()) if LATITUDE in kind.columns else 0
    nowhere = len(records) - placed - len(outside)
    st.caption(
        say_many(
            "{n} row: {placed} in a province ({pointed} with a point), {outside} outside Cambodia, {nowhere} "
            "without a province.",
            "{n} rows: {placed} in a province ({pointed} with a point), {outside} outside Cambodia, {nowhere} "
            "without a province.",
            len(records),
            placed=placed,
            pointed=pointed,
            outside=len(outside),
            nowhere=nowhere,
        )
    )
