"""Which boundaries count, and installing official ones."""

from __future__ import annotations

import streamlit as st

from locales import say
from ui.boundary_form import show_install
from ui.boundary_list import show_change, show_rollback, show_uses
from ui.profile import stop_in_public

st.title(say("Boundaries"))
stop_in_public()
st.caption(
    say(
        "Boundaries decide in which province a point lies, and are what the map draws. The atlas comes with a "
        "simplified set; an official one of your office can take its place. No set settles a dispute about a border."
    )
)
show_change()
show_uses()
show_rollback()
show_install()
