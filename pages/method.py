"""How the numbers are made, where the data come from and under which terms."""

from __future__ import annotations

import streamlit as st

from locales import say
from ui.cache import latest_snapshot
from ui.method_text import show_method

st.title(say("Method and sources"))
show_method(latest_snapshot())
