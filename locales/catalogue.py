"""The translations of ``locales/km.po``, read anew when the file has changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

FILE = Path(__file__).resolve().parent / "km.po"
FRAME = "frame"
"""Context (``msgctxt``) of what the scripts of the map's frame say."""


@dataclass(frozen=True)
class Catalogue:
    """Khmer texts by their English ones; those not yet translated are left out.

    Attributes
    ----------
    texts : dict of str to str
        What the pages say; of a text with two numbers, by its form for one.
    frame : dict of str to str
        What the scripts of the map's frame say.
    """

    texts: dict[str, str]
    frame: dict[str, str]


def khmer() -> Catalogue:
    """Return the catalogue of the file as it is now."""
    return _read(FILE, FILE.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> Catalogue:
    with path.open("rb") as file:
        messages = [message for message in read_po(file, locale="km", charset="utf-8") if message.id and message.string]
    found: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for message in messages:
        english = message.id[0] if isinstance(message.id, tuple | list) else message.id
        translated = message.string[0] if isinstance(message.string, tuple | list) else message.string
        if translated and not message.fuzzy:
            found[message.context == FRAME][english] = translated
    return Catalogue(texts=found[False], frame=found[True])
