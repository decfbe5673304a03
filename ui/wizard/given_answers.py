"""What was answered so far: each answer in words, and a way to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from charts.labels import plural
from data.drafts import Draft
from data.options import NOWHERE, ImportOptions
from geo.place_codes import find_place, label_place
from ui.wizard.state import go


@dataclass(frozen=True)
class Given:
    """One answer in words, and the decisions as they are without it."""

    words: str
    without: dict[str, Any]


def list_given(options: ImportOptions) -> list[Given]:
    """Return the answers that were given, those for the whole file first."""
    given = []
    if options.day_first is not None:
        first = "day" if options.day_first else "month"
        given.append(Given(f"In dates such as 3/4/2023 the {first} comes first.", {"day_first": None}))
    if options.buddhist_era is not None:
        what = "are of the Buddhist era" if options.buddhist_era else "are mistakes"
        given.append(Given(f"Years such as 2566 {what}.", {"buddhist_era": None}))
    if options.excel_dates is not None:
        what = "are days of a spreadsheet" if options.excel_dates else "are mistakes"
        given.append(Given(f"Numbers such as 45352 {what}.", {"excel_dates": None}))
    if options.decimal_comma is not None:
        what = "is the decimal mark" if options.decimal_comma else "parts thousands"
        given.append(Given(f"The comma in numbers {what}.", {"decimal_comma": None}))
    if options.crs is not None:
        given.append(Given(f"Coordinates are converted from {options.crs}.", {"crs": None}))
    if options.swap_coordinates:
        given.append(Given("Latitude and longitude are exchanged in the whole file.", {"swap_coordinates": False}))
    if options.edits:
        rows = len({edit.row_number for edit in options.edits})
        words = (
            f"{plural(len(options.edits), 'cell')} in {plural(rows, 'row')} changed, exchanged coordinates included."
        )
        given.append(Given(words, {"edits": ()}))
    for text, code in options.places.items():
        rest = {other: one for other, one in options.places.items() if other != text}
        given.append(Given(f"“{text}” is {name_place(code)}.", {"places": rest}))
    for column, values in options.values.items():
        for text, value in values.items():
            rest = {other: one for other, one in values.items() if other != text}
            means = value.replace("_", " ") or "not known"
            given.append(Given(f"“{text}” means {means}.", {"values": {**options.values, column: rest}}))
    if options.leave_out:
        words = f"{plural(len(options.leave_out), 'row')} left out as duplicates."
        given.append(Given(words, {"leave_out": ()}))
    return given


def name_place(code: str) -> str:
    """Return a place in words."""
    if code == NOWHERE:
        return "no place that can be known"
    place = find_place(code)
    return label_place(place) if place is not None else code


def show_given(draft: Draft) -> None:
    """Draw the answers, each with a button that takes it back."""
    given = list_given(draft.options)
    if not given:
        return
    with st.expander(f"What you have answered ({len(given)}): change it here"):
        for number, one in enumerate(given):
            left, right = st.columns([5, 1], vertical_alignment="center")
            with left:
                st.text(one.words)
            with right:
                if st.button("Take back", key=f"take_back_{number}", type="tertiary"):
                    go(draft, "questions", options=one.without)
