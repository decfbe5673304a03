from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from data.ingest import PHNOM_PENH, DateOrder, ImportOptions, ImportResult, ingest
from data.issues import ISSUE_COLUMNS, ISSUES
from data.schema import KINDS, record_dtypes
from errors import UploadError

TODAY = date(2026, 3, 1)
MIXED = (
    b"Case ID,date,province,victims,Shelter\n"
    b"a,2023-04-01,Kampot,3,one\n"
    b"b,03/04/2025,Kampot,2,two\n"
    b"c,1999-01-01,Kampot,1,\n"
    b"d,2023-04-01,Kampot,1\n"
)


def take_in(content: bytes, kind: str = "complaint", **options: object) -> ImportResult:
    return ingest(content, "x.csv", kind, ImportOptions(**options), today=TODAY)


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
    again = ingest(content, "x.csv", "complaint", known_ids={made, "b"}, today=TODAY)
    assert again.rows_accepted == 0


def test_a_source_needs_its_identifier():
    assert take_in(b"source_id,title\n,A\n", "source").issues["code"].tolist() == ["value_missing"]


def test_the_report_holds_the_file_s_own_rows_with_what_became_of_them():
    header, *rows = csv.reader(io.StringIO(take_in(MIXED).report().decode("utf-8-sig")))
    assert header == ["row_status", "field", "reason", "Case ID", "date", "province", "victims", "Shelter"]
    assert [row[0] for row in rows] == ["accepted", "rejected", "warning", "rejected"]
    assert rows[1][1] == "received_date"
    assert "(day_first)" in rows[1][2]
    assert rows[1][3:] == ["b", "03/04/2025", "Kampot", "2", "two"]


def test_a_corrected_report_can_be_uploaded_again():
    result = take_in(take_in(MIXED).report(), day_first=True)
    assert result.accepted["complaint_id"].tolist() == ["a", "b", "c", "d"]


def test_columns_of_the_file_may_have_our_names():
    result = take_in(b"date,province,row_number,reason\nsoon,Kampot,7,x\n2023,Kampot,8,y\n")
    assert result.rejected.columns.tolist() == ["row_number", "date", "province", "row_number (file)", "reason"]
    header = result.report().decode("utf-8-sig").splitlines()[0]
    assert header.count('"reason"') == 1
    assert '"reason (file)"' in header


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
    found = {
        code
        for kind, lines in (("complaint", complaints), ("claim", claims))
        for code in take_in("\n".join(lines).encode(), kind).issues["code"]
    }
    assert found == set(ISSUES)


def test_a_large_file_of_flaws_keeps_every_row():
    rows = "".join(f"{number},soon,Kampot\n" for number in range(60_000))
    result = take_in(f"id,date,province\n{rows}".encode())
    assert result.rows_rejected == len(result.issues) == 60_000
    assert isinstance(result.issues, pd.DataFrame)


AS_IT_IS = ImportOptions()


def _complaints(*dates: str, options: ImportOptions = AS_IT_IS):
    rows = "".join(f"{date},Takeo\n" for date in dates)
    return ingest(f"Reported on,place\n{rows}".encode(), "c.csv", "complaint", options, today=date(2026, 1, 1))


def test_the_date_that_settled_the_order_is_named():
    (order,) = _complaints("2023-01-02", "03/04/2023", "25/06/2023", "26/06/2023").date_orders()
    assert order == DateOrder("Reported on", True, 4, "25/06/2023")
    (order,) = _complaints("03/04/2023", "06/25/2023").date_orders()
    assert not order.day_first


@pytest.mark.parametrize(
    ("dates", "options"),
    [
        (["25/06/2023"], ImportOptions()),
        (["03/04/2023"], ImportOptions()),
        (["03/04/2023", "25/06/2023", "06/25/2023"], ImportOptions()),
        (["03/04/2023", "25/06/2023"], ImportOptions(day_first=True)),
    ],
)
def test_no_order_is_named_where_none_was_inferred(dates, options):
    assert _complaints(*dates, options=options).date_orders() == []


def test_a_person_may_say_which_header_holds_a_column():
    options = ImportOptions(columns={"received_date": "Seen"})
    result = ingest(b"Seen,place\n2022-09-01,Takeo\n", "c.csv", "complaint", options)
    assert result.accepted["received_date"].tolist() == ["2022-09-01"]
    assert result.mapping["Seen"] == "received_date"
