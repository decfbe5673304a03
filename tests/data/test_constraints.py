from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from data import schema
from data.constraints import COUNTRY, NEVER, Constraint, read_constraints
from errors import MetricError
from tests.data.ledgers import during, in_province, make, nation, province

STOCK = {"metric": "people_stranded"}


def read(*claims: dict[str, object], metric: str = "people_rescued", **options) -> list[Constraint]:
    return read_constraints(make(schema.CLAIM, *claims), metric, **options)


def sides(*claims: dict[str, object], **options) -> dict[str, tuple[float, float]]:
    return {one.claim_id: (one.low, one.high) for one in read(*claims, **options)}


def days(*claims: dict[str, object], **options) -> dict[str, tuple[int, int]]:
    return {one.claim_id: (one.start, one.end) for one in read(*claims, **options)}


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def test_a_claim_says_at_least_and_at_most_in_a_place_and_a_time():
    assert read(nation("b", 10, 12), province("a", "KH-18", 3)) == [
        Constraint("a", "KH-18", day("2022-09-01"), day("2022-10-01"), 3.0, np.inf),
        Constraint("b", COUNTRY, day("2022-09-01"), day("2022-10-01"), 10.0, 12.0),
    ]


def test_of_no_claims_there_are_none():
    assert read() == []


def test_an_unknown_metric_is_refused():
    with pytest.raises(MetricError):
        read(metric="no_such_metric")


class TestNumbers:
    def test_an_exact_best_is_both_bounds(self):
        assert sides(nation("a", best=7, qualifier="exact")) == {"a": (7, 7)}

    def test_a_range_goes_before_an_exact_best(self):
        assert sides(nation("a", 5, 9, best=7, qualifier="exact")) == {"a": (5, 9)}

    @pytest.mark.parametrize("qualifier", ["about", None])
    def test_another_best_alone_bounds_nothing(self, qualifier):
        assert sides(nation("a", best=7, qualifier=qualifier)) == {}

    def test_nearly_bounds_from_above_only(self):
        assert sides(nation("a", 7000, 7999, qualifier="nearly")) == {"a": (0, 7999)}

    def test_at_least_none_says_nothing(self):
        assert sides(nation("a", 0)) == {}
        assert sides(nation("a", 0, 0)) == {"a": (0, 0)}


class TestWhatIsCounted:
    @pytest.mark.parametrize(
        "changes",
        [
            {"stance": "denies"},
            {"stance": "doubts"},
            {"geography": "abroad"},
            {"geography": "region"},
            {"geography": "world"},
            {"geography": None},
            {"metric": "people_arrested"},
        ],
    )
    def test_what_is_no_number_for_this_place_and_metric_bounds_nothing(self, changes):
        assert read(nation("a", 10, 12, **changes)) == []

    @pytest.mark.parametrize("stance", ["states", "acknowledges", None])
    def test_every_stance_that_disputes_nothing_bounds(self, stance):
        assert sides(nation("a", 10, 12, stance=stance)) == {"a": (10, 12)}

    @pytest.mark.parametrize(
        "changes",
        [
            {"nationality": "Vietnamese"},
            {"compound_id": "cmp-a"},
            {"part_of": "b", "note": "subset: women among them"},
            {"geography": "province"},
        ],
    )
    def test_some_of_the_people_bound_from_below_only(self, changes):
        assert sides(nation("a", 10, 12, **changes)) == {"a": (10, np.inf)}

    def test_a_part_by_province_is_no_subset(self):
        assert sides(province("a", "KH-1", 10, 12, part_of="b")) == {"a": (10, 12)}

    def test_a_note_alone_makes_no_subset(self):
        assert sides(nation("a", 10, 12, note="subset: women")) == {"a": (10, 12)}
        assert sides(nation("a", 10, 12, part_of="b", note="women")) == {"a": (10, 12)}

    def test_a_province_is_known_by_its_code(self):
        (one,) = read(nation("a", 10, 12, **in_province("KH-1") | {"geography": None}))
        assert (one.place, one.high) == ("KH-1", 12)
        (other,) = read(nation("a", 10, 12, geography="province", province_code="KH-99"))
        assert (other.place, other.high) == (COUNTRY, np.inf)

    def test_only_those_who_are_believed(self):
        claims = [nation("state", 10), nation("paper", 50, speaker_type="media"), nation("who", 7, speaker_type=None)]
        assert sides(*claims, speakers=iter(["media"])) == {"paper": (50, np.inf)}
        assert sides(*claims, speakers=[]) == {}
        assert len(sides(*claims)) == 3


class TestTimes:
    @pytest.mark.parametrize("span", [(None, "2022-09-15"), ("2022-09-15", None), (None, None)])
    def test_a_flow_of_no_fixed_time_bounds_from_below_only(self, span):
        (one,) = read(nation("a", 707, 707, **during(*span)))
        assert (one.low, one.high) == (707, np.inf)
        assert one.start == (day(span[0]) if span[0] else -NEVER)
        assert one.end == (day(span[1]) if span[1] else NEVER)

    def test_a_level_with_one_known_end_holds_on_that_day(self):
        early, late = (nation(name, 5, 6, **STOCK, **during(*span)) for name, span in
                       (("early", ("2022-09-15", None)), ("late", (None, "2022-09-15"))))  # fmt: skip
        assert days(early, late, metric="people_stranded") == {
            "early": (day("2022-09-15"), day("2022-09-16")),
            "late": (day("2022-09-14"), day("2022-09-15")),
        }
        assert sides(early, metric="people_stranded") == {"early": (5, 6)}

    def test_an_undated_level_bounds_nothing(self):
        assert read(nation("a", 5, 6, **STOCK, **during(None, None)), metric="people_stranded") == []


class TestRepeats:
    SOURCES = make(schema.SOURCE, {"source_id": "src-b", "derived_from": "src-a"}, {"source_id": "src-a"})

    def test_a_claim_that_restates_another_one_brings_nothing(self):
        assert sides(nation("a", 10), nation("b", 50, restates="a")) == {"a": (10, np.inf)}

    def test_it_stands_for_the_original_where_that_is_not_believed(self):
        claims = [nation("a", 10), nation("b", 50, restates="a", speaker_type="media")]
        assert sides(*claims, speakers=["media"]) == {"b": (50, np.inf)}

    def test_of_one_origin_the_nearer_claim_counts(self):
        claims = [nation("a", 10, speaker="x"), nation("b", 50, speaker="x")]
        assert set(sides(*claims)) == {"a", "b"}
        assert set(sides(*claims, sources=self.SOURCES)) == {"a"}
        swapped = [nation("a", 50, speaker="x", source_ids="src-b"), nation("b", 10, speaker="x", source_ids="src-a")]
        assert set(sides(*swapped, sources=self.SOURCES)) == {"b"}

    @pytest.mark.parametrize(
        "changes", [{"speaker": "y"}, during("2022-09-02", "2022-10-01"), in_province("KH-1"), {"nationality": "Thai"}]
    )
    def test_what_is_said_by_others_or_of_another_thing_is_no_repetition(self, changes):
        claims = [nation("a", 10, speaker="x"), nation("b", 50, **{"speaker": "x"} | changes)]
        assert set(sides(*claims, sources=self.SOURCES)) == {"a", "b"}

    def test_the_same_number_twice_counts_once(self):
        twice = [nation(name, 10, speaker="x", source_ids="s") for name in ("a", "b")]
        assert set(sides(*twice)) == {"a"}
        assert set(sides(twice[0], twice[1] | {"low": 11})) == {"a", "b"}
        assert set(sides(*(one | {"nationality": "Thai"} for one in twice))) == {"a", "b"}
