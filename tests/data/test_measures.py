from __future__ import annotations

import pytest

from data.measures import MEASURES, available_measures, count_measure, find_measure
from data.periods import parse_period
from data.schema import EVENT_TYPES
from errors import MetricError
from geo.gazetteer import PROVINCE_CODES, population

MONTH = parse_period("2022-08-19", "2022-09-19")


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_every_measure_gives_the_same_table(snapshot, name):
    counts = count_measure(snapshot, MEASURES[name], MONTH)
    assert counts.rows["province_code"].to_list() == list(PROVINCE_CODES)
    silent = counts.rows["basis"] == "no_report"
    assert counts.rows.loc[silent, ["low", "best", "high"]].isna().all(axis=None)
    assert counts.rows.loc[~silent, ["low", "best", "high", "implied"]].notna().any(axis=1).all()


def test_rates_use_the_census(snapshot):
    rows = count_measure(snapshot, MEASURES["stated:complaints_received"], MONTH).rows.set_index("province_code")
    assert rows.loc["KH-20", "rate_best"] == pytest.approx(18 / population("KH-20") * 100_000)


def test_recorded_counts_add_up_to_the_events(snapshot):
    whole = snapshot.extent()
    events = snapshot.of("event")
    for name in EVENT_TYPES:
        counts = count_measure(snapshot, MEASURES[f"recorded:{name}"], whole)
        some = events[events["event_type"] == name]
        with_place = some["province_codes"].fillna("") != ""
        assert counts.unlocated + counts.undated <= len(some)
        assert (counts.rows["high"].notna().any()) == bool(with_place.any() and len(some) > counts.undated)


def test_only_measures_with_records_are_offered(snapshot):
    offered = {measure.name for measure in available_measures(snapshot)}
    assert {"stated:complaints_received", "recorded:raid", "listed:compound"} <= offered
    assert "recorded:complaint" not in offered


def test_an_unknown_measure_is_refused():
    with pytest.raises(MetricError, match="no measure"):
        find_measure("stated:nothing")
