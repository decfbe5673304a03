from __future__ import annotations

import pandas as pd
import pytest

from data.assertions import read_claims
from data.opposite_bounds import find_opposite_bounds

HELD = {"metric": "people_held_estimate", "geography": "national"}


def find(*claims):
    rows = [HELD | {"claim_id": f"c{number}"} | claim for number, claim in enumerate(claims)]
    return list(find_opposite_bounds(list(read_claims(pd.DataFrame(rows), {}).values())))


@pytest.mark.parametrize(("end", "findings"), [("2022-11-02", 1), ("2023-11-02", 1)])
def test_the_least_of_one_is_the_most_of_another(end, findings):
    least = {"low": 100000.0, "speaker": "UN", "period_end": end}
    most = {"high": 100000.0, "qualifier": "up_to", "speaker": "NGO", "period_end": end}
    found = find(least, most)
    assert len(found) == findings
    assert found[0].claim_ids == ("c0", "c1")
    assert "exactly 100,000" in found[0].explanation


def test_one_speaker_does_not_stand_against_itself():
    least, most = {"low": 100000.0, "speaker": "UN"}, {"high": 100000.0, "qualifier": "up_to", "speaker": "UN"}
    assert find(least, most) == []


def test_other_numbers_are_no_opposite_bounds():
    least, most = {"low": 100000.0, "speaker": "UN"}, {"high": 120000.0, "qualifier": "up_to", "speaker": "NGO"}
    assert find(least, most) == []
