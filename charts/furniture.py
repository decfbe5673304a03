"""What stands around the body of a picture: title above, notes, sources, credit and code below, at any length.

A position is given in pixels of the picture at scale 1, from its top left corner; a size of letters too. Letters have
sizes in units of the frame, which are a pixel in large pictures and less in small ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import segno

from charts.lettering import REGULAR, SEMIBOLD, drawable, line_height, plain, wrap, wrap_evenly
from charts.palette import INK, MUTED, RULE
from locales import say

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text

DPI = 150
"""Pixels of a picture at scale 1 that make an inch, so that the frame A4 is a sheet of that size."""
POINTS = 72 / DPI
"""Points, in which Matplotlib measures letters and lines, for each pixel."""

TITLE, SUBTITLE, NOTE, CREDIT = 38.0, 22.0, 15.5, 14.0
"""Heights of letters, in units of the frame."""
MARGIN = 34.0
MOST_TITLE_LINES, MOST_SUBTITLE_LINES = 3, 2
BODY_SHARE = 0.5
"""So much of the height the body keeps while the notes can still be made smaller."""
SMALLEST = 0.62
"""Share of their height to which the letters of the notes shrink; then they take from the body."""
LEAST_BODY = 0.3


def size_px(figure: Figure) -> tuple[int, int]:
    """Return width and height of a figure at scale 1."""
    width, height = figure.get_size_inches()
    return round(width * DPI), round(height * DPI)


def write(
    figure: Figure,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    weight: int = REGULAR,
    color: str = INK,
    align: str = "left",
    over: str = "baseline",
    zorder: float = 10,
) -> Text:
    """Write one line of text, taken literally.

    Parameters
    ----------
    figure : Figure
    x, y : float
        Where, in pixels from the top left corner.
    text : str
    size : float
        Height of the letters (em) in pixels.
    weight, color, align, over
        ``align`` is left, center or right of `x`; ``over`` says what of the text stands at `y`: baseline, top, center.
    zorder : float
    """
    width, height = size_px(figure)
    vertical = {"baseline": "baseline", "top": "top", "center": "center_baseline", "bottom": "bottom"}[over]
    return figure.text(
        x / width, 1 - y / height, plain(drawable(text)), fontsize=size * POINTS, fontweight=weight, color=color,
        ha=align, va=vertical, zorder=zorder, parse_math=False,
    )  # fmt: skip


def write_lines(figure: Figure, x: float, y: float, lines: Sequence[str], size: float, **style: Any) -> float:
    """Write lines below each other, the first one's top at `y`; return where the next would begin."""
    for line in lines:
        step = line_height(line, size)
        write(figure, x, y + step * 0.5 + size * 0.33, line, size, **style)
        y += step
    return y


def draw_head(figure: Figure, unit: float, *, title: str, subtitle: str, color: str) -> float:
    """Draw a mark in `color`, the title and the subtitle; return where they end."""
    across, down = size_px(figure)
    margin = MARGIN * unit
    mark = Rectangle(
        (margin / across, 1 - 7 * unit / down), 64 * unit / across, 7 * unit / down,
        facecolor=color, linewidth=0, transform=figure.transFigure,
    )  # fmt: skip
    figure.add_artist(mark)
    width = across - 2 * margin
    size, lines = _fit(drawable(title), width, TITLE * unit, SEMIBOLD, MOST_TITLE_LINES)
    y = write_lines(figure, margin, margin * 0.95, lines, size, weight=SEMIBOLD)
    size, lines = _fit(drawable(subtitle), width, SUBTITLE * unit, REGULAR, MOST_SUBTITLE_LINES)
    return write_lines(figure, margin, y + 3 * unit, lines, size, color=MUTED)


def draw_foot(
    figure: Figure, unit: float, head: float, *, notes: Sequence[str], sources: Sequence[str], credit: str, qr: str
) -> float:
    """Draw notes, sources, credit and code; return where they begin. `head` is where the title ends."""
    across, down = size_px(figure)
    margin = MARGIN * unit
    width, bottom = across - 2 * margin, down - margin * 0.6
    code = 104 * unit if qr else 0.0
    if qr:
        _draw_code(figure, qr, across - margin, bottom, code)
        width -= code + 18 * unit
    blocks = [drawable(" ".join(notes)), _number(sources)]
    share = 1.0
    while True:
        foot = _lay_out_foot([block for block in blocks if block], drawable(credit), width, unit, share)
        top = bottom - max(foot.height, code)
        least = BODY_SHARE if share > SMALLEST else LEAST_BODY
        if top - head >= least * down or share < 0.05:
            break
        share *= 0.96
    rule = Line2D(
        [margin / across, 1 - margin / across], [1 - top / down] * 2,
        color=RULE, linewidth=1.2 * unit * POINTS, transform=figure.transFigure,
    )  # fmt: skip
    figure.add_artist(rule)
    for x, y, lines, size, color in foot.parts:
        write_lines(figure, margin + x, top + y, lines, size, color=color)
    return top


@dataclass(frozen=True)
class _Foot:
    parts: list[tuple[float, float, list[str], float, str]]
    height: float


def _lay_out_foot(blocks: list[str], credit: str, width: float, unit: float, share: float) -> _Foot:
    """Return where the lines of the foot stand: notes and sources beside each other, the credit below them."""
    size, small, gap, top = NOTE * unit * share, CREDIT * unit * share, 30 * unit, 9 * unit
    wide = width - gap * (len(blocks) - 1)
    splits = [(part, 1 - part) for part in (0.36, 0.43, 0.5, 0.57, 0.64)] if len(blocks) > 1 else [(1.0,)]
    tried = [[wrap(block, part * wide, size) for block, part in zip(blocks, split, strict=False)] for split in splits]
    heights = [max((_height(lines, size) for lines in columns), default=0.0) for columns in tried]
    best = heights.index(min(heights))
    starts = (0.0, splits[best][0] * wide + gap)
    parts = [(x, top, lines, size, INK) for x, lines in zip(starts, tried[best], strict=False)]
    below = top + heights[best] + 7 * unit
    lines = wrap(credit, width, small)
    return _Foot([*parts, (0.0, below, lines, small, MUTED)], below + _height(lines, small))


def _height(lines: Sequence[str], size: float) -> float:
    return sum(line_height(line, size) for line in lines)


def _fit(text: str, width: float, size: float, weight: int, most: int) -> tuple[float, list[str]]:
    """Return the largest size, and the lines, at which a text takes no more than so many lines."""
    lines = wrap_evenly(text, width, size, weight)
    while len(lines) > most and size > 4:
        size *= 0.94
        lines = wrap_evenly(text, width, size, weight)
    return size, lines


def _number(sources: Sequence[str]) -> str:
    """Return the sources as one paragraph, numbered."""
    cited = [f"[{number}] {drawable(source)}" for number, source in enumerate(sources, 1)]
    return say("Sources: {list}", list="; ".join(cited)) if cited else ""


def _draw_code(figure: Figure, address: str, right: float, bottom: float, side: float) -> None:
    """Draw the address as a code for telephones, its lower right corner there."""
    cells = segno.make(address, error="m", micro=False).matrix
    across, down = size_px(figure)
    step = side / len(cells)
    path = Path.make_compound_path(*(
        Path([(right - side + step * x + dx * step, bottom - side + step * y + dy * step)
              for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))], closed=True)
        for y, row in enumerate(cells) for x, dark in enumerate(row) if dark
    ))  # fmt: skip
    vertices = np.array([0.0, 1.0]) + np.asarray(path.vertices, dtype=float) * [1 / across, -1 / down]
    figure.add_artist(PathPatch(Path(vertices, path.codes), facecolor=INK, linewidth=0, transform=figure.transFigure))
