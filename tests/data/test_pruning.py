from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.constraints import COUNTRY, Constraint
from data.programme import build_programme
from data.pruning import Slice, prune

INF = np.inf
ASKED = Slice(frozenset({"KH-1"}), 10, 20)
ALL = Slice(None, 10, 20)


def says(claim_id: str, low: float = 0, high: float = INF, place: str = COUNTRY, start: int = 10, end: int = 20):
    return Constraint(claim_id, place, start, end, low, high)


def kept(asked: Slice, *constraints: Constraint) -> list[str]:
    return [one.claim_id for one in prune(constraints, asked)]


class TestPlaces:
    def test_the_whole_country_has_a_rest(self):
        named = [says("b", 1, place="KH-2"), says("a", 1, place="KH-1"), says("c", 1)]
        told_apart, asked = ALL.cell_places(named)
        assert told_apart == asked
        assert told_apart[:2] == ["KH-1", "KH-2"]
        assert len(told_apart) == 3

    def test_provinces_that_no_claim_names_are_one(self):
        asked = Slice(frozenset({"KH-1", "KH-7", "KH-8"}), 10, 20)
        told_apart, wanted = asked.cell_places([says("a", 1, place="KH-1"), says("b", 1, place="KH-2")])
        assert len(wanted) == 2
        assert wanted[0] == "KH-1"
        assert set(wanted) | {"KH-2"} < set(told_apart)

    def test_no_place_is_made_for_provinces_that_are_all_named(self):
        assert ASKED.cell_places([says("a", 1, place="KH-1")])[1] == ["KH-1"]


class TestCapped:
    @pytest.mark.parametrize(
        ("constraints", "capped"),
        [
            ([], False),
            ([says("a", low=5)], False),
            ([says("a", high=5)], True),
            ([says("a", high=5, place="KH-1")], True),
            ([says("a", high=5, place="KH-2")], False),
            ([says("a", high=5, start=11)], False),
            ([says("a", high=5, end=19)], False),
            ([says("b", high=5, start=15), says("a", high=5, place="KH-1", end=15)], True),
            ([says("a", high=5, end=15), says("b", high=5, start=16)], False),
            ([says("a", high=5, start=0, end=16), says("b", high=5, start=12, end=30)], True),
        ],
    )
    def test_when_every_day_of_the_place_is_under_a_limit(self, constraints, capped):
        assert ASKED.capped(constraints) is capped

    def test_the_whole_country_is_not_capped_by_its_named_provinces(self):
        assert not ALL.capped([says("a", high=5, place="KH-1")])
        assert ALL.capped([says("a", high=5)])


class TestPrune:
    def test_what_bears_on_the_slice_stays_as_it_is(self):
        constraints = [says("a", 3, 9), says("b", 2, place="KH-1")]
        assert prune(constraints, ALL) == constraints

    def test_a_low_that_can_lie_outside_is_dropped(self):
        assert kept(ALL, says("a", low=5, end=21)) == []
        assert kept(ASKED, says("a", low=5)) == []

    def test_a_low_that_is_shut_in_is_kept(self):
        rest = says("rest", high=4, start=20, end=21)
        assert kept(ALL, says("a", low=5, end=21), rest) == ["a", "rest"]
        assert kept(ALL, says("a", low=5, end=22), rest) == []

    def test_a_claim_that_limits_itself_keeps_both_sides(self):
        half_outside = says("a", 5, 9, end=21)
        assert prune([half_outside, says("open", low=7, end=22)], ALL) == [half_outside]

    def test_a_limit_elsewhere_is_dropped(self):
        assert kept(ALL, says("a", high=5, start=30, end=40)) == []
        assert kept(ASKED, says("a", high=5, place="KH-2")) == []

    def test_a_contradiction_that_does_not_touch_the_slice_is_dropped(self):
        elsewhere = [
            says("a", low=9, place="KH-2", start=30, end=40),
            says("b", high=1, place="KH-2", start=30, end=40),
        ]
        assert kept(ASKED, says("c", 3, 4, place="KH-1"), *elsewhere) == ["c"]

    def test_another_province_bears_on_this_one_through_the_total(self):
        assert kept(ASKED, says("total", high=10), says("other", low=4, place="KH-2")) == ["total", "other"]
        assert kept(ASKED, says("other", low=4, place="KH-2")) == []


spans = st.tuples(st.integers(0, 3), st.integers(1, 3)).map(lambda span: (span[0], span[0] + span[1]))
sides = st.tuples(st.integers(0, 4), st.sampled_from([0.0, 2.0, 5.0, INF]))
drawn = st.lists(st.tuples(st.sampled_from([COUNTRY, "KH-1", "KH-2"]), spans, sides), max_size=6)


@settings(max_examples=60, deadline=None)
@given(drawn, spans, st.sampled_from([None, frozenset({"KH-1"}), frozenset({"KH-1", "KH-7"})]))
def test_pruning_changes_no_total(drawn, span, places):
    constraints = [
        Constraint(f"c{number}", place, *times, *numbers) for number, (place, times, numbers) in enumerate(drawn)
    ]
    asked = Slice(places, *span)
    left = prune(constraints, asked)
    whole, pruned = (build_programme(each, asked) for each in (constraints, left))
    lowest = whole.solve()
    if lowest is None:
        return  # the contradiction may lie where it does not bear on the slice
    np.testing.assert_allclose(pruned.solve_possible().totals, lowest.totals, atol=1e-6)
    highest = whole.solve(largest=True)
    assert asked.capped(left) is (highest is not None)
    if highest is not None:
        np.testing.assert_allclose(pruned.solve_possible(largest=True).totals, highest.totals, atol=1e-6)
