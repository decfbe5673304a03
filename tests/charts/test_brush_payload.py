from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from charts.brush_payload import describe_brush
from data.activity import Activity, count_activity
from data.measures import MEASURES
from data.periods import parse_period
from data.presets import stated_windows

MONTH = parse_period("2022-08-19", "2022-09-19")
STATED = MEASURES["stated:complaints_received"]


@pytest.fixture(scope="module")
def brush(snapshot):
    extent = snapshot.extent()
    activity = count_activity(snapshot, STATED, extent, "month")
    windows = stated_windows(snapshot, STATED)
    return describe_brush(activity, STATED, MONTH, everything=extent, windows=windows, cumulative=True)


def test_the_brush_says_what_its_bars_count(brush):
    assert brush["caption"] == "Events recorded per month"
    assert len(brush["edges"]) == len(brush["counts"]) + 1
    assert (brush["edges"][0], brush["edges"][-1]) == ("2021-01-01", "2023-11-01")
    json.dumps(brush, allow_nan=False)


def test_periods_are_half_open_iso_dates(brush):
    assert brush["period"] == ["2022-08-19", "2022-09-19"]
    assert brush["windows"] == [{"from": "2022-08-19", "to": "2022-09-19", "label": "19 August – 18 September 2022"}]
    assert brush["cumulative"] is True
    assert brush["against"] is None


@pytest.mark.parametrize(
    ("kinds", "coarse", "undated", "caption", "note"),
    [
        (("complaint",), 0, 0, "Complaints uploaded per year", ""),
        (("event", "complaint"), 1, 0, "Events and uploaded complaints per year", "1 record dated less closely."),
        (("raid",), 1_200, 3, "Raids, as recorded, per year", "1,200 records dated less closely, 3 undated."),
    ],
)
def test_what_is_not_drawn_is_said(kinds, coarse, undated, caption, note):
    activity = Activity(kinds, "year", (date(2022, 1, 1), date(2023, 1, 1)), (5,), coarse, undated)
    found = describe_brush(activity, STATED, MONTH, everything=MONTH, against=replace(MONTH))
    assert (found["caption"], found["note"].removeprefix("Not drawn: ")) == (caption, note)
    assert found["against"] == found["period"]
