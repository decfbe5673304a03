"""Text as people type it, made plain: for the parsers of dates, numbers and coordinates, and for headers."""

from __future__ import annotations

import unicodedata

MISSING_MARKERS = frozenset(
    {"", "nan", "nat", "null", "none", "n/a", "n.a.", "na", "<na>", "-", "–", "—", "?", "unknown", "not stated"}
)
"""What stands for "not known" in a typed column, in lower case. In text columns these are words like any other."""

_DIGITS = frozenset("0123456789")


def plain(text: str) -> str:
    """Return `text` with the digits of any script as 0–9, invisible characters gone and white space single.

    Khmer, Thai and full-width digits read the same as 0–9 (``១០.៦`` is 10.6); letters stay as they are.
    """
    if text.isascii():
        return " ".join(text.split())
    characters = []
    for character in text:
        category = unicodedata.category(character)
        if category == "Nd":
            characters.append(str(unicodedata.decimal(character)))
        elif category == "Zs":
            characters.append(" ")
        elif category != "Cf":
            characters.append(character)
    return " ".join("".join(characters).split())


def is_missing(text: str) -> bool:
    """Whether a cell of a typed column says that the value is not known."""
    # No marker begins with a digit; most cells that are asked about do.
    return text[:1] not in _DIGITS and plain(text).casefold() in MISSING_MARKERS


def fold_header(header: str) -> str:
    """Return a header without case, spaces, punctuation and Latin accents; Khmer vowel signs stay."""
    characters = unicodedata.normalize("NFKD", header.casefold())
    return "".join(
        character
        for character in characters
        if not "\u0300" <= character <= "\u036f" and unicodedata.category(character)[0] in "LNM"
    )
