from __future__ import annotations

import pandas as pd
import pytest

from charts.claims_chart import (
    MOST_ROWS,
    draw_ladder,
    find_domain,
    is_logarithmic,
    tabulate_ladder,
)
from data import schema
from data.claims import read_ledger
from data.metrics import METRICS
from tests.data.ledgers import AUTUMN, at_least, exactly, make


def table(*claims: dict[str, object], metric: str = "people_rescued") -> pd.DataFrame:
    base = {"metric": metric, "geography": "national", "speaker": "UN", "stance": "states", "speaker_type": "ngo"}
    rows = make(schema.CLAIM, *({"claim_id": f"c{n}"} | base | AUTUMN | claim for n, claim in enumerate(claims)))
    return tabulate_ladder(read_ledger(rows, make(schema.SOURCE)))


def drawn(rows: pd.DataFrame, metric: str = "people_rescued") -> tuple[list[dict], dict]:
    spec = draw_ladder(rows, metric).to_dict()
    return spec["layer"], spec


def marks(rows: pd.DataFrame, metric: str = "people_rescued") -> list[dict]:
    return [layer["mark"] for layer in drawn(rows, metric)[0]]


DENIAL = {"stance": "denies", "speaker": "Ministry", "speaker_type": "government", "responds_to": "c0"}


def test_every_metric_of_the_seed_data_can_be_drawn(snapshot):
    ledger = read_ledger(snapshot.of("claim"), snapshot.of("source"))
    for metric, rows in ledger.groupby("metric"):
        ladder = tabulate_ladder(rows)
        _, spec = drawn(ladder, metric)
        held = [row for data in spec["datasets"].values() for row in data if "claim_id" in row]
        assert {row["claim_id"] for row in held} == set(ladder["claim_id"])
        assert set(rows["entry"]) <= set(ladder["claim_id"])


def test_a_range_stays_a_range_and_a_number_a_number():
    ladder = table(
        exactly(5), at_least(7), {"high": 9, "qualifier": "up_to"}, {"low": 2, "high": 4, "qualifier": "between"}
    )
    rows = ladder.set_index("claim_id")
    assert rows.loc["c0", ["low", "best", "high"]].to_list() == [5, 5, 5]
    assert rows.loc["c1"].isna()[["low", "best", "high"]].to_list() == [False, True, True]
    assert rows.loc["c2"].isna()[["low", "best", "high"]].to_list() == [True, True, False]
    assert rows.loc["c3"].isna()[["low", "best", "high"]].to_list() == [False, True, False]


def test_open_sides_reach_the_ends_of_the_axis():
    ladder = table(at_least(7), {"high": 9, "qualifier": "up_to"})
    _, spec = drawn(ladder)
    held = {row["claim_id"]: row for data in spec["datasets"].values() for row in data if "claim_id" in row}
    least, most = find_domain(ladder, "people")
    assert (held["c0"]["left"], held["c0"]["right"]) == (7, most)
    assert (held["c1"]["left"], held["c1"]["right"]) == (least, 9)


def test_about_has_a_soft_ring():
    assert table({"best": 95, "qualifier": "about"})["about"].all()
    assert not table(exactly(95))["about"].any()


def test_a_denial_stands_as_a_cross_at_the_number_denied_and_gives_none():
    row = table(at_least(100), DENIAL).set_index("claim_id").loc["c1"]
    assert row["cross"] == 100
    assert row[["low", "best", "high"]].isna().all()
    assert row["words"] == "denied by Ministry"


def test_a_denial_of_no_known_number_is_said_in_words():
    ladder = table({"stance": "doubts"}, {"stance": "denies", "speaker": "A"})
    assert ladder["cross"].isna().all()
    layers, spec = drawn(ladder)
    assert "no number given" in str(spec)
    assert not [layer for layer in layers if layer["encoding"].get("x", {}).get("axis")]


def test_contested_is_said_by_word_and_pattern():
    ladder = table(at_least(100), DENIAL)
    assert ladder["detail"].str.startswith("contested · ").to_list() == [True, False]
    assert [mark for mark in marks(ladder) if mark.get("strokeDash")]


def test_a_repeat_that_says_nothing_new_is_not_drawn_again():
    ladder = table(
        at_least(5), at_least(5, restates="c0"), exactly(5, restates="c0"), at_least(5, restates="c0", speaker="VOA")
    )
    assert set(ladder["claim_id"]) == {"c0", "c2", "c3"}
    assert ladder["detail"].str.startswith("repeat · ").sum() == 2


@pytest.mark.parametrize(("numbers", "log"), [((1, 50), False), ((1, 51), True), ((0, 500), False), ((7,), False)])
def test_the_axis_is_logarithmic_only_when_numbers_differ_widely(numbers, log):
    ladder = table(*(exactly(number) for number in numbers))
    assert is_logarithmic(ladder) is log
    least, most = find_domain(ladder, "people")
    assert (least == 0) is not log
    assert least <= min(numbers) <= max(numbers) < most
    assert ("log" in str(drawn(ladder)[1]["layer"])) is log


def test_a_share_ends_at_a_hundred():
    ladder = table({"best": 95, "qualifier": "about"}, metric="complaints_true_percent")
    assert find_domain(ladder, METRICS["complaints_true_percent"].unit) == (0, 100)


def test_more_claims_than_fit_are_counted():
    ladder = table(*(exactly(number + 1) for number in range(MOST_ROWS + 5)))
    assert len(ladder) == MOST_ROWS


def test_a_speaker_of_unknown_type_is_drawn_too():
    ladder = table(exactly(5, speaker_type=None))
    scales = [layer["encoding"]["color"]["scale"] for layer in drawn(ladder)[0] if "color" in layer["encoding"]]
    assert all(scale["domain"] == ["—"] and len(scale["range"]) == 1 for scale in scales)
