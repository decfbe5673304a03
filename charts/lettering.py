"""The letters of pictures: the fonts that come with them, how wide a text is, where its lines may break.

Importing this module readies Matplotlib for the whole process, once and for all: the bundled fonts instead of those of
the system, no formulas in texts, real text in SVG and PDF, nothing that depends on the machine or the hour. Nothing is
set later, so that pictures can be drawn in several threads.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

from data.database import data_dir

# Matplotlib keeps its list of fonts in a folder that it must know before it is imported.
os.environ.setdefault("MPLCONFIGDIR", str(data_dir() / "cache" / "matplotlib"))

import matplotlib
from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import text_to_path

from charts.visible import mark_invisible

FOLDER = Path(__file__).parent / "fonts"
LATIN, KHMER = "Source Sans 3", "Noto Sans Khmer"
REGULAR, SEMIBOLD = 400, 600
FACES: dict[tuple[str, int], Path] = {
    (LATIN, REGULAR): FOLDER / "source-sans-3-400.ttf",
    (LATIN, SEMIBOLD): FOLDER / "source-sans-3-600.ttf",
    (KHMER, REGULAR): FOLDER / "noto-sans-khmer-400.ttf",
    (KHMER, SEMIBOLD): FOLDER / "noto-sans-khmer-600.ttf",
}
"""File of each font by family and weight."""

NO_BREAK = "\u00a0"
"""A space at which a line never breaks."""
WORD_BREAK = "\u200b"
"""Stands between Khmer words, which are written without spaces."""
ELLIPSIS = "…"
UNKNOWN_LETTER = "□"
"""Drawn for a letter that no bundled font has."""

_MEASURED_AT = 100.0
_WHITE = re.compile(r"[^\S\u00a0]+")
_KHMER_CLUSTER = re.compile(r"[\u1780-\u17b3\u25cc](?:\u17d2[\u1780-\u17b3])*[\u17b6-\u17d1\u17d3\u17dd]*|.", re.DOTALL)
_ADDRESS_PARTS = re.compile(r"(?<=[/?&=_\-.,;])")


def _ready_matplotlib() -> None:
    matplotlib.rcdefaults()
    matplotlib.rcParams.update(
        {
            "font.family": [LATIN, KHMER, "sans-serif"],
            "font.sans-serif": [LATIN, KHMER],
            "text.parse_math": False,
            "text.hinting": "none",
            "axes.unicode_minus": True,
            "svg.fonttype": "none",
            "svg.hashsalt": "compound-atlas",
            "pdf.fonttype": 42,
        }
    )
    fontManager.ttflist[:0] = [  # in front, so that a font of the same name on the machine is never taken
        FontEntry(fname=str(path), name=family, weight=weight, size="scalable")
        for (family, weight), path in FACES.items()
    ]


_ready_matplotlib()


@lru_cache(maxsize=1)
def known_letters() -> frozenset[str]:
    """Return every letter that the bundled fonts can draw."""
    return frozenset(chr(code) for path in FACES.values() for code in FT2Font(str(path)).get_charmap())


def drawable(text: str) -> str:
    """Return a text as it can be drawn: one space for any white space, what is invisible as its code.

    A letter that no bundled font has becomes `UNKNOWN_LETTER`, never nothing.
    """
    shown = _WHITE.sub(" ", mark_invisible(text)).strip()
    letters = known_letters()
    return "".join(each if each in letters or each == WORD_BREAK else UNKNOWN_LETTER for each in shown)


def keep_together(text: str) -> str:
    """Return a text that no line breaks, such as a name, unless it is longer than a line."""
    return text.replace(" ", NO_BREAK)


def plain(text: str) -> str:
    """Return a text without the marks where a line may or must not break; they are not drawn."""
    return text.replace(WORD_BREAK, "").replace(NO_BREAK, " ")


@lru_cache(maxsize=20_000)
def _measure(text: str, weight: int) -> tuple[float, float]:
    """Return width and height of a text at 100 px."""
    letters = FontProperties(weight=weight, size=_MEASURED_AT)
    width, height, _ = text_to_path.get_text_width_height_descent(text, letters, ismath=False)
    return float(width), float(height)


def width_of(text: str, size: float, weight: int = REGULAR) -> float:
    """Return how wide a text is drawn, in the unit of `size` (the height of the letters, em)."""
    return _measure(plain(text), weight)[0] * size / _MEASURED_AT


def line_height(text: str, size: float) -> float:
    """Return the distance between two lines; Khmer letters reach higher and lower than Latin ones."""
    return size * (1.62 if any("\u1780" <= each <= "\u17ff" for each in text) else 1.27)


def wrap(text: str, width: float, size: float, weight: int = REGULAR) -> list[str]:
    """Return a text in lines that are no wider than `width`.

    Lines break at spaces and between Khmer words; a word that is wider than a line breaks within, an address after a
    sign, Khmer between whole syllables.

    Parameters
    ----------
    text : str
        As `drawable` gives it.
    width, size : float
        Of a line, and of the letters, in the same unit.
    weight : int
    """
    lines: list[str] = []
    line, used = "", 0.0
    for word, gap in _words(text):
        lead = gap if line else ""
        wide = width_of(word, size, weight)
        step = _space(size, weight) if lead else 0.0
        if line and used + step + wide > width:
            lines.append(line)
            line, used, lead, step = "", 0.0, "", 0.0
        if wide > width:
            *full, word = _split_word(word, width, size, weight)
            lines += full
            wide = width_of(word, size, weight)
        line += lead + word
        used += step + wide
    return [*lines, line] if line else lines


def wrap_evenly(text: str, width: float, size: float, weight: int = REGULAR) -> list[str]:
    """Return a text in as few lines as `wrap`, none much shorter than the others: for titles."""
    lines = wrap(text, width, size, weight)
    narrow, wide = width / 2, width
    while len(lines) > 1 and wide - narrow > size / 2:
        middle = (narrow + wide) / 2
        tried = wrap(text, middle, size, weight)
        if len(tried) > len(lines):
            narrow = middle
        else:
            lines, wide = tried, middle
    return lines


def shorten(text: str, width: float, size: float, weight: int = REGULAR) -> str:
    """Return a text that is no wider than `width`, with an ellipsis where something was left out."""
    if width_of(text, size, weight) <= width:
        return text
    parts = _KHMER_CLUSTER.findall(text)
    while parts and width_of("".join(parts).rstrip() + ELLIPSIS, size, weight) > width:
        parts.pop()
    return "".join(parts).rstrip() + ELLIPSIS


def _space(size: float, weight: int) -> float:
    return width_of("n n", size, weight) - width_of("nn", size, weight)


def _words(text: str) -> list[tuple[str, str]]:
    """Return each word with the space before it; there is none between Khmer words."""
    found = []
    for part in text.split(" "):
        found += [(word, "" if i else " ") for i, word in enumerate(part.split(WORD_BREAK)) if word]
    return found


def _split_word(word: str, width: float, size: float, weight: int) -> list[str]:
    """Return a word in pieces that fit into a line each; at least one letter in each, however narrow the line."""
    pieces = [""]
    for part in _ADDRESS_PARTS.split(word):
        parts = [part] if width_of(part, size, weight) <= width else _KHMER_CLUSTER.findall(part)
        for each in parts:
            if pieces[-1] and width_of(pieces[-1] + each, size, weight) > width:
                pieces.append("")
            pieces[-1] += each
    return pieces
