from __future__ import annotations

import numpy as np
import pytest

from data.constraints import COUNTRY, Constraint
from data.programme import Programme, build_programme, stack
from data.pruning import Slice
from geo.gazetteer import PROVINCE_CODES

INF = np.inf
SPAN = (10, 20)
COUNTRYWIDE = Slice(None, *SPAN)


def says(claim_id: str, low: float = 0, high: float = INF, place: str = COUNTRY, span: tuple[int, int] = SPAN):
    return Constraint(claim_id, place, *span, low, high)


def programme(*constraints: Constraint, asked: Slice = COUNTRYWIDE) -> Programme:
    return build_programme(constraints, asked)


def totals(each: Programme, *, largest: bool = False) -> list[float] | None:
    solved = each.solve(largest=largest)
    return None if solved is None else [round(float(total), 6) for total in solved.totals]


TWO = programme(says("total", 10, 12), says("part", 4, place="KH-1"))
IMPOSSIBLE = programme(says("many", 10), says("few", high=4))


class TestBuild:
    def test_without_claims_nothing_is_known(self):
        assert totals(programme()) == [0]
        assert totals(programme(), largest=True) is None

    def test_the_total_lies_between_the_sides(self):
        assert (totals(TWO), totals(TWO, largest=True)) == ([10], [12])

    def test_a_province_gets_what_the_others_leave(self):
        claims = [says("total", 289, 289), says("a", 77, 77, place="KH-1"), says("b", 201, place="KH-18")]
        sihanouk = programme(*claims, asked=Slice(frozenset({"KH-18"}), *SPAN))
        assert (totals(sihanouk), totals(sihanouk, largest=True)) == ([201], [212])
        unnamed = programme(*claims, asked=Slice(frozenset({"KH-7", "KH-8"}), *SPAN))
        assert (totals(unnamed), totals(unnamed, largest=True)) == ([0], [11])

    def test_nested_periods_are_not_added_and_those_apart_are(self):
        inner, outer = says("inner", 5, span=(12, 14)), says("outer", 7)
        assert totals(programme(inner, outer)) == [7]
        assert totals(programme(inner, says("later", 7, span=(14, 20)))) == [12]

    def test_what_lies_outside_the_slice_is_not_counted(self):
        assert totals(programme(says("a", 7, 7, span=(0, 20)))) == [0]
        assert totals(programme(says("a", 7, 7, span=(0, 20)), says("b", high=4, span=(0, 10)))) == [3]

    def test_a_total_of_one_time_limits_no_other_time(self):
        claims = [says("total", high=3, span=(10, 12)), says("a", 9, place="KH-1", span=(14, 16))]
        assert totals(programme(*claims, asked=Slice(frozenset({"KH-1"}), *SPAN))) == [9]

    def test_only_cells_that_the_claims_tell_apart_have_a_variable(self):
        def n_columns(*constraints: Constraint, places: frozenset[str] | None = None) -> int:
            return programme(*constraints, asked=Slice(places, *SPAN)).matrix.shape[1]

        assert (
            n_columns(says("a", 5, place="KH-1"), places=frozenset(PROVINCE_CODES)) == 2
        )  # KH-1, and the others as one
        assert n_columns(says("a", 5, place="KH-1"), says("b", 5, place="KH-1", span=(10, 15))) == 3
        assert n_columns(*(says(f"c{number}", 5) for number in range(9))) == 1

    def test_each_claim_is_one_row_a_side_and_ties_belong_to_nobody(self):
        assert TWO.claims == ["total", "part", "total", None]
        assert programme(says("a", 4, 9), says("b", high=5)).claims == ["a", "a", "b"]


class TestSolve:
    def test_claims_that_cannot_all_be_true_have_no_solution(self):
        assert IMPOSSIBLE.solve() is None
        with pytest.raises(RuntimeError, match="not solved"):
            IMPOSSIBLE.solve_possible()

    def test_the_support_are_claims_that_give_the_total_alone(self):
        lowest, highest = TWO.solve_possible(), TWO.solve_possible(largest=True)
        assert (lowest.support, highest.support) == ([{"total"}], [{"total"}])
        idle = programme(says("a", 6, place="KH-1"), says("b", 3, place="KH-2"), says("idle", 5), says("high", high=50))
        assert idle.solve_possible().support == [{"a", "b"}]
        assert totals(idle.only({"a", "b"})) == totals(idle) == [9]

    def test_of_nothing_nothing_is_the_support(self):
        assert programme().solve_possible().support == [set()]

    def test_numbers_of_very_different_size(self):
        large = programme(says("many", 10**12 + 1), says("few", high=10**12))
        assert large.slacken().solve_possible().totals[0] > large.tolerance
        assert programme().tolerance < large.tolerance < 1


class TestGivingWay:
    def test_the_slack_is_the_least_change_in_all(self):
        assert totals(IMPOSSIBLE.slacken()) == [6]
        assert totals(TWO.slacken()) == [0]
        three = programme(says("total", high=9), says("a", 5, place="KH-1"), says("b", 7, place="KH-2"))
        assert totals(three.slacken()) == [3]

    def test_the_slack_names_the_claims_that_part(self):
        loose = programme(says("many", 10), says("few", high=4), says("idle", 3)).slacken()
        assert loose.solve_possible().support == [{"many", "few"}]

    def test_relaxed_claims_leave_totals_again(self):
        relaxed = IMPOSSIBLE.relax(6)
        assert (totals(relaxed), totals(relaxed, largest=True)) == ([4], [10])
        assert totals(IMPOSSIBLE.relax(5.5)) is None
        wider = IMPOSSIBLE.relax(8)
        assert (totals(wider), totals(wider, largest=True)) == ([2], [12])

    def test_a_cap_holds_every_total_down(self):
        assert totals(TWO.cap(11), largest=True) == [11]
        assert totals(TWO.cap(50), largest=True) == [12]
        assert totals(TWO.cap(9)) is None
        assert totals(programme(says("a", 3)).cap(40), largest=True) == [40]


class TestBlocks:
    def test_stacked_programmes_are_solved_apart(self):
        both = stack([TWO, programme(says("other", 3, 5))])
        assert (totals(both), totals(both, largest=True)) == ([10, 3], [12, 5])
        assert both.solve_possible().support == [{"total"}, {"other"}]
        assert stack([TWO]) is TWO

    def test_each_block_gives_way_on_its_own(self):
        assert totals(stack([TWO, IMPOSSIBLE]).slacken()) == [0, 6]

    def test_a_cap_is_of_each_block(self):
        both = stack([TWO, programme(says("other", 3))])
        assert totals(both.cap(11), largest=True) == [11, 11]

    def test_one_block_for_each_claim_that_is_left_out(self):
        claims = [says("a", 6, place="KH-1"), says("b", 3, place="KH-2"), says("total", high=20)]
        assert totals(programme(*claims).without_each(["a", "b", "total"])) == [3, 6, 9]
        assert totals(IMPOSSIBLE.without_each(["many", "few"])) == [0, 10]

    def test_only_some_claims_keep_what_ties_places_together(self):
        alone = TWO.only({"part"})
        assert alone.claims == ["part", None]
        assert totals(alone) == [4]
