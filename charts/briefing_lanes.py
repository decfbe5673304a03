"""The histories of sites of a briefing: a lane each, a symbol for each dated step, and the legend of those shown."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from charts.briefing_rows import SMALL, Page, pages_for
from charts.figure import FigureText
from charts.furniture import POINTS, write
from charts.history_chart import history_extent
from charts.lettering import SEMIBOLD, drawable, shorten, width_of
from charts.palette import INK, MUTED, PAPER, STATUS_SYMBOLS
from charts.print_marks import draw_symbol
from charts.time_ticks import time_ticks

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.figure import Figure

_SYMBOL, _LEVEL = 15.0, 13.0


def draw_lanes_figure(marks: pd.DataFrame, frame: str, text: FigureText) -> list[Figure]:
    """Return the dated histories of sites, a lane each, with a symbol for each step and a legend of those shown.

    Parameters
    ----------
    marks : DataFrame
        As `charts.history_chart.tabulate_history` gives it.
    frame : str
    text : FigureText
    """
    lanes = int(marks["lane"].max()) + 1 if len(marks) else 0
    made = pages_for(lanes, lambda unit: _lane_height(marks) * unit, frame, text, 84)
    for page, rows in made:
        if marks.empty:
            page.say_nothing()
        else:
            _draw_lanes(page, marks, rows)
    return [page.figure for page, _ in made]


def _lane_height(marks: pd.DataFrame) -> float:
    """Return the height of a lane in units: its symbols, and those that stand below others."""
    return 27 + _LEVEL * float(marks["level"].max() if len(marks) else 0)


def _draw_lanes(page: Page, marks: pd.DataFrame, rows: range) -> None:
    left, top, right, _ = page.box
    unit, step, small = page.unit, _lane_height(marks) * page.unit, SMALL * page.unit
    extent = history_extent(marks)
    first, last = pd.Timestamp(extent.start), pd.Timestamp(extent.end)
    widest = max(width_of(drawable(name), small, SEMIBOLD) for name in marks["site"].unique())
    names = min(widest + 16 * unit, (right - left) * 0.34)
    inner = (left + names + 24 * unit, right - 14 * unit)

    def x_of(day: pd.Timestamp) -> float:
        return float(inner[0] + (inner[1] - inner[0]) * ((day - first) / (last - first)))

    y = top + _draw_symbols(page, marks)
    bottom = y + step * len(rows)
    for tick, label in time_ticks(extent):
        page.line([x_of(tick)] * 2, [y, bottom], width=0.8)
        half = width_of(label, small) / 2
        if left <= x_of(tick) - half and x_of(tick) + half <= right:
            write(page.figure, x_of(tick), bottom + 5 * unit, label, small, color=MUTED, align="center", over="top")
    for place, lane in enumerate(rows):
        own = marks[marks["lane"] == lane]
        middle = y + place * step + 14 * unit
        name = shorten(drawable(own["site"].iloc[0]), names - 14 * unit, small, SEMIBOLD)
        write(page.figure, left, middle, name, small, weight=SEMIBOLD, over="center")
        page.line([inner[0], inner[1]], [middle] * 2)
        for mark in own.to_dict("records"):
            _draw_step(page, mark, x_of, middle)


def _draw_step(page: Page, mark: dict[object, object], x_of: Callable[[pd.Timestamp], float], y: float) -> None:
    unit = page.unit
    x = x_of(pd.Timestamp(mark["day"]))  # type: ignore[arg-type]
    symbol = STATUS_SYMBOLS.get(str(mark["step"]), STATUS_SYMBOLS["unknown"])
    y += float(mark["level"]) * _LEVEL * unit  # type: ignore[arg-type]
    if mark["coarse"] and not mark["open_start"] and not mark["open_end"]:
        span = [x_of(pd.Timestamp(mark[side])) for side in ("start", "end")]  # type: ignore[arg-type]
        page.line(span, [y, y], color=INK if page.grey else symbol.color, width=2.4, zorder=3)
    for side, sign in (("open_start", -1), ("open_end", 1)):
        if mark[side]:
            tip = x + sign * 22 * unit
            page.line([x, tip], [y, y], color=INK if page.grey else symbol.color, width=1.6, zorder=3)
            page.axes.plot(
                [tip],
                [y],
                marker="<" if sign < 0 else ">",
                markersize=6 * unit * POINTS,
                color=INK if page.grey else symbol.color,
                zorder=3,
            )
    draw_symbol(page.axes, symbol, x, y, _SYMBOL * unit, grey=page.grey)
    if mark["disputed"]:
        page.axes.plot([x], [y], marker="o", markersize=3.4 * unit * POINTS, color=PAPER, zorder=8)


def _draw_symbols(page: Page, marks: pd.DataFrame) -> float:
    """Draw the legend of the symbols that are shown; return its height."""
    left, top, right, _ = page.box
    unit, small = page.unit, SMALL * page.unit
    shown = marks.drop_duplicates("label")
    x, y = left, top + 12 * unit
    for mark in shown.to_dict("records"):
        label = drawable(mark["label"])
        wide = width_of(label, small) + 48 * unit
        if x > left and x + wide > right:
            x, y = left, y + 22 * unit
        draw_symbol(
            page.axes,
            STATUS_SYMBOLS.get(str(mark["step"]), STATUS_SYMBOLS["unknown"]),
            x + 8 * unit,
            y,
            _SYMBOL * unit,
            grey=page.grey,
        )
        write(page.figure, x + 20 * unit, y, label, small, over="center")
        x += wide
    return y - top + 20 * unit
