"""What a reader has chosen: kept while moving between pages, and written into the address of each.

``data/permalink.py`` says what may stand in an address.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.permalink import Choices, read_address, write_address
from ui.language import voice_parameters

_KEY = "choices"


def current_choices() -> Choices:
    """Return this session's choices; at its first run those of the address."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = read_address(st.query_params.to_dict())
    return st.session_state[_KEY]


def follow_history() -> None:
    """Take the choices of the address when the reader went back or forward in the browser; call it once in each run."""
    context = get_script_run_ctx()
    if context is not None and context.is_history_navigation:
        st.session_state[_KEY] = read_address(st.query_params.to_dict())


def change_choices(**changes: Any) -> None:
    """Replace some of this session's choices; takes effect in the next run."""
    st.session_state[_KEY] = replace(current_choices(), **changes)


def show_address() -> None:
    """Write this session's choices into the address of the page.

    Where the map stands is written by its frame, which does not ask the server for it; it is kept.
    """
    change_choices(at=read_address(st.query_params.to_dict()).at or current_choices().at)
    wanted = write_address(current_choices()) | voice_parameters()
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
