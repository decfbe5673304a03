"""What is known, at a glance: headline figures with their speakers, a small map, the latest events."""

from __future__ import annotations

import streamlit as st

from charts.sentences import count_note, lead_sentence
from data.measures import count_measure
from ui.cache import current_snapshot
from ui.caption import show_caption
from ui.filter_bar import chosen_measure, chosen_period
from ui.headline import show_headlines, show_latest_events, show_scope
from ui.map_view import follow_click, show_map, speakers_of
from ui.state import current_choices

snapshot = current_snapshot()
st.title("Alleged scam compounds in Cambodia: who says what")
show_scope(snapshot)
show_headlines(snapshot)

figure, latest = st.columns([3, 2], gap="large")
with figure:
    counts = count_measure(snapshot, chosen_measure(), chosen_period(snapshot))
    with st.container(key="lead"):
        st.text(lead_sentence(counts, speakers_of(snapshot, counts)))
    follow_click(show_map(snapshot, counts, current_choices(), key="overview_map", height=640), page="pages/map.py")
    show_caption(snapshot, counts, count_note(counts))
with latest:
    show_latest_events(snapshot)
