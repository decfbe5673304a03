from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
import pytest

from data.ingest import PHNOM_PENH, ingest
from data.issues import ISSUE_COLUMNS, ISSUES
from data.options import Edit, ImportOptions
from data.schema import KINDS, record_dtypes
from errors import UploadError
from geo.boundaries import load_provinces
from tests.data.mixed_file import MIXED, TODAY, take_in


def test_every_row_is_accepted_or_rejected_with_its_reason():
    result = take_in(MIXED)
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (4, 2, 2)
    assert result.accepted["complaint_id"].tolist() == ["a", "c"]
    assert result.accepted["row_number"].tolist() == [2, 4]
    assert result.accepted["extra"].tolist() == ['{"Shelter": "one"}', "{}"]
    assert result.rejected.columns.tolist() == ["row_number", "Case ID", "date", "province", "victims", "Shelter"]
    assert result.rejected["row_number"].tolist() == [3, 5]
    assert tuple(result.issues.columns) == ISSUE_COLUMNS
    assert result.issues["code"].tolist() == ["date_ambiguous", "date_before_2000", "too_few_cells"]
    assert result.mapping["Case ID"] == "complaint_id"


@pytest.mark.parametrize("kind", KINDS)
def test_the_records_have_the_columns_and_dtypes_of_the_schema_even_without_rows(kind):
    required = dict.fromkeys(KINDS[kind].required, "") | {"place_text": "Bavet"}
    content = (",".join(required) + "\n" + ",".join(required.values()) + "\n").encode()
    accepted = take_in(content, kind).accepted
    expected = record_dtypes(KINDS[kind]) | {"row_number": "int64", "extra": "str"}
    assert {name: str(dtype) for name, dtype in accepted.dtypes.items()} == expected
    assert accepted.empty


def test_a_file_of_broken_rows_only_is_still_accounted_for():
    result = take_in(b"date,province\n2023\n2023,Kampot,x\n")
    assert (result.rows_accepted, result.rows_rejected) == (0, 2)


def test_missing_identifiers_are_made_from_the_file_and_the_row():
    content = b"id,date,province\n,2023,Kampot\nb,2023,Bavet\n"
    first, second = take_in(content), take_in(content)
    made = f"complaint-{first.sha256[:8]}-2"
    assert first.accepted["complaint_id"].tolist() == second.accepted["complaint_id"].tolist() == [made, "b"]
    again = ingest(content, "x.csv", "complaint", stored=first.accepted, today=TODAY)
    assert (again.rows_accepted, again.rows_duplicate) == (0, 2)


def test_a_source_needs_its_identifier():
    assert take_in(b"source_id,title\n,A\n", "source").issues["code"].tolist() == ["value_missing"]


def test_personal_data_is_repeated_nowhere_in_the_issues():
    result = take_in(b"date,province,victims\n2023,012 555 999,+855 12 555 999\n2023,Kampot,1\n")
    assert result.issues["code"].tolist() == ["personal_data", "personal_data"]
    assert "555" not in result.issues.to_csv()


def test_what_is_odd_about_a_rejected_row_is_not_said():
    result = take_in(b"date,lat,lon\n1999-01-01,x,104.2\n")
    assert result.issues["code"].tolist() == ["coordinates_unreadable"]


def test_the_day_is_that_of_phnom_penh():
    today = datetime.now(PHNOM_PENH).date()
    content = f"date,province\n{today + timedelta(days=1)},Kampot\n{today + timedelta(days=3)},Kampot\n".encode()
    result = ingest(content, "x.csv", "complaint")
    assert result.accepted["row_number"].tolist() == [2]


def test_a_whole_file_that_cannot_be_read_raises():
    with pytest.raises(UploadError):
        take_in(b"\x89PNG\r\n\x1a\n")


def test_every_code_is_raised_by_some_file():
    complaints = [
        "id,date,province,province_code,lat,lon,victims,channel,date_end,ref no",
        "1,2023,Kampot", "1,2,3,4,5,6,7,8,9,10,11", "Total,,,,,,7,,,", "2,,Kampot,,,,,,,", "3,soon,Kampot,,,,,,,",
        "4,03/04/2025,Kampot,,,,,,,", "5,25/04/2025,Kampot,,,,,,,", "6,04/25/2025,Kampot,,,,,,,",
        "7,2566,Kampot,,,,,,,", "8,45352,Kampot,,,,,,,", "9,2030,Kampot,,,,,,,", "10,1999,Kampot,,,,,,,",
        "11,2023/2022,Kampot,,,,,,,", "12,2023,Kampot,,,,,,2023-01-02,", "13,2023,Kampot,,,,x,,,",
        "14,2023,Kampot,,,,1.480,,,", "15,2023,Kampot,,,,about 5,,,", "16,2023,Kampot,,,,,pigeon,,",
        "17,2023,,,10.61,,,,,", "18,2023,,,x,104.18,,,,", "19,2023,,,0,104.18,,,,", "20,2023,,,104.18,10.61,,,,",
        "21,2023,,,1277901,491277,,,,", "22,2023,,,10.6,104.2,,,,", "23,2023,,,13.75,100.51,,,,",
        "24,2023,,,10.55,104.15,,,,", "25,2023,Atlantis,,,,,,,", "26,2023,Kampot; Kandal,,,,,,,", "27,2023,,,,,,,,",
        "28,2023,Bavet,,10.6112,104.1803,,,,", "29,2023,Bavet,KH-7,,,,,,", "30,2023,Kampot,,,,,,,",
        "30,2024,Kampot,,,,,,,", "31,2023,Kampot,,,,,,,a@example.org", ",2023,Kampot,,,,,,,", ",2023,Kampot,,,,,,,",
        *(f"p{number},2023,,,11.5564,104.9282,,,," for number in range(20)),
    ]  # fmt: skip
    claims = ["metric,speaker,low,high", "people_rescued,Ministry,5,2"]
    decided = [
        "id,date,province,lat,lon,victims", "1,2566-01-05,Kampot,,,", "2,2023,,1277901,491277,", "3,2023,extþkMBt,,,",
        "4,2023-04-01,Kampot,,,3", "4,2023-04-01,Kampot,,,3", ",2023-04-01,Kampot,,,3", "s,2023-05-01,Kampot,,,3",
        ",2023-05-01,Kampot,,,3", "9,2024,Kampot,,,",
    ]  # fmt: skip
    middle = load_provinces().geometry.representative_point().iloc[0]
    centres = ["date,lat,lon", *[f"2023,{middle.y:.5f},{middle.x:.5f}"] * 20]
    stored = take_in(b"id,date,province,victims\ns,2023-05-01,Kampot,3\nt,2023-06-01,Kampot,3\n").accepted
    options = ImportOptions(buddhist_era=True, crs="EPSG:3148", leave_out=(11,))
    results = [
        take_in("\n".join(complaints).encode()),
        take_in("\n".join(claims).encode(), "claim"),
        take_in("\n".join(centres).encode()),
        ingest("\n".join([*decided, "10,2023,Kampot,,,"]).encode(), "x.csv", "complaint", options, stored=stored),
        ingest(b"date,province,victims,nationality\n2023-06-01,Kampot,3,Thai\n", "x.csv", "complaint", stored=stored),
    ]
    of_other_files = {"looks_like_footnote", "shape_broken", "shape_not_point"}  # they have tests of their own
    found = {code for result in results for code in result.issues["code"]}
    assert set(ISSUES) - found <= of_other_files


def test_a_large_file_of_flaws_keeps_every_row():
    rows = "".join(f"{number},soon,Kampot\n" for number in range(60_000))
    result = take_in(f"id,date,province\n{rows}".encode())
    assert result.rows_rejected == len(result.issues) == 60_000
    assert isinstance(result.issues, pd.DataFrame)


def test_a_person_may_say_which_header_holds_a_column():
    options = ImportOptions(columns={"received_date": "Seen"})
    result = ingest(b"Seen,place\n2022-09-01,Takeo\n", "c.csv", "complaint", options)
    assert result.accepted["received_date"].tolist() == ["2022-09-01"]
    assert result.mapping["Seen"] == "received_date"


def test_decisions_are_carried_out_together_and_no_row_is_lost():
    content = (
        b"id,date,lat,lon,where,how\n"
        b"a,5/1/2566,1277901,491277,,Telegram\n"
        b"b,45352,,,Shihanouk Ville,?\n"
        b"c,2023-04-01,,,Nowhere Town,hotline\n"
        b"d,soon,,,Kampot,hotline\n"
        b"e,2023-04-01,,,Kampot,hotline\n"
        b"f,2023-04-01,Kampot\n"
    )
    options = ImportOptions(
        day_first=True,
        buddhist_era=True,
        excel_dates=True,
        crs="EPSG:3148",
        columns={"place_text": "where", "channel": "how"},
        constants={"people_affected": "2"},
        values={"channel": {"Telegram": "online", "?": ""}},
        places={"Shihanouk Ville": "KH-18", "Nowhere Town": ""},
        edits=(Edit(5, "date", "2023-05-01"),),
        leave_out=(6,),
    )
    result = ingest(content, "x.csv", "complaint", options, today=TODAY)
    assert (result.rows_read, result.rows_accepted, result.rows_rejected, result.rows_duplicate) == (6, 4, 1, 1)
    accepted = result.accepted
    assert accepted["received_date"].tolist() == ["2023-01-05", "2024-03-01", "2023-04-01", "2023-05-01"]
    assert accepted["province_code"].fillna("").tolist() == ["KH-12", "KH-18", "", "KH-7"]
    assert accepted["match_method"].fillna("").tolist() == ["coordinates", "manual", "", "name"]
    assert accepted["channel"].fillna("").tolist() == ["online", "", "hotline", "hotline"]
    assert accepted["people_affected"].tolist() == [2, 2, 2, 2]
    assert result.duplicates["row_number"].tolist() == [6]
    assert result.rejected["row_number"].tolist() == [7]
    assert set(result.issues["code"]) == {
        "date_converted", "coordinates_converted", "place_missing", "left_out", "too_few_cells",
    }  # fmt: skip
    again = ingest(content, "x.csv", "complaint", ImportOptions.from_json(options.to_json()), today=TODAY)
    pd.testing.assert_frame_equal(again.accepted, accepted)


def test_places_remembered_of_earlier_imports_count_and_the_file_s_own_go_before():
    content = b"date,province\n2023,Atlantis\n2023,ATLANTIS\n2023,Lemuria\n"
    aliases = {"Atlantis": "bavet", "Lemuria": "no-such-place"}
    result = ingest(content, "x.csv", "complaint", aliases=aliases, today=TODAY)
    assert result.accepted[["province_code", "location_precision"]].to_numpy().tolist() == [["KH-20", "town"]] * 2
    assert result.rejected["row_number"].tolist() == [4]
    said = ingest(
        content, "x.csv", "complaint", ImportOptions(places={"atlantis": "0102"}), aliases=aliases, today=TODAY
    )
    assert said.accepted[["province_code", "location_precision"]].to_numpy().tolist() == [["KH-1", "district"]] * 2


def test_the_same_file_again_holds_nothing_but_duplicates():
    content = b"id,date,province,victims\na,2023,Kampot,1\n,2023,Bavet,2\nc,soon,Bavet,2\n"
    first = take_in(content)
    again = ingest(content, "x.csv", "complaint", stored=first.accepted, today=TODAY)
    assert (again.rows_accepted, again.rows_rejected, again.rows_duplicate) == (0, 1, 2)
    statuses = [line.split(",")[0].strip('"') for line in again.report().decode("utf-8-sig").splitlines()[1:]]
    assert statuses == ["duplicate", "duplicate", "rejected"]


def test_one_column_may_hold_both_coordinates():
    content = "date,GPS\n2023,\"10.6112, 104.1803\"\n2023,104.1803 10.6112\n2023,10°36'N 104°10'E\n2023,10.6\n".encode()
    result = take_in(content, columns={"latitude": "GPS", "longitude": "GPS"})
    assert result.accepted["province_code"].tolist() == ["KH-7"] * 3
    assert result.rejected["row_number"].tolist() == [5]


def test_a_text_for_all_rows_may_stand_for_a_needed_column():
    result = take_in(b"province\nKampot\n", constants={"received_date": "2023-04"})
    assert result.accepted["received_date"].tolist() == ["2023-04"]


def test_personal_data_in_broken_and_left_out_rows_and_in_rewritten_cells_is_found():
    content = (
        b"date,province,victims\n2023,Kampot\n012 555 999,Kampot\n2023,Kampot,1\n2023,Kampot,012 555 999\n"
        b"2023,Takeo,3\n"
    )
    result = take_in(content, leave_out=(5,), edits=(Edit(6, "province", "call 012 555 999"),))
    personal = result.issues[result.issues["code"] == "personal_data"]
    assert personal["row_number"].tolist() == [3, 5, 6]
    assert set(personal["row_number"]) <= set(result.rejected["row_number"])
    edited = take_in(content, edits=(Edit(5, "victims", "1"),))
    assert 5 in edited.rejected["row_number"].tolist()  # the file itself still holds it
