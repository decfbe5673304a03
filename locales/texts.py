"""Texts in the reader's language, with what changes put in its places."""

from __future__ import annotations

from typing import Any

from locales.catalogue import khmer
from locales.figures import write_figures, write_number
from locales.voice import language


def later(text: str) -> str:
    """Return the text as it is: it stands in a table of constants and is said where it is used."""
    return text


def say(text: str, **values: Any) -> str:
    """Return a text in the reader's language; in English where it has no translation yet.

    Parameters
    ----------
    text : str
        In English, with named places: ``"{n} of {total} drawn"``.
    **values
        What stands there. Numbers get their thousands separated and the reader's digits; texts stay as they are, so a
        year or a code is given as a text.
    """
    if language() == "km" and text:
        text = write_figures(khmer().texts.get(text, text))
    return text.format(**{name: _write(value) for name, value in values.items()}) if values else text


def say_many(one: str, many: str, n: int, **values: Any) -> str:
    """Return the text for this number, which stands in it as ``{n}``; Khmer has one form for all.

    Parameters
    ----------
    one, many : str
        In English, for 1 and for any other number.
    n : int
    **values
        As for `say`.
    """
    return say(one if n == 1 or language() == "km" else many, n=n, **values)


def frame_texts() -> dict[str, str]:
    """Return what the scripts of the map's frame say, by the English text; nothing when that is spoken."""
    return dict(khmer().frame) if language() == "km" else {}


def _write(value: Any) -> str:
    return write_number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
