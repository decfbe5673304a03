from __future__ import annotations

from dataclasses import replace

import pytest
import streamlit as st

from charts.point_payload import PointLayers
from data.boundary_sets import keep_set
from data.measures import MEASURES, count_measure
from data.permalink import Choices
from data.snapshot import Snapshot
from data.suppression import Published
from geo.districts import load_districts, use_districts
from tests.data.boundary_files import SOURCE, synthetic_set
from ui import district_view
from ui.district_view import (
    beside_districts,
    describe_by_district,
    district_note,
    explain_provinces,
    show_district,
    shows_districts,
    take_district,
)

BY_DISTRICT = Choices(measure="recorded:raid", level="district")
RAIDS = MEASURES["recorded:raid"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    record = {"publisher": "Nobody", "title": "Synthetic", "licence": "CC0", "attribution": SOURCE.attribution}
    return keep_set(tmp_path_factory.mktemp("sets"), synthetic_set(level=2), record)


@pytest.fixture
def installed(folder):
    use_districts(folder)
    yield folder
    use_districts(None)


def test_the_map_stays_by_province_unless_districts_are_installed_and_chosen(snapshot, folder):
    assert not shows_districts(snapshot, RAIDS, BY_DISTRICT)
    assert explain_provinces(snapshot, RAIDS, BY_DISTRICT) == ""


@pytest.mark.parametrize(
    ("measure", "changes", "why"),
    [
        ("recorded:raid", {}, ""),
        ("recorded:complaint", {}, ""),
        ("stated:complaints_received", {}, "stated figures are about provinces"),
        ("listed:compound", {}, "not placed closely enough"),
        ("recorded:raid", {"compare": "difference"}, "difference of two periods"),
    ],
)
def test_where_it_stays_by_province_it_is_said_why(snapshot, installed, measure, changes, why):
    choices = replace(BY_DISTRICT, measure=measure, **changes)
    assert (why in explain_provinces(snapshot, MEASURES[measure], choices)) if why else True
    assert shows_districts(snapshot, MEASURES[measure], choices) == (not why)
    assert not shows_districts(snapshot, MEASURES[measure], replace(choices, level="province"))


def test_uploaded_rows_are_not_shown_by_district_in_public(snapshot, installed):
    public = Snapshot(1, snapshot.records, profile="public", published=Published(k=11, kinds=frozenset({"event"})))
    assert "public version" in explain_provinces(public, RAIDS, BY_DISTRICT)
    assert not shows_districts(public, RAIDS, BY_DISTRICT)


def test_the_payload_names_the_shapes_and_the_provinces_lose_their_circles(snapshot, installed):
    counts = count_measure(snapshot, RAIDS, snapshot.extent())
    view = {"provinces": {"KH-18": {"fill": "#ffffff", "tip": ["Preah Sihanouk"], "radius": 9.0, "label": "3"}}}
    legend = {"title": "Raids", "note": "2022", "classes": [], "circles": [{}], "footnotes": []}
    drawn, told = describe_by_district(snapshot, counts, BY_DISTRICT, view, legend)
    assert drawn["provinces"] == {"KH-18": {"fill": "#ffffff", "tip": ["Preah Sihanouk"]}}
    assert drawn["districts"]["address"] == f"../../app/boundaries/{installed.name}/districts.json"
    assert sum(entry["n"] for entry in told["classes"]) == len(load_districts())
    assert told["footnotes"][-1] == "District boundaries: Nobody; Synthetic; CC0."
    placed = sum(facts["n"] for facts in drawn["districts"]["areas"].values())
    assert f"By district: {placed} record" in district_note(snapshot, counts, BY_DISTRICT)
    assert district_note(snapshot, counts, Choices(measure="recorded:raid")) == ""


def test_hexagons_give_way_unless_they_were_chosen():
    layers = PointLayers([{"label": "dots"}], {"size": 10}, {"title": "hexagons"}, ("about hexagons",))
    beside = beside_districts(layers, BY_DISTRICT)
    assert beside.hexagons is None
    assert beside.legend is None
    assert beside.dots == layers.dots
    assert len(beside.notes) == 1
    assert "500" in beside.notes[0]
    assert beside_districts(layers, replace(BY_DISTRICT, points="hexagons")) is layers


@pytest.mark.parametrize("code", ["<script>", 7, None, "9999"])
def test_a_district_that_is_none_is_not_shown(snapshot, installed, monkeypatch, code):
    said: list[str] = []
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(district_view.st, "text", said.append)
    counts = count_measure(snapshot, RAIDS, snapshot.extent())
    take_district({"province": "KH-18", "district": code})
    show_district(snapshot, counts, replace(BY_DISTRICT, place="KH-18"))
    assert said == []


def test_the_clicked_district_of_the_chosen_province_is_named(snapshot, installed, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(district_view.st, "text", said.append)
    counts = count_measure(snapshot, RAIDS, snapshot.extent())
    row = load_districts().iloc[0]
    take_district({"province": row["province_code"], "district": row["district_code"]})
    show_district(snapshot, counts, replace(BY_DISTRICT, place=row["province_code"]))
    assert len(said) == 1
    assert said[0].startswith(f"District: {row['name_en']} · Raids, as recorded: ")
    show_district(snapshot, counts, replace(BY_DISTRICT, place="KH-25"))
    assert len(said) == 1
