"""Figures of rows for briefings: their pages, and the table; a long one is several figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from charts.figure import FigureText, find_frame, size_px, start_figure
from charts.furniture import MARGIN, POINTS, write
from charts.lettering import REGULAR, SEMIBOLD, drawable, line_height, shorten, width_of
from charts.palette import INK, MUTED, PAPER, RULE
from charts.print_marks import cover
from locales import say

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.axes import Axes
from matplotlib.figure import Figure

TEXT, SMALL = 15.5, 13.0
MOST_GROWTH = 1.5
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


class Page:
    """One figure with its furniture, and the box for its rows.

    Attributes
    ----------
    figure : Figure
    axes : Axes
        In pixels.
    box : Box
    unit : float
        Pixels for each unit of the frame.
    grey : bool
        Whether it is for printers without colour.
    """

    def __init__(self, frame: str, text: FigureText) -> None:
        self.figure, (left, bottom, wide, tall) = start_figure(frame, text)
        self.axes: Axes = cover(self.figure)
        width, height = size_px(self.figure)
        self.box: Box = (left * width, (1 - bottom - tall) * height, (left + wide) * width, (1 - bottom) * height)
        self.unit, self.grey = find_frame(frame).unit, text.print_safe

    def line(
        self, x: Sequence[float], y: Sequence[float], *, color: str = RULE, width: float = 1.0, **more: object
    ) -> None:
        """Draw a line, so many units wide."""
        order = more.pop("zorder", 2)
        self.axes.plot(x, y, color=color, linewidth=width * self.unit * POINTS, zorder=order, **more)  # type: ignore[arg-type]

    def say_nothing(self) -> None:
        """Write that there is nothing to draw."""
        left, top, right, _ = self.box
        text = say("Nothing is recorded for this choice. That does not mean that nothing happened.")
        size = TEXT * self.unit
        write(self.figure, left, top + 40 * self.unit, shorten(drawable(text), right - left, size), size, color=MUTED)


def pages_for(
    count: int, height: Callable[[float], float], frame: str, text: FigureText, spare: float, widest: float = 1.5
) -> list[tuple[Page, range]]:
    """Return a page for each part of so many rows.

    Parameters
    ----------
    count : int
    height : callable
        Gives the height of a row in pixels for a unit of the frame.
    frame : str
    text : FigureText
    spare : float
        Units of height that are not for rows: axis, legend.
    widest : float
        How many times larger rows may be drawn where there is room for it, up to `MOST_GROWTH`.
    """
    pages: list[tuple[Page, range]] = []
    first = 0
    while first < count or not pages:
        page = Page(frame, text)
        room = page.box[3] - page.box[1] - spare * page.unit
        fits = max(1, int(room // height(page.unit)))
        left = max(count - first, 1)
        fits = -(-left // -(-left // fits))  # pages share the rows evenly
        pages.append((page, range(first, min(first + fits, count))))
        first += fits
    if len(pages) == 1 and count:
        page = pages[0][0]
        needed = height(page.unit) * count + spare * page.unit
        page.unit *= max(1.0, min(widest, MOST_GROWTH, (page.box[3] - page.box[1]) / needed))
    if len(pages) > 1:
        for number, (page, _) in enumerate(pages, 1):
            words = say("Page {n} of {total}", n=number, total=len(pages))
            write(
                page.figure,
                page.box[2],
                page.box[1] - 2 * page.unit,
                words,
                SMALL * page.unit,
                color=MUTED,
                align="right",
            )
    return pages


def draw_table(table: pd.DataFrame, frame: str, text: FigureText) -> list[Figure]:
    """Return a table of words as figures.

    Parameters
    ----------
    table : DataFrame
        Texts; its columns are the heads.
    frame : str
    text : FigureText
    """
    widest = _room_to_grow(table, frame)
    made = pages_for(len(table), lambda unit: _row_height(table, unit), frame, text, 44, widest)
    for page, rows in made:
        if table.empty:
            page.say_nothing()
            continue
        _draw_table(page, table, rows)
    return [page.figure for page, _ in made]


def _wishes(table: pd.DataFrame, unit: float, most: float) -> list[float]:
    """Return the width that each column would take, no one more than half of all."""
    size, wishes = TEXT * unit, []
    for name in table.columns:
        cells = [width_of(drawable(str(cell)), size) for cell in table[name]]
        wishes.append(min(max([width_of(drawable(str(name)), size, SEMIBOLD), *cells]), most * 0.5) + 22 * unit)
    return wishes


def _room_to_grow(table: pd.DataFrame, frame: str) -> float:
    size = find_frame(frame)
    wide = size.width_px - 2 * MARGIN * size.unit
    return wide / sum(_wishes(table, size.unit, wide)) if len(table.columns) else 1.0


def _row_height(table: pd.DataFrame, unit: float) -> float:
    first = str(table.iat[0, 0]) if table.size else ""
    return line_height(first, TEXT * unit) + 7 * unit


def _draw_table(page: Page, table: pd.DataFrame, rows: range) -> None:
    left, top, right, _ = page.box
    unit, size = page.unit, TEXT * page.unit
    gap = 22 * unit
    wishes = _wishes(table, unit, right - left)
    scale = min(1.0, (right - left) / sum(wishes))
    starts = np.cumsum([0.0, *(wish * scale for wish in wishes)])
    step = _row_height(table, unit)
    y = top + step
    for name, x, end in zip(table.columns, starts[:-1], starts[1:], strict=True):
        head = shorten(drawable(str(name)), end - x - gap * 0.5, size, SEMIBOLD)
        write(page.figure, left + x, y - 6 * unit, head, size, weight=SEMIBOLD)
    page.line([left, right], [y + 2 * unit] * 2, color=INK, width=1.4)
    for row in rows:
        y += step
        for column, (x, end) in enumerate(pairwise(starts)):
            cell = shorten(drawable(str(table.iat[row, column])), end - x - gap * 0.5, size)
            write(page.figure, left + x, y - 5 * unit, cell, size, weight=REGULAR if column else SEMIBOLD)
        page.line([left, right], [y + 2 * unit] * 2)


def on_paper(page: Page, x: float, y: float, text: str, size: float, weight: int, color: str) -> None:
    """Write a text on a white ground, so that no grid line crosses its letters."""
    wide = width_of(text, size, weight)
    page.axes.fill(
        [x - 2, x + wide + 3, x + wide + 3, x - 2],
        [y - size] * 2 + [y + size * 0.32] * 2,
        color=PAPER,
        zorder=2.5,
        linewidth=0,
    )
    write(page.figure, x, y, text, size, weight=weight, color=color)
