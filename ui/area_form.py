"""An area of the map by the keyboard: choosing one, how many records lie in it, and which."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from data.area_counts import PLACES, AreaRecords, AreaSelection, select_in_area
from data.database import data_dir
from data.measures import MeasureCounts
from data.periods import parse_period
from data.permalink import Choices
from data.snapshot import Snapshot
from errors import AreaError
from geo.area import (
    LARGEST_RADIUS_KM,
    SMALLEST_KM,
    WIDEST_KM,
    Area,
    Circle,
    Corridor,
    describe_area,
    read_area,
    write_area,
)
from geo.borders import BORDERING
from geo.gazetteer import province_name, towns
from locales import language, later, say, write_number
from ui.map_answers import area_error
from ui.messages import show_error
from ui.selection_panel import show_record_list
from ui.state import change_choices

_KINDS = {"compound": later("Sites"), "event": later("Events"), "complaint": later("Complaints")}
_COLUMNS = {
    "inside": later("Inside"),
    "perhaps": later("Perhaps inside"),
    "coarse": later("Not known closely enough"),
    "outside": later("Outside"),
    "unlocated": later("No place known"),
}
_EXPLAINED = later(
    "Perhaps inside: the point lies outside, its stated uncertainty reaches in. Not known closely enough: only a "
    "province is known, and part of it lies in the area. Nothing is guessed into the area."
)


def show_area(snapshot: Snapshot, counts: MeasureCounts, choices: Choices) -> None:
    """Draw the form that selects an area, and what lies in the one that is selected."""
    with st.expander(say("Select an area"), key="area_form"):
        st.caption(say("Within a distance of a place or of a border; or draw on the map with its button “Tools”."))
        _ask()
    error = area_error()
    if error is not None:
        show_error(error)
    if not choices.area:
        return
    try:
        area = read_area(choices.area)
    except AreaError as damaged:
        show_error(damaged)
        return
    # Beside the form and not in it: what is drawn on the map is answered though nobody opened the form.
    with st.container(border=True, key="area"):
        _show_inside(snapshot, counts, area)


def _ask() -> None:
    names = _town_names(language())
    with st.container(horizontal=True, vertical_alignment="bottom", key="area_choice"):
        around = {"place": say("Around a place"), "border": say("Along a border")}
        way = st.radio(say("Area"), list(around), format_func=around.__getitem__, horizontal=True, key="area_way")
        if way == "place":
            place = st.selectbox(say("Place"), list(names), format_func=names.__getitem__, key="area_place", width=230)
        else:
            country = st.selectbox(
                say("Border with"),
                list(BORDERING),
                format_func=lambda code: say(BORDERING[code]),
                key="area_country",
                width=150,
            )
        most = LARGEST_RADIUS_KM if way == "place" else WIDEST_KM
        km = st.number_input(
            say("Kilometres"), SMALLEST_KM, most, 10.0, 1.0, format="%g", key=f"area_km_{way}", width=130
        )
        if st.button(say("Select"), key="area_select", type="primary"):
            area = _around(place, km) if way == "place" else Corridor(country, km)
            change_choices(area=write_area(area))
            st.rerun()
        if st.button(say("Clear"), key="area_clear", type="tertiary"):
            change_choices(area="")
            st.rerun()


@cache
def _town_names(spoken: str) -> dict[str, str]:
    """Return the towns and zones by identifier, named with their province, in alphabetical order."""
    column = "name_km" if spoken == "km" else "name_en"
    found = {
        town["town_id"]: f"{town[column] or town['name_en']} · {province_name(town['province_code'], spoken)}"
        for town in towns().to_dict("records")
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _around(town_id: str, km: float) -> Circle:
    town = towns().set_index("town_id").loc[town_id]
    return Circle(float(town["latitude"]), float(town["longitude"]), km)


def _show_inside(snapshot: Snapshot, counts: MeasureCounts, area: Area) -> None:
    selection = _select(
        (data_dir(), snapshot.version), write_area(area), str(counts.period.start), str(counts.period.end), snapshot
    )
    words = describe_area(area)
    with st.container(key="figure_area"):
        st.markdown(f"**{words[0].upper() + words[1:]}**")
    st.caption(counts.period.label())
    tally = selection.table().set_index("kind")[list(PLACES)]
    tally.index = [say(_KINDS[kind]) for kind in tally.index]
    st.table(tally.rename(columns={name: say(label) for name, label in _COLUMNS.items()}).style.format(write_number))
    st.caption(say(_EXPLAINED))
    for kind, found in selection.kinds.items():
        _show_kind(snapshot, kind, found)


@st.cache_resource(max_entries=8, show_spinner=False)
def _select(
    version: tuple[Path, tuple[int, tuple[str, ...]]], text: str, start: str, end: str, _snapshot: Snapshot
) -> AreaSelection:
    del version  # with it what is kept belongs to one snapshot, which itself is no key
    return select_in_area(_snapshot, read_area(text), parse_period(start, end))


def _show_kind(snapshot: Snapshot, kind: str, found: AreaRecords) -> None:
    inside = found.pick("inside")
    if len(inside):
        st.markdown(f"**{say(_KINDS[kind])}** · {say('inside')}")
        show_record_list(snapshot, inside, kind, key="area")
