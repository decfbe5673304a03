"""The rows that would be added, on the map, and those that lie outside Cambodia."""

from __future__ import annotations

import streamlit as st

from charts.labels import plural
from charts.map_payload import build_payload, circle_radius, describe_dots
from charts.palette import COMPLAINT_DOT, EVENT_DOT
from charts.province_map import draw_province_map
from data.ingest import ImportResult
from data.schema import KINDS, LATITUDE, MATCH_METHOD, PROVINCE_CODE, PROVINCE_CODES
from geo.gazetteer import PROVINCE_CODES as ALL_CODES
from geo.gazetteer import province_name
from ui.map_assets import asset_url, st_map

MOST_DOTS = 20_000


def show_preview(result: ImportResult) -> None:
    """Draw the accepted rows by province and by point."""
    kind = KINDS[result.kind]
    if not kind.placed:
        st.text("Records of this kind have no place.")
        return
    records = result.accepted
    codes_name = PROVINCE_CODES if PROVINCE_CODES in kind.columns else PROVINCE_CODE
    rows = records[codes_name].dropna().str.split(";").explode().value_counts()
    outside = records[records[MATCH_METHOD] == "outside"]
    dots = []
    if LATITUDE in kind.columns:
        inside = records[records[MATCH_METHOD] != "outside"]
        for group, label, color in (
            (inside, "Would be added", COMPLAINT_DOT),
            (outside, "Outside Cambodia", EVENT_DOT),
        ):
            described = describe_dots(group.head(MOST_DOTS), kind.id_field, label, color, hollow=group is outside)
            if described["at"]:
                dots.append(described)
    legend = {
        "title": "Rows of this file",
        "note": "not stored yet",
        "classes": [],
        "circles": [],
        "dots": [{key: group[key] for key in ("color", "hollow", "label")} | {"n": len(group["at"])} for group in dots],
        "symbols": [],
        "footnotes": ["Number in a province: rows placed in it."],
    }
    provinces = {
        code: {
            "fill": "#ffffff",
            "tip": [province_name(code), plural(int(rows.get(code, 0)), "row")],
            **({"label": f"{rows[code]:,}", "radius": circle_radius(rows[code], rows.max())} if code in rows else {}),
        }
        for code in ALL_CODES
    }
    payload = build_payload(provinces=provinces, sites=[], badges=[], dots=dots, legend=legend, selected=None)
    assets = {name: asset_url(f"geo/{name}.json") for name in ("neighbours", "provinces", "places")}
    with st.container(key="map"):
        st_map(draw_province_map(assets), payload=payload, key="preview_map", height=420)
    placed = int(records[codes_name].notna().sum())
    pointed = int(records[LATITUDE].notna().sum()) if LATITUDE in kind.columns else 0
    nowhere = len(records) - placed - len(outside)
    st.caption(
        f"{plural(len(records), 'row')}: {placed:,} in a province ({pointed:,} with a point), {len(outside):,} outside "
        f"Cambodia, {nowhere:,} without a province."
    )
