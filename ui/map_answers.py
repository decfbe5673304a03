"""What the map's tools send back: checked, because it comes from a browser, and taken into the choices.

``{"record": id}``, ``{"hexagon": [size, q, r]}``, ``{"area": text}`` in the form of ``geo/area.py`` (empty: none), and
``{"search": text}``. A hexagon and a search belong to this visit and stand in no address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.search import LONGEST_QUERY
from errors import AreaError
from geo.area import read_area, write_area
from geo.hexagons import SIZES_KM
from ui.points import Hexagon
from ui.state import change_choices

_HEXAGON, _SEARCH, _AREA_ERROR = "picked_hexagon", "map_search", "area_error"
_LONGEST_ID = 80
_FARTHEST = 100_000
"""Larger than q or r of any hexagon on earth."""


def take_answer(clicked: Mapping[str, Any]) -> None:
    """Take what the browser sent into the choices or this visit; anything that is not as it should be is ignored."""
    search = clicked.get("search")
    if isinstance(search, str):
        st.session_state[_SEARCH] = search[:LONGEST_QUERY] if search.isprintable() else ""
        return
    forget_hexagon()
    record, hexagon, area = clicked.get("record"), clicked.get("hexagon"), clicked.get("area")
    if isinstance(record, str) and 0 < len(record) <= _LONGEST_ID and record.isprintable():
        change_choices(record=record, compound="")
    elif hexagon is not None:
        st.session_state[_HEXAGON] = _read_hexagon(hexagon)
        change_choices(record="", compound="")
    elif isinstance(area, str):
        _take_area(area)


def chosen_hexagon() -> Hexagon | None:
    """Return the hexagon that was clicked last, if nothing else was since."""
    return st.session_state.get(_HEXAGON)


def forget_hexagon() -> None:
    """Let go of the hexagon."""
    st.session_state.pop(_HEXAGON, None)


def searched_text() -> str:
    """Return what is looked for in the search box of the map; empty when nothing is."""
    return str(st.session_state.get(_SEARCH, ""))


def area_error() -> AreaError | None:
    """Return why the area that was drawn last could not be taken, once."""
    return st.session_state.pop(_AREA_ERROR, None)


def _take_area(text: str) -> None:
    try:
        change_choices(area=write_area(read_area(text)) if text else "")
    except AreaError as error:
        st.session_state[_AREA_ERROR] = error


def _read_hexagon(value: Any) -> Hexagon | None:
    if not (isinstance(value, list) and len(value) == 3 and all(type(part) is int for part in value)):
        return None
    size, q, r = value
    return (size, q, r) if size in SIZES_KM and max(abs(q), abs(r)) < _FARTHEST else None
