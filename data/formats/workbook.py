"""Rows out of an XLSX workbook: values only, whatever stands in its formulas; nothing of it is run."""

from __future__ import annotations

import io
import zipfile

from data.formats.archive import unpack
from data.formats.contents import Contents
from data.formats.sandbox import read_apart
from data.formats.workbook_cells import WORKBOOK
from errors import UnreadableFileError
from locales import say

MOST_PARTS = 1_000
"""Files within a workbook: each sheet, picture and comment is one."""
_MACROS = ("vbaproject.bin", "macrosheets/")
_READ = ("[content_types].xml", "_rels/", "xl/workbook", "xl/_rels/", "xl/worksheets/", "xl/sharedstrings.xml",
         "xl/styles.xml", "xl/chartsheets/", "xl/dialogsheets/", "xl/tables/")  # fmt: skip
"""Beginnings of the names of the parts that hold cells or lead to them."""


def read_workbook(content: bytes, file_name: str, sheet: str | None = None) -> Contents:
    """Return the rows of one sheet of a workbook.

    Parameters
    ----------
    content : bytes
        XLSX.
    file_name : str
        For messages.
    sheet : str, optional
        Needed where several sheets hold rows.

    Raises
    ------
    UploadError
        It unpacks to too much, holds macros, is locked or damaged, or which sheet is meant has to be said.
    """
    parts = unpack(content, file_name, entries=MOST_PARTS, wanted=_holds_cells)
    if any(mark in name.lower() for name in parts for mark in _MACROS):
        raise UnreadableFileError(
            say("“{file_name}” is a workbook with macros, which are programs.", file_name=file_name),
            say("Save it as a workbook without macros (XLSX)."),
            file_name=file_name,
        )
    answer = read_apart("workbook", {WORKBOOK: _pack_plain(parts)}, file_name, sheet=sheet)
    return Contents(
        "xlsx",
        [(number, cells) for number, cells in answer["rows"]],
        sheet=answer["sheet"],
        sheets=tuple(answer["sheets"]),
        notes=tuple(_describe(answer["merged"], answer["errors"])),
        blank_rows=answer["blank"],
    )


def _holds_cells(name: str) -> bool:
    return name.lower().startswith(_READ) or any(mark in name.lower() for mark in _MACROS)


def _pack_plain(parts: dict[str, bytes]) -> bytes:
    """Return the parts as an archive in which nothing is compressed, so that their sizes are what was counted."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _describe(merged: int, errors: dict[str, int]) -> list[str]:
    notes = []
    if merged:
        notes.append(f"Merged areas of cells: {merged}. Only the first cell of each holds its text, as in the file.")
    if errors:
        listed = ", ".join(f"{name} ({times})" for name, times in sorted(errors.items()))
        notes.append(f"Formulas that failed are read as the error that they show: {listed}.")
    return notes
