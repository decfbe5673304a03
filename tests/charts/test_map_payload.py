from __future__ import annotations

import json
import math

import pandas as pd
import pytest

from charts.classes import classify
from charts.map_payload import (
    LARGEST_RADIUS,
    SMALLEST_RADIUS,
    build_payload,
    circle_radius,
    describe_dots,
    describe_legend,
    describe_provinces,
)
from charts.palette import SEQUENTIAL
from data.measures import MEASURES, count_measure
from data.periods import Period, parse_period

MONTH = parse_period("2022-08-19", "2022-09-19")


@pytest.fixture(scope="module")
def counts(snapshot):
    return count_measure(snapshot, MEASURES["stated:complaints_received"], MONTH)


def _rates(counts):
    return counts.rows["rate_best"].fillna(counts.rows["rate_low"])


def test_areas_of_circles_are_proportional():
    assert circle_radius(200, 200) == LARGEST_RADIUS
    assert circle_radius(50, 200) == pytest.approx(LARGEST_RADIUS / 2)
    assert circle_radius(0.001, 200) == SMALLEST_RADIUS


def test_provinces_say_figure_basis_and_speaker(counts):
    found = describe_provinces(counts, "circles", classes=classify(_rates(counts)), largest=201, sources=["Minister"])
    assert len(found) == 25
    svay_rieng, sihanouk, takeo = found["KH-20"], found["KH-18"], found["KH-21"]
    assert svay_rieng["label"] == "18"
    assert not svay_rieng["open"]
    assert sihanouk["label"] == "201+"
    assert sihanouk["open"]
    assert any("212" in line and "stated by nobody" in line for line in sihanouk["tip"])
    assert "Minister" in sihanouk["tip"]
    assert takeo["fill"] is None
    assert "radius" not in takeo
    assert any("no report" in line for line in takeo["tip"])


def test_shades_colour_only_what_is_reported(counts):
    found = describe_provinces(counts, "shades", classes=classify(_rates(counts)), largest=201, sources=[])
    shaded = {code: facts["fill"] for code, facts in found.items() if facts["fill"]}
    assert len(shaded) == 10
    assert shaded["KH-18"] == SEQUENTIAL[5][-1]
    assert set(shaded.values()) <= set(SEQUENTIAL[5])


def test_the_legend_counts_every_province_once(counts):
    classes = classify(_rates(counts))
    legend = describe_legend(counts, "shades", classes=classes, largest=201, sites=[])
    assert sum(entry["n"] for entry in legend["classes"]) == 25
    assert legend["classes"][-1] == {"fill": None, "label": "No report (this is not zero)", "n": 15}


def test_circle_sizes_in_the_legend_are_round_numbers_to_scale(counts):
    legend = describe_legend(counts, "circles", classes=classify(_rates(counts)), largest=201, sites=[])
    sizes = [(entry["label"], entry["radius"]) for entry in legend["circles"]]
    assert [label for label, _ in sizes] == ["5", "20", "200"]
    assert sizes[-1][1] == pytest.approx(LARGEST_RADIUS * math.sqrt(200 / 201), abs=0.1)


def test_dots_carry_numbers_and_identifiers_only():
    records = pd.DataFrame(
        {
            "complaint_id": ["c-1", "c-2"],
            "latitude": pd.array([11.0667, None], dtype="Float64"),
            "longitude": pd.array([106.178, None], dtype="Float64"),
            "note": ["secret", "secret"],
        }
    )
    group = describe_dots(records, "complaint_id", "Complaint", "#000000")
    assert group == {
        "color": "#000000",
        "hollow": False,
        "label": "Complaint",
        "at": [[11.0667, 106.178]],
        "ids": ["c-1"],
    }


def test_the_legend_names_and_counts_the_dots(counts):
    dots = [
        {"color": "#000000", "hollow": True, "label": "Complaint", "at": [[11.0, 106.0]] * 3, "ids": ["secret"] * 3}
    ]
    legend = describe_legend(counts, "circles", classes=classify([]), largest=201, sites=[], dots=dots)
    assert legend["dots"] == [{"color": "#000000", "hollow": True, "label": "Complaint", "n": 3}]


@pytest.mark.parametrize(("largest", "labels"), [(1, ["1"]), (2, ["1", "2"]), (5, ["1", "5"]), (7, ["1", "5"])])
def test_small_counts_have_their_own_numbers_in_the_legend(counts, largest, labels):
    legend = describe_legend(counts, "circles", classes=classify([]), largest=largest, sites=[])
    assert [entry["label"] for entry in legend["circles"]] == labels


def test_a_rate_of_fewer_than_five_cases_says_so(counts):
    found = describe_provinces(counts, "shades", classes=classify(_rates(counts)), largest=201, sources=[])
    few = {code for code, facts in found.items() if any("(fewer than 5 cases)" in line for line in facts["tip"])}
    rows = counts.rows
    assert few == set(rows.loc[rows["best"].fillna(rows["high"]).lt(5).fillna(False), "province_code"])
    assert few
    assert {"KH-18", "KH-20"}.isdisjoint(few)


def test_the_payload_is_json_and_its_version_follows_its_contents(counts):
    parts = {
        "provinces": describe_provinces(counts, "circles", classes=classify([]), largest=201, sources=[]),
        "sites": [],
        "badges": [],
        "dots": [],
        "legend": {},
    }
    first = build_payload(**parts, selected=None)
    json.dumps(first, allow_nan=False)
    assert first["version"] == build_payload(**parts, selected=None)["version"]
    assert first["version"] != build_payload(**parts, selected="KH-18")["version"]


def test_a_period_without_figures_is_all_hatch(snapshot):
    counts = count_measure(
        snapshot, MEASURES["stated:complaints_received"], Period(MONTH.start, MONTH.start.replace(day=20))
    )
    found = describe_provinces(counts, "circles", classes=classify([]), largest=0, sources=[])
    assert all(facts["fill"] is None for facts in found.values() if "radius" not in facts)
