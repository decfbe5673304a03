from __future__ import annotations

import pandas as pd
import pytest

from data.schema import CLAIM
from data.sums import add_claims
from errors import MetricError

FIRST = {
    "claim_id": "a",
    "metric": "intervention_requests",
    "low": 100.0,
    "best": 100.0,
    "high": 100.0,
    "qualifier": "exact",
    "value_verbatim": "100",
    "geography": "national",
    "speaker": "Ministry",
    "stance": "states",
    "period_start": "2022-01-01",
    "period_end": "2022-04-01",
}


def claims(*changes):
    rows = [{**FIRST, "claim_id": name, **change} for name, change in zip("abc", changes, strict=False)]
    frame = pd.DataFrame(rows, columns=list(CLAIM.columns))
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("period_start", "period_end")})


LATER = {"period_start": "2022-04-01", "period_end": "2022-07-01"}


def test_one_place_at_times_that_do_not_overlap():
    total = add_claims(claims({}, LATER))
    assert (total.low, total.best, total.high) == (200, 200, 200)


def test_an_unknown_side_stays_unknown():
    total = add_claims(claims({}, {**LATER, "low": 51.0, "best": None, "high": None, "qualifier": "more_than"}))
    assert (total.low, total.best, total.high) == (151, None, None)


def test_places_of_one_family():
    province = {"geography": "province", "part_of": "total"}
    total = add_claims(claims({**province, "province_code": "KH-1"}, {**province, "province_code": "KH-2"}))
    assert total.best == 200


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (({}, {**LATER, "metric": "people_rescued"}), "different things"),
        (({}, {"period_start": "2022-02-01", "period_end": "2022-03-01"}), "overlap"),
        (({}, {"period_start": None, "period_end": "2023-01-01"}), "overlap"),
        (({}, {"restates": "a", **LATER}), "said twice"),
        (({}, {"part_of": "a", **LATER}), "part of the other"),
        (({}, {"nationality": "Thai", **LATER}), "different groups"),
        (({}, {"geography": "province", "province_code": "KH-1"}), "not parts of one stated total"),
        (({}, {**LATER, "stance": "denies"}), "disputes"),
        (({"metric": "complaints_true_percent"}, {**LATER, "metric": "complaints_true_percent"}), "is not added"),
        (({"metric": "people_held_estimate"}, {**LATER, "metric": "people_held_estimate"}), "recur in the next period"),
        (({},), "two claims or more"),
    ],
)
def test_what_must_not_be_added_is_refused_with_the_reason(changes, reason):
    with pytest.raises(MetricError, match=reason) as refused:
        add_claims(claims(*changes))
    assert refused.value.hint


def test_the_order_of_claims_does_not_matter():
    ledger = claims({}, LATER)
    assert add_claims(ledger.iloc[::-1]) == add_claims(ledger)
