"""From bytes to a table of text: every row of the file is in it, whole or rejected with the reason.

Cells stay text, exactly as written: leading zeros, ``NA`` and braces are kept. `row_number` is the line of the file on
which the row begins, as an editor counts it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, dropwhile, islice

import pandas as pd

from data.guard import unguard
from data.headers import find_header, name_headers
from data.issues import find_rows, join_findings
from data.lines import MAX_CELL, Record, leave_out_lines, parse_records, too_long
from data.sniff import decode, find_delimiter
from errors import EmptyFileError, FileTooLargeError, UnreadableFileError

MAX_ROWS = 1_000_000
"""About what a spreadsheet holds, too."""
BEYOND_HEADER = "(beyond the header)"
"""Column of rejected rows that holds the cells for which the header has no column."""

_TOTAL = r"^\s*(?:(?:grand |sub-?)?totals?|sum|សរុប|សរុបរួម)[\s:]*$"
_NUMBER_LIKE = re.compile(r"[-+]?[0-9.,'% ]+")
_CHUNK = 50_000
_HEADER_SEARCH = 30
"""Rows among which the header is looked for."""


@dataclass(frozen=True)
class Reading:
    """How the bytes were read, to be shown before anything is stored.

    Attributes
    ----------
    encoding, delimiter : str
        As given or found.
    header_row : int
        Line of the header.
    columns : tuple of str
        The headers, without invisible characters.
    cleaned_headers : tuple of str
        Those of `columns` that held such characters.
    blank_lines : int
        Lines with nothing in them; they are no rows.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    header_row: int = 1
    columns: tuple[str, ...] = ()
    cleaned_headers: tuple[str, ...] = ()
    blank_lines: int = 0


@dataclass(frozen=True)
class Table:
    """The rows of a file as text.

    Attributes
    ----------
    sha256 : str
        Of the file's bytes.
    rows : DataFrame
        Index ``row_number`` (int64); one str column per header. Every row of the file, in its order. Where a row had
        too few cells, the missing ones are empty; where it had too many, the rest stands in the column
        `BEYOND_HEADER`, which is there only then.
    findings : DataFrame
        ``issues.FINDING_COLUMNS``: the rows that cannot be used, and why.
    reading : Reading
    """

    sha256: str
    rows: pd.DataFrame
    findings: pd.DataFrame
    reading: Reading

    @property
    def whole(self) -> pd.DataFrame:
        """The rows that have the header's number of cells and are no totals, with the file's own columns only."""
        usable = ~self.rows.index.isin(self.findings["row_number"])
        return self.rows.loc[usable, list(self.reading.columns)]


def read_table(
    content: bytes,
    file_name: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
) -> Table:
    """Return the rows of a CSV-like file as text.

    Parameters
    ----------
    content : bytes
        The whole file.
    file_name : str
        For messages only.
    encoding, delimiter : str, optional
        Found from the content when not given.
    header_row : int, optional
        Line of the header; without it the first line that is not blank, if it looks like one.

    Raises
    ------
    UploadError
        Its subclasses say what the file is or which option would settle how it is to be read.
    """
    decoded = decode(content, file_name, encoding)
    text, first_line, separator = leave_out_lines(decoded.text, header_row)
    delimiter = find_delimiter(text, file_name, delimiter or separator)
    records = dropwhile(lambda item: not _is_filled(item[1]), parse_records(text, delimiter, file_name, first_line))
    head = list(islice(records, _HEADER_SEARCH))
    header_line, headers = find_header(head, file_name, header_row)
    collected = _collect(chain(head[1:], records), len(headers), file_name)
    rows = collected.rows
    if not len(rows):
        raise EmptyFileError(
            f"“{file_name}” has a header but no rows.", "Add at least one row below the header.", file_name=file_name
        )
    findings = _find_broken_rows(collected, len(headers), file_name)
    columns = name_headers(headers, rows, file_name)
    rows = rows[list(columns)].set_axis(list(columns.values()), axis="columns")
    if BEYOND_HEADER in rows:  # a report of ours that comes back: what had no column there has none now
        stray = rows.index[rows[BEYOND_HEADER].str.strip() != ""]
        details = f"“{BEYOND_HEADER}” is filled"
        findings = join_findings([findings, find_rows("too_many_cells", stray, details=details)])
    if collected.beyond:
        name = BEYOND_HEADER
        while name in rows.columns:
            name += "*"
        rows[name] = pd.Series(collected.beyond, dtype="str").reindex(rows.index).fillna("")
    reading = Reading(
        decoded.encoding,
        delimiter,
        header_line,
        tuple(columns.values()),
        tuple(name for position, name in columns.items() if headers[position] != name),
        collected.blank_lines,
    )
    return Table(hashlib.sha256(content).hexdigest(), rows, findings, reading)


def _is_filled(record: list[str]) -> bool:
    return bool("".join(record).strip())


@dataclass
class _Collected:
    """Rows as read: short ones filled up with empty cells, long ones cut, with what was cut off in `beyond`."""

    rows: pd.DataFrame
    widths: dict[int, int]
    beyond: dict[int, str]
    blank_lines: int


def _collect(records: Iterator[Record], width: int, file_name: str) -> _Collected:
    pieces: list[pd.DataFrame] = []
    lines: list[int] = []
    cells: list[list[str]] = []
    collected = _Collected(pd.DataFrame(), {}, {}, 0)
    count = 0

    def take_chunk() -> None:
        columns = {position: pd.array(column, dtype="str") for position, column in enumerate(zip(*cells, strict=True))}
        piece = pd.DataFrame(columns, index=pd.Index(lines, name="row_number", dtype="int64"))
        for position in piece:
            lengths = piece[position].str.len().to_numpy()
            if lengths.max() > MAX_CELL:
                raise too_long(file_name, lines[int(lengths.argmax())])
            if piece[position].str.startswith("'").any():
                piece[position] = piece[position].map(unguard).astype("str")
        pieces.append(piece)
        lines.clear()
        cells.clear()

    for line, record in records:
        if not _is_filled(record):
            collected.blank_lines += 1
            continue
        if len(record) != width:
            collected.widths[line] = len(record)
            if len(record) > width:
                collected.beyond[line] = ", ".join(record[width:])[:MAX_CELL]
            record = [*record[:width], *[""] * (width - len(record))]
        lines.append(line)
        cells.append(record)
        count += 1
        if count > MAX_ROWS:
            raise FileTooLargeError(
                f"“{file_name}” has more than {MAX_ROWS:,} rows.",
                "Split the file by year or by province.",
                file_name=file_name,
                limit=MAX_ROWS,
            )
        if len(lines) == _CHUNK:
            take_chunk()
    if lines:
        take_chunk()
    collected.rows = pd.concat(pieces) if pieces else collected.rows
    return collected


def _find_broken_rows(collected: _Collected, width: int, file_name: str) -> pd.DataFrame:
    rows, widths = collected.rows, collected.widths
    totals = rows.index[_are_totals(rows)]
    wrong = {line: found for line, found in widths.items() if line not in set(totals)}
    # One row of another width is a slip in that row; the same in all rows is a header that does not fit.
    if len(wrong) > 1 and len(wrong) == len(rows) - len(totals) and len(set(wrong.values())) == 1:
        found = next(iter(wrong.values()))
        raise UnreadableFileError(
            f"Every row of “{file_name}” has {found} cells, but the header has {width}.",
            "Add the missing header, or check the separator (delimiter) and the header's line (header_row).",
            file_name=file_name,
            cells=found,
            headers=width,
        )
    findings = [find_rows("looks_like_total", totals)]
    for code, chosen in (
        ("too_few_cells", {line: found for line, found in wrong.items() if found < width}),
        ("too_many_cells", {line: found for line, found in wrong.items() if found > width}),
    ):
        details = [f"{found}, but the header has {width}" for found in chosen.values()]
        findings.append(find_rows(code, list(chosen), details=details))
    return join_findings(findings)


def _are_totals(rows: pd.DataFrame) -> pd.Series:
    """Return a mask of the rows that say "total" in front and hold nothing but numbers behind it."""
    mask = pd.Series(False, rows.index)
    front = rows.iloc[:, :2].apply(lambda column: column.str.contains(_TOTAL, case=False)).any(axis=1)
    for line in rows.index[front]:
        first, *others = (cell.strip() for cell in rows.loc[line] if cell.strip())
        names_total = re.match(_TOTAL, first, re.IGNORECASE) is not None
        mask[line] = names_total and bool(others) and all(_NUMBER_LIKE.fullmatch(cell) for cell in others)
    return mask
