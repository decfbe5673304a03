from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.duplicates import find_duplicates
from data.ingest import ImportResult, ingest
from data.schema import KINDS

TODAY = date(2026, 3, 1)
HEADER = "id,date,province,victims,nationality,compound,Shelter\n"


def take_in(
    *rows: str, stored: pd.DataFrame | None = None, kind: str = "complaint", header: str = HEADER
) -> ImportResult:
    content = header + "".join(f"{row}\n" for row in rows)
    return ingest(content.encode(), "x.csv", kind, stored=stored, today=TODAY)


def known(*rows: str) -> pd.DataFrame:
    return take_in(*rows).accepted


def classes(result: ImportResult) -> list[list[int]]:
    assert result.rows_read == len(result.rows)
    return [frame["row_number"].tolist() for frame in (result.accepted, result.rejected, result.duplicates)]


def listed(result: ImportResult) -> list[tuple[int, object, str]]:
    return [
        (pair.row_number, pair.other_id if pd.isna(pair.other_row) else int(pair.other_row), pair.likeness)
        for pair in result.pairs.itertuples()
    ]


def test_the_same_identifier_with_the_same_content_is_kept_once():
    result = take_in("a,2023-04-01,Kampot,3,,,x", "a,2023-04-01,Kampot,3,,,x", "a,1 April 2023,Kampot,3,,,x")
    assert classes(result) == [[2], [], [3, 4]]
    assert result.issues["code"].tolist() == ["duplicate_of_row"] * 2
    assert result.issues["severity"].tolist() == ["duplicate"] * 2
    assert "row 2" in result.issues["message"].iloc[0]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a,2023-04-02,Kampot,3,,,x", "received_date"),
        ("a,2023-04-01,Kampot,4,,,x", "people_affected"),
        ("a,2023-04-01,Kampot,3,Thai,,x", "nationality"),
    ],
)
def test_rows_that_differ_under_one_identifier_are_all_refused_and_where_is_said(row, column):
    result = take_in("a,2023-04-01,Kampot,3,,,x", row, "b,2023,Kampot,1,,,")
    assert classes(result) == [[4], [2, 3], []]
    assert column in result.issues["message"].iloc[0]
    assert "rows 2, 3" in result.issues["message"].iloc[0]


def test_a_stored_record_with_the_same_content_makes_a_duplicate_and_with_another_a_refusal():
    stored = known("a,2023-04-01,Kampot,3,,,x", "b,2023-04-02,Kampot,3,,,x", "c,2023,Bavet,,,,")
    result = take_in("a,2023-04-01,Kampot,3,,,x", "b,2023-04-02,Kampot,5,,,y", "d,2022,Bavet,1,,,", stored=stored)
    assert classes(result) == [[4], [3], [2]]
    reason = result.issues.loc[result.issues["code"] == "duplicate_id", "message"].iloc[0]
    assert "already stored" in reason
    assert "people_affected, Shelter" in reason


def test_a_row_that_is_refused_makes_no_duplicate_of_another():
    result = take_in("a,soon,Kampot,3,,,", "a,soon,Kampot,3,,,", ",2023-04-01,Kampot,x,,,", ",2023-04-01,Kampot,,,,")
    assert classes(result) == [[5], [2, 3, 4], []]
    assert not len(result.pairs)


def test_rows_without_an_identifier_that_say_the_same_are_shown_as_a_pair():
    result = take_in(",2023,Kampot,,,,x", ",2023,Kampot,,,,x", ",2023,Kampot,,,,y")
    assert classes(result) == [[2, 3, 4], [], []]
    assert listed(result) == [(3, 2, "same")]
    assert result.issues["code"].tolist() == ["duplicate_row"]


def test_a_made_identifier_is_no_content():
    stored = known("a,2023,Kampot,,,,x")
    result = take_in(",2023,Kampot,,,,x", "b,2023,Kampot,,,,x", stored=stored)
    assert listed(result)[0] == (2, "a", "same")
    assert "same_as_stored" in set(result.issues["code"])
    assert result.rows_accepted == 2


DAY = "2023-04-01,Kampot,3"


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        (f",{DAY},,,x", f",{DAY},,,y", True),
        (f",{DAY},Thai,,x", f",{DAY},,,y", True),
        (f",{DAY},Thai,,x", f",{DAY},,c,y", True),
        (f",{DAY},Thai,c,x", f",{DAY},Thai,c,y", True),
        (f",{DAY},Thai,,x", f",{DAY},Lao,,y", False),
        (f",{DAY},,c,x", f",{DAY},,d,y", False),
        (f",{DAY},,,x", ",2023-04-02,Kampot,3,,,y", False),
        (f",{DAY},,,x", ",2023-04-01,Kandal,3,,,y", False),
        (f",{DAY},,,x", ",2023-04-01,Kampot,4,,,y", False),
        (",2023-04-01,Kampot,,,,x", ",2023-04-01,Kampot,,,,y", False),
        (",2023-04,Kampot,3,,,x", ",2023-04,Kampot,3,,,y", False),
        (f"a,{DAY},,,x", f",{DAY},,,y", True),
        (f"a,{DAY},,,x", f"b,{DAY},,,y", False),
    ],
)
def test_rows_of_one_day_province_and_number_of_people_resemble_each_other(first, second, near):
    result = take_in(first, second)
    assert listed(result) == ([(3, 2, "near")] if near else [])
    assert result.rows_accepted == 2
    assert ("near_duplicate" in set(result.issues["code"])) == near


def test_two_identifiers_of_a_file_resemble_each_other_only_when_all_else_is_the_same():
    assert listed(take_in(f"a,{DAY},,,x", f"b,{DAY},,,x")) == [(3, 2, "same")]
    assert listed(take_in("a,2023,Kampot,,,,", "b,2023,Kampot,,,,")) == []


def test_a_stored_record_is_resembled_whatever_the_identifier():
    stored = known(f"a,{DAY},Thai,,x")
    assert listed(take_in(f"b,{DAY},,,y", f"c,{DAY},Lao,,y", stored=stored)) == [(2, "a", "near")]


def test_events_are_of_one_type():
    header = "event_id,event_type,date,province,victims,note\n"
    rows = (",raid,2023-04-01,Kampot,3,x", ",raid,2023-04-01,Kampot,3,y", ",rescue,2023-04-01,Kampot,3,z")
    assert listed(take_in(*rows, kind="event", header=header)) == [(3, 2, "near")]


def test_an_empty_store_and_an_empty_file_hold_no_duplicates():
    records = known(f"a,{DAY},,,x")
    assert not len(take_in(f"a,{DAY},,,x", stored=records[:0]).duplicates)
    none = records.set_index("row_number")[:0]
    found = find_duplicates(none, KINDS["complaint"], pd.Series([], dtype=bool), none.index, records)
    assert not len(found.findings)
    assert not len(found.pairs)


def test_many_rows_of_one_day_make_no_more_pairs_than_rows():
    rows = [f",{DAY},,compound {number},{number}" for number in range(300)] + [f",{DAY},,,z{n}" for n in range(300)]
    result = take_in(*rows)
    assert result.rows_accepted == 600
    assert len(result.pairs) <= 600
    assert set(result.pairs["likeness"]) == {"near"}


def test_a_row_without_a_source_is_the_record_that_was_credited_to_its_files_source():
    credited = known("a,2023-04-01,Kampot,3,,,x", ",2023-04-02,Takeo,2,,,y").assign(source_ids="src-hotline")
    again = take_in("a,2023-04-01,Kampot,3,,,x", "b,2023-04-03,Kampot,3,,,x", stored=credited)
    assert classes(again) == [[3], [], [2]]
    assert again.issues["code"].tolist() == ["duplicate_of_stored"]
    without = take_in(",2023-04-02,Takeo,2,,,y", stored=credited)
    assert [likeness for _, _, likeness in listed(without)] == ["same"]


def test_a_row_that_names_another_source_differs():
    header = "id,date,province,source_ids\n"
    credited = take_in("a,2023-04-01,Kampot,", header=header).accepted.assign(source_ids="src-hotline")
    other = take_in("a,2023-04-01,Kampot,src-other", header=header, stored=credited)
    assert classes(other) == [[], [2], []]
    assert "source_ids" in other.issues["message"].iloc[0]
