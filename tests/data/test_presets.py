from __future__ import annotations

from itertools import pairwise

from data.measures import MEASURES
from data.periods import parse_period
from data.presets import default_period, preset_periods, stated_windows

COMPLAINTS = MEASURES["stated:complaints_received"]


def test_the_richest_stated_window_comes_first(snapshot):
    window = parse_period("2022-08-19", "2022-09-19")
    assert stated_windows(snapshot, COMPLAINTS)[0] == window
    assert default_period(snapshot, COMPLAINTS) == window


def test_recorded_measures_begin_with_everything(snapshot):
    assert stated_windows(snapshot, MEASURES["recorded:raid"]) == []
    assert default_period(snapshot, MEASURES["recorded:raid"]) == snapshot.extent()


def test_presets_are_distinct_and_cover_the_calendar(snapshot):
    presets = preset_periods(snapshot, COMPLAINTS)
    labels = list(presets)
    assert labels[0].startswith("Everything")
    assert labels[1] == "19 Aug – 18 Sep 2022 · stated"
    quarters = [period for label, period in presets.items() if label.startswith("Q")]
    assert all(later.start == earlier.end for later, earlier in pairwise(quarters))
    assert presets["Q4 2022 · Oct – Dec"] == parse_period("2022-10-01", "2023-01-01")
    assert max(map(len, labels)) < 60


def test_before_and_after_a_turning_point_leave_its_day_out(snapshot):
    presets = preset_periods(snapshot, COMPLAINTS)
    before, after = (
        next(period for label, period in presets.items() if label.startswith(side) and "raid" in label)
        for side in ("Before 27 Sep 2022", "After 27 Sep 2022")
    )
    assert (after.start - before.end).days == 1
    assert before.start == snapshot.extent().start
    assert after.end == snapshot.extent().end


def test_every_month_can_be_chosen(snapshot):
    presets = preset_periods(snapshot, COMPLAINTS)
    assert presets["September 2022"] == parse_period("2022-09-01", "2022-10-01")
