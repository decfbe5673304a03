"""In which language, and with which digits, a reader is spoken to."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

LANGUAGES = ("en", "km")
DIGITS = ("", "km")
"""How numbers are written: with Latin digits, or with Khmer ones."""


@dataclass(frozen=True)
class Voice:
    """A language and its digits; stands in the key of everything that is kept and holds words.

    Attributes
    ----------
    language : str
        One of `LANGUAGES`.
    digits : str
        One of `DIGITS`; English always has Latin digits.
    """

    language: str = "en"
    digits: str = ""

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES or self.digits not in DIGITS or (self.language == "en" and self.digits):
            raise ValueError(f"No voice {self.language!r} with digits {self.digits!r}.")


_current: ContextVar[Voice | None] = ContextVar("voice", default=None)
_ask: list[Callable[[], Voice]] = [Voice]


def ask_for_voice(function: Callable[[], Voice]) -> None:
    """Name the function that knows a reader's voice where none was set, as in a callback before the page runs."""
    _ask[0] = function


def voice() -> Voice:
    """Return the voice of this run; English outside any page."""
    found = _current.get()
    return _ask[0]() if found is None else found


def language() -> str:
    """Return the language of this run, ``en`` or ``km``."""
    return voice().language


def use_language(name: str, digits: str = "") -> None:
    """Speak this language from here on, in this run only.

    Parameters
    ----------
    name : str
        ``en`` or ``km``; ValueError for another.
    digits : str
        ``km`` for Khmer digits; English has Latin ones whatever is asked.
    """
    _current.set(Voice(name, "" if name == "en" else digits))
