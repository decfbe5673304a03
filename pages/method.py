"""How the numbers are made, where the data come from and under which terms."""

from __future__ import annotations

import streamlit as st

from ui.cache import latest_snapshot
from ui.method_text import show_method

st.title("Method and sources")
show_method(latest_snapshot())
