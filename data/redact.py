"""Cells that hold personal data: which they are, and the file without them, to be kept instead of the file itself."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from data.columns import map_headers
from data.guard import guard
from data.issues import find_rows, join_findings
from data.options import Edit, ImportOptions
from data.personal_data import find_personal_data, name_personal_data
from data.read import BEYOND_HEADER, Table, read_table
from data.schema import KINDS, PLACE_RESULT, PROVINCE_CODE, PROVINCE_CODES
from errors import UploadError

_WIDTH = re.compile(r"(\d+),")
_LINE_END = re.compile("\r\n|\r|\n")
REMOVED = "[removed]"
_NEVER_PERSONAL = frozenset(
    {"url", "archive_url", "latitude", "longitude", "latitude, longitude", "source_ids", "derived_from", "responds_to"}
    | {"part_of", "restates", "same_as", PROVINCE_CODE, PROVINCE_CODES, *PLACE_RESULT}
)
"""Columns of identifiers, addresses of documents and measures: long digits are usual there and name nobody."""


def find_private_cells(rows: pd.DataFrame, mapping: Mapping[str, str], edits: Collection[Edit] = ()) -> pd.DataFrame:
    """Return the cells that seem to hold personal data.

    Parameters
    ----------
    rows : DataFrame
        All rows of the file as it came, for it is kept as it came; text, index ``row_number``.
    mapping : mapping of str to str
        Header → column of the record; columns of identifiers and measures are not looked at.
    edits : collection of Edit
        Cells as a person has rewritten them.

    Returns
    -------
    DataFrame
        ``issues.FINDING_COLUMNS``; the field is the column of the record, or the header where it is none. What stands
        in the cells is not repeated.
    """
    found = [
        find_rows("personal_data", numbers, _field(mapping, str(header)), details=what)
        for header in rows.columns
        if _is_looked_at(mapping, str(header))
        for what, numbers in find_personal_data(rows[header]).items()
    ]
    for edit in edits:
        if _is_looked_at(mapping, edit.header) and (what := name_personal_data(edit.text)):
            found.append(find_rows("personal_data", [edit.row_number], _field(mapping, edit.header), details=what))
    return join_findings(found)


def redact(content: bytes, file_name: str, options: ImportOptions, kind: str) -> bytes:
    """Return a file without what stands in the cells that seem to hold personal data, as CSV in UTF-8.

    Each such cell says `REMOVED`; everything else, broken rows included, stays what it was and on its line, so that
    decisions about single rows still hold. Lines above the header are left out. The result is read with
    `redacted_options`.

    Parameters
    ----------
    content, file_name, options, kind
        As ``ingest`` takes them.

    Raises
    ------
    UploadError
        The file cannot be read.
    """
    table = read_for(content, file_name, options)
    try:
        mapping = map_headers(list(table.reading.columns), KINDS[kind], options.columns, options.left_out)
    except UploadError:  # whatever the columns mean, their cells can be looked at
        mapping = {}
    rows = table.rows.copy()
    for header in rows:
        if _is_looked_at(mapping, str(header)):
            for numbers in find_personal_data(rows[header]).values():
                rows.loc[numbers, header] = REMOVED
    return _write(table, rows)


def redacted_options(options: ImportOptions) -> ImportOptions:
    """Return the options with which the result of `redact` is read as the file itself was."""
    return replace(options, encoding="utf-8", delimiter=",", sheet=None)


def read_for(content: bytes, file_name: str, options: ImportOptions) -> Table:
    """Return the rows of a file, read as a person says."""
    return read_table(
        content,
        file_name,
        encoding=options.encoding,
        delimiter=options.delimiter,
        header_row=options.header_row,
        sheet=options.sheet,
        crs=options.crs,
    )


def _field(mapping: Mapping[str, str], header: str) -> str:
    return mapping.get(header, header)


def _is_looked_at(mapping: Mapping[str, str], header: str) -> bool:
    column = mapping.get(header, "")  # a header that is no column of the record may hold anything, whatever its name
    return column not in _NEVER_PERSONAL and not column.endswith("_id")


def _write(table: Table, rows: pd.DataFrame) -> bytes:
    """Write rows of the widths that they had, each on the line on which it stood."""
    columns = list(table.reading.columns)
    widths = _widths(table.findings, len(columns))
    beyond = next((name for name in rows.columns if name not in columns and name.startswith(BEYOND_HEADER)), None)
    text = io.StringIO()
    line = 1
    numbers = rows.index.tolist()
    records: list[tuple[int, list[str]]] = [(table.reading.header_row, columns)]
    for number, row in zip(numbers, rows[columns].itertuples(index=False, name=None), strict=True):
        width = widths.get(number, len(columns))
        more = [str(rows.at[number, beyond])] if beyond and width > len(columns) else []
        records.append((number, [*row[:width], *more, *[""] * (width - len(columns) - len(more))]))
    for (number, cells), after in zip(records, [*numbers, None], strict=True):
        text.write("\n" * max(0, number - line))
        line = max(line, number)
        written = _write_row(cells)
        if after is not None and line + len(_LINE_END.findall(written)) > after:
            # In a workbook a row with line breaks in its cells is one row; here it would push the others down.
            written = _write_row([" ".join(cell.splitlines()) for cell in cells])
        text.write(written)
        line += len(_LINE_END.findall(written))
    return text.getvalue().encode()


def _write_row(cells: Collection[str]) -> str:
    row = io.StringIO()
    csv.writer(row, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(map(guard, cells))
    return row.getvalue()


def _widths(findings: pd.DataFrame, columns: int) -> dict[int, int]:
    """Return how many cells the rows of another width have: their findings begin with the number.

    A column without header and content is not written, so that the width is held against those that are.
    """
    widths = {}
    for number, code, detail in findings[["row_number", "code", "detail"]].itertuples(index=False):
        said = _WIDTH.match(detail)
        if said and code == "too_few_cells":
            widths[int(number)] = max(1, min(int(said[1]), columns - 1))
        elif said and code == "too_many_cells":
            widths[int(number)] = max(int(said[1]), columns + 1)
    return widths
