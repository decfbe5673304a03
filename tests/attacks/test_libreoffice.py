"""Section E of the attacks in a real spreadsheet: what is exported is opened by LibreOffice and saved again."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from data.export import export_csv, export_xlsx
from data.guard import guard, unguard
from tests.attacks.attack_files import bring_in
from tests.attacks.test_formulas import FORMULAS

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")

TEXTS = [*FORMULAS, "+855 12 555 999"]
OPENED = "CSV:44,34,76,1,,0,false,true,false,false,false,0,true"
"""Comma, double quote, UTF-8; numbers and dates are recognised, and formulas are worked out."""
SAVED = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false"


@dataclass(frozen=True)
class Saved:
    """What LibreOffice made of the exported workbook, of the exported CSV, and of a CSV that nobody made safe."""

    from_workbook: list[dict[str, str]]
    from_csv: bytes
    unsafe: bytes


def _convert(folder: Path, *arguments: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [str(SOFFICE), profile, "--headless", "--norestore", *arguments],
        check=True, capture_output=True, cwd=folder, timeout=180,
    )  # fmt: skip


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """Convert once for all tests: each direction is a start of LibreOffice, as it takes one target at a time."""
    folder = tmp_path_factory.mktemp("libreoffice")
    one = bring_in("date,province,lat,lon,victims,note\n2023-04-01,,-33.8688,151.2093,3,x\n").accepted
    records = pd.concat([one] * len(TEXTS), ignore_index=True)
    records = records.assign(
        note=TEXTS, complaint_id=TEXTS, place_text=TEXTS, extra=[json.dumps({text: text}) for text in TEXTS]
    )
    (folder / "book.xlsx").write_bytes(export_xlsx(records, "complaint"))
    (folder / "table.csv").write_bytes(export_csv(records, "complaint"))
    (folder / "unsafe.csv").write_text('"note"\n"=1+1"\n', encoding="utf-8")
    _convert(folder, "--convert-to", SAVED, "book.xlsx")
    _convert(folder, f"--infilter={OPENED}", "--convert-to", "xlsx", "table.csv", "unsafe.csv")
    text = (folder / "book.csv").read_bytes().decode("utf-8-sig")
    return Saved(
        list(csv.DictReader(io.StringIO(text, newline=""))),
        (folder / "table.xlsx").read_bytes(),
        (folder / "unsafe.xlsx").read_bytes(),
    )


def _sheet(workbook: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def _columns(workbook: bytes) -> dict[str, list[object]]:
    header, *rows = openpyxl.load_workbook(io.BytesIO(workbook)).active.iter_rows(values_only=True)
    return {str(name): list(cells) for name, cells in zip(header, zip(*rows, strict=True), strict=True)}


def _one_line_end(text: object) -> str:
    """Return a text as LibreOffice keeps it: a lone CR in a cell is a line end like any other."""
    return str(text).replace("\r", "\n")


def test_the_check_would_see_a_formula_that_runs(saved):
    assert b"<f" in _sheet(saved.unsafe)


@pytest.mark.parametrize("name", ["note", "complaint_id", "place_text"])
def test_a_workbook_is_opened_with_the_very_texts(saved, name):
    assert [row[name] for row in saved.from_workbook] == TEXTS


def test_columns_of_the_files_own_are_texts_in_a_workbook_too(saved):
    assert [row[guard(text)] for text, row in zip(TEXTS, saved.from_workbook, strict=True)] == TEXTS


def test_a_csv_is_opened_without_a_formula_or_a_link(saved):
    sheet = _sheet(saved.from_csv)
    assert b"<f>" not in sheet
    assert b"<f " not in sheet
    assert b"<hyperlink" not in sheet


@pytest.mark.parametrize("name", ["note", "complaint_id", "place_text"])
def test_a_csv_is_opened_with_the_texts_and_one_guard_before_each(saved, name):
    shown = _columns(saved.from_csv)[name]
    assert [_one_line_end(text) for text in shown] == [_one_line_end(guard(text)) for text in TEXTS]
    assert [unguard(str(text)) for text in shown] == [_one_line_end(text) for text in TEXTS]


def test_numbers_are_numbers_in_both(saved):
    columns = _columns(saved.from_csv)
    assert set(columns["latitude"]) == {-33.8688}
    assert set(columns["people_affected"]) == {3}
    assert {row["latitude"] for row in saved.from_workbook} == {"-33.8688"}
