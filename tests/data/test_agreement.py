from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.agreement import TRAITS, cohen_kappa, match_records, measure_agreement, score_pairs
from data.schema import KINDS

ROOT = Path(__file__).parents[2]
CODING = ROOT / "data" / "files" / "seed" / "coding"
CODINGS = {"source": "sources", "compound": "compounds", "event": "events", "claim": "claims"}


def make_records(kind: str, *rows: dict[str, str]) -> pd.DataFrame:
    columns = KINDS[kind].columns
    return pd.DataFrame([{column: row.get(column, "") for column in columns} for row in rows], columns=list(columns))


def make_claim(claim_id: str, quote: str, **cells: str) -> dict[str, str]:
    return {"claim_id": claim_id, "quote": quote, "metric": "complaints_received", "speaker": "Ministry", **cells}


def read_coding(coder: str) -> dict[str, pd.DataFrame]:
    return {
        kind: pd.read_csv(CODING / coder / f"{name}.csv", dtype=str, keep_default_na=False)
        for kind, name in CODINGS.items()
    }


def nothing() -> dict[str, pd.DataFrame]:
    return {kind: make_records(kind) for kind in TRAITS}


def test_records_are_matched_by_what_they_say_and_not_by_id():
    left = make_records("claim", make_claim("one", "Pursat (4)", low="4"), make_claim("two", "Pailin (1)", low="1"))
    right = make_records("claim", make_claim("one", "Pailin (1)", low="1"), make_claim("two", "Pursat (4)", low="4"))
    matches = match_records(left, right, "claim")
    assert list(zip(matches["id_a"], matches["id_b"], strict=True)) == [("one", "two"), ("two", "one")]
    assert matches["score"].tolist() == [1, 1]


def test_the_best_matching_as_a_whole_is_taken():
    first = make_claim("first", "289 complaints were received", low="289")
    second = make_claim("second", "289 complaints", low="289", high="300")
    left, right = make_records("claim", first, second), make_records("claim", second, first)
    assert match_records(left, right, "claim")["id_a"].tolist() == match_records(left, right, "claim")["id_b"].tolist()


def test_records_too_unlike_are_no_match():
    left = make_records("claim", make_claim("one", "Pursat (4)", low="4", speaker="Ministry"))
    right = make_records(
        "claim", {"claim_id": "other", "quote": "62 Indonesians", "metric": "people_rescued", "low": "62"}
    )
    assert match_records(left, right, "claim").empty
    assert len(match_records(left, right, "claim", minimum=0)) == 1


def test_nothing_to_match_gives_no_matches():
    result = measure_agreement(nothing(), nothing())
    assert all(agreement.matches.empty and agreement.fields.empty for agreement in result.values())
    assert math.isnan(result["claim"].share_matched)
    assert math.isnan(result["claim"].kappa["qualifier"])


def test_a_trait_that_nobody_gave_does_not_count():
    left = make_records("claim", make_claim("one", "Pursat (4)"))
    right = make_records("claim", make_claim("one", "Pursat (4)", low="4"))
    assert score_pairs(left, left, "claim")[0, 0] == 1
    assert score_pairs(left, right, "claim")[0, 0] == pytest.approx(3 / 4)


def test_the_share_of_matched_records_counts_both_codings():
    left, right = nothing(), nothing()
    left["claim"] = make_records("claim", make_claim("one", "Pursat (4)", low="4"))
    right["claim"] = make_records(
        "claim", make_claim("x", "Pursat (4)", low="4"), {"claim_id": "y", "quote": "62", "metric": "people_rescued"}
    )
    assert measure_agreement(left, right)["claim"].share_matched == pytest.approx(2 / 3)


def test_fields_are_compared_where_a_coder_filled_them_and_lists_without_order():
    left, right = nothing(), nothing()
    event = {"event_id": "one", "event_type": "raid", "quote": "raids across provinces", "province_codes": "KH-1;KH-2"}
    left["event"] = make_records("event", event)
    right["event"] = make_records("event", {**event, "province_codes": "KH-2;KH-1", "grading": "weak"})
    fields = measure_agreement(left, right)["event"].fields.set_index("field")
    assert fields.loc["province_codes", "share"] == 1
    assert fields.loc["grading", ["pairs", "equal"]].tolist() == [1, 0]
    assert "nationality" not in fields.index
    assert "quote" not in fields.index


def test_references_are_compared_by_way_of_the_matching():
    left, right = nothing(), nothing()
    for coding, source in ((left, "src-a"), (right, "src-b")):
        coding["source"] = make_records("source", {"source_id": source, "title": "Report", "publisher": "Paper"})
        coding["claim"] = make_records(
            "claim",
            make_claim(f"total-{source}", "a total of 289", low="289", source_ids=source),
            make_claim(f"part-{source}", "Pursat (4)", low="4", part_of=f"total-{source}", source_ids=source),
        )
    fields = measure_agreement(left, right)["claim"].fields.set_index("field")
    assert fields.loc[["source_ids", "part_of"], "share"].tolist() == [1, 1]


def test_kappa_of_a_worked_example():
    left = ["yes"] * 25 + ["no"] * 25
    right = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(left, right) == pytest.approx(0.4)


def test_kappa_is_unknown_where_chance_alone_would_agree():
    assert math.isnan(cohen_kappa(["raid", "raid"], ["raid", "raid"]))


def test_kappa_needs_pairs():
    with pytest.raises(ValueError, match="shorter"):
        cohen_kappa(["raid", "rescue"], ["raid"])


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_kappa_does_not_depend_on_who_is_first_and_never_exceeds_1(pairs):
    left, right = [one for one, _ in pairs], [other for _, other in pairs]
    kappa = cohen_kappa(left, right)
    assert kappa == pytest.approx(cohen_kappa(right, left), nan_ok=True)
    assert math.isnan(kappa) or kappa <= 1 + 1e-9
    if len(set(left)) > 1:
        assert cohen_kappa(left, left) == pytest.approx(1)


def test_a_coding_agrees_with_itself():
    coding = read_coding("a")
    for kind, agreement in measure_agreement(coding, coding).items():
        assert agreement.share_matched == 1, kind
        assert (agreement.matches["id_a"] == agreement.matches["id_b"]).all(), kind
        assert np.allclose(agreement.fields["share"], 1), kind


def test_the_agreement_of_the_two_seed_codings_is_the_one_written_down():
    page = (ROOT / "docs" / "seed-coding.md").read_text(encoding="utf-8")
    left, right = read_coding("a"), read_coding("b")
    for kind, agreement in measure_agreement(left, right).items():
        matched = len(agreement.matches)
        row = f"| {kind} | {len(left[kind])} | {len(right[kind])} | {matched} | {agreement.share_matched:.2f} |"
        assert row in page
        for field in agreement.fields.itertuples():
            assert f"| {kind} | {field.field} | {field.pairs} | {field.equal} | {field.share:.2f} |" in page
        for name, kappa in agreement.kappa.items():
            assert f"| {kind} | {name} | {kappa:.2f} |" in page
