from __future__ import annotations

import pytest

from data.inclusions import Inclusions
from tests.data.ledgers import YEAR, at_least, during, exactly, in_province, read

BAVET = in_province("KH-20") | {"place_text": "Bavet"}
HELD = {"metric": "people_held_estimate"}
RESCUE = {"event_id": "e1", "period_start": None, "period_end": "2022-09-01"}
RESCUES = {"e1": "rescue"}


def inside(total: dict[str, object], *others: dict[str, object], **options) -> list[str]:
    """Return which of the others, c1, c2, …, are about a part of what the first is about."""
    claims = read(total, *others, **options)
    return [part.claim_id for part in Inclusions(reversed(claims)).parts(claims[0])]


def straddling(total: dict[str, object], *others: dict[str, object], **options) -> list[str]:
    claims = read(total, *others, **options)
    return [part.claim_id for part in Inclusions(claims).straddling(claims[0])]


def likely(total: dict[str, object], *others: dict[str, object], **options) -> list[str]:
    claims = read(total, *others, **options)
    return [part.claim_id for part in Inclusions(claims).likely_parts(claims[0])]


class TestParts:
    def test_of_a_claim_alone_there_are_none(self):
        assert inside({}) == []

    @pytest.mark.parametrize(
        "part",
        [in_province("KH-18"), BAVET, {"nationality": "Thai"}, {"compound_id": "cmp-a"}, {"period_end": "2022-09-01"}],
    )
    def test_a_smaller_place_people_or_time_is_inside_and_the_larger_is_not(self, part):
        assert inside({}, part) == ["c1"]
        assert inside(part, {}) == []

    def test_the_same_thing_is_no_part_of_itself(self):
        assert inside(exactly(5), at_least(9, speaker="NGO")) == []

    def test_from_the_place_to_the_world(self):
        places = [BAVET, in_province("KH-20"), in_province("KH-18"), {}, {"geography": "world"}]
        assert inside({"geography": "world"}, *places) == ["c1", "c2", "c3", "c4"]
        assert inside({}, *places) == ["c1", "c2", "c3"]
        assert inside(in_province("KH-20"), *places) == ["c1"]

    @pytest.mark.parametrize(
        "other",
        [
            {"geography": "abroad", "place_text": "Myawaddy"},
            {"geography": None},
            YEAR,
            during("2022-09-01", "2022-10-01"),
            during(None, "2022-09-01"),
            during("2022-08-19", None),
        ],
    )
    def test_what_is_not_certainly_inside_is_not(self, other):
        assert inside({}, other) == []

    def test_people_are_confined_only_where_both_say_so(self):
        assert inside({"nationality": "Thai"}, {"nationality": "Lao"} | BAVET, BAVET) == []
        assert inside({"nationality": "Thai"}, {"nationality": "Thai"} | BAVET) == ["c1"]
        assert inside({"compound_id": "cmp-a"}, {"compound_id": "cmp-b", "nationality": "Thai"}) == []

    def test_of_a_part_that_no_column_tells_apart_others_may_lie_beside_it(self):
        claims = read({}, {"part_of": "c0"}, {"nationality": "Thai"})
        assert [part.claim_id for part in Inclusions(claims).parts(claims[1])] == []
        assert [part.claim_id for part in Inclusions(claims).parts(claims[0])] == ["c1", "c2"]

    def test_a_level_holds_parts_of_its_own_time_only(self):
        assert inside(HELD, HELD | BAVET, HELD | BAVET | {"period_end": "2022-09-01"}) == ["c1"]
        day = HELD | {"period_start": None}
        assert inside(day, day | BAVET, HELD | BAVET) == ["c1"]

    def test_a_share_of_a_place_is_no_part_of_that_of_the_country(self):
        share = {"metric": "complaints_true_percent"}
        assert inside(share, share | BAVET) == []

    def test_an_event_holds_what_belongs_to_it(self):
        raid = {"metric": "people_arrested", "event_id": "e1", **during(None, None)}
        others = [raid | {"nationality": "Thai"}, raid | {"nationality": "Thai", "event_id": "e2"}]
        assert inside(raid, *others, event_types={"e1": "raid", "e2": "raid"}) == ["c1"]


class TestCodedParts:
    def linked(self, total: dict[str, object], *parts: dict[str, object]) -> list[str]:
        claims = read(total, *parts)
        return [part.claim_id for part in Inclusions(claims).linked_parts(claims[0])]

    def test_are_parts_whatever_else_they_say(self):
        part = {"part_of": "c0", "geography": None}
        assert self.linked({}, part, {"part_of": "c9"}, {}) == ["c1"]
        assert inside({}, part) == ["c1"]

    def test_unless_their_period_is_known_to_reach_beyond(self):
        part = {"part_of": "c0"}
        assert self.linked({}, part | {"period_end": "2022-12-31"}, part | {"period_start": "2022-01-01"}) == []
        assert self.linked({}, part | during(None, None), part | {"period_end": "2022-09-01"}) == ["c1", "c2"]

    def test_of_a_level_they_share_its_time(self):
        part = HELD | {"part_of": "c0"}
        assert self.linked(HELD, part, part | {"period_end": "2022-09-01"}, part | during(None, None)) == ["c1"]

    def test_no_claim_is_its_own_part(self):
        assert self.linked({"part_of": "c0"}) == []


class TestLikelyParts:
    def test_one_happening_reported_within_the_period(self):
        assert likely({}, RESCUE, event_types=RESCUES) == ["c1"]

    @pytest.mark.parametrize(
        "changes",
        [
            {"event_id": None},
            {"period_end": "2022-09-20"},
            {"period_end": "2022-08-19"},
            {"period_start": "2022-08-20"},
            {"part_of": "c0"},
            {"geography": "abroad", "place_text": "Myawaddy"},
        ],
    )
    def test_others_are_not_likely(self, changes):
        assert likely({}, RESCUE | changes, event_types=RESCUES) == []

    def test_an_event_and_a_part_hold_no_others(self):
        assert likely(RESCUE, RESCUE | BAVET, event_types=RESCUES) == []
        assert likely({"part_of": "elsewhere"}, RESCUE, event_types=RESCUES) == []


class TestStraddling:
    @pytest.mark.parametrize(
        ("span", "found"),
        [
            (("2022-09-01", "2022-10-01"), True),
            (("2022-08-01", "2022-09-01"), True),
            (("2022-08-01", "2022-08-19"), False),
            (("2022-09-19", "2022-10-01"), False),
            (("2022-08-20", "2022-09-10"), False),
            (("2022-01-01", "2023-01-01"), False),
            (("2022-08-19", "2022-10-01"), False),
            ((None, "2022-09-01"), False),
        ],
    )
    def test_periods_that_share_days_and_lie_in_neither(self, span, found):
        assert straddling({}, during(*span)) == ["c1"] * found

    def test_only_of_a_part_of_place_and_people(self):
        later = during("2022-09-01", "2022-10-01")
        assert straddling({}, later | BAVET, later | {"nationality": "Thai"}) == ["c1", "c2"]
        assert straddling(in_province("KH-20"), later, later | in_province("KH-18")) == []

    def test_only_of_what_adds_up_over_time(self):
        assert straddling(HELD, HELD | during("2022-09-01", "2022-10-01")) == []
        assert straddling({"part_of": "elsewhere"}, during("2022-09-01", "2022-10-01")) == []
