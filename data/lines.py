"""The records of a text, each with the line of the file on which it begins; far too wide or too long ones refused."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import AnyStr

from data.limits import current_limits
from errors import FileTooLargeError, UnreadableFileError
from locales import say

Record = tuple[int, list[str]]
"""The line on which a record begins, and its cells."""

_SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?(?:\r\n|\r|\n)", re.IGNORECASE)
_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LINE_OF_BYTES = re.compile(_LINE.pattern.encode())
_LONGEST_SEPARATOR_LINE = 16
_MOST_SEPARATORS = 20_000
"""In one line; above it the line is refused before a parser makes objects of it. Quoted text may hold some."""


def leave_out_lines(text: AnyStr, header_row: int | None) -> tuple[AnyStr, int, str | None]:
    """Return the text from the header's line on if that is given, its first line's number, and what ``sep=`` names.

    The text may be given as it is, or in UTF-8.
    """
    line, position = 1, 0
    match = _SEPARATOR_LINE.match(_decode(text[:_LONGEST_SEPARATOR_LINE]))
    if match:
        line, position = 2, len(match[0] if isinstance(text, str) else match[0].encode())
    lines: re.Pattern[AnyStr] = _LINE if isinstance(text, str) else _LINE_OF_BYTES
    while header_row is not None and line < header_row and (found := lines.match(text, position)):
        line, position = line + 1, found.end()
    return text[position:], line, match[1] if match else None


def parse_records(text: str | bytes, delimiter: str, file_name: str, first_line: int) -> Iterator[Record]:
    """Yield each record with the line on which it begins; quotes are read strictly.

    The text may be given as it is, or in UTF-8.

    Raises
    ------
    UnreadableFileError
        A quotation mark is not closed, or stands inside a cell without being doubled; the line is named.
    FileTooLargeError
        A line has far too many separators, or a cell far too many characters.
    """
    reader = csv.reader(_cut_lines(text, delimiter, file_name, first_line), delimiter=delimiter, strict=True)
    line = first_line
    while True:
        try:
            record = next(reader, None)
        except csv.Error as error:
            if "field larger" in str(error):
                raise too_long(file_name, line) from error
            raise UnreadableFileError(
                say(
                    "A quotation mark in the row that begins on line {line} of “{file_name}” is not closed, or stands "
                    "inside a cell without being doubled.",
                    line=str(line),
                    file_name=file_name,
                ),
                say('Close each quotation mark, and write one that belongs to the text twice ("").'),
                file_name=file_name,
                line=line,
            ) from error
        if record is None:
            return
        yield line, record
        line = first_line + reader.line_num


def _cut_lines(text: str | bytes, delimiter: str, file_name: str, first_line: int) -> Iterator[str]:
    """Yield the lines with their ends, whichever of the three kinds of line end each has."""
    found = _LINE.finditer(text) if isinstance(text, str) else _LINE_OF_BYTES.finditer(text)
    for line, written in enumerate((match.group() for match in found), start=first_line):
        part = _decode(written)
        if len(part) > _MOST_SEPARATORS and (separators := part.count(delimiter)) > _MOST_SEPARATORS:
            raise too_wide(file_name, line, separators + 1)
        yield part


def _decode(text: str | bytes) -> str:
    return text if isinstance(text, str) else text.decode(errors="ignore")


def too_wide(file_name: str, line: int, width: int) -> FileTooLargeError:
    """Return the error for a line with more columns than the limit."""
    limit = current_limits().columns
    return FileTooLargeError(
        say(
            "Line {line} of “{file_name}” has {width} columns; the limit is {limit}.",
            line=str(line),
            file_name=file_name,
            width=width,
            limit=limit,
        ),
        say("Take out the columns that are not needed, or check the separator (delimiter)."),
        file_name=file_name,
        line=line,
        limit=limit,
    )


def too_long(file_name: str, line: int) -> FileTooLargeError:
    """Return the error for a cell with more characters than the limit."""
    limit = current_limits().cell_characters
    return FileTooLargeError(
        say(
            "A cell in the row that begins on line {line} of “{file_name}” has more than {limit} characters.",
            line=str(line),
            file_name=file_name,
            limit=limit,
        ),
        say("Shorten the cell, or look for a quotation mark that is never closed."),
        file_name=file_name,
        line=line,
        limit=limit,
    )
