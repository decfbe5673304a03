"""The rows of a large text at once, where that provably gives what the careful reader of ``data/lines.py`` gives.

The careful reader goes through a text record by record. Here its quotation marks are checked all at once: each must
open or close a cell or be doubled, as the careful reader demands. Arrow then cuts the cells. What is not plainly the
same for both readers (a quotation mark inside a cell, a line end of another kind, a cell that is too long) is left to
the careful one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute, csv

from data.guard import unguard
from data.limits import current_limits
from data.lines import Record, parse_records
from data.text_columns import are_blank, first_bytes

_BLOCK = 1 << 23
"""Bytes that Arrow cuts at once."""
_LONGEST_ROW = 20_000
"""Bytes; the careful reader refuses longer ones for what is in them, or reads them."""
_MOST_RAGGED = 1_000
"""Rows of another width; a text with more of them is read carefully."""
_QUOTE, _LF, _CR, _APOSTROPHE = b"\"\n\r'"


@dataclass(frozen=True)
class PlainRows:
    """What `read_plain` gives.

    Attributes
    ----------
    rows : DataFrame
        Index ``row_number``; str columns 0…width-1: the rows of that many cells that are not blank.
    others : list of Record
        The rows of another width that are not blank.
    blank_lines : int
        Records with nothing in them.
    """

    rows: pd.DataFrame
    others: list[Record] = field(default_factory=list)
    blank_lines: int = 0


def read_plain(content: bytes, delimiter: str, width: int, first_line: int, header_line: int) -> PlainRows | None:
    """Return the rows below the header of a text, or None when the careful reader has to read them.

    Parameters
    ----------
    content : bytes
        The text in UTF-8, which is not checked here, without byte order mark.
    delimiter : str
        What separates the cells.
    width : int
        How many cells the header has.
    first_line, header_line : int
        The number of the text's first line, and of that on which the header begins.
    """
    text = np.frombuffer(content, np.uint8)
    quotes, ends = _find(text, _QUOTE), _find(text, _LF)
    windows_ends = int(np.count_nonzero(text[np.maximum(ends - 1, 0)] == _CR))
    if _count(text, _CR) != windows_ends or not _are_strict(text, quotes, ord(delimiter)):
        return None
    # The line end after an odd number of quotation marks stands inside a cell.
    outside = np.searchsorted(quotes, ends) % 2 == 0
    lines = np.flatnonzero(np.concatenate([[True], outside])) + first_line
    starts = np.concatenate([[0], ends[outside] + 1])
    stops = np.append(ends[outside], len(text))
    body = slice(int(np.searchsorted(lines, header_line)) + 1, -1 if starts[-1] == len(text) else None)
    lines, starts, stops = lines[body], starts[body], stops[body]
    if not len(lines) or (stops - starts).max() > _LONGEST_ROW:
        return None
    filled = stops - starts > (text[stops - 1] == _CR)
    cut = _cut(memoryview(content)[starts[0] :], delimiter, width, not outside.all())
    if cut is None or len(cut.columns[0]) + len(cut.ragged) != filled.sum():
        return None
    numbers = lines[filled]
    ragged = [row.number - 1 for row in cut.ragged]
    others = [
        (int(numbers[place]), record)
        for place, row in zip(ragged, cut.ragged, strict=True)
        for _, record in parse_records(row.text, delimiter, "", 1)
        if "".join(record).strip()
    ]
    rows = _frame(cut.columns, np.delete(numbers, ragged))
    return PlainRows(rows, others, len(lines) - len(rows) - len(others))


def _find(text: NDArray[np.uint8], byte: int) -> NDArray[np.int64]:
    """Return the positions of a byte; piece by piece, which needs little memory."""
    pieces = [np.flatnonzero(text[start : start + _BLOCK] == byte) + start for start in range(0, len(text), _BLOCK)]
    return np.concatenate(pieces) if pieces else np.empty(0, np.int64)


def _count(text: NDArray[np.uint8], byte: int) -> int:
    return sum(int(np.count_nonzero(text[start : start + _BLOCK] == byte)) for start in range(0, len(text), _BLOCK))


def _are_strict(text: NDArray[np.uint8], quotes: NDArray[np.int64], delimiter: int) -> bool:
    """Whether the quotation marks in turn open and close a cell; a doubled one closes it and opens it again."""
    if not len(quotes):
        return True
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = text[np.maximum(opening - 1, 0)]
    opens = (opening == 0) | (before == delimiter) | (before == _LF)
    opens[1:] |= opening[1:] == closing[:-1] + 1
    after = text[np.minimum(closing + 1, len(text) - 1)]
    closes = (closing == len(text) - 1) | (after == delimiter) | (after == _LF) | (after == _CR)
    closes[:-1] |= opening[1:] == closing[:-1] + 1
    return bool(opens.all() and closes.all())


@dataclass(frozen=True)
class _Cut:
    """Columns of text, and the rows of another width, each with its number among the rows that are not empty."""

    columns: list[pa.LargeStringArray]
    ragged: list[csv.InvalidRow]


def _cut(body: memoryview, delimiter: str, width: int, has_long_cells: bool) -> _Cut | None:
    """Return the cells of a text; None when it has too long ones, or too many rows of another width."""
    ragged: list[csv.InvalidRow] = []
    limit = current_limits().columns

    def set_aside(row: csv.InvalidRow) -> str:
        ragged.append(row)
        return "skip" if len(ragged) <= _MOST_RAGGED and row.actual_columns <= limit else "error"

    names = [str(position) for position in range(width)]
    try:
        table = csv.read_csv(
            pa.py_buffer(body),
            # Only with one thread are the rows of another width told by their number.
            # A cell with line ends in it may be cut wrongly where two blocks meet; then there is only one.
            read_options=csv.ReadOptions(
                use_threads=False, block_size=len(body) + 1 if has_long_cells else _BLOCK, column_names=names
            ),
            parse_options=csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=has_long_cells, invalid_row_handler=set_aside
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    columns: list[pa.LargeStringArray] = []
    while table.column_names:  # the blocks of a column are let go before those of the next one are joined
        columns.append(table[0].combine_chunks())
        table = table.remove_column(0)
        pa.default_memory_pool().release_unused()
    return _Cut(columns, ragged) if all(map(_are_short, columns)) else None


def _are_short(column: pa.LargeStringArray) -> bool:
    limit = current_limits().cell_characters
    if not len(column) or compute.max(compute.binary_length(column)).as_py() <= limit:
        return True
    longest: int = compute.max(compute.utf8_length(column)).as_py()
    return longest <= limit


def _frame(columns: list[pa.LargeStringArray], numbers: NDArray[np.int64]) -> pd.DataFrame:
    """Return the rows that are not blank, without the guard of cells that a spreadsheet would run."""
    text: Any = pd.api.types.pandas_dtype("str")
    blank = np.arange(len(numbers))
    cells = {}
    for position, column in enumerate(columns):
        if len(blank):
            blank = blank[are_blank(column.take(pa.array(blank)) if position else column)]
        guarded = first_bytes(column) == _APOSTROPHE
        if guarded.any():
            bare = pa.array([unguard(cell) for cell in column.filter(pa.array(guarded)).to_pylist()], pa.large_string())
            column = compute.replace_with_mask(column, pa.array(guarded), bare)
        cells[position] = text.__from_arrow__(column)
    rows = pd.DataFrame(cells, pd.Index(numbers, name="row_number", dtype="int64"), copy=False)
    return rows.drop(numbers[blank]) if len(blank) else rows
