from __future__ import annotations

from charts.scales import pool_scales
from data.measures import MEASURES
from data.schema import KINDS, empty_records
from data.snapshot import Snapshot
from tests.charts.map_views import EMPTY, MONTH, NEXT, YEAR

COMPLAINTS, RAIDS = MEASURES["stated:complaints_received"], MEASURES["recorded:raid"]


def test_scales_are_the_same_in_every_period(snapshot):
    found = [pool_scales(snapshot, COMPLAINTS, [period]) for period in (MONTH, EMPTY, YEAR)]
    assert {one.largest for one in found} == {201.0} or len({one.largest for one in found}) == 1
    assert len({one.classes.upper for one in found}) == 1
    assert found[0].rates.notna().any()


def test_classes_follow_scheme_and_number(snapshot):
    assert len(pool_scales(snapshot, COMPLAINTS, [MONTH], "equal", 3).classes.upper) == 3
    assert pool_scales(snapshot, COMPLAINTS, [MONTH], "manual", 5, (1.0, 2.0)).classes.upper[:2] == (1.0, 2.0)


def test_a_circle_of_the_largest_count_is_that_of_all_periods(snapshot):
    assert pool_scales(snapshot, RAIDS, [YEAR, NEXT]).largest >= 1


def test_without_data_nothing_is_large():
    nothing = Snapshot(1, {name: empty_records(kind) for name, kind in KINDS.items()})
    scales = pool_scales(nothing, RAIDS, [MONTH])
    assert scales.largest == 0
    assert scales.classes.upper == ()
