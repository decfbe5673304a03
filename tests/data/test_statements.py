from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data import schema
from data.periods import Period
from data.ranges import Range
from data.statements import drop_repeats, read_range, read_statements, relate_periods

ASKED = Period(date(2022, 8, 19), date(2022, 9, 19))


def make_claims(*rows: dict[str, object]) -> pd.DataFrame:
    dtypes = schema.record_dtypes(schema.CLAIM)
    base = {"metric": "people_released", "province_code": "KH-20", "speaker": "Police", "stance": "states"}
    base |= {"period_start": "2022-08-19", "period_end": "2022-09-19", "source_ids": "src-a"}
    named = [{"claim_id": f"c{number}"} | base | row for number, row in enumerate(rows)]
    return pd.DataFrame(named, columns=list(dtypes)).astype(dtypes)


@pytest.mark.parametrize(
    ("start", "end", "relation"),
    [
        ("2022-08-19", "2022-09-19", "equal"),
        ("2022-08-20", "2022-09-19", "inside"),
        ("2022-08-19", "2022-09-18", "inside"),
        ("2022-08-18", "2022-09-19", "contains"),
        ("2022-08-18", "2022-08-20", "overlaps"),
        ("2022-09-18", "2022-12-20", "overlaps"),
        (None, "2022-09-01", "overlaps"),
        ("2022-08-20", None, "overlaps"),
        ("2022-08-01", "2022-08-19", None),
        ("2022-09-19", "2022-09-20", None),
        (None, "2023-01-01", None),
        ("2022-09-19", None, None),
        (None, None, None),
    ],
)
def test_how_a_period_lies_to_the_one_asked_for(start, end, relation):
    found = relate_periods(make_claims({"period_start": start, "period_end": end}), ASKED).iloc[0]
    assert (None if pd.isna(found) else found) == relation


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ({"low": 201}, Range(low=201)),
        ({"best": 95, "qualifier": "about"}, Range(best=95)),
        ({"best": 18, "qualifier": "exact"}, Range(18, 18, 18)),
        ({"low": 17, "best": 18, "qualifier": "exact"}, Range(17, 18, 18)),
        ({"best": 18}, Range(best=18)),
        ({"low": 0, "best": 0, "high": 0, "stance": "denies"}, Range()),
        ({}, Range()),
    ],
)
def test_the_number_of_a_claim(claim, expected):
    assert read_range(make_claims(claim).iloc[0]) == expected


def read(*rows: dict[str, object], derived_from=None):
    claims = make_claims(*rows)
    return read_statements(claims, relate_periods(claims, ASKED), derived_from or {})


def test_claims_about_other_areas_or_codes_belong_to_no_province():
    found = read({}, {"geography": "national"}, {"geography": "province"}, {"province_code": None})
    assert [statement.province_code for statement in found] == ["KH-20", None, "KH-20", None]


def test_disputing_claims_and_those_outside_the_slice_are_left_out():
    assert read({"stance": "doubts"}, {"period_start": "2022-09-19", "period_end": "2022-10-01"}) == []


def test_one_nationality_or_compound_is_a_part():
    found = read({}, {"nationality": "Thai"}, {"compound_id": "cmp-x"})
    assert [statement.partial for statement in found] == [False, True, True]


def kept(*rows: dict[str, object], restates=None, derived_from=None) -> list[str]:
    return [statement.claim_id for statement in drop_repeats(read(*rows, derived_from=derived_from), restates or {})]


def test_equal_numbers_in_two_provinces_are_two_statements():
    assert kept({"best": 18}, {"best": 18, "province_code": "KH-8"}) == ["c0", "c1"]


def test_equal_numbers_for_two_periods_or_from_two_speakers_are_two_statements():
    assert kept({"best": 18}, {"best": 18, "period_end": "2022-09-01"}) == ["c0", "c1"]
    assert kept({"best": 18}, {"best": 18, "speaker": "Governor"}) == ["c0", "c1"]


def test_the_same_number_from_one_speaker_in_one_source_is_one_statement():
    assert kept({"best": 18}, {"best": 18}) == ["c0"]


def test_second_hand_numbers_give_way_to_their_origin():
    rows = ({"best": 81, "source_ids": "article"}, {"best": 18, "source_ids": "report"})
    assert kept(*rows) == ["c0", "c1"]
    assert kept(*rows, derived_from={"article": ("report",)}) == ["c1"]


def test_two_articles_that_quote_one_absent_report_differently_are_both_kept():
    rows = ({"best": 81, "source_ids": "article"}, {"best": 18, "source_ids": "blog"})
    assert kept(*rows, derived_from={"article": ("report",), "blog": ("report",)}) == ["c0", "c1"]


def test_a_restatement_is_dropped():
    assert kept({"best": 18}, {"best": 20}, restates={"c1": ("c0",)}) == ["c0"]
