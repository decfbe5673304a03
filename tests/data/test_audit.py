from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.audit import audit
from data.findings import Finding
from data.ingest import ingest
from data.metrics import METRICS
from data.seed import SEED_FILES, SEED_FOLDER
from data.snapshot import Snapshot
from errors import MetricError
from tests.data.ledgers import AUTUMN, NGO, YEAR, at_least, exactly, find, in_province, kinds

COMPLAINTS = "clm-20220919-complaints-"
OF_THE_SEED = {
    ("subset_exceeds_set", "tension"): [("clm-20220922-vietnamese", "clm-20230323-victims")],
    ("opposite_bounds", "tension"): [("clm-20221101-held", "clm-202309-ohchr-at-least-100000")],
    ("places_counted_twice", "tension"): [("clm-202309-provinces-with-scam-centres",)],
    ("disputed", "tension"): [
        ("clm-20220720-tip-tier", "clm-20230616-chou-denies-tip"),
        ("clm-20230207-complaints", "clm-20230207-denies"),
        ("clm-202309-chou-denies-100000", "clm-202309-ohchr-at-least-100000"),
        ("clm-202309-ohchr-at-least-100000", "clm-202309-tower-doubts-100000"),
    ],
    ("contested_event", "tension"): [
        ("evt-20220830-blood-slave-rescue",),
        ("evt-20230207-kampot-police-check",),
        ("evt-20230207-taiwan-bokor",),
        ("evt-20230308-bbc-documentary",),
        ("evt-20230308-huang-le-escape",),
        ("evt-20230616-tip-tier-3-maintained",),
        ("evt-202309-ohchr-report",),
    ],
    ("contrary_shares", "tension"): [("clm-20220919-true-percent", "clm-20230207-denies")],
    ("implied_remainder", "info"): [
        tuple(
            COMPLAINTS + part
            for part in (
                "banteay-meanchey", "kandal", "koh-kong", "oddar-meanchey", "pailin", "phnom-penh", "preah-sihanouk",
                "pursat", "siem-reap", "svay-rieng", "total",
            )
        ),
        ("clm-20230323-victims", "clm-202309-chou-rescued"),
    ],
    ("percent_differs", "info"): [
        ("clm-20230518-decline", "clm-20230518-requests-2022", "clm-20230518-requests-2023")
    ],
    ("restated_differently", "info"): [("clm-202309-ohchr-at-least-100000", "clm-202309-voa-some-100000")],
}  # fmt: skip


@pytest.fixture(scope="module")
def found(snapshot: Snapshot) -> list[Finding]:
    return audit(snapshot.of("claim"), snapshot.of("event"), snapshot.of("source"))


class TestTheSeed:
    def test_it_finds_these_and_nothing_else(self, found):
        grouped: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for one in found:
            grouped.setdefault((one.kind, one.severity), []).append(one.claim_ids or one.event_ids)
        assert grouped == OF_THE_SEED

    def test_every_finding_is_told_with_its_numbers(self, found):
        told = {(one.kind, *one.claim_ids): one.explanation for one in found}
        wanted = {
            ("implied_remainder", *OF_THE_SEED["implied_remainder", "info"][0]): ["289", "77", "212", "201 or more"],
            ("implied_remainder", *OF_THE_SEED["implied_remainder", "info"][1]): ["358", "1,501", "1,143", "4.2 a day"],
            ("subset_exceeds_set", *OF_THE_SEED["subset_exceeds_set", "tension"][0]): ["358", "1,001", "643"],
            ("percent_differs", *OF_THE_SEED["percent_differs", "info"][0]): ["605", "128", "78.84 %", "79 %"],
            ("places_counted_twice", "clm-202309-provinces-with-scam-centres"): ["8 names", "7 provinces", "Bavet"],
        }
        for key, parts in wanted.items():
            assert all(part in told[key] for part in parts), told[key]

    def test_an_audit_changes_nothing(self, snapshot):
        before = snapshot.of("claim").copy()
        audit(snapshot.of("claim"), snapshot.of("event"), snapshot.of("source"))
        pd.testing.assert_frame_equal(before, snapshot.of("claim"))


def test_nothing_in_nothing():
    assert find() == []


def test_columns_that_are_missing_count_as_empty():
    claims = pd.DataFrame(
        {"claim_id": ["a", "b"], "metric": "people_rescued", "speaker": "NGO", "low": [5.0, 9.0], "high": [5.0, 9.0]}
    )
    assert audit(claims, pd.DataFrame(), pd.DataFrame()) == []


def test_an_unknown_metric_is_refused():
    with pytest.raises(MetricError):
        find(exactly(1, metric="happiness"))


class TestOneThing:
    def test_two_speakers_two_numbers(self):
        (found,) = find(exactly(18), exactly(20, **NGO), at_least(5))
        assert (found.kind, found.severity) == ("incompatible_ranges", "contradiction")
        assert found.claim_ids == ("c0", "c1")
        assert "Ministry says 18; NGO says 20" in found.explanation
        assert "19 August – 18 September 2022" in found.explanation

    def test_all_that_disagree_stand_in_one_finding(self):
        (found,) = find(exactly(18), exactly(20, **NGO), at_least(30, speaker="UN"), at_least(5, speaker="Embassy"))
        assert found.claim_ids == ("c0", "c1", "c2")

    @pytest.mark.parametrize(
        "other",
        [
            exactly(18),
            at_least(10),
            {"low": 10, "high": 30},
            exactly(20, metric="people_released"),
            exactly(20, **in_province("KH-8") | {"metric": "people_escaped"}),
            exactly(20, period_start="2021-08-19", period_end="2021-09-19"),
            exactly(20, period_start=None),
            exactly(20, period_start=None, period_end=None),
            exactly(20, stance="denies"),
            exactly(10, part_of="elsewhere"),
            {"best": 20, "qualifier": "about"},
            {"best": 18.4, "qualifier": "about"},
        ],
    )
    def test_what_may_be_true_at_once_is_no_finding(self, other):
        assert kinds(exactly(18), NGO | other) == []

    def test_a_nationality_of_its_own_is_another_thing(self):
        assert kinds(exactly(18, nationality="Thai"), exactly(20, nationality="Lao", **NGO)) == []

    def test_two_places_of_one_province_are_two_things(self):
        one, other = ({**in_province("KH-20"), "place_text": text} for text in ("Bavet", "Svay Rieng city"))
        assert kinds(exactly(18, **one), exactly(20, **other)) == []
        assert kinds(exactly(18, **one), exactly(20, **one)) == [("incompatible_ranges", "contradiction")]

    def test_a_building_in_a_province_is_not_the_province(self):
        market, province = ({**in_province("KH-7"), "place_text": text} for text in ("Night market, Kampot", "Kampot"))
        assert kinds(exactly(18, **market), exactly(20, **province, **NGO)) == []
        assert kinds(exactly(21, **market), exactly(20, **province)) == [("subset_exceeds_set", "contradiction")]

    def test_rounded_numbers_far_apart_are_a_tension(self):
        assert kinds({"best": 95, "qualifier": "about"}, exactly(300, **NGO)) == [("incompatible_ranges", "tension")]

    def test_a_stock_is_of_the_day_of_the_statement(self):
        held = {"metric": "people_held_estimate", "period_start": None}
        assert kinds(exactly(18, **held), exactly(20, **held)) == [("incompatible_ranges", "contradiction")]
        later = {**held, "period_end": "2023-01-01"}
        assert kinds(exactly(18, **held), exactly(20, **later)) == []

    def test_one_origin_is_told(self):
        sources = [{"source_id": "src-a"}, {"source_id": "src-b", "derived_from": "src-a"}]
        (found,) = find(exactly(18), exactly(81, **NGO), sources=sources)
        assert "slip of quoting" in found.explanation
        (apart,) = find(exactly(18), exactly(81, **NGO))
        assert "slip of quoting" not in apart.explanation

    def test_a_repetition_is_compared_once(self):
        (found,) = find(exactly(18), exactly(18, restates="c0"), exactly(20, **NGO))
        assert found.claim_ids == ("c0", "c2")


class TestPartsAndTotals:
    def test_provinces_that_exceed_the_total(self):
        total = exactly(289)
        parts = [exactly(100, **in_province("KH-1")), at_least(201, **in_province("KH-18"))]
        (found,) = find(total, *(part | {"part_of": "c0"} for part in parts))
        assert (found.kind, found.severity) == ("parts_exceed_total", "contradiction")
        assert found.claim_ids == ("c0", "c1", "c2")
        assert "301" in found.explanation
        assert "12 more" in found.explanation

    def test_provinces_need_not_be_coded_as_parts(self):
        parts = [exactly(100, **in_province("KH-1"), **NGO), at_least(201, **in_province("KH-18"), **NGO)]
        assert kinds(exactly(289), *parts) == [("parts_exceed_total", "contradiction")]

    def test_two_numbers_of_one_province_are_not_added(self):
        part = {**in_province("KH-18"), "part_of": "c0"}
        assert kinds(exactly(289), at_least(200, **part), at_least(150, **part)) == []

    def test_women_and_foreigners_are_not_added(self):
        parts = [exactly(265, part_of="c0"), exactly(200, part_of="c0", nationality="foreign")]
        assert kinds(exactly(358), *parts) == []

    def test_one_part_larger_than_its_total(self):
        (found,) = find(exactly(202), exactly(233, part_of="c0", nationality="foreign"))
        assert (found.kind, found.severity) == ("subset_exceeds_set", "contradiction")
        assert "31" in found.explanation

    def test_the_parts_of_a_count_of_provinces_are_not_added(self):
        raided = {"metric": "provinces_raided"}
        first, second = {"period_end": "2022-09-01"}, {"period_start": "2022-09-01"}
        assert kinds(exactly(10, **raided), exactly(8, **raided, **first), exactly(8, **raided, **second)) == []

    def test_a_part_that_exceeds_the_total_alone_is_not_added_to_others(self):
        parts = [at_least(11, **in_province("KH-1"), **NGO), at_least(2, **in_province("KH-8"), **NGO)]
        (found,) = find(exactly(10), *parts)
        assert (found.kind, found.claim_ids) == ("subset_exceeds_set", ("c0", "c1"))

    def test_what_is_left_for_the_one_open_part(self):
        parts = [exactly(77, **in_province("KH-1")), at_least(201, **in_province("KH-18"))]
        (found,) = find(exactly(289), *(part | {"part_of": "c0"} for part in parts))
        assert (found.kind, found.severity) == ("implied_remainder", "info")
        assert "212 for Preah Sihanouk" in found.explanation

    @pytest.mark.parametrize(
        "parts",
        [
            [exactly(289, **in_province("KH-1"))],
            [at_least(100, **in_province("KH-1"))],
            [exactly(5, **in_province("KH-1"), nationality="Thai")],
            [exactly(5, **in_province("KH-1")), at_least(2, **in_province("KH-1"))],
            [exactly(5, **in_province("KH-1"), period_start="2022-09-01")],
        ],
    )
    def test_nothing_is_left_to_tell(self, parts):
        assert kinds(exactly(289), *(part | {"part_of": "c0"} for part in parts)) == []


class TestPeriods:
    def test_a_longer_period_with_less(self):
        (found,) = find(exactly(300, **YEAR), at_least(301, **NGO))
        assert (found.kind, found.severity) == ("nested_periods", "contradiction")
        assert "at least 1" in found.explanation

    def test_a_longer_period_with_as_much(self):
        assert kinds(exactly(301, **YEAR), at_least(301, **NGO)) == []
        assert kinds(at_least(600, **YEAR), exactly(289)) == []

    def test_a_running_total_that_falls(self):
        assert kinds(exactly(300, period_end="2022-12-31"), exactly(301)) == [("cumulative_falls", "contradiction")]

    def test_months_that_exceed_their_year(self):
        first, second = AUTUMN, {"period_start": "2022-09-19", "period_end": "2022-10-19"}
        found = find(exactly(300, **YEAR), exactly(200, **first), exactly(150, **second))
        assert [one.kind for one in found] == ["parts_exceed_total"]
        overlapping = {"period_start": "2022-09-01", "period_end": "2022-10-19"}
        assert kinds(exactly(300, **YEAR), exactly(200, **first), exactly(150, **overlapping)) == []

    def test_a_province_with_more_than_the_country(self):
        assert kinds(exactly(10), at_least(11, **in_province("KH-8"))) == [("subset_exceeds_set", "contradiction")]

    def test_a_percentage_of_a_province_may_exceed_that_of_the_country(self):
        share = {"metric": "complaints_true_percent"}
        assert kinds(exactly(10, **share), exactly(90, **share, **in_province("KH-8"))) == []

    def test_a_stock_may_rise_and_fall(self):
        stranded = {"metric": "people_stranded"}
        assert kinds(exactly(10, **stranded, **YEAR), exactly(90, **stranded)) == []

    def test_a_rescue_of_unknown_day_is_a_tension(self):
        events = [{"event_id": "e1", "event_type": "rescue"}, {"event_id": "e2", "event_type": "report_published"}]
        rescue = at_least(500, period_start=None, event_id="e1", **NGO)
        assert kinds(exactly(300, **YEAR), rescue, events=events) == [("subset_exceeds_set", "tension")]
        assert kinds(exactly(300, **YEAR), rescue | {"event_id": "e2"}, events=events) == []
        assert kinds(exactly(300, **YEAR), rescue | {"period_end": "2023-02-01"}, events=events) == []

    def test_one_rescue_is_no_bound_for_another(self):
        events = [{"event_id": name, "event_type": "rescue"} for name in ("e1", "e2")]
        assert kinds(exactly(10, event_id="e1"), exactly(50, event_id="e2"), events=events) == []
        assert kinds(exactly(10, event_id="e1"), exactly(50, event_id="e1"), events=events) == [
            ("incompatible_ranges", "contradiction")
        ]

    def test_what_overlapping_periods_leave_over(self):
        longer = {"period_start": "2022-08-01", "period_end": "2023-10-01"}
        (found,) = find(exactly(358, **YEAR), at_least(1501, **longer))
        assert (found.kind, found.severity) == ("implied_remainder", "info")
        assert "1,143 fall in 1 January – 30 September 2023" in found.explanation
        assert kinds(exactly(358, **YEAR), at_least(500, **longer)) == []


class TestOppositeBounds:
    def test_at_least_and_at_most(self):
        held = {"metric": "people_held_estimate", "period_start": None}
        low, high = at_least(100000, **held), {"high": 100000, "qualifier": "up_to", **held, **NGO}
        (found,) = find(low, high | {"period_end": "2022-11-02"})
        assert (found.kind, found.severity) == ("opposite_bounds", "tension")
        assert "exactly 100,000" in found.explanation
        assert kinds(low, high | {"speaker": "Ministry", "period_end": "2022-11-02"}) == []
        assert kinds(low, high | {"high": 120000, "period_end": "2022-11-02"}) == []

    def test_more_than_is_meant_by_the_number_that_is_printed(self):
        more, upto = {"low": 601, "qualifier": "more_than"}, {"high": 600, "qualifier": "up_to"}
        found = find(more, upto | NGO | {"period_end": "2022-10-01", "period_start": "2022-09-01"})
        assert [one.kind for one in found] == ["opposite_bounds"]
        assert "600 is the least" in found[0].explanation
        assert "cannot hold" in found[0].explanation

    def test_not_of_periods_apart(self):
        other = {"high": 600, "qualifier": "up_to", "period_start": "2023-01-01", "period_end": "2023-02-01"}
        assert kinds(at_least(600), other | NGO) == []


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_can_be_audited(metric):
    assert find(exactly(5, metric=metric), exactly(3, metric=metric), exactly(4, metric=metric, **YEAR))


def test_a_file_is_audited_before_it_is_stored(found):
    unsaved = {
        kind: ingest((SEED_FOLDER / name).read_bytes(), name, kind).accepted for name, kind in SEED_FILES.items()
    }
    assert audit(unsaved["claim"], unsaved["event"], unsaved["source"]) == found


def test_the_page_on_the_seed_names_every_finding(found):
    page = (Path(__file__).resolve().parents[2] / "docs" / "seed-coding.md").read_text(encoding="utf-8")
    section = page.partition("\n## What a careful reader would expect an audit to find")[2]
    reported = section.partition("\n### What the auditor reports")[2].partition("\n### ")[0]
    rows = [line for line in reported.splitlines() if line.startswith("| `")]
    for one in found:
        names = [name for name in (*one.claim_ids, *one.event_ids) if not name.startswith(COMPLAINTS)]
        names += [COMPLAINTS + "total"] if len(names) < len(one.claim_ids) else []
        assert any(
            f"`{one.kind}` | {one.severity} |" in row and all(f"`{name}`" in row for name in names) for row in rows
        )
    assert len(rows) == len(found)
