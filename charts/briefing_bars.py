"""The timeline of a briefing: recorded events by step of time, stacked by kind, with what only may lie in a step."""

from __future__ import annotations

import numpy as np
import pandas as pd

from charts.briefing_rows import Page
from charts.figure import FigureText
from charts.furniture import POINTS, write
from charts.labels import format_number
from charts.lettering import drawable, width_of
from charts.palette import EVENT_COLORS, INK, MUTED
from charts.time_ticks import time_ticks
from data.periods import Period
from locales import say

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

_SMALL = 13.0
_GREYS = ("#222222", "#555555", "#7d7d7d", "#a0a0a0", "#c0c0c0", "#dddddd")
_HATCHES = ("", "////", "", "....", "", "\\\\\\\\")


def draw_bars(table: pd.DataFrame, period: Period, frame: str, text: FigureText) -> list[Figure]:
    """Return the timeline.

    Parameters
    ----------
    table : DataFrame
        As `charts.timeline_chart.tabulate_events` gives it.
    period : Period
        Extent of the time axis.
    frame : str
    text : FigureText
    """
    page = Page(frame, text)
    if table.empty:
        page.say_nothing()
        return [page.figure]
    left, top, right, bottom = page.box
    unit, small = page.unit, _SMALL * page.unit
    top += _draw_legend(page, table) + 8 * unit
    left, bottom = left + 44 * unit, bottom - 30 * unit
    sums = table.groupby("start")[["low", "high"]].sum()
    most = int(sums["high"].max())
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)

    def x_of(day: pd.Timestamp) -> float:
        return float(left + (right - left) * (day - first) / (last - first))

    def y_of(value: float) -> float:
        return bottom - (bottom - top) * value / (most * 1.08)

    for tick in _counts(most):
        page.line([left, right], [y_of(tick)] * 2, width=0.8)
        write(
            page.figure,
            left - 8 * unit,
            y_of(tick),
            format_number(tick),
            small,
            color=MUTED,
            align="right",
            over="center",
        )
    page.line([left, right], [bottom] * 2, color=INK, width=1.2)
    for day, label in time_ticks(period):
        page.line([x_of(day)] * 2, [bottom, bottom + 5 * unit], color=INK)
        half = width_of(label, small) / 2
        x = min(max(x_of(day), left + half), right - half)
        write(page.figure, x, bottom + 8 * unit, label, small, color=MUTED, align="center", over="top")
    _draw_steps(page, table, x_of, y_of)
    return [page.figure]


def _draw_steps(page: Page, table: pd.DataFrame, x_of: object, y_of: object) -> None:
    order = {name: number for number, name in enumerate(EVENT_COLORS)}
    for start, group in table.groupby("start"):
        end = group["end"].iloc[0]
        x, wide = x_of(start), x_of(end) - x_of(start)  # type: ignore[operator]
        base = 0
        for row in group.assign(order=group["group"].map(order)).sort_values("order").to_dict("records"):
            if row["low"]:
                face, hatch = _ink(str(row["group"]), grey=page.grey)
                high, low = y_of(base + row["low"]), y_of(base)  # type: ignore[operator]
                page.axes.add_patch(
                    Rectangle((x + wide * 0.08, high), wide * 0.84, low - high, facecolor=face, edgecolor="#ffffff",
                              hatch=hatch, linewidth=0.6 * page.unit * POINTS, zorder=3)
                )  # fmt: skip
            base += int(row["low"])
        perhaps = int(group["high"].sum())
        if perhaps > base:
            middle, tick = x + wide / 2, wide * 0.16
            page.line([middle] * 2, [y_of(base), y_of(perhaps)], color=INK, width=1.4, zorder=4)  # type: ignore[operator]
            page.line([middle - tick, middle + tick], [y_of(perhaps)] * 2, color=INK, width=1.4, zorder=4)  # type: ignore[operator]


def _ink(group: str, *, grey: bool) -> tuple[str, str]:
    place = list(EVENT_COLORS).index(group)
    return (_GREYS[place], _HATCHES[place]) if grey else (EVENT_COLORS[group], "")


def _draw_legend(page: Page, table: pd.DataFrame) -> float:
    left, top, right, _ = page.box
    unit, small = page.unit, _SMALL * page.unit
    x, y = left, top + 10 * unit
    shown = [name for name in EVENT_COLORS if table.loc[table["group"] == name, "low"].sum() > 0]
    perhaps = bool((table["high"] > table["low"]).any())
    for name in [*shown, *([""] if perhaps else [])]:
        label = drawable(say(name) if name else say("perhaps in this time: the date is coarser"))
        wide = width_of(label, small) + 46 * unit
        if x > left and x + wide > right:
            x, y = left, y + 22 * unit
        if name:
            face, hatch = _ink(name, grey=page.grey)
            page.axes.add_patch(Rectangle((x, y - 6 * unit), 14 * unit, 12 * unit, facecolor=face, hatch=hatch,
                                          edgecolor="#ffffff", linewidth=0, zorder=3))  # fmt: skip
        else:
            page.line([x + 7 * unit] * 2, [y - 7 * unit, y + 7 * unit], color=INK, width=1.4)
            page.line([x + 2 * unit, x + 12 * unit], [y - 7 * unit] * 2, color=INK, width=1.4)
        write(page.figure, x + 20 * unit, y, label, small, over="center")
        x += wide
    return y - top + 14 * unit


def _counts(most: int) -> list[int]:
    """Return whole numbers for the axis, from 0."""
    raw = max(1.0, most / 5)
    power = 10 ** int(np.floor(np.log10(raw)))
    step = max(1, int(next(each * power for each in (1, 2, 5, 10) if each * power >= raw)))
    return list(range(0, most + 1, step))
