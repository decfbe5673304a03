from __future__ import annotations

import pandas as pd
import pytest

from data import schema
from data.audit import audit
from data.claims import (
    busiest_metric,
    count_ledger,
    list_answers,
    number_entries,
    read_ledger,
    select_claims,
    speaker_types,
)
from data.findings import make_finding
from data.periods import parse_period
from tests.data.ledgers import AUTUMN, YEAR, at_least, exactly, in_province, make


def ledger(*claims: dict[str, object], findings=()) -> pd.DataFrame:
    base = {"metric": "people_rescued", "geography": "national", "speaker": "UN", "stance": "states"} | AUTUMN
    rows = make(schema.CLAIM, *({"claim_id": f"c{n}"} | base | claim for n, claim in enumerate(claims)))
    return read_ledger(rows, make(schema.SOURCE), findings)


@pytest.fixture(scope="module")
def seeded(snapshot) -> pd.DataFrame:
    claims, events, sources = (snapshot.of(kind) for kind in ("claim", "event", "source"))
    return read_ledger(claims, sources, audit(claims, events, sources))


def denial(of: str, **others: object) -> dict[str, object]:
    return {"stance": "denies", "speaker": "Ministry", "responds_to": of} | others


def test_the_ledger_holds_every_claim_once(seeded, snapshot):
    assert sorted(seeded["claim_id"]) == sorted(snapshot.of("claim")["claim_id"])


def test_an_empty_ledger_has_the_same_columns(snapshot):
    empty = read_ledger(snapshot.of("claim").head(0), snapshot.of("source"))
    assert empty.empty
    assert {"entry", "thread", "disputes", "contested", "contested_by"} <= set(empty.columns)
    assert count_ledger(empty).claims == 0
    assert busiest_metric(empty) == ""


def test_what_is_denied_is_contested_and_so_is_what_repeats_it():
    rows = ledger(at_least(5), exactly(5, restates="c0"), denial("c0"), exactly(9, speaker="NGO"))
    assert dict(zip(rows["claim_id"], rows["contested"], strict=True)) == {
        "c0": True, "c1": True, "c2": False, "c3": False,
    }  # fmt: skip
    assert rows.set_index("claim_id")["contested_by"]["c1"] == ("Ministry",)


def test_a_dispute_about_a_repeat_leaves_the_original_alone():
    rows = ledger(at_least(5), exactly(5, restates="c0"), denial("c1")).set_index("claim_id")
    assert rows["contested"].to_dict() == {"c0": False, "c1": True, "c2": False}


def test_claims_of_a_contradiction_are_contested_and_those_of_a_tension_are_not():
    findings = [
        make_finding("nested_periods", "contradiction", "x", ["c0"]),
        make_finding("disputed", "tension", "x", ["c1"]),
    ]
    rows = ledger(exactly(5), exactly(6, **YEAR), findings=findings).set_index("claim_id")
    assert rows["contested"].to_dict() == {"c0": True, "c1": False}


def test_repeats_parts_and_answers_stand_beneath_what_they_belong_to():
    rows = ledger(
        exactly(1, stated_date="2022-12-01"),
        denial("c3"),
        exactly(4, part_of="c3", **in_province("KH-8")),
        exactly(50, stated_date="2022-09-01"),
        exactly(2, part_of="c3"),
        exactly(50, restates="c3"),
    )
    assert rows["claim_id"].to_list() == ["c3", "c5", "c4", "c1", "c0", "c2"]
    assert set(rows.set_index("claim_id")["thread"][["c1", "c2", "c4", "c5"]]) == {"c3"}


def test_claims_that_answer_each_other_in_a_circle_have_one_root():
    rows = ledger(exactly(1, responds_to="c2"), exactly(2, responds_to="c0"), exactly(3, responds_to="c1"))
    assert set(rows["thread"]) == {"c0"}


def test_answers_name_only_recorded_claims():
    rows = ledger(exactly(5), denial("c0;gone;c1"), denial("c0"))
    assert list_answers(rows).to_numpy().tolist() == [["c0", "c1"], ["c0", "c2"]]


def test_a_view_counts_repeats_once(seeded):
    counts = count_ledger(seeded)
    assert counts.claims + counts.repeats == len(seeded)
    assert counts.repeats == 4
    assert counts.disputing == 4
    numbers = number_entries(seeded)
    assert numbers.dropna().to_list() == list(range(1, counts.claims + 1))


def test_a_repeat_whose_original_is_out_of_view_is_an_entry(seeded):
    view = select_claims(seeded, None, metric="people_held_estimate", speaker_type="ngo")
    assert count_ledger(view.rows).claims == len(view.rows) == 1
    assert number_entries(view.rows).to_list() == [1]


@pytest.mark.parametrize("kind", ["government", "police", "testimony"])
def test_a_type_of_speaker_narrows_the_view(seeded, kind):
    assert set(select_claims(seeded, None, speaker_type=kind).rows["speaker_type"]) == {kind}


def test_a_province_says_how_many_claims_are_about_other_areas(seeded):
    view = select_claims(seeded, None, place="KH-18")
    assert set(view.rows["province_code"]) == {"KH-18"}
    assert view.elsewhere == int(seeded["province_code"].isna().sum())


def test_a_period_keeps_what_touches_it_and_what_has_no_period():
    rows = ledger(exactly(1), exactly(2, period_start="2023-01-01", period_end="2024-01-01"),
                  exactly(3, period_start=None, period_end=None))  # fmt: skip
    view = select_claims(rows, parse_period("2022-09-01", "2022-10-01"))
    assert set(view.rows["claim_id"]) == {"c0", "c2"}
    assert view.undated == 1


def test_contested_only_shows_both_sides():
    rows = ledger(exactly(5), denial("c0"), exactly(9, speaker="NGO"))
    assert set(select_claims(rows, None, contested_only=True).rows["claim_id"]) == {"c0", "c1"}


def test_the_busiest_metric_is_the_one_in_dispute(seeded):
    assert busiest_metric(seeded) == "people_held_estimate"
    assert set(speaker_types(seeded)) == set(seeded["speaker_type"])
