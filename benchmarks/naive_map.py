"""The usual pattern, for comparison: the whole folium map is made anew and sent at each change, a marker a record.

A page of its own for `bench_map`; it draws the same store, period and provinces, without panel, ranking or sources.
"""

from __future__ import annotations

from datetime import date, timedelta

import folium
import streamlit as st
import streamlit_folium
from folium.elements import MacroElement
from folium.template import Template

import ui.map_assets  # noqa: F401 – the libraries come from this machine, as for the atlas
from data.database import FILE_NAME, data_dir
from data.periods import Period
from data.slices import select_records
from data.snapshot import Snapshot, read_snapshot
from data.store import Store
from geo.boundaries import load_provinces

STARTS = [date(2018 + month // 12, month % 12 + 1, 1) for month in range(60)]
SHADES = ("#feedde", "#fdbe85", "#fd8d3c", "#d94701")


class Drawn(MacroElement):
    """Says in the frame, last of all, what has been drawn."""

    _template = Template(
        "{% macro script(this, kwargs) %}document.documentElement.dataset.drawn = '{{this.what}}';{% endmacro %}"
    )

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what


@st.cache_resource
def _read() -> Snapshot:
    with Store.open(data_dir() / FILE_NAME, read_only=True) as store:
        return read_snapshot(store)


snapshot = _read()
start = st.selectbox("Year from", STARTS, key="start")
chosen = Period(start, start + timedelta(days=365))
complaints = select_records(snapshot.of("complaint"), "complaint", chosen).inside
counts = complaints["province_code"].value_counts()
shade = {code: SHADES[min(3, int(4 * n / (counts.max() + 1)))] for code, n in counts.items()}

chart = folium.Map([12.5, 105], zoom_start=7, tiles=None, prefer_canvas=True)
folium.GeoJson(
    load_provinces(),
    style_function=lambda feature: {"fillColor": shade.get(feature["properties"]["province_code"], "#ffffff")},
    tooltip=folium.GeoJsonTooltip(["province_code"]),
).add_to(chart)
placed = complaints[complaints["latitude"].notna()]
for record in placed[["complaint_id", "latitude", "longitude"]].itertuples(index=False):
    folium.CircleMarker((record.latitude, record.longitude), radius=4, tooltip=record.complaint_id).add_to(chart)
chart.add_child(Drawn(str(start)))
streamlit_folium.st_folium(chart, key="naive", height=600, use_container_width=True, returned_objects=[])
