"""Briefings: figures in order, told in words, that keep their caveats wherever they are forwarded."""

from __future__ import annotations

import streamlit as st

from locales import say
from ui.briefing_files import show_files
from ui.briefing_form import current_briefing, show_head_of, show_start
from ui.briefing_items import show_items

st.title(say("Briefing"))
with st.container(key="lead"):
    st.text(say("Figures that keep their caveats, drafted from the records: choose, edit the words, download."))
show_start()
if current_briefing() is not None:
    show_head_of()
    show_items()
    show_files()
