"""The cells of an XLSX workbook as text; runs in the process of ``data/formats/apart.py``."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from defusedxml import ElementTree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from data.formats.contents import choose_sheet
from data.numbers import write_number
from errors import UnreadableFileError
from locales import later, say

WORKBOOK = "workbook.xlsx"
"""Name of the file in its folder."""
_ERROR_CELL = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>(?:(?!</c>).)*?<v>([^<]{1,40})</v>', re.DOTALL
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_cells(folder: Path, file_name: str, sheet: str | None) -> dict[str, Any]:
    """Return the rows of one sheet.

    Returns
    -------
    dict
        ``sheet``, ``sheets`` (all names), ``rows`` (list of [row number as the spreadsheet shows it, cells], rows with
        nothing in them left out, empty cells at a row's end too), ``blank`` (how many rows with nothing in them stand
        between the others), ``merged`` (number of merged areas), ``errors`` (how often each error such as #N/A).

    Raises
    ------
    UnreadableFileError
        It is damaged, has no such sheet, or several sheets hold rows and none is chosen.
    """
    try:
        with CalamineWorkbook.from_path(str(folder / WORKBOOK)) as workbook:
            sheets = [found.name for found in workbook.sheets_metadata if found.typ == SheetTypeEnum.WorkSheet]
            filled = [name for name in sheets if workbook.get_sheet_by_name(name).height] if sheet is None else sheets
            chosen = choose_sheet(sheets, filled, sheet, file_name, later("sheet"))
            found = workbook.get_sheet_by_name(chosen) if chosen else None
            cells = found.to_python(skip_empty_area=False) if found else []
            merged = len(found.merged_cell_ranges or ()) if found else 0
    except PasswordError as error:
        raise UnreadableFileError(
            say("“{file_name}” is locked with a password.", file_name=file_name),
            say("Save it without a password."),
            file_name=file_name,
        ) from error
    except CalamineError as error:
        raise UnreadableFileError(
            say("“{file_name}” is a damaged workbook.", file_name=file_name),
            say("Open it and save it again."),
            file_name=file_name,
        ) from error
    rows = [[_as_text(cell) for cell in row] for row in cells]
    errors = _error_cells(folder / WORKBOOK, chosen) if chosen else {}
    for (number, position), text in errors.items():
        if number < len(rows) and position < len(rows[number]) and not rows[number][position]:
            rows[number][position] = text
    kept = [(number, _without_end(row)) for number, row in enumerate(rows, start=1)]
    kept = [(number, row) for number, row in kept if "".join(row).strip()]
    return {
        "sheet": chosen,
        "sheets": sheets,
        "rows": kept,
        "blank": kept[-1][0] - kept[0][0] + 1 - len(kept) if kept else 0,
        "merged": merged,
        "errors": dict(Counter(errors.values())),
    }


def _as_text(cell: Any) -> str:
    """Return a cell as it is typed: dates in ISO 8601, numbers with all their digits, formulas by their value."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return write_number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return "" if cell is None else str(cell)


def _without_end(row: list[str]) -> list[str]:
    last = max((position for position, cell in enumerate(row) if cell.strip()), default=-1)
    return row[: last + 1]


def _error_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Return the texts of the cells whose formula failed, by row and column from 0: calamine leaves them empty."""
    with zipfile.ZipFile(path) as archive:
        try:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
            relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
            named = (part for part in book.iter() if part.get("name") == sheet and part.get("sheetId"))
            wanted = next(named).get(_RELATION)
            target = next(part.get("Target", "") for part in relations if part.get("Id") == wanted)
            part = PurePosixPath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
            found = _ERROR_CELL.findall(archive.read(str(part)))
        except (KeyError, StopIteration, ElementTree.ParseError, ValueError):
            return {}
    return {(int(row) - 1, _column(letters)): text.decode("utf-8", "replace") for letters, row, text in found}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
