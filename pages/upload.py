"""Bring data in: choose a file, say what it holds, check what would happen, add it."""

from __future__ import annotations

import streamlit as st

from locales import say
from ui.batch_list import show_turned
from ui.profile import stop_in_public
from ui.wizard.steps import show_wizard

st.title(say("Upload"))
stop_in_public()
st.caption(say("Nothing is stored before you have seen what would happen. No row is dropped without a reason."))
show_turned()
show_wizard()
