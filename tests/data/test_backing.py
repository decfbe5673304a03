from __future__ import annotations

from data.backing import backing_records
from data.measures import count_measure, find_measure
from data.periods import parse_period

MONTH = parse_period("2022-08-19", "2022-09-19")


def _behind(snapshot, measure, period=MONTH):
    return backing_records(snapshot, count_measure(snapshot, find_measure(measure), period))


def test_behind_a_stated_figure_stand_the_claims_that_name_it(snapshot):
    claims = _behind(snapshot, "stated:complaints_received")
    assert len(claims) > 0
    assert set(claims["metric"]) == {"complaints_received"}
    assert "national" in set(claims["geography"])


def test_behind_a_recorded_figure_stand_its_records_in_the_period(snapshot):
    wide = parse_period("2022-01-01", "2024-01-01")
    raids = _behind(snapshot, "recorded:raid", wide)
    counts = count_measure(snapshot, find_measure("recorded:raid"), wide)
    assert set(raids["event_type"]) == {"raid"}
    assert len(raids) >= counts.unlocated
    assert _behind(snapshot, "recorded:complaint").empty


def test_behind_the_sites_stand_those_that_a_source_names(snapshot):
    sites = _behind(snapshot, "listed:compound")
    assert "context" not in set(sites["listing"])
    assert sites["compound_id"].is_unique
