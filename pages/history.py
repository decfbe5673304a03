"""What was ever changed: the imports, the data versions, and what differs between two of them."""

from __future__ import annotations

import streamlit as st

from locales import say
from ui.batch_list import show_batches, show_turned
from ui.profile import stop_in_public
from ui.version_list import show_versions

st.title(say("History"))
stop_in_public()
st.caption(
    say("Every import, correction and undo is one data version. Nothing is deleted; each version can be shown again.")
)
show_turned()
show_batches()
show_versions()
