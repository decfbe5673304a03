"""How large a file may be, and what it may unpack to; whoever runs the product can set other limits.

Each limit is a number in an environment variable, named in `VARIABLES`. Far above any log of complaints, far below
what makes a laptop swap.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

from errors import UploadError
from locales import say

MEGABYTE = 1024 * 1024
VARIABLES = {
    "bytes": "ATLAS_MAX_MB",
    "rows": "ATLAS_MAX_ROWS",
    "columns": "ATLAS_MAX_COLUMNS",
    "cell_characters": "ATLAS_MAX_CELL_CHARACTERS",
    "unpacked_bytes": "ATLAS_MAX_UNPACKED_MB",
    "entries": "ATLAS_MAX_ARCHIVE_ENTRIES",
    "ratio": "ATLAS_MAX_RATIO",
    "vertices": "ATLAS_MAX_VERTICES",
    "seconds": "ATLAS_MAX_SECONDS",
}
"""The environment variable of each limit; those of `bytes` and `unpacked_bytes` are in megabytes."""


@dataclass(frozen=True)
class Limits:
    """The limits of one file.

    Attributes
    ----------
    bytes : int
        Of the file as it comes.
    rows : int
        Records; the default is about what a spreadsheet holds, too.
    columns : int
    cell_characters : int
        In one cell: the default is long enough for pages of testimony.
    unpacked_bytes : int
        Of everything that a workbook or an archive unpacks to.
    entries : int
        Files within an archive.
    ratio : int
        How many times larger than the file its unpacked contents may be.
    vertices : int
        Positions in all the shapes of a map file.
    seconds : int
        For reading a file that is opened in a process of its own.
    """

    bytes: int = 50 * MEGABYTE
    rows: int = 1_000_000
    columns: int = 200
    cell_characters: int = 10_000
    unpacked_bytes: int = 50 * MEGABYTE
    entries: int = 20
    ratio: int = 100
    vertices: int = 500_000
    seconds: int = 30

    def describe(self) -> str:
        """Return the limits that a person should know before choosing a file, as one sentence."""
        return say(
            "At most {megabytes} MB, {rows} rows, {columns} columns and {characters} characters in a cell.",
            megabytes=str(self.bytes // MEGABYTE),
            rows=self.rows,
            columns=self.columns,
            characters=self.cell_characters,
        )


def current_limits() -> Limits:
    """Return the limits that the environment sets, the default for those it does not.

    Raises
    ------
    UploadError
        A variable is no whole number above 0.
    """
    given: dict[str, int] = {}
    for limit in fields(Limits):
        text = os.environ.get(VARIABLES[limit.name], "").strip()
        if not text:
            continue
        if not (text.isascii() and text.isdigit() and int(text)):
            raise UploadError(
                say(
                    "The setting {variables} is “{written}”, which is no whole number above 0.",
                    variables=VARIABLES[limit.name],
                    written=text,
                ),
                say("Correct it, or take it out of the environment."),
                variable=VARIABLES[limit.name],
            )
        given[limit.name] = int(text) * (MEGABYTE if limit.name.endswith("bytes") else 1)
    return Limits(**given)
