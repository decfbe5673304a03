"""Where: one measure by province, the sites that sources name, and who says so."""

from __future__ import annotations

import streamlit as st

from charts.change_words import change_sentence
from charts.sentences import count_note, lead_sentence
from data.backing import backing_records
from data.measures import count_measure
from locales import later, say
from ui.area_form import show_area
from ui.cache import current_snapshot
from ui.caption import show_caption
from ui.compare_form import show_change
from ui.detail_panel import show_detail
from ui.district_view import district_note, show_district, show_districts, shows_districts
from ui.filter_bar import chosen_measure, chosen_period, show_filter_bar
from ui.map_time import find_change
from ui.map_view import follow_click, show_map, speakers_of, take_click
from ui.page_head import show_head
from ui.ranking_view import show_ranking
from ui.selection_panel import show_selection
from ui.state import current_choices

take_click("map")
snapshot = current_snapshot()
lead = st.container(key="lead")
show_filter_bar(snapshot, style=True)
counts = count_measure(snapshot, chosen_measure(), chosen_period(snapshot))
change = find_change(snapshot, counts, current_choices())
by_district = shows_districts(snapshot, counts.measure, current_choices())
with lead:
    show_head(
        say("Map"),
        snapshot,
        what=say(
            later("{what}, by district") if by_district else later("{what}, by province"), what=counts.measure.label
        ),
        period=counts.period,
        find_sources=lambda: snapshot.sources_of(backing_records(snapshot, counts)),
    )
    told = {"records": counts.records, "claims": snapshot.of("claim")}
    lone = lead_sentence(counts, speakers_of(snapshot, counts), **told)
    st.text(change_sentence(change, speakers_of(snapshot, change)) if change else lone)

figure, panel = st.columns([2, 1], gap="medium")
with figure:
    follow_click(show_map(snapshot, counts, current_choices(), key="map", height=780, brush=True))
    show_caption(snapshot, counts, count_note(counts), districts=district_note(snapshot, counts, current_choices()))
    show_area(snapshot, counts, current_choices())
    show_districts(snapshot, counts, current_choices())
    show_ranking(counts, current_choices(), change)
with panel, st.container(height=760, border=False, key="detail"):
    show_change(change, current_choices().place)
    if not show_selection(snapshot, counts, current_choices()):
        show_district(snapshot, counts, current_choices())
        show_detail(snapshot, counts, current_choices())
