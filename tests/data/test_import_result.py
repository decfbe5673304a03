from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from data.import_result import DateOrder
from data.ingest import ingest
from data.options import ImportOptions
from tests.data.mixed_file import MIXED, take_in


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


def test_every_class_of_rows_is_named_in_the_report_and_nothing_of_the_file_is_lost():
    content = (
        b"id,date,province,field\na,2023,Kampot,x\na,2023,Kampot,x\nb,1999,Kampot,y\nc,soon,Kampot,\n"
        b"d,2023,Kampot,z,more\n"
    )
    result = take_in(content)
    header, *rows = csv.reader(io.StringIO(result.report().decode("utf-8-sig")))
    assert [row[0] for row in rows] == ["accepted", "duplicate", "warning", "rejected", "rejected"]
    assert header[3:] == ["id", "date", "province", "field (file)", "(beyond the header)"]
    assert [row[3:] for row in rows] == [
        ["a", "2023", "Kampot", "x", ""], ["a", "2023", "Kampot", "x", ""], ["b", "1999", "Kampot", "y", ""],
        ["c", "soon", "Kampot", "", ""], ["d", "2023", "Kampot", "z", "more"],
    ]  # fmt: skip
    assert "row 2" in rows[1][2]
    assert (result.rows_read, result.rows_accepted, result.rows_rejected, result.rows_duplicate) == (5, 2, 2, 1)


def test_a_result_knows_its_questions():
    (question,) = take_in(b"date,province\n2023,Kampott\n").questions()
    assert (question.kind, question.text) == ("place", "Kampott")


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
