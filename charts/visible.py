"""What cannot be seen in a text, made visible on the screen; what is stored stays as it is.

A name may hold characters that turn the order of letters round (``gpj.exe`` for ``exe.jpg``) or make two names look the
same that differ. Whoever looks at records has to see them; they are part of what the file says, and are not taken out.
"""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc"
"""Letters and signs that are drawn as nothing although their category does not say so."""
_KHMER = "\u1780-\u17ff\u19e0-\u19ff"
_SUSPECT = re.compile(f"[^\\x20-\\x7e\\n\\t\\r\u00a1-\u00ac\u00ae-\u02ff{_KHMER}\u4e00-\u9fff]")
"""Cheap test: of other characters only is the category asked."""
_BREAK = "\u200b"
_KHMER_BREAK = re.compile(f"(?<=[{_KHMER}]){_BREAK}|{_BREAK}(?=[{_KHMER}])")


def mark_invisible(text: str) -> str:
    r"""Return a text with each invisible or direction-changing character as its code, such as ``[U+202E]``.

    Line breaks and tabs stay, and so does the break between words (U+200B) beside a Khmer letter, where it belongs.

    Examples
    --------
    >>> mark_invisible("Lucky\u202eleH")
    'Lucky[U+202E]leH'
    """
    if not _SUSPECT.search(text) and not any(filler in text for filler in "\u17b4\u17b5"):
        return text
    kept = {found.start() for found in _KHMER_BREAK.finditer(text)}
    return "".join(
        f"[U+{ord(character):04X}]" if place not in kept and _is_invisible(character) else character
        for place, character in enumerate(text)
    )


def mark_cells(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table for the screen: its texts and the names of its columns as `mark_invisible` writes them."""
    texts = [name for name in table.columns if table[name].dtype in ("str", "object")]
    marked = {name: table[name].map(_mark, na_action="ignore") for name in texts}
    names = {name: mark_invisible(name) for name in table.columns if isinstance(name, str)}
    if len(set(names.values())) < len(names):  # two names must not become one
        names = {}
    return table.assign(**{str(name): cells for name, cells in marked.items()}).rename(columns=names)


def _mark(cell: object) -> object:
    return mark_invisible(cell) if isinstance(cell, str) else cell


def _is_invisible(character: str) -> bool:
    if character in "\n\t\r":
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") or character in _FILLERS
