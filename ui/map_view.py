"""The map on a page: from choices and snapshot to the payload in the browser, and a click back."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from charts.map_payload import (
    build_payload,
    describe_legend,
    describe_provinces,
)
from charts.province_map import draw_province_map
from charts.scales import pool_scales
from charts.site_payload import describe_sites
from data.backing import source_names, speakers_of
from data.comparing import second_period
from data.measures import MeasureCounts
from data.permalink import Choices
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES
from locales import Voice, voice
from ui.district_view import beside_districts, describe_by_district, shows_districts, take_district
from ui.map_answers import chosen_hexagon, take_answer
from ui.map_assets import MapFrame, prepare_map, show_frame
from ui.map_geometry import geometry_addresses
from ui.map_time import brush_part, compare_parts, read_time
from ui.map_tools import tool_parts
from ui.points import point_layers
from ui.state import change_choices


def show_map(
    snapshot: Snapshot, counts: MeasureCounts, choices: Choices, *, key: str, height: int, brush: bool = False
) -> dict[str, Any] | None:
    """Draw the map and return what was clicked last: ``{"province": …}``, ``{"compound": …}`` or ``{"record": …}``.

    With `brush` the time brush stands below it, which sends ``{"period": …}``, ``{"cumulative": …}``
    or ``{"grain": …}``, and two periods may be compared.
    """
    against = second_period(choices, counts.measure, counts.period) if brush else None
    periods = [counts.period, *([against] if against else [])]
    scales = pool_scales(snapshot, counts.measure, periods, choices.scheme, choices.classes, choices.breaks)
    rates, largest, classes = scales.rates, scales.largest, scales.classes
    by_district = shows_districts(snapshot, counts.measure, choices)
    style = "shades" if choices.style == "shades" and not by_district else "circles"
    sites, badges = snapshot.keep(
        ("sites", voice()), lambda: describe_sites(snapshot.of("compound"), source_names(snapshot))
    )
    if choices.style == "circles" and counts.measure.basis == "listed":
        badges = []
    layers = point_layers(snapshot, counts, choices, chosen_hexagon())

    def draw(one: MeasureCounts) -> tuple[dict[str, Any], dict[str, Any]]:
        its = layers if one is counts else point_layers(snapshot, one, choices, chosen_hexagon())
        its = beside_districts(its, choices) if by_district else its
        legend = describe_legend(one, style, classes=classes, largest=largest, sites=sites, dots=its.dots)
        legend |= {"hexagons": its.legend, "footnotes": [*legend["footnotes"], *its.notes]}
        sources = speakers_of(snapshot, one)
        provinces = describe_provinces(one, style, classes=classes, largest=largest, sources=sources)
        view = {"provinces": provinces, "dots": its.dots, "hexagons": its.hexagons}
        return describe_by_district(snapshot, one, choices, view, legend) if by_district else (view, legend)

    view, legend, compare = (
        compare_parts(snapshot, counts, choices, draw, rates=rates, largest=largest)
        if against
        else (*draw(counts), None)
    )
    payload = build_payload(
        provinces=view["provinces"],
        sites=sites,
        badges=badges,
        dots=view["dots"],
        legend=legend,
        selected=choices.compound or choices.place or None,
        brush=brush_part(snapshot, counts, choices) if brush else None,
        tools=tool_parts(snapshot, choices, layers, tools=brush)
        | {"hexagons": view["hexagons"], "compare": compare, "districts": view.get("districts")},
    )
    assets = geometry_addresses()
    with st.container(key="map_timed" if brush else "map"):
        return show_frame(_prepare_map(tuple(assets.items()), key, height, voice()), payload)


@lru_cache(maxsize=8)
def _prepare_map(assets: tuple[tuple[str, str], ...], key: str, height: int, _voice: Voice) -> MapFrame:
    return prepare_map(draw_province_map(dict(assets)), key=key, height=height)


def take_click(key: str) -> None:
    """Take a new click on the map with this key into the choices; call it before they are read.

    The page then runs once for a click: what the map sent stands in the session before the page begins.
    """
    _take_click(st.session_state.get(key))


def follow_click(clicked: dict[str, Any] | None, page: str = "") -> None:
    """Take a new click on the map into the choices and run again; open `page` when one is named."""
    if not _take_click(clicked):
        return
    if page:
        st.switch_page(page)
    st.rerun()


def _take_click(clicked: dict[str, Any] | None) -> bool:
    """Take a click into the choices; tell whether it is new.

    The map returns its last click in every run; the time stamp tells a new one from an old one.
    """
    if not clicked or clicked["at"] == st.session_state.get("last_click"):
        return False
    st.session_state["last_click"] = clicked["at"]
    if clicked.get("province") in PROVINCE_CODES:
        change_choices(place=clicked["province"], compound="", record="")
        take_district(clicked)
    elif isinstance(clicked.get("compound"), str):
        change_choices(compound=clicked["compound"], record="")
    elif changes := read_time(clicked):
        change_choices(**changes)
    take_answer(clicked)
    return True
