"""What a workbook or a map file holds, as rows of text: the common form of all formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.formats.detection import Format
from data.lines import Record
from errors import UnreadableFileError
from locales import say


@dataclass(frozen=True)
class Mark:
    """Something odd about a row: the code of an issue, the row's number, and what the message adds."""

    code: str
    row_number: int
    detail: str = ""


@dataclass(frozen=True)
class Contents:
    """The rows of a file that is no text.

    Attributes
    ----------
    file_format : Format
    records : sequence of Record
        Each row's number as the file's own program shows it, and its cells. Of a map file, the first is the header,
        with the number 1, and feature n has the number n + 1.
    has_header : bool
        Whether the first record is certain to be the header.
    sheet : str
        Name of the sheet or layer that was read; empty where the format has none.
    sheets : tuple of str
        All that the file has.
    notes : tuple of str
        What was done or left out while reading, as sentences for the person.
    marks : tuple of Mark
        What is odd about single rows.
    blank_rows : int
        Rows with nothing in them between those of `records`.
    """

    file_format: Format
    records: Sequence[Record]
    has_header: bool = False
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    blank_rows: int = 0


def choose_sheet(sheets: Sequence[str], filled: Sequence[str], chosen: str | None, file_name: str, what: str) -> str:
    """Return the sheet or layer to be read.

    Parameters
    ----------
    sheets, filled : sequence of str
        All of them, and those that hold rows.
    chosen : str or None
        What the person says.
    file_name : str
        For messages.
    what : str
        ``sheet`` or ``layer``.

    Raises
    ------
    UnreadableFileError
        The chosen one is not there; or none is chosen, and several hold rows. `sheets` is in its context.
    """
    listed = ", ".join(f"“{name}”" for name in filled[:20]) + (" …" if len(filled) > 20 else "")
    if chosen is not None:
        if chosen in sheets:
            return chosen
        raise UnreadableFileError(
            say("“{file_name}” has no {what} “{chosen}”.", file_name=file_name, what=say(what), chosen=chosen),
            say("Say one of: {listed} (sheet).", listed=listed) if filled else "",
            file_name=file_name,
            sheets=list(filled),
        )
    if len(filled) > 1:
        raise UnreadableFileError(
            say(
                "“{file_name}” has {n} {what}s with rows: {listed}.",
                file_name=file_name,
                n=len(filled),
                what=say(what),
                listed=listed,
            ),
            say("Say which one is meant (sheet={filled}); each can be taken in by itself.", filled=filled[0]),
            file_name=file_name,
            sheets=list(filled),
        )
    return filled[0] if filled else (sheets[0] if sheets else "")
