"""Bring data in: choose, check, add; and take a batch back."""

from __future__ import annotations

import streamlit as st

from ui.batch_list import show_batches, show_undone
from ui.upload_form import show_upload_form

st.title("Upload")
st.caption("Nothing is stored before you have seen what would happen. No row is dropped without a reason.")
show_undone()
show_upload_form()
st.divider()
show_batches()
