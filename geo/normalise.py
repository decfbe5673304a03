"""One way of writing for every spelling that means the same letters."""

from __future__ import annotations

import re
import unicodedata

# Latin accents only: Khmer vowels and signs are combining marks too, and belong to the word.
_ACCENTS = re.compile("[\u0300-\u036f]")
_SEPARATORS = re.compile(r"[\s\-‐-―_.'’‘ʼ`´\"“”‹›«»]+")
# The subscript forms of ដ and ត look the same, and both are in use: កណ្ដាល, កណ្តាល.
_SUBSCRIPT_DA, _SUBSCRIPT_TA = "\u17d2\u178a", "\u17d2\u178f"
_KHMER_DIGITS = {0x17E0 + digit: str(digit) for digit in range(10)}


def clean(text: str) -> str:
    """Give the text without what cannot be seen, and with one form for each character.

    NFKC; zero-width, bidirectional and other control characters removed (a line break or tab becomes a space); runs of
    white space become one space; Khmer digits become 0–9.
    """
    visible = "".join(
        " " if character in "\t\n\r\x0b\x0c\x85" else character
        for character in unicodedata.normalize("NFKC", text)
        if character in "\t\n\r\x0b\x0c\x85" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return " ".join(visible.translate(_KHMER_DIGITS).split())


def fold(text: str) -> str:
    """Give the key under which a name is looked up.

    `clean`, then case, Latin accents, spaces, hyphens, apostrophes, quotation marks and full stops no longer count.
    Khmer letters, vowels and signs all count, but the look-alike subscripts ្ដ and ្ត are one. Nothing is
    transliterated and no letter is dropped, so that different names keep different keys.

    Examples
    --------
    >>> fold("Kampóng-Cham ")
    'kampongcham'
    """
    plain = unicodedata.normalize("NFD", clean(text).casefold())
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", plain))
    return _SEPARATORS.sub("", plain).replace(_SUBSCRIPT_DA, _SUBSCRIPT_TA)
