"""The list of pages and nothing else. Start with ``make run`` or ``streamlit run app.py``."""

from __future__ import annotations

import streamlit as st

from ui.messages import calm_errors
from ui.state import follow_history
from ui.theme import apply_theme

st.set_page_config(
    page_title="Compound Atlas", page_icon="static/icon.png", layout="wide", initial_sidebar_state="collapsed"
)
page = st.navigation(
    [
        st.Page("pages/overview.py", title="Overview", default=True),
        st.Page("pages/map.py", title="Map"),
        st.Page("pages/timeline.py", title="Timeline"),
        st.Page("pages/claims.py", title="Claims"),
        st.Page("pages/compounds.py", title="Compounds"),
        st.Page("pages/records.py", title="Records"),
        st.Page("pages/upload.py", title="Upload"),
        st.Page("pages/history.py", title="History"),
        st.Page("pages/method.py", title="Method"),
    ],
    position="top",
)
apply_theme()
follow_history()
with calm_errors():
    page.run()
