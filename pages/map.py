"""Where: one measure by province, the sites that sources name, and who says so."""

from __future__ import annotations

import streamlit as st

from charts.sentences import count_note, lead_sentence
from data.backing import backing_records
from data.measures import count_measure
from ui.cache import current_snapshot
from ui.caption import show_caption
from ui.detail_panel import count_records, show_detail
from ui.filter_bar import chosen_measure, chosen_period, show_filter_bar
from ui.map_view import follow_click, show_map, speakers_of
from ui.page_head import show_head
from ui.ranking_view import show_ranking
from ui.state import current_choices

snapshot = current_snapshot()
lead = st.container(key="lead")
show_filter_bar(snapshot, style=True)
counts = count_measure(snapshot, chosen_measure(), chosen_period(snapshot))
with lead:
    show_head(
        "Map",
        snapshot,
        what=f"{counts.measure.label}, by province",
        period=counts.period,
        find_sources=lambda: snapshot.sources_of(backing_records(snapshot, counts)),
    )
    records = count_records(snapshot, counts)
    st.text(lead_sentence(counts, speakers_of(snapshot, counts), records=records, claims=snapshot.of("claim")))

figure, panel = st.columns([2, 1], gap="medium")
with figure:
    follow_click(show_map(snapshot, counts, current_choices(), key="map", height=660))
    show_caption(snapshot, counts, count_note(counts))
    show_ranking(counts, current_choices())
with panel, st.container(height=760, border=False, key="detail"):
    show_detail(snapshot, counts, current_choices())
