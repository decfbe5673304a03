from __future__ import annotations

import pandas as pd

from data.schema import KINDS, empty_records
from ui.headline import HEADLINES, describe_answers, headline_claims


def _claims(*rows: dict) -> pd.DataFrame:
    base = {"metric": "complaints_received", "geography": "national", "best": 1.0, "restates": None}
    frame = pd.DataFrame([{**base, **row} for row in rows])
    return empty_records(KINDS["claim"]).merge(frame, how="right")


def _chosen(claims: pd.DataFrame) -> dict[str, tuple[str, int]]:
    return {one.claim["metric"]: (one.claim["claim_id"], one.others) for one in headline_claims(claims)}


CLOSED = {"period_start": pd.Timestamp("2022-01-01"), "period_end": pd.Timestamp("2022-02-01")}


def test_a_closed_period_goes_before_a_larger_number_without_one():
    claims = _claims({"claim_id": "closed", "best": 5.0, **CLOSED}, {"claim_id": "open", "best": 900.0})
    assert _chosen(claims) == {"complaints_received": ("closed", 1)}


def test_of_closed_periods_the_one_that_reaches_latest_is_chosen():
    later = {**CLOSED, "period_end": pd.Timestamp("2022-03-01")}
    claims = _claims(
        {"claim_id": "later", "stated_date": "2022-03-02", **later},
        {"claim_id": "earlier", "stated_date": "2023-01-01", **CLOSED},
    )
    assert _chosen(claims) == {"complaints_received": ("later", 1)}


def test_else_the_largest_lower_bound_wherever_it_is_from():
    claims = _claims(
        {"claim_id": "country", "best": None, "low": 1001.0},
        {"claim_id": "province", "best": None, "low": 1481.0, "geography": "province"},
        {"claim_id": "abroad", "best": 8000.0, "geography": "abroad"},
    )
    assert _chosen(claims) == {"complaints_received": ("province", 1)}


def test_parts_repetitions_provinces_and_refusals_are_not_others():
    claims = _claims(
        {"claim_id": "total", **CLOSED},
        {"claim_id": "again", "restates": "total"},
        {"claim_id": "part", "part_of": "total"},
        {"claim_id": "province", "geography": "province"},
        {"claim_id": "denial", "best": None, "stance": "denies", "responds_to": "total"},
        {"claim_id": "other"},
    )
    assert _chosen(claims) == {"complaints_received": ("total", 1)}


def test_who_answers_is_named_also_when_a_repetition_is_meant():
    claims = _claims(
        {"claim_id": "total", "speaker": "UN"},
        {"claim_id": "again", "restates": "total", "speaker": "Paper"},
        {"claim_id": "1", "best": None, "stance": "denies", "responds_to": "total", "speaker": "Chou"},
        {"claim_id": "2", "best": None, "stance": "doubts", "responds_to": "again", "speaker": "Tower"},
        {"claim_id": "3", "stance": "estimates", "responds_to": "total", "speaker": "Tower"},
        {"claim_id": "4", "stance": "acknowledges", "responds_to": "total", "speaker": "UN"},
        {"claim_id": "5", "stance": "states", "responds_to": "total", "speaker": "Sims"},
    )
    answers = next(one.answers for one in headline_claims(claims) if one.claim["claim_id"] == "total")
    assert describe_answers(answers) == "denied by Chou; doubted by Tower; answered by Sims"
    assert describe_answers(answers.head(0)) == ""


def test_the_seed_shows_denial_and_doubt_under_the_estimate(snapshot):
    cards = {one.claim["metric"]: one for one in headline_claims(snapshot.of("claim"))}
    assert describe_answers(cards["people_held_estimate"].answers) == (
        "denied by Chou Bun Eng, NCCT; doubted by Jason Tower, United States Institute of Peace; "
        "acknowledged by Jacob Sims, International Justice Mission"
    )
    assert cards["people_held_estimate"].others == 1
    assert (cards["complaints_received"].claim["best"], cards["complaints_received"].others) == (289, 1)
    assert cards["people_released"].claim["low"] == 1481


def test_metrics_keep_their_order_and_absent_ones_are_left_out(snapshot):
    metrics = [one.claim["metric"] for one in headline_claims(snapshot.of("claim"))]
    assert metrics == [name for name in HEADLINES if name in metrics]
    assert headline_claims(snapshot.of("claim").head(0)) == []
