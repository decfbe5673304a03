"""The rows behind every number, to filter and to download."""

from __future__ import annotations

import streamlit as st

from ui.cache import current_snapshot
from ui.filter_bar import chosen_period, show_filter_bar
from ui.record_table import show_records
from ui.state import current_choices

snapshot = current_snapshot()
st.title("Records")
show_filter_bar(snapshot, measure=False)
show_records(snapshot, chosen_period(snapshot, measured=False), current_choices())
