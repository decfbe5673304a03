from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from data import schema
from data.answers import answer_place, answer_recorded, answer_stated, flat_csv, flat_table, plain_rows, plain_value
from data.counts import count_recorded, count_stated
from data.periods import Period

ASKED = Period(date(2022, 8, 19), date(2022, 9, 19))


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (18.0, 18),
        (0.5, 0.5),
        (pd.NA, None),
        (None, None),
        (float("nan"), None),
        (pd.NaT, None),
        (pd.Timestamp("2022-09-19"), "2022-09-19"),
        (pd.Timestamp("2022-09-19 07:30", tz="UTC"), "2022-09-19T07:30:00+00:00"),
        (["a", 1.0], ["a", 1]),
        (True, True),
        ("text", "text"),
        (pd.Series([7], dtype="int64").iloc[0], 7),
    ],
)
def test_values_are_plain(value, plain):
    found = plain_value(value)
    assert found == plain
    assert type(found) is type(plain)


def test_rows_of_a_frame_without_rows():
    assert plain_rows(pd.DataFrame({"a": []})) == []


def make_claims() -> pd.DataFrame:
    dtypes = schema.record_dtypes(schema.CLAIM)
    base = {"metric": "complaints_received", "speaker": "M", "period_start": "2022-08-19", "period_end": "2022-09-19"}
    rows = [
        {"claim_id": "total", "low": 20, "best": 20, "high": 20, "geography": "national"},
        {"claim_id": "exact", "low": 18, "best": 18, "high": 18, "province_code": "KH-20", "part_of": "total"},
        {"claim_id": "=open", "low": 1, "province_code": "KH-18", "part_of": "total"},
    ]
    return pd.DataFrame([base | row for row in rows], columns=list(dtypes)).astype(dtypes)


def test_stated_counts_keep_the_implied_number_apart():
    answer = answer_stated(count_stated(make_claims(), "complaints_received", ASKED))
    rows = {row["province_code"]: row for row in answer["rows"]}
    assert rows["KH-20"]["best"] == 18
    assert rows["KH-20"]["implied"] is None
    assert rows["KH-18"]["low"] == 1
    assert rows["KH-18"]["best"] is None
    assert rows["KH-18"]["implied"] == {"value": 2, "basis": "implied", "claim_ids": ["total", "exact"]}
    assert set(rows["KH-1"]) == {
        "province_code", "province", "low", "best", "high", "basis", "implied", "contested", "claim_ids",
    }  # fmt: skip
    assert (answer["from"], answer["to"]) == ("2022-08-19", "2022-09-19")
    assert answer["national"][0]["best"] == 20
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


def test_recorded_counts_name_their_records_only_when_asked():
    counts = count_recorded(schema.empty_records(schema.EVENT), "event", None, by="province")
    assert "record_ids" not in answer_recorded(counts)["rows"][0]
    assert answer_recorded(counts, with_ids=True)["rows"][0]["record_ids"] == []
    assert answer_recorded(counts)["from"] is None


def test_tables_hold_text_and_no_formulas():
    rows = answer_stated(count_stated(make_claims(), "complaints_received", ASKED))["rows"]
    table = flat_table(rows).set_index("province_code")
    assert table.loc["KH-18", "implied"] == "2"
    assert table.loc["KH-18", "best"] == ""
    written = flat_csv(rows)
    assert "'=open" in written
    assert "KH-20,Svay Rieng,18,18,18,stated" in written


@pytest.mark.parametrize(
    ("text", "result", "code"),
    [
        ("Bavet", "match", "KH-20"),
        ("Sihanoukville province", "match", "KH-18"),
        ("Atlantis", "no_match", None),
    ],
)
def test_places_are_answered(text, result, code):
    answer = answer_place(text)
    assert (answer["text"], answer["result"], answer["province_code"]) == (text, result, code)


def test_an_ambiguous_place_names_its_candidates():
    answer = answer_place("Svay Rieng, Kandal province")
    assert answer["result"] == "ambiguous"
    assert answer["province_code"] is None
    assert {candidate["province_code"] for candidate in answer["candidates"]} == {"KH-20", "KH-8"}
