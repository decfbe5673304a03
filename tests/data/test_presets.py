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
    assert labels[1].startswith("Stated window: 19 August – 18 September 2022")
    quarters = [period for label, period in presets.items() if label.startswith("Q")]
    assert all(later.start == earlier.end for later, earlier in pairwise(quarters))
