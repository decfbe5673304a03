"""From bytes to a table of text: every row of the file is in it, whole or rejected with the reason.

Cells stay text, exactly as written: leading zeros, ``NA`` and braces are kept. `row_number` is the line of the file on
which the row begins, as an editor counts it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, dropwhile, islice

import pandas as pd

from data.broken_rows import find_broken_rows
from data.fast_text import PlainRows, read_plain
from data.formats.contents import Contents
from data.formats.detection import Format
from data.formats.opening import open_contents
from data.guard import unguard
from data.headers import count_known, find_header, name_headers
from data.hxl import read_tag, take_tags
from data.issues import ISSUES, find_rows, join_findings
from data.limits import current_limits
from data.lines import Record, leave_out_lines, parse_records, too_long
from data.sniff import decode, find_delimiter
from data.text_columns import keep_rows
from errors import EmptyFileError, FileTooLargeError
from locales import say

BEYOND_HEADER = "(beyond the header)"
"""Column of rejected rows that holds the cells for which the header has no column."""

_CHUNK = 50_000
_HEADER_SEARCH = 30
"""Rows among which the header is looked for."""


@dataclass(frozen=True)
class Reading:
    """How the bytes were read, to be shown before anything is stored.

    Attributes
    ----------
    encoding, delimiter : str
        As given or found; empty for a file that is no text.
    header_row : int
        Line of the header, of a workbook its row.
    columns : tuple of str
        The headers, without invisible characters.
    cleaned_headers : tuple of str
        Those of `columns` that held such characters.
    blank_lines : int
        Lines with nothing in them; they are no rows.
    file_format : Format
        Key into ``formats.detection.FORMATS``.
    sheet, sheets : str, tuple of str
        The sheet or layer that was read, and all that the file has.
    hxl : mapping of str to str
        Header → tag, where the file has a row of HXL tags.
    notes : tuple of str
        What was done or left out while reading, as sentences.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    header_row: int = 1
    columns: tuple[str, ...] = ()
    cleaned_headers: tuple[str, ...] = ()
    blank_lines: int = 0
    file_format: Format = "csv"
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hxl: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


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
        ``issues.FINDING_COLUMNS``: the rows that cannot be used and why, and what is odd about others.
    reading : Reading
    """

    sha256: str
    rows: pd.DataFrame
    findings: pd.DataFrame
    reading: Reading

    @property
    def whole(self) -> pd.DataFrame:
        """The rows that have the header's number of cells and are no totals, with the file's own columns only."""
        broken = [ISSUES[code].severity == "reject" for code in self.findings["code"]]
        usable = ~self.rows.index.isin(self.findings.loc[broken, "row_number"])
        return keep_rows(self.rows[list(self.reading.columns)], usable)


def read_table(
    content: bytes,
    file_name: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    crs: str | None = None,
) -> Table:
    """Return the rows of a file as text: CSV and the like, a workbook, or the features of a map file.

    Parameters
    ----------
    content : bytes
        The whole file.
    file_name : str
        For messages only.
    encoding, delimiter : str, optional
        Found from the content when not given.
    sheet : str, optional
        Sheet of a workbook or layer of a map file; needed where several hold rows.
    header_row : int, optional
        Line of the header, of a workbook its row; without it the first that is not blank, if it looks like one.
    crs : str, optional
        In what the coordinates of a map file are written (``EPSG:32648``), where it does not say so itself.

    Raises
    ------
    UploadError
        Its subclasses say what the file is or which option would settle how it is to be read.
    """
    contents = open_contents(content, file_name, encoding=encoding, sheet=sheet, crs=crs)
    if contents is None:
        source = _open_text(content, file_name, encoding, delimiter, header_row)
    else:
        source = _open_rows(contents, header_row)
    head, tags = take_tags(source.head, [count_known(cells) > 0 for _, cells in source.head[:2]])
    header_line, headers = find_header(head, file_name, header_row or (1 if source.contents.has_header else None))
    collected = source.collect(head[1:], len(headers), max(header_line, tags[0] if tags else 0), file_name)
    rows = collected.rows
    if not len(rows):
        raise EmptyFileError(
            say("“{file_name}” has a header but no rows.", file_name=file_name),
            say("Add at least one row below the header."), file_name=file_name,
        )  # fmt: skip
    findings = [find_broken_rows(rows, collected.widths, len(headers), file_name)]
    findings += [find_rows(each.code, [each.row_number], details=[each.detail]) for each in source.contents.marks]
    columns = name_headers(headers, rows, file_name)
    rows = rows[list(columns)].set_axis(list(columns.values()), axis="columns")
    if BEYOND_HEADER in rows:  # a report of ours that comes back: what had no column there has none now
        stray = rows.index[rows[BEYOND_HEADER].str.strip() != ""]
        details = f"“{BEYOND_HEADER}” is filled"
        findings.append(find_rows("too_many_cells", stray, details=details))
    if collected.beyond:
        name = BEYOND_HEADER
        while name in rows.columns:
            name += "*"
        rows[name] = pd.Series(collected.beyond, dtype="str").reindex(rows.index).fillna("")
    reading = Reading(
        source.encoding,
        source.delimiter,
        header_line,
        tuple(columns.values()),
        tuple(name for position, name in columns.items() if headers[position] != name),
        collected.blank_lines + source.contents.blank_rows,
        source.contents.file_format,
        source.contents.sheet,
        source.contents.sheets,
        _name_tags(tags, columns),
        source.contents.notes,
    )
    return Table(hashlib.sha256(content).hexdigest(), rows, join_findings(findings), reading)


def _name_tags(tags: Record | None, columns: Mapping[int, str]) -> dict[str, str]:
    cells = tags[1] if tags else []
    return {columns[place]: tag for place, cell in enumerate(cells) if place in columns and (tag := read_tag(cell))}


@dataclass(frozen=True)
class _Source:
    """The first records of a file, the others, and how to read them at once."""

    head: list[Record]
    rest: Iterator[Record]
    contents: Contents
    text: bytes = b""
    first_line: int = 1
    encoding: str = ""
    delimiter: str = ""

    def collect(self, head: Sequence[Record], width: int, last_line: int, file_name: str) -> _Collected:
        """Return the rows below `last_line`, the last one of the header; `head` are those that were read of them."""
        records = chain(head, self.rest)
        if self.contents.file_format != "csv":
            # A row of a workbook has no width of its own: what it does not hold is empty.
            padded = ((number, [*cells, *[""] * (width - len(cells))]) for number, cells in records)
            return _collect(padded, width, file_name, guarded=False)
        plain = read_plain(self.text, self.delimiter, width, self.first_line, last_line)
        return _collect(records, width, file_name) if plain is None else _complete(plain, width, file_name)


def _open_text(
    content: bytes, file_name: str, encoding: str | None, delimiter: str | None, header_row: int | None
) -> _Source:
    decoded = decode(content, file_name, encoding)
    text, first_line, separator = leave_out_lines(decoded.content, header_row)
    delimiter = find_delimiter(text, file_name, delimiter or separator)
    records = dropwhile(lambda item: not _is_filled(item[1]), parse_records(text, delimiter, file_name, first_line))
    head = list(islice(records, _HEADER_SEARCH))
    return _Source(head, records, Contents("csv", ()), text, first_line, decoded.encoding, delimiter)


def _open_rows(contents: Contents, header_row: int | None) -> _Source:
    records = (record for record in contents.records if contents.has_header or record[0] >= (header_row or 1))
    return _Source(list(islice(records, _HEADER_SEARCH)), records, contents)


def _is_filled(record: list[str]) -> bool:
    return bool("".join(record).strip())


@dataclass
class _Collected:
    """Rows as read: short ones filled up with empty cells, long ones cut, with what was cut off in `beyond`."""

    rows: pd.DataFrame
    widths: dict[int, int]
    beyond: dict[int, str]
    blank_lines: int


def _collect(records: Iterator[Record], width: int, file_name: str, *, guarded: bool = True) -> _Collected:
    pieces: list[pd.DataFrame] = []
    lines: list[int] = []
    cells: list[list[str]] = []
    collected = _Collected(pd.DataFrame(), {}, {}, 0)
    count = 0
    limits = current_limits()

    def take_chunk() -> None:
        columns = {position: pd.array(column, dtype="str") for position, column in enumerate(zip(*cells, strict=True))}
        piece = pd.DataFrame(columns, index=pd.Index(lines, name="row_number", dtype="int64"))
        for position in piece:
            lengths = piece[position].str.len().to_numpy()
            if lengths.max() > limits.cell_characters:
                raise too_long(file_name, lines[int(lengths.argmax())])
            if guarded and piece[position].str.startswith("'").any():
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
                collected.beyond[line] = ", ".join(record[width:])[: limits.cell_characters]
            record = [*record[:width], *[""] * (width - len(record))]
        lines.append(line)
        cells.append(record)
        count += 1
        if count > limits.rows:
            raise _too_many(file_name)
        if len(lines) == _CHUNK:
            take_chunk()
    if lines:
        take_chunk()
    collected.rows = pd.concat(pieces) if pieces else collected.rows
    return collected


def _complete(plain: PlainRows, width: int, file_name: str) -> _Collected:
    """Add the rows of another width to those that were read at once."""
    collected = _collect(iter(plain.others), width, file_name)
    collected.rows = pd.concat([plain.rows, collected.rows]).sort_index() if plain.others else plain.rows
    collected.blank_lines = plain.blank_lines
    if len(collected.rows) > current_limits().rows:
        raise _too_many(file_name)
    return collected


def _too_many(file_name: str) -> FileTooLargeError:
    limit = current_limits().rows
    return FileTooLargeError(
        say("“{file_name}” has more than {limit} rows.", file_name=file_name, limit=limit),
        say("Split the file by year or by province."), file_name=file_name, limit=limit,
    )  # fmt: skip
