"""How texts fit on slides, which office programs do not shrink by themselves: letters, columns, pages."""

from __future__ import annotations

import pandas as pd

from charts.lettering import REGULAR, SEMIBOLD, drawable, plain, shorten, wrap
from charts.plates import Plate
from charts.visible import mark_invisible
from locales import say


def clean(text: str) -> str:
    """Return a text as XML can hold it; what is invisible stands there as its code, line breaks stay."""
    return "\n".join(mark_invisible(line) for line in text.split("\n"))


def fit_title(text: str, width: float, height: float, size: float) -> float:
    """Return the largest size in points, up to `size`, at which a title stays in its box (in EMU)."""
    across, down = width / 12700, height / 12700
    while size > 10 and len(wrap(drawable(text), across * 0.92, size * 1.08)) * size * 1.25 > down:
        size -= 1
    return size


def list_sources(plate: Plate) -> str:
    """Return the numbered sources of a figure in one line; empty without any."""
    cited = "; ".join(f"[{number}] {source}" for number, source in enumerate(plate.text.sources, 1))
    return say("Sources: {list}", list=cited) if cited else ""


def fit_foot(text: str, width: float) -> float:
    """Return the size in points at which the notes stay in the foot of a slide; the least is that of the pictures."""
    size = 10.0
    while size > 5 and len(wrap(drawable(text), width / 12700 * 0.94, size * 1.05)) * size * 1.25 > 68:
        size -= 0.5
    return size


def text_size(text: str) -> float:
    """Return the size in points of a text that stands beside a table."""
    return 18 if len(text) < 380 else 15 if len(text) < 700 else 12 if len(text) < 1300 else 9


def column_shares(table: pd.DataFrame) -> list[float]:
    """Return how much of the width each column gets: by its longest cells."""
    longest = [min(40, max([len(str(name)), *(len(str(cell)) for cell in table[name])])) + 4 for name in table.columns]
    return [length / sum(longest) for length in longest]


def fit_cell(text: str, room: float, size: float, *, bold: bool) -> str:
    """Return a text that stays on one line of a cell (in points), also in a font a quarter wider than ours."""
    return plain(shorten(drawable(text), room / 1.25, size, SEMIBOLD if bold else REGULAR))


def share_out(lines: list[str], most: int) -> list[list[str]]:
    """Return lines in pages of about equal length, none longer than `most`."""
    pages = -(-len(lines) // most) or 1
    step = -(-len(lines) // pages) or 1
    return [lines[i : i + step] for i in range(0, len(lines), step)]
