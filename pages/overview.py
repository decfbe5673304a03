"""What is known, at a glance: headline figures with their speakers, a small map, the latest events.

The page has no choices and follows none: it shows the records of everyone, and one measure and period.
"""

from __future__ import annotations

import streamlit as st

from charts.sentences import count_note, lead_sentence
from data.measures import DEFAULT_MEASURE, count_measure, find_measure
from data.permalink import Choices
from data.presets import default_period
from locales import say
from ui.cache import shown_snapshot
from ui.caption import show_caption
from ui.headline import show_headlines, show_latest_events, show_scope
from ui.map_view import follow_click, show_map, speakers_of

snapshot = shown_snapshot()
st.title(say("Alleged scam compounds in Cambodia: who says what"))
show_scope(snapshot)
show_headlines(snapshot)

figure, latest = st.columns([3, 2], gap="large")
with figure:
    measure = find_measure(DEFAULT_MEASURE)
    counts = count_measure(snapshot, measure, default_period(snapshot, measure))
    with st.container(key="lead"):
        st.text(lead_sentence(counts, speakers_of(snapshot, counts), claims=snapshot.of("claim")))
    follow_click(show_map(snapshot, counts, Choices(), key="overview_map", height=640), page="pages/map.py")
    show_caption(snapshot, counts, count_note(counts), fixed=True)
with latest:
    show_latest_events(snapshot)
