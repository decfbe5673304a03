"""The headers of a file: on which line they stand, and what they say without the characters that nobody can see."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pandas as pd

from data.guard import unguard
from data.limits import current_limits
from data.lines import Record, too_long, too_wide
from data.plain import fold_header
from data.schema import KINDS
from errors import AmbiguousColumnError, EmptyFileError, UnreadableFileError
from locales import say

_KNOWN_HEADERS = frozenset(
    fold_header(spelling)
    for kind in KINDS.values()
    for field in kind.fields
    for spelling in (field.name, *field.aliases)
)


def find_header(head: Sequence[Record], file_name: str, header_row: int | None) -> Record:
    """Return the header, the first of the records; a title above it is not taken for it."""
    if not head:
        raise EmptyFileError(
            say("“{file}” is empty from line {line} on: it has no rows.", file=file_name, line=str(header_row))
            if header_row
            else say("“{file}” is empty: it has no rows.", file=file_name),
            say("Check the file and the line of its header (header_row)."),
            file_name=file_name,
        )
    line, header = head[0]
    limits = current_limits()
    if len(header) > limits.columns:
        raise too_wide(file_name, line, len(header))
    if max(map(len, header)) > limits.cell_characters:
        raise too_long(file_name, line)
    likely, names = max(head, key=lambda item: count_known(item[1])) if header_row is None else head[0]
    # One word that is a header elsewhere may be the value of a cell; two in one row hardly are.
    if likely != line and count_known(names) > 1:
        raise UnreadableFileError(
            say(
                "The header of “{file_name}” seems to be line {likely}, not line {line}.",
                file_name=file_name,
                likely=likely,
                line=str(line),
            ),
            say(
                "Say on which line the header stands (header_row={likely}), or take out the lines above it.",
                likely=likely,
            ),
            file_name=file_name,
            header_row=likely,
        )
    return line, header


def count_known(record: list[str]) -> int:
    """Return how many cells of a record are headers that some kind of record knows."""
    return len({fold_header(_clean_header(cell)) for cell in record[: current_limits().columns]} & _KNOWN_HEADERS)


def name_headers(headers: Sequence[str], rows: pd.DataFrame, file_name: str) -> dict[int, str]:
    """Return the cleaned header of each position; a column with neither header nor content is left out."""
    names: dict[int, str] = {}
    for position, header in enumerate(headers):
        name = _clean_header(header)
        if name:
            if name in names.values():
                raise AmbiguousColumnError(
                    say("“{file_name}” has two columns called “{name}”.", file_name=file_name, name=name),
                    say("Give each column its own header."),
                    file_name=file_name,
                    header=name,
                )
            names[position] = name
        elif (rows[position].str.strip() != "").any():
            raise UnreadableFileError(
                say(
                    "Column {number} of “{file_name}” has values but no header.",
                    number=position + 1,
                    file_name=file_name,
                ),
                say("Give the column a header, or say on which line the header stands (header_row)."),
                file_name=file_name,
                column=position + 1,
            )
    return names


def _clean_header(header: str) -> str:
    """Return a header without the characters that nobody can see, its white space single."""
    visible = (
        " " if unicodedata.category(character) in ("Zs", "Zl", "Zp") or character.isspace() else character
        for character in unicodedata.normalize("NFC", unguard(header))
        if character.isspace() or unicodedata.category(character) not in ("Cf", "Cc")
    )
    return " ".join("".join(visible).split())
