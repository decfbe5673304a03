"""CSV that is safe to open in a spreadsheet, and reads back as it was.

Text that a spreadsheet would run as a formula gets one apostrophe in front at export, which is what spreadsheets
themselves use for "this is text"; the import takes exactly one off. `unguard` undoes `guard` for every text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping

_RISKY = r"\s*[=+\-@\t\r\n;,|%\"＝＋－＠]"
# Separators and quotes are in the list because a spreadsheet set to another separator cuts the line differently and
# may then find the formula at the start of a cell. A text that already begins with apostrophes before such a
# character gets one more: otherwise the import could not tell its own apostrophe from the writer's.
_NEEDS_GUARD = re.compile(f"'*{_RISKY}")
_HAS_GUARD = re.compile(f"'+{_RISKY}")


def guard(text: str) -> str:
    """Return `text` as it can safely stand in a CSV file."""
    return f"'{text}" if _NEEDS_GUARD.match(text) else text


def unguard(text: str) -> str:
    """Return `text` without the one apostrophe that `guard` put in front of it."""
    return text[1:] if _HAS_GUARD.match(text) else text


def write_csv(columns: Mapping[str, Iterable[str]], *, plain: Collection[str] = ()) -> bytes:
    """Return columns of text as CSV: UTF-8 with byte order mark, every cell quoted, formulas guarded.

    Parameters
    ----------
    columns : mapping of str to iterable of str
        Cells by header, equally many in each column.
    plain : collection of str
        Headers of the columns of numbers and dates, which need no guard: -3 stays a number there.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(map(guard, columns))
    cells = (values if name in plain else map(guard, values) for name, values in columns.items())
    writer.writerows(zip(*cells, strict=True))
    return text.getvalue().encode("utf-8-sig")
