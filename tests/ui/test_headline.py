from __future__ import annotations

import pandas as pd

from data.schema import KINDS, empty_records
from ui.headline import HEADLINES, headline_claims


def _claims(*rows: dict) -> pd.DataFrame:
    base = {"metric": "complaints_received", "geography": "national", "best": 1.0, "restates": None}
    frame = pd.DataFrame([{**base, **row} for row in rows])
    return empty_records(KINDS["claim"]).merge(frame, how="right")


def _chosen(claims: pd.DataFrame) -> dict[str, tuple[str, int]]:
    return {claim["metric"]: (claim["claim_id"], others) for claim, others in headline_claims(claims)}


def test_the_latest_statement_is_chosen_and_the_others_counted():
    claims = _claims(
        {"claim_id": "a", "stated_date": "2022-09-19"},
        {"claim_id": "b", "stated_date": "2023-01-02"},
        {"claim_id": "c", "stated_date": "2022-12-31"},
    )
    assert _chosen(claims) == {"complaints_received": ("b", 2)}


def test_the_whole_country_goes_before_a_province():
    claims = _claims(
        {"claim_id": "country", "stated_date": "2022-01-01"},
        {"claim_id": "province", "stated_date": "2023-01-01", "geography": "province"},
    )
    assert _chosen(claims) == {"complaints_received": ("country", 1)}
    assert _chosen(claims[claims["geography"] == "province"]) == {"complaints_received": ("province", 0)}


def test_repetitions_and_claims_without_a_number_are_no_headline():
    claims = _claims(
        {"claim_id": "first", "stated_date": "2022-01-01"},
        {"claim_id": "again", "stated_date": "2023-01-01", "restates": "first"},
        {"claim_id": "denial", "stated_date": "2023-02-01", "best": None},
    )
    assert _chosen(claims) == {"complaints_received": ("first", 0)}


def test_metrics_keep_their_order_and_absent_ones_are_left_out(snapshot):
    metrics = [claim["metric"] for claim, _ in headline_claims(snapshot.of("claim"))]
    assert metrics == [name for name in HEADLINES if name in metrics]
    assert headline_claims(snapshot.of("claim").head(0)) == []
