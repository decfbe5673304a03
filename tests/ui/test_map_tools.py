from __future__ import annotations

import json

import pytest
import streamlit as st

from charts.point_payload import PointLayers
from data.permalink import Choices
from ui.map_tools import tool_parts

LAYERS = PointLayers([], None, None, ())


@pytest.fixture(autouse=True)
def session(monkeypatch) -> dict[str, object]:
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def test_a_map_without_tools_is_told_of_layers_and_tiles_only(snapshot):
    assert set(tool_parts(snapshot, Choices(area="corridor:TH,10"), LAYERS, tools=False)) == {"hexagons", "tiles"}


def test_the_area_comes_with_its_name_and_outline(snapshot):
    area = tool_parts(snapshot, Choices(area="circle:11.5,104.9,10"), LAYERS, tools=True)["area"]
    assert area["label"] == "within 10 km of 11.500, 104.900"
    assert area["rings"][0][0] == area["rings"][0][-1]


def test_a_damaged_area_is_not_drawn(snapshot):
    assert tool_parts(snapshot, Choices(area="circle:1"), LAYERS, tools=True)["area"] is None


def test_the_view_is_that_of_the_address(snapshot):
    assert tool_parts(snapshot, Choices(at=(11.5, 104.9, 9.0)), LAYERS, tools=True)["view"] == [11.5, 104.9, 9.0]
    assert tool_parts(snapshot, Choices(), LAYERS, tools=True)["view"] is None


def test_what_was_found_is_plain_text_with_a_place(snapshot, session):
    session["map_search"] = "Bavet"
    parts = tool_parts(snapshot, Choices(), LAYERS, tools=True)
    json.dumps(parts, allow_nan=False)
    assert parts["searched"] == {"text": "Bavet", "more": 0}
    town = parts["found"][0]
    assert town["label"].startswith("Bavet")
    assert town["province"] == "KH-20"
    assert len(town["at"]) == 2
    session["map_search"] = ""
    assert tool_parts(snapshot, Choices(), LAYERS, tools=True)["found"] == []
