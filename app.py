"""The list of pages and nothing else. Start with ``make run`` or ``streamlit run app.py``."""

from __future__ import annotations

import streamlit as st

from locales import say
from ui.cache import follow_boundaries
from ui.language import follow_language, show_switch
from ui.messages import calm_errors
from ui.profile import show_profile
from ui.state import follow_history
from ui.theme import apply_theme

follow_language()
st.set_page_config(
    page_title=say("Compound Atlas"), page_icon="static/icon.png", layout="wide", initial_sidebar_state="collapsed"
)
page = st.navigation(
    [
        st.Page("pages/overview.py", title=say("Overview"), default=True),
        st.Page("pages/map.py", title=say("Map")),
        st.Page("pages/timeline.py", title=say("Timeline")),
        st.Page("pages/claims.py", title=say("Claims")),
        st.Page("pages/compounds.py", title=say("Compounds")),
        st.Page("pages/briefing.py", title=say("Briefing")),
        st.Page("pages/records.py", title=say("Records")),
        st.Page("pages/upload.py", title=say("Upload")),
        st.Page("pages/history.py", title=say("History")),
        st.Page("pages/boundaries.py", title=say("Boundaries")),
        st.Page("pages/method.py", title=say("Method")),
    ],
    position="top",
)
apply_theme()
follow_history()
with calm_errors():
    follow_boundaries()
    show_profile()
    page.run()
show_switch()
