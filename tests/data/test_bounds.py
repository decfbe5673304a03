from __future__ import annotations

from datetime import date

import pytest

from data import schema
from data.bounds import MOST_CONFLICTS, Bounds, bound_total
from data.periods import Period
from errors import CountError, MetricError
from geo.gazetteer import PROVINCE_CODES
from tests.data.ledgers import during, make, nation, province

SEPTEMBER = Period(date(2022, 9, 1), date(2022, 10, 1))
YEAR = Period(date(2022, 1, 1), date(2023, 1, 1))


def bound(*claims: dict[str, object], period: Period | None = SEPTEMBER, places=None, **options) -> Bounds:
    metric = options.pop("metric", "people_rescued")
    return bound_total(make(schema.CLAIM, *claims), metric, period, places, **options)


def limits(*claims: dict[str, object], **options) -> tuple[float | None, float | None]:
    answer = bound(*claims, **options)
    assert answer.conflicts == ()
    return answer.low, answer.high


class TestOneClaim:
    def test_without_claims_anything_is_possible(self):
        assert bound() == Bounds(0, None)

    def test_about_this_slice(self):
        assert bound(nation("a", 10, 12)) == Bounds(10, 12, ("a",))

    def test_a_slice_that_cuts_the_last_day_off_may_hold_none_of_it(self):
        claim = nation("a", 601, **during("2022-08-18", "2023-01-01"))
        assert limits(claim, period=Period(date(2022, 8, 18), date(2022, 12, 31))) == (0, None)
        assert limits(claim, period=Period(date(2022, 8, 18), date(2023, 1, 1))) == (601, None)

    def test_a_part_of_the_period_has_at_most_all_of_it(self):
        assert limits(nation("a", 10, 12), period=Period(date(2022, 9, 3), date(2022, 9, 4))) == (0, 12)

    def test_a_longer_slice_has_at_least_as_much(self):
        assert limits(nation("a", 10, 12), period=YEAR) == (10, None)

    def test_a_province_has_at_most_what_the_country_has(self):
        assert limits(nation("a", 10, 12), places=["KH-1"]) == (0, 12)

    def test_the_provinces_together_need_not_hold_what_the_country_has(self):
        assert limits(nation("a", 10, 12), places=PROVINCE_CODES) == (0, 12)

    def test_all_time_holds_what_an_open_start_hides(self):
        claim = nation("a", 707, 707, **during(None, "2022-09-15"))
        assert limits(claim, period=None) == (707, None)
        assert limits(claim) == (0, None)
        assert limits(nation("a", 707, 707, **during("2022-09-15", None)), period=None) == (707, None)
        assert limits(nation("a", 707, 707, **during(None, None)), period=None) == (707, None)

    def test_that_contradicts_itself_is_a_conflict(self):
        assert bound(nation("a", 12, 10)).conflicts == (("a",),)


class TestSeveralClaims:
    def test_nested_periods_are_not_added(self):
        answer = bound(
            nation("inner", 289, 289), nation("outer", 601, **during("2022-08-01", "2022-11-01")), period=YEAR
        )
        assert (answer.low, answer.high, answer.binding) == (601, None, ("outer",))

    def test_periods_apart_are_added(self):
        early = nation("early", 605, 605, **during("2022-01-01", "2022-04-01"))
        assert bound(early, nation("late", 100), period=YEAR) == Bounds(705, None, ("early", "late"))

    def test_a_part_leaves_the_rest_of_the_time(self):
        inner = nation("inner", 358, 358)
        outer = nation("outer", 1501, **during("2022-09-01", "2023-01-01"))
        after = Period(date(2022, 10, 1), date(2023, 1, 1))
        assert bound(inner, outer, period=after) == Bounds(1143, None, ("inner", "outer"))

    def test_provinces_are_added_to_the_country(self):
        claims = [province("a", "KH-1", 5, 5), province("b", "KH-2", 7)]
        assert bound(*claims) == Bounds(12, None, ("a", "b"))
        assert bound(*claims, places=["KH-1"]) == Bounds(5, 5, ("a",))

    def test_a_total_leaves_the_remainder(self):
        claims = [nation("total", 289, 289), province("a", "KH-1", 77, 77), province("b", "KH-18", 201)]
        assert limits(*claims, places=["KH-18"]) == (201, 212)
        assert limits(*claims, places=["KH-7"]) == (0, 11)

    def test_a_subset_is_not_added_to_its_whole(self):
        women = nation("women", 265, 265, part_of="all", note="subset: women")
        assert bound(nation("all", 358, 358), women) == Bounds(358, 358, ("all",))

    def test_subsets_may_be_the_same_people(self):
        claims = [nation("a", 30, nationality="Thai"), nation("b", 20, compound_id="cmp-a")]
        assert limits(*claims) == (30, None)

    def test_binding_claims_are_needed_and_enough(self):
        claims = [
            nation("total", 100, 120),
            nation("weaker", 90, 130),
            province("a", "KH-1", 40, 40),
            province("b", "KH-2", 30),
            province("idle", "KH-3", 1),
        ]
        answer = bound(*claims, places=["KH-1", "KH-2"])
        assert (answer.low, answer.high, answer.binding) == (70, 119, ("a", "b", "idle", "total"))
        chosen = [claim for claim in claims if claim["claim_id"] in answer.binding]
        assert limits(*chosen, places=["KH-1", "KH-2"]) == (answer.low, answer.high)
        for left_out in chosen:
            rest = [claim for claim in chosen if claim is not left_out]
            assert limits(*rest, places=["KH-1", "KH-2"]) != (answer.low, answer.high)

    def test_one_of_two_equal_claims_binds(self):
        answer = bound(nation("a", 10, 12), nation("b", 10, 12))
        assert (answer.low, answer.high, len(answer.binding)) == (10, 12, 1)

    def test_a_limit_within_a_longer_one_leaves_the_longer_one(self):
        inner = nation("inner", high=4, **during("2022-09-02", "2022-09-15"))
        assert bound(nation("all", high=10), inner) == Bounds(0, 10, ("all",))

    @pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
    def test_a_claim_that_gives_both_bounds_binds_alone(self, order):
        both, lower = order
        assert bound(nation(both, 10, 12), nation(lower, 10)) == Bounds(10, 12, (both,))

    def test_what_the_rest_of_the_time_cannot_hold_lies_in_the_slice(self):
        claims = [nation("all", 10), nation("start", high=4, **during("2022-09-01", "2022-09-15"))]
        later = Period(date(2022, 9, 15), date(2022, 10, 1))
        assert bound(*claims, period=later) == Bounds(6, None, ("all", "start"))

    def test_what_another_province_cannot_hold_lies_in_this_one(self):
        claims = [
            nation("all", high=10),
            province("a", "KH-1", 4),
            nation("b", 3, **during("2022-09-01", "2022-09-02")),
        ]
        assert bound(*claims, places=["KH-2"]) == Bounds(0, 6, ("a", "all"))

    def test_only_those_who_are_believed(self):
        claims = [nation("state", 10, 12), nation("paper", 50, speaker_type="media")]
        assert bound(*claims).conflicts == (("paper", "state"),)
        assert limits(*claims, speakers=["government", "ngo"]) == (10, 12)
        assert limits(*claims, speakers=iter(["media"])) == (50, None)
        assert limits(*claims, speakers=[]) == (0, None)

    def test_what_comes_from_one_origin_counts_once(self):
        sources = make(schema.SOURCE, {"source_id": "src-b", "derived_from": "src-a"}, {"source_id": "src-a"})
        claims = [nation("a", 10, speaker="x"), nation("b", 50, speaker="x")]
        assert limits(*claims) == (50, None)
        assert limits(*claims, sources=sources) == (10, None)


class TestConflicts:
    def test_are_named_and_leave_no_bounds(self):
        answer = bound(nation("many", 10), nation("few", high=4), nation("idle", 1))
        assert (answer.low, answer.high, answer.binding) == (None, None, ())
        assert answer.conflicts == (("few", "many"),)
        assert (answer.relaxed_low, answer.relaxed_high) == (4, 10)
        assert not answer.more_conflicts

    def test_what_remains_when_three_give_way(self):
        outer = nation("outer", high=9, **during("2022-09-01", "2022-11-01"))
        answer = bound(outer, nation("first", 5), nation("second", 5, **during("2022-10-01", "2022-11-01")))
        assert answer.conflicts == (("first", "outer", "second"),)
        assert (answer.relaxed_low, answer.relaxed_high) == (4, 5)

    def test_elsewhere_do_not_matter(self):
        elsewhere = [
            province("a", "KH-1", 9, **during("2021-01-01", "2021-02-01")),
            province("b", "KH-1", 0, 1, **during("2021-01-01", "2021-02-01")),
        ]
        assert limits(nation("c", 3, 4), *elsewhere) == (3, 4)

    def test_relaxed_high_is_open_where_nothing_limits_the_total(self):
        answer = bound(province("a", "KH-1", 9), province("b", "KH-1", high=5))
        assert (answer.relaxed_low, answer.relaxed_high) == (5, None)

    def test_a_search_that_is_cut_short_says_so(self):
        many = [nation(f"high-{i}", high=4 + i) for i in range(6)] + [nation(f"low-{i}", 20 + i) for i in range(6)]
        answer = bound(*many)
        assert answer.more_conflicts
        assert 0 < len(answer.conflicts) <= MOST_CONFLICTS
        assert all(len(conflict) == 2 for conflict in answer.conflicts)

    def test_of_numbers_of_very_different_size(self):
        claims = [nation("a", 10**12 + 1, metric="usd_lost"), nation("b", high=10**12, metric="usd_lost")]
        assert bound(*claims, metric="usd_lost").conflicts == (("a", "b"),)


class TestStocks:
    """The highest level within the slice."""

    def level(self, claim_id: str, low: float | None, high: float | None, start: str | None, end: str | None, **more):
        return nation(claim_id, low, high, metric="people_stranded", **during(start, end), **more)

    def bound(self, *claims, **options) -> Bounds:
        return bound(*claims, metric="people_stranded", **options)

    def test_levels_are_not_added_over_time(self):
        claims = [
            self.level("a", 5, 6, "2022-09-01", "2022-09-11"),
            self.level("b", 8, 9, "2022-09-11", "2022-10-01"),
        ]
        assert self.bound(*claims) == Bounds(8, 9, ("a", "b"))
        assert self.bound(*claims, period=YEAR) == Bounds(8, None, ("b",))
        assert self.bound(*claims, period=Period(date(2022, 9, 3), date(2022, 9, 5))) == Bounds(5, 6, ("a",))

    def test_levels_are_added_over_provinces(self):
        here = self.level("a", 5, 6, "2022-09-01", "2022-10-01", geography="province", province_code="KH-1")
        there = self.level("b", 7, 8, "2022-09-10", "2022-09-20", geography="province", province_code="KH-2")
        assert self.bound(here, there) == Bounds(12, None, ("a", "b"))
        assert self.bound(here, there, places=["KH-1"]) == Bounds(5, 6, ("a",))

    def test_a_level_with_one_known_end_holds_on_that_day(self):
        claims = [self.level("a", 100, None, None, "2022-09-30"), self.level("b", None, 50, None, "2022-09-15")]
        assert self.bound(*claims) == Bounds(100, None, ("a",))
        assert self.bound(*claims, period=Period(date(2022, 9, 14), date(2022, 9, 15))) == Bounds(0, 50, ("b",))

    def test_an_undated_level_is_in_no_slice(self):
        assert self.bound(self.level("a", 100, None, None, None), period=None) == Bounds(0, None)

    def test_levels_of_one_day_that_part_conflict(self):
        claims = [
            self.level("a", 100, None, "2022-09-01", "2022-09-20"),
            self.level("b", None, 50, "2022-09-19", "2022-10-01"),
            self.level("c", 120, None, "2022-09-02", "2022-09-03"),
        ]
        answer = self.bound(*claims)
        assert answer.conflicts == (("a", "b"),)
        assert (answer.low, answer.relaxed_low, answer.relaxed_high) == (None, 120, None)


class TestRefusals:
    @pytest.mark.parametrize("metric", ["complaints_true_percent", "provinces_raided", "tip_tier", "no_such_metric"])
    def test_what_never_adds_up(self, metric):
        with pytest.raises(MetricError) as caught:
            bound(metric=metric)
        assert caught.value.hint

    def test_a_speaker_that_is_no_type_of_speaker(self):
        with pytest.raises(CountError):
            bound(speakers=["king"])

    @pytest.mark.parametrize("places", [["KH-99"], ["KH-1", "Phnom Penh"], []])
    def test_places_that_are_no_provinces(self, places):
        with pytest.raises(CountError) as caught:
            bound(places=places)
        assert caught.value.hint


class TestTheSeed:
    @pytest.mark.parametrize(
        ("metric", "start", "end", "places", "low", "high"),
        [
            ("intervention_requests", "2022-08-18", "2022-12-30", None, 0, None),
            ("intervention_requests", "2022-08-18", "2022-12-31", None, 601, None),
            ("intervention_requests", "2022-01-01", "2024-01-01", None, 1606, None),
            ("complaints_received", "2022-08-19", "2022-09-19", None, 289, 289),
            ("complaints_received", "2022-08-19", "2022-09-19", ["KH-18"], 201, 212),
            ("complaints_received", "2022-08-19", "2022-09-19", ["KH-7"], 0, 11),
            ("people_rescued", "2023-01-01", "2023-10-01", None, 1143, None),
            ("people_held_estimate", "2022-11-01", "2023-10-01", None, 100_000, None),
        ],
    )
    def test_answers(self, snapshot, metric, start, end, places, low, high):
        period = Period(date.fromisoformat(start), date.fromisoformat(end))
        answer = bound_total(snapshot.of("claim"), metric, period, places, sources=snapshot.of("source"))
        assert (answer.low, answer.high, answer.conflicts) == (low, high, ())
