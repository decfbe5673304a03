"""A map of some records alone: how many lie in each province, and where those with a point lie."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.labels import plural
from charts.map_payload import build_payload, circle_radius, count_dots
from charts.province_map import draw_province_map
from data.schema import split_list
from geo.gazetteer import PROVINCE_CODES, province_name
from locales import language
from ui.map_assets import st_map
from ui.map_geometry import geometry_addresses

MOST_DOTS = 20_000


def show_record_map(
    codes: pd.Series, dots: list[dict[str, Any]], *, title: str, note: str, noun: str, footnote: str, key: str
) -> None:
    """Draw the map.

    Parameters
    ----------
    codes : Series of str
        Per record the codes of its provinces, ``;`` between several; missing where it has none. It counts in each.
    dots : list of dict
        As ``charts.map_payload.describe_dots`` gives them; groups without a point are left out.
    title, note, noun, footnote : str
        Constant texts: of the legend, and what one record is called.
    key : str
        Unique on the page.
    """
    counts = pd.Series([code for cell in codes for code in split_list(cell)], dtype="str").value_counts()
    largest = int(counts.max()) if len(counts) else 0
    provinces = {code: _describe(code, int(counts.get(code, 0)), largest, noun) for code in PROVINCE_CODES}
    dots = [group for group in dots if group["at"]]
    legend = {
        "title": title,
        "note": note,
        "classes": [],
        "circles": [],
        "dots": count_dots(dots),
        "symbols": [],
        "footnotes": [footnote],
    }
    payload = build_payload(provinces=provinces, sites=[], badges=[], dots=dots, legend=legend, selected=None)
    assets = geometry_addresses()
    with st.container(key="map"):
        st_map(draw_province_map(assets), payload=payload, key=key, height=420)


def _describe(code: str, count: int, largest: int, noun: str) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "fill": "#ffffff",
        "tip": [province_name(code), plural(count, noun, noun if language() == "km" else None)],
    }
    return facts | ({"label": f"{count:,}", "radius": circle_radius(count, largest)} if count else {})
