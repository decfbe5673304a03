"""Rows of a table that are no records: of another width than the header, totals, and notes below the table."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from data.issues import find_rows, join_findings
from errors import UnreadableFileError
from locales import say

_TOTAL = r"^\s*(?:(?:grand |sub-?)?totals?|sum|សរុប|សរុបរួម)[\s:]*$"
_TOTAL_WORD = "total|sum|សរុប"
_NUMBER_LIKE = re.compile(r"[-+]?[0-9.,'% ]+")
_NOTE = re.compile(
    r"\s*(?:(?:(?:data )?sources?|(?:foot)?notes?|remarks?|disclaimer|prepared by|(?:last )?updated"
    r"|ប្រភព|សម្គាល់|កំណត់សម្គាល់|កំណត់ចំណាំ)\s*[:：៖]|[*†‡])",
    re.IGNORECASE,
)
_MOST_NOTES = 50


def find_broken_rows(rows: pd.DataFrame, widths: Mapping[int, int], width: int, file_name: str) -> pd.DataFrame:
    """Return the findings about rows that are no records.

    Parameters
    ----------
    rows : DataFrame
        Index ``row_number``; text in columns 0…width-1.
    widths : mapping of int to int
        Number → cells, of the rows that have another number of cells than the header.
    width : int
        Cells of the header.
    file_name : str
        For messages.

    Returns
    -------
    DataFrame
        ``issues.FINDING_COLUMNS``.

    Raises
    ------
    UnreadableFileError
        Every row has the same other width: then it is the header that does not fit.
    """
    totals = rows.index[_are_totals(rows)]
    notes = _find_notes(rows, widths, width)
    no_records = {*totals, *notes}
    wrong = {line: found for line, found in widths.items() if line not in no_records}
    # One row of another width is a slip in that row; the same in all rows is a header that does not fit.
    if len(wrong) > 1 and len(wrong) == len(rows) - len(no_records) and len(set(wrong.values())) == 1:
        found = next(iter(wrong.values()))
        raise UnreadableFileError(
            say(
                "Every row of “{file_name}” has {found} cells, but the header has {width}.",
                file_name=file_name,
                found=found,
                width=width,
            ),
            say("Add the missing header, or check the separator (delimiter) and the header's line (header_row)."),
            file_name=file_name,
            cells=found,
            headers=width,
        )
    findings = [find_rows("looks_like_total", totals), find_rows("looks_like_footnote", notes)]
    for code, chosen in (
        ("too_few_cells", {line: found for line, found in wrong.items() if found < width}),
        ("too_many_cells", {line: found for line, found in wrong.items() if found > width}),
    ):
        details = [f"{found}, but the header has {width}" for found in chosen.values()]
        findings.append(find_rows(code, list(chosen), details=details))
    return join_findings(findings)


def _find_notes(rows: pd.DataFrame, widths: Mapping[int, int], width: int) -> list[int]:
    """Return the rows below the last full one that begin as a note does; its commas may have cut it into cells."""
    notes: list[int] = []
    if width < 2:  # in a table of one column, nothing tells a note from a record
        return notes
    for line in reversed(rows.index[-_MOST_NOTES:]):
        filled = [cell for cell in rows.loc[line] if cell.strip()]
        is_cut = line in widths
        if filled and _NOTE.match(filled[0]) and (len(filled) == 1 or is_cut):
            notes.append(int(line))
        elif len(filled) != 1:
            break
    return notes[::-1]


def _are_totals(rows: pd.DataFrame) -> pd.Series:
    """Return a mask of the rows that say "total" in front and hold nothing but numbers behind it."""
    mask = pd.Series(False, rows.index)
    for line in rows.index[_name_totals(rows)]:
        first, *others = (cell.strip() for cell in rows.loc[line] if cell.strip())
        names_total = re.match(_TOTAL, first, re.IGNORECASE) is not None
        mask[line] = names_total and bool(others) and all(_NUMBER_LIKE.fullmatch(cell) for cell in others)
    return mask


def _name_totals(rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Return a mask of the rows of which one of the first two cells says "total"; Arrow finds those that may."""
    found = np.zeros(len(rows), dtype=bool)
    for position in rows.columns[:2]:
        words = compute.match_substring_regex(pa.array(rows[position]), _TOTAL_WORD, ignore_case=True)
        may = np.flatnonzero(words.to_numpy(zero_copy_only=False))
        cells = zip(may, rows[position].iloc[may].tolist(), strict=True)
        found[[row for row, cell in cells if re.match(_TOTAL, cell, re.IGNORECASE)]] = True
    return found
