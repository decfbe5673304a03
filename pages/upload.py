"""Bring data in: choose a file, say what it holds, check what would happen, add it."""

from __future__ import annotations

import streamlit as st

from ui.batch_list import show_turned
from ui.wizard.steps import show_wizard

st.title("Upload")
st.caption("Nothing is stored before you have seen what would happen. No row is dropped without a reason.")
show_turned()
show_wizard()
