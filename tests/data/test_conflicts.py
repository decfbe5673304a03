from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data import conflicts
from data.conflicts import find_conflicts, shrink
from data.constraints import COUNTRY, Constraint
from data.programme import Programme, build_programme
from data.pruning import Slice


def at_least(claim_id: str, low: float, place: str = COUNTRY, span: tuple[int, int] = (0, 30)) -> Constraint:
    return Constraint(claim_id, place, *span, low, np.inf)


def at_most(claim_id: str, high: float, place: str = COUNTRY, span: tuple[int, int] = (0, 30)) -> Constraint:
    return Constraint(claim_id, place, *span, 0, high)


def programme(*constraints: Constraint) -> Programme:
    return build_programme(constraints, Slice(None, 0, 30))


MANY = [*(at_most(f"high-{i}", 4 + i) for i in range(6)), *(at_least(f"low-{i}", 20 + i) for i in range(6))]


class TestFind:
    def test_none_where_all_can_be_true(self):
        assert find_conflicts(programme(at_least("a", 5), at_most("b", 5))) == ([], True)

    def test_all_of_them_the_smallest_first(self):
        claims = [
            at_least("a", 6, "KH-1"),
            at_least("b", 6, "KH-2"),
            at_most("ten", 10),
            at_most("nine", 9),
            at_least("all", 20, span=(9, 10)),
        ]
        found, finished = find_conflicts(programme(*claims))
        assert finished
        assert found == [("all", "nine"), ("all", "ten"), ("a", "b", "nine"), ("a", "b", "ten")]

    def test_three_of_which_any_two_agree(self):
        claims = [at_most("all", 9), at_least("first", 5, span=(0, 15)), at_least("second", 5, span=(15, 30))]
        assert find_conflicts(programme(*claims)) == ([("all", "first", "second")], True)
        for two in combinations(claims, 2):
            assert find_conflicts(programme(*two)) == ([], True)

    def test_a_claim_that_contradicts_itself_stands_alone(self):
        crossed = Constraint("crossed", COUNTRY, 0, 30, 12, 10)
        assert find_conflicts(programme(crossed, at_least("other", 5)))[0] == [("crossed",)]

    def test_a_claim_of_two_conflicts_is_in_both(self):
        claims = [at_least("a", 9, "KH-1"), at_most("b", 5, "KH-1"), at_most("c", 8)]
        assert find_conflicts(programme(*claims))[0] == [("a", "b"), ("a", "c")]

    def test_every_pair_of_many(self, monkeypatch):
        monkeypatch.setattr(conflicts, "MOST_STEPS", 10_000)
        found, finished = find_conflicts(programme(*MANY[:3], *MANY[6:9]))
        assert finished
        assert found == sorted((high.claim_id, low.claim_id) for high in MANY[:3] for low in MANY[6:9])

    def test_a_search_that_is_cut_short_says_so(self, monkeypatch):
        monkeypatch.setattr(conflicts, "MOST_STEPS", 5)
        found, finished = find_conflicts(programme(*MANY))
        assert not finished
        assert found
        assert {tuple(claim_id.split("-")[0] for claim_id in one) for one in found} == {("high", "low")}


class TestShrink:
    @given(st.lists(st.frozensets(st.sampled_from("abcdef"), max_size=4), min_size=1, max_size=5), st.randoms())
    def test_what_is_left_suffices_and_nothing_of_it_can_be_spared(self, enough, random):
        """A set of claims has the property when it holds one of the sets that are enough."""

        def has(claim_ids: Iterable[str]) -> bool:
            return any(one <= set(claim_ids) for one in enough)

        def find_spare(kept, tested):
            assert set(tested) <= set(kept)
            return [has(set(kept) - {one}) for one in tested]

        left = shrink(random.sample("abcdef", 6), find_spare)
        assert has(left)
        assert list(left) == sorted(left)
        assert not any(has(set(left) - {one}) for one in left)

    def test_nothing_of_nothing(self):
        assert shrink([], lambda kept, tested: [True] * len(tested)) == ()
