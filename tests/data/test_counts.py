from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data import schema
from data.counts import count_recorded, count_stated
from data.periods import Period
from errors import MetricError
from geo.gazetteer import PROVINCE_CODES

ASKED = Period(date(2022, 8, 19), date(2022, 9, 19))
LISTED = {"KH-1": 2, "KH-15": 4, "KH-20": 18, "KH-9": 5, "KH-24": 1, "KH-22": 14, "KH-8": 18, "KH-17": 1, "KH-12": 14}


def make_records(kind: str, *rows: dict[str, object]) -> pd.DataFrame:
    dtypes = schema.record_dtypes(schema.KINDS[kind])
    return pd.DataFrame(list(rows), columns=list(dtypes)).astype(dtypes)


def claim(claim_id: str, number: object = None, **changes: object) -> dict[str, object]:
    """Return a claim about Svay Rieng in the asked period; `number` is an exact one, or (low, best, high)."""
    low, best, high = number if isinstance(number, tuple) else (number, number, number)
    row = {
        "claim_id": claim_id,
        "metric": "complaints_received",
        "low": low,
        "best": best,
        "high": high,
        "period_start": "2022-08-19",
        "period_end": "2022-09-19",
        "province_code": "KH-20",
        "geography": "province",
        "speaker": "Ministry of Interior",
        "stance": "states",
        "source_ids": "src-a",
    }
    return row | changes


def nation(claim_id: str, number: object = None, **changes: object) -> dict[str, object]:
    return claim(claim_id, number, **{"geography": "national", "province_code": None} | changes)


def during(first: str, after: str | None) -> dict[str, object]:
    return {"period_start": first, "period_end": after}


def count(*claims: dict[str, object], metric: str = "complaints_received", sources: pd.DataFrame | None = None):
    return count_stated(make_records("claim", *claims), metric, ASKED, sources)


def row_of(counts, code: str = "KH-20") -> dict[str, object]:
    """Return a province's row with missing numbers as None."""
    row = counts.rows.set_index("province_code").loc[code].to_dict()
    return {name: None if value is pd.NA else value for name, value in row.items()}


def figure_of(counts, code: str = "KH-20") -> tuple[object, ...]:
    row = row_of(counts, code)
    return row["low"], row["best"], row["high"], row["basis"], row["contested"], row["claim_ids"]


NOTHING = (None, None, None, "no_report", False, [])

SEPTEMBER = (
    nation("total", 289),
    *(claim(f"part-{code}", number, province_code=code, part_of="total") for code, number in LISTED.items()),
    claim("part-KH-18", (201, None, None), qualifier="more_than", province_code="KH-18", part_of="total"),
)


class TestTheMinistersComplaints:
    """289 complaints in a month, listed by province but for the one that is only "more than 200"."""

    counts = count(*SEPTEMBER)

    def test_all_provinces_are_there_in_iso_order(self):
        assert tuple(self.counts.rows["province_code"]) == PROVINCE_CODES
        assert self.counts.rows["province"].iloc[19] == "Svay Rieng"

    @pytest.mark.parametrize(("code", "number"), LISTED.items())
    def test_listed_provinces_have_their_number(self, code, number):
        assert figure_of(self.counts, code) == (number, number, number, "stated", False, [f"part-{code}"])

    def test_more_than_200_has_no_best_and_keeps_what_is_implied_apart(self):
        assert figure_of(self.counts, "KH-18") == (201, None, None, "stated", False, ["part-KH-18"])
        row = row_of(self.counts, "KH-18")
        assert row["implied"] == 289 - 77
        assert row["implied_from"] == ["total", *sorted(f"part-{code}" for code in LISTED)]

    def test_only_that_province_has_an_implied_number(self):
        assert self.counts.rows["implied"].notna().sum() == 1

    def test_provinces_that_are_not_listed_are_unknown_and_not_zero(self):
        others = self.counts.rows[~self.counts.rows["province_code"].isin([*LISTED, "KH-18"])]
        assert len(others) == 15
        assert (others["basis"] == "no_report").all()
        assert others[["low", "best", "high", "implied"]].isna().all(axis=None)

    def test_the_total_stands_apart(self):
        (total,) = self.counts.national.to_dict("records")
        assert (total["claim_id"], total["best"], total["relation"]) == ("total", 289, "equal")
        assert total["speaker"] == "Ministry of Interior"
        assert self.counts.unlocated == 0

    def test_dtypes_can_hold_the_unknown(self):
        dtypes = self.counts.rows.dtypes.astype(str)
        assert set(dtypes[["low", "best", "high", "implied"]]) == {"Float64"}
        assert dtypes["contested"] == "bool"

    def test_the_order_of_the_claims_does_not_matter(self):
        pd.testing.assert_frame_equal(count(*SEPTEMBER[::-1]).rows, self.counts.rows)


class TestStated:
    def test_compatible_claims_are_read_together(self):
        counts = count(claim("a", (201, None, None)), claim("b", (None, None, 250)), claim("c", (None, 220, None)))
        assert figure_of(counts) == (201, 220, 250, "stated", False, ["a", "b", "c"])

    def test_a_contradiction_is_shown_as_an_envelope(self):
        counts = count(claim("a", 18), claim("b", 25, speaker="Police"))
        assert figure_of(counts) == (18, None, 25, "stated", True, ["a", "b"])

    def test_zero_is_stated_and_differs_from_no_report(self):
        assert figure_of(count(claim("a", 0))) == (0, 0, 0, "stated", False, ["a"])
        assert figure_of(count()) == NOTHING

    def test_an_exact_best_is_its_own_low_and_high(self):
        counts = count(
            claim("a", (None, 18, None), qualifier="exact"), claim("b", (None, 9, None), province_code="KH-1")
        )
        assert figure_of(counts)[:3] == (18, 18, 18)
        assert figure_of(counts, "KH-1")[:3] == (None, 9, None)

    @pytest.mark.parametrize("stance", ["states", "estimates", "relays", "acknowledges", None])
    def test_these_stances_give_a_number(self, stance):
        assert figure_of(count(claim("a", 18, stance=stance)))[1] == 18

    @pytest.mark.parametrize("stance", ["doubts", "denies"])
    def test_a_denial_never_gives_a_number(self, stance):
        assert figure_of(count(claim("a", 18, stance=stance))) == NOTHING

    def test_a_denial_of_a_claim_marks_it_as_contested(self):
        counts = count(claim("a", 18), claim("b", 0, stance="denies", responds_to="a", speaker="Police"))
        assert figure_of(counts) == (18, 18, 18, "stated", True, ["a"])

    def test_other_metrics_are_left_out(self):
        assert figure_of(count(claim("a", 18, metric="people_rescued"))) == NOTHING

    def test_a_claim_without_a_number_is_no_report(self):
        assert figure_of(count(claim("a", None))) == NOTHING

    def test_an_unknown_metric_is_refused(self):
        with pytest.raises(MetricError, match="no metric"):
            count(metric="victims")

    def test_claims_that_name_no_province_are_counted_apart(self):
        counts = count(
            claim("a", 18),
            claim("b", 3, province_code=None),
            claim("c", 3, province_code=None, geography=None),
            claim("outside the slice", 3, province_code=None, **during("2021-01-01", "2021-02-01")),
            claim("undated", 3, **during(None, None)),
        )
        assert counts.unlocated == 2
        assert counts.undated == 1

    def test_shares_are_listed_but_never_bounded(self):
        counts = count(
            claim("a", 95, metric="complaints_true_percent"),
            claim(
                "b", 80, metric="complaints_true_percent", province_code="KH-1", **during("2022-08-20", "2022-08-30")
            ),
            metric="complaints_true_percent",
        )
        assert figure_of(counts)[1] == 95
        assert figure_of(counts, "KH-1") == NOTHING


class TestRepeats:
    def test_a_restated_claim_counts_once(self):
        counts = count(claim("a", 18), claim("b", (15, None, None), restates="a", speaker="Newspaper"))
        assert figure_of(counts) == (18, 18, 18, "stated", False, ["a"])

    def test_a_restated_claim_does_not_contradict_its_original(self):
        counts = count(claim("a", 18), claim("b", 20, restates="a"))
        assert figure_of(counts) == (18, 18, 18, "stated", False, ["a"])

    def test_a_restated_claim_about_another_period_is_not_added(self):
        counts = count(
            claim("a", 18, **during("2022-08-19", "2022-08-26")),
            claim("b", 18, restates="a", **during("2022-09-01", "2022-09-08")),
        )
        assert figure_of(counts) == (18, None, None, "bounded", False, ["a"])

    def test_a_repeat_whose_original_is_not_believed_still_counts(self):
        assert figure_of(count(claim("b", 18, restates="a")))[1] == 18

    def test_articles_with_one_origin_count_as_one(self):
        sources = make_records(
            "source",
            {"source_id": "report", "title": "Report"},
            {"source_id": "article", "title": "Article", "derived_from": "report"},
        )
        claims = (claim("z", 18, source_ids="report"), claim("a", 81, source_ids="article"))
        assert figure_of(count(*claims, sources=sources)) == (18, 18, 18, "stated", False, ["z"])
        assert figure_of(count(*claims)) == (18, None, 81, "stated", True, ["a", "z"])

    def test_two_speakers_in_one_source_may_contradict_each_other(self):
        counts = count(claim("a", 18), claim("b", 20, speaker="Governor"))
        assert figure_of(counts)[4] is True

    def test_one_speaker_who_gives_two_numbers_in_one_source_is_contested(self):
        assert figure_of(count(claim("a", 18), claim("b", 20)))[4] is True


WEEK_1, WEEK_2 = during("2022-08-19", "2022-08-26"), during("2022-08-26", "2022-09-02")
ACROSS = during("2022-08-22", "2022-08-29")
LONGER = during("2022-01-01", "2023-01-01")


class TestBounded:
    def test_a_shorter_period_gives_only_a_lower_bound(self):
        assert figure_of(count(claim("a", 18, **WEEK_1))) == (18, None, None, "bounded", False, ["a"])

    def test_shorter_periods_apart_are_added(self):
        counts = count(claim("a", 18, **WEEK_1), claim("b", (5, None, None), **WEEK_2))
        assert figure_of(counts) == (23, None, None, "bounded", False, ["a", "b"])

    def test_shorter_periods_that_overlap_are_never_added(self):
        counts = count(claim("a", 18, **WEEK_1), claim("b", 5, **WEEK_2), claim("c", 20, **ACROSS))
        assert figure_of(counts) == (23, None, None, "bounded", False, ["a", "b"])
        counts = count(claim("a", 18, **WEEK_1), claim("c", 20, **ACROSS))
        assert figure_of(counts) == (20, None, None, "bounded", False, ["c"])

    def test_a_longer_period_gives_only_an_upper_bound(self):
        assert figure_of(count(claim("a", 18, **LONGER))) == (None, None, 18, "bounded", False, ["a"])
        assert figure_of(count(claim("a", (201, None, None), **LONGER))) == NOTHING

    def test_both_bounds_are_used(self):
        counts = count(claim("a", 18, **WEEK_1), claim("b", 40, **LONGER), claim("c", 90, **LONGER | {"speaker": "X"}))
        assert figure_of(counts) == (18, None, 40, "bounded", False, ["a", "b"])

    def test_bounds_that_cross_are_contested(self):
        counts = count(claim("a", 18, **WEEK_1), claim("b", 4, **LONGER))
        assert figure_of(counts) == (None, None, None, "bounded", True, ["a", "b"])

    def test_a_contradiction_about_a_shorter_period_is_kept(self):
        counts = count(claim("a", 18, **WEEK_1), claim("b", 25, speaker="Police", **WEEK_1))
        assert figure_of(counts) == (18, None, None, "bounded", True, ["a", "b"])

    def test_a_period_that_only_overlaps_says_nothing(self):
        assert figure_of(count(claim("a", 18, **during("2022-08-01", "2022-08-26")))) == NOTHING

    def test_an_open_period_neither_contains_nor_lies_inside(self):
        assert figure_of(count(claim("a", 18, **during(None, "2022-09-01")))) == NOTHING
        assert figure_of(count(claim("a", 18, **during("2022-08-20", None)))) == NOTHING
        assert figure_of(count(claim("a", 18, **during(None, "2023-01-01")))) == NOTHING

    def test_a_stated_number_is_preferred_to_bounds(self):
        counts = count(claim("a", 18), claim("b", 4, **WEEK_1), claim("c", 90, **LONGER))
        assert figure_of(counts) == (18, 18, 18, "stated", False, ["a"])

    def test_one_nationality_is_only_a_part_of_the_whole(self):
        thai, vietnamese = {"nationality": "Thai"}, {"nationality": "Vietnamese"}
        counts = count(claim("a", 10, **thai), claim("b", 12, **vietnamese))
        assert figure_of(counts) == (12, None, None, "bounded", False, ["a", "b"])

    def test_one_compound_is_only_a_part_of_its_province(self):
        assert figure_of(count(claim("a", 10, compound_id="cmp-x"))) == (10, None, None, "bounded", False, ["a"])

    def test_a_part_of_the_people_never_gives_an_upper_bound(self):
        assert figure_of(count(claim("a", 10, nationality="Thai", **LONGER))) == NOTHING

    def test_a_stock_is_not_bounded_by_other_times(self):
        held = {"metric": "people_held_estimate"}
        counts = count(
            claim("a", 18, **held, **WEEK_1), claim("b", 90, **held, **LONGER), metric="people_held_estimate"
        )
        assert figure_of(counts) == NOTHING


class TestImplied:
    def test_a_part_without_a_number_of_its_own_is_implied(self):
        counts = count(
            nation("t", 20), claim("a", 18, part_of="t"), claim("b", None, part_of="t", province_code="KH-1")
        )
        row = row_of(counts, "KH-1")
        assert (row["basis"], row["low"], row["best"], row["high"]) == ("implied", None, None, None)
        assert (row["implied"], row["implied_from"], row["claim_ids"]) == (2, ["t", "a"], [])

    @pytest.mark.parametrize(
        "claims",
        [
            pytest.param([nation("t", (289, None, None))], id="total is not exact"),
            pytest.param([nation("t", 289, **WEEK_1)], id="total is about another period"),
            pytest.param([nation("t", 289, stance="doubts")], id="total is doubted"),
            pytest.param([nation("t", 289, metric="people_rescued")], id="total counts another thing"),
            pytest.param([], id="total is not believed"),
        ],
    )
    def test_nothing_is_implied_without_a_total(self, claims):
        parts = [claim("a", 18, part_of="t"), claim("b", (201, None, None), part_of="t", province_code="KH-18")]
        assert count(*claims, *parts).rows["implied"].isna().all()

    @pytest.mark.parametrize(
        "parts",
        [
            pytest.param([claim("a", (18, None, None), part_of="t")], id="two parts are open"),
            pytest.param([claim("a", 18, part_of="t", **WEEK_1)], id="a part is about another period"),
            pytest.param([], id="no other part"),
            pytest.param([claim("a", 18, part_of="t", province_code="KH-18")], id="the province has an exact part too"),
        ],
    )
    def test_nothing_is_implied_when_the_parts_leave_it_open(self, parts):
        open_part = claim("b", (201, None, None), part_of="t", province_code="KH-18")
        assert count(nation("t", 289), *parts, open_part).rows["implied"].isna().all()

    def test_nothing_is_implied_when_every_part_is_exact(self):
        counts = count(nation("t", 20), claim("a", 18, part_of="t"), claim("b", 1, part_of="t", province_code="KH-1"))
        assert counts.rows["implied"].isna().all()

    @pytest.mark.parametrize("total", [10, 100])
    def test_a_remainder_that_its_own_claim_rules_out_is_contested_and_not_shown(self, total):
        counts = count(
            nation("t", total),
            claim("a", 18, part_of="t"),
            claim("b", (201, None, None), part_of="t", province_code="KH-18"),
        )
        row = row_of(counts, "KH-18")
        assert (row["implied"], row["contested"], row["low"]) == (None, True, 201)

    def test_parts_that_exceed_their_total_imply_nothing(self):
        counts = count(
            nation("t", 10), claim("a", 18, part_of="t"), claim("b", None, part_of="t", province_code="KH-1")
        )
        row = row_of(counts, "KH-1")
        assert (row["implied"], row["basis"], row["contested"]) == (None, "no_report", True)

    def test_two_totals_that_imply_different_numbers_are_contested(self):
        families = [
            claim_
            for total, number in (("t", 289), ("u", 300))
            for claim_ in (
                nation(total, number, speaker=total),
                claim(f"{total}-a", 18, part_of=total, speaker=total),
                claim(f"{total}-b", (201, None, None), part_of=total, speaker=total, province_code="KH-18"),
            )
        ]
        row = row_of(count(*families), "KH-18")
        assert (row["implied"], row["contested"]) == (None, True)
        assert row["implied_from"] == ["t", "t-a", "u", "u-a"]

    def test_a_repeated_part_is_subtracted_once(self):
        counts = count(*SEPTEMBER, claim("again", 18, part_of="total", restates="part-KH-20"))
        assert row_of(counts, "KH-18")["implied"] == 212


def test_claims_about_other_areas_are_listed_with_how_their_period_lies():
    counts = count(
        nation("equal", 289),
        nation("inside", (600, None, None), **WEEK_1),
        nation("contains", 707, **LONGER),
        nation("overlaps", 5, **during("2022-09-01", "2022-10-01")),
        nation("open", 5, **during(None, "2022-09-01")),
        nation("abroad", 5, geography="abroad"),
        nation("denied", 5, stance="denies"),
        nation("before", 5, **during("2022-08-01", "2022-08-19")),
        nation("after", 5, **during("2022-09-19", "2022-10-01")),
    )
    assert dict(zip(counts.national["claim_id"], counts.national["relation"], strict=True)) == {
        "equal": "equal",
        "inside": "inside",
        "contains": "contains",
        "overlaps": "overlaps",
        "open": "overlaps",
        "abroad": "equal",
        "denied": "equal",
    }
    denied = counts.national.set_index("claim_id").loc["denied"]
    assert denied[["low", "best", "high"]].isna().all()
    assert denied["stance"] == "denies"
    assert counts.rows["basis"].eq("no_report").all()


def event(event_id: str, first: str | None = "2022-09-01", after: str | None = "2022-09-02", **changes: object):
    row = {
        "event_id": event_id,
        "event_type": "raid",
        "date_start": first,
        "date_end": after,
        "province_codes": "KH-20",
    }
    return row | changes


EVENTS = make_records(
    "event",
    event("one", people_low=10, people_best=10, people_high=10),
    event("two provinces", province_codes="KH-20;KH-8", people_low=4, people_best=4, people_high=4),
    event("coarse", "2022-09-01", "2022-10-01", people_low=201),
    event("no place", province_codes=None),
    event("no date", None, None),
    event("reported", None, "2022-09-10", province_codes="KH-1", people_best=95),
    event("rescue", event_type="rescue", province_codes="KH-2"),
    event("earlier", "2021-09-01", "2021-09-02"),
)


class TestRecordedByProvince:
    counts = count_recorded(EVENTS, "event", ASKED, by="province", event_type="raid")

    def numbers(self, code: str, counts=None) -> tuple[object, ...]:
        row = row_of(counts or self.counts, code)
        return row["low"], row["best"], row["high"]

    def test_low_is_certain_high_is_possible_and_best_only_when_they_agree(self):
        assert self.numbers("KH-20") == (2, None, 3)
        assert self.numbers("KH-8") == (1, 1, 1)

    def test_a_province_without_records_has_none_recorded(self):
        assert self.numbers("KH-2") == (0, 0, 0)
        assert set(self.counts.rows["basis"]) == {"recorded"}

    def test_all_records_are_accounted_for(self):
        assert (self.counts.inside, self.counts.perhaps) == (4, 1)
        assert (self.counts.located, self.counts.unlocated, self.counts.undated) == (4, 1, 1)
        assert (self.counts.shared, self.counts.dated_by_report) == (1, 1)

    def test_each_row_names_its_records(self):
        assert row_of(self.counts)["record_ids"] == ["one", "two provinces", "coarse"]
        assert row_of(self.counts, "KH-2")["record_ids"] == []

    def test_every_type_is_counted_when_none_is_asked_for(self):
        assert self.numbers("KH-2", count_recorded(EVENTS, "event", ASKED, by="province")) == (1, 1, 1)

    def test_all_time_has_no_uncertain_records(self):
        counts = count_recorded(EVENTS, "event", None, by="province", event_type="raid")
        assert self.numbers("KH-20", counts) == (4, 4, 4)
        assert (counts.inside, counts.perhaps, counts.undated) == (6, 0, 1)

    def test_people_keep_their_open_sides(self):
        counts = count_recorded(EVENTS, "event", ASKED, by="province", event_type="raid", value="people")
        # one: 10; four people somewhere in two provinces; the coarse one is open above
        assert self.numbers("KH-20", counts) == (10, None, None)
        assert self.numbers("KH-8", counts) == (0, None, 4)
        assert self.numbers("KH-1", counts) == (None, 95, None)
        assert self.numbers("KH-2", counts) == (0, 0, 0)

    def test_people_of_records_without_a_number_are_unknown(self):
        counts = count_recorded(EVENTS, "event", ASKED, by="province", event_type="rescue", value="people")
        assert self.numbers("KH-2", counts) == (None, None, None)
        assert row_of(counts, "KH-2")["n_unknown"] == 1

    def test_people_of_complaints_are_counted(self):
        complaints = make_records(
            "complaint",
            {"complaint_id": "c1", "date_start": "2022-09-01", "date_end": "2022-09-02", "people_affected": 3,
             "province_code": "KH-20"},
            {"complaint_id": "c2", "date_start": "2022-09-01", "date_end": "2022-09-02", "people_affected": 0,
             "province_code": "KH-20"},
        )  # fmt: skip
        counts = count_recorded(complaints, "complaint", ASKED, by="province", value="people")
        assert self.numbers("KH-20", counts) == (3, 3, 3)


class TestRecordedByTime:
    def test_steps_are_cut_to_the_period(self):
        counts = count_recorded(EVENTS, "event", ASKED, by="month", event_type="raid")
        assert list(counts.rows["start"].dt.date) == [date(2022, 8, 19), date(2022, 9, 1)]
        assert list(counts.rows["end"].dt.date) == [date(2022, 9, 1), date(2022, 9, 19)]
        assert list(counts.rows["low"]) == [0, 4]
        assert list(counts.rows["high"]) == [0, 5]

    def test_without_a_period_steps_span_all_dated_records(self):
        counts = count_recorded(EVENTS, "event", None, by="year", event_type="raid")
        assert list(counts.rows["start"].dt.year) == [2021, 2022]
        assert list(counts.rows["best"]) == [1, 5]
        assert counts.undated == 1

    def test_without_a_period_steps_are_whole(self):
        events = make_records("event", event("a", "2022-08-20", "2022-08-21"), event("b", "2022-10-31", "2022-11-01"))
        rows = count_recorded(events, "event", None, by="month").rows
        assert list(rows["start"].dt.date) == [date(2022, 8, 1), date(2022, 9, 1), date(2022, 10, 1)]
        assert rows["end"].iloc[-1].date() == date(2022, 11, 1)
        assert list(rows["best"]) == [1, 0, 1]

    def test_a_year_is_perhaps_in_each_of_its_quarters(self):
        events = make_records("event", event("a", "2022-01-01", "2023-01-01"))
        counts = count_recorded(events, "event", None, by="quarter")
        assert list(counts.rows["low"]) == [0] * 4
        assert list(counts.rows["high"]) == [1] * 4
        assert counts.inside == 1

    @pytest.mark.parametrize("by", ["province", "day", "month", "quarter", "year"])
    @pytest.mark.parametrize("period", [None, ASKED])
    @pytest.mark.parametrize("value", ["records", "people"])
    def test_no_records_no_numbers(self, by, period, value):
        counts = count_recorded(schema.empty_records(schema.EVENT), "event", period, by=by, value=value)
        assert (counts.inside, counts.perhaps, counts.located, counts.unlocated, counts.undated) == (0, 0, 0, 0, 0)
        assert (counts.rows["high"] == 0).all()

    def test_an_open_end_reaches_into_every_later_step(self):
        events = make_records("event", event("a", "2022-08-20", None))
        counts = count_recorded(events, "event", ASKED, by="month")
        assert list(counts.rows["high"]) == [1, 1]
        assert count_recorded(events, "event", None, by="day").rows["best"].isna().all()


def test_an_unknown_event_type_is_refused_with_those_that_there_are():
    with pytest.raises(MetricError, match="“raids”") as caught:
        count_recorded(EVENTS, "event", ASKED, by="province", event_type="raids")
    assert "raid," in caught.value.hint


def test_complaints_have_no_event_type():
    with pytest.raises(MetricError, match="no event type"):
        count_recorded(schema.empty_records(schema.COMPLAINT), "complaint", ASKED, by="province", event_type="raid")


@pytest.mark.parametrize(
    "change", [{"kind": "claim"}, {"by": "week"}, {"value": "deaths"}], ids=["kind", "by", "value"]
)
def test_what_cannot_be_counted_is_a_mistake_of_the_program(change):
    asked = {"kind": "event", "by": "province", "value": "records"} | change
    with pytest.raises(ValueError, match="cannot count"):
        count_recorded(EVENTS, asked.pop("kind"), ASKED, **asked)
