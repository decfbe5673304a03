"""The ladder of claims of a briefing: a row each, words above, below them what the number leaves possible."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from charts.briefing_rows import SMALL, TEXT, Page, on_paper, pages_for
from charts.claims_chart import find_domain, is_logarithmic
from charts.figure import FigureText
from charts.furniture import POINTS, write
from charts.labels import format_number, term, unit_label
from charts.lettering import REGULAR, SEMIBOLD, drawable, line_height, shorten
from charts.palette import INK, MUTED, PAPER, SPEAKER_COLORS
from data.metrics import METRICS
from locales import say

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.figure import Figure


def draw_ladder_figure(table: pd.DataFrame, metric: str, frame: str, text: FigureText) -> list[Figure]:
    """Return the claims about one metric, a row each: words, and below them what the number leaves possible.

    Parameters
    ----------
    table : DataFrame
        As `charts.claims_chart.tabulate_ladder` gives it.
    metric : str
        Its name.
    frame : str
    text : FigureText
    """
    made = pages_for(len(table), lambda unit: _claim_height(table, unit), frame, text, 64)
    for page, rows in made:
        if table.empty:
            page.say_nothing()
        else:
            _draw_ladder(page, table, metric, rows)
    return [page.figure for page, _ in made]


def _claim_height(table: pd.DataFrame, unit: float) -> float:
    words = str(table["words"].iloc[0]) if len(table) else ""
    return line_height(words, TEXT * unit) + line_height(words, SMALL * unit) + 30 * unit


def _draw_ladder(page: Page, table: pd.DataFrame, metric: str, rows: range) -> None:
    left, top, right, _ = page.box
    unit, step = page.unit, _claim_height(table, page.unit)
    least, most = find_domain(table, METRICS[metric].unit)
    log = is_logarithmic(table)
    inner = (left + 8 * unit, right - 26 * unit)

    def x_of(value: float) -> float:
        share = (np.log(value / least) / np.log(most / least)) if log else (value - least) / (most - least)
        return float(inner[0] + (inner[1] - inner[0]) * share)

    bottom = top + step * len(rows) + 8 * unit
    for tick in _number_ticks(least, most, log=log):
        page.line([x_of(tick)] * 2, [top, bottom], width=0.8)
        write(
            page.figure,
            x_of(tick),
            bottom + 4 * unit,
            format_number(tick),
            SMALL * unit,
            color=MUTED,
            align="center",
            over="top",
        )
    axis = (
        say("{unit}, logarithmic axis", unit=unit_label(METRICS[metric].unit))
        if log
        else unit_label(METRICS[metric].unit)
    )
    write(page.figure, left, bottom + 24 * unit, axis, SMALL * unit, color=MUTED, over="top")
    for place, row in enumerate(rows):
        claim = table.iloc[row]
        y = top + step * place
        size, small = TEXT * unit, SMALL * unit
        words = shorten(drawable(claim["words"]), right - left, size, SEMIBOLD)
        on_paper(page, left, y + size * 1.1, words, size, SEMIBOLD, INK)
        y += line_height(words, size)
        detail = shorten(drawable(claim["detail"]), right - left, small)
        on_paper(page, left, y + small * 1.1, detail, small, REGULAR, MUTED)
        _draw_claim(page, claim, x_of, y + line_height(detail, small) + 12 * unit, inner)


def _draw_claim(
    page: Page, claim: pd.Series, x_of: Callable[[float], float], y: float, inner: tuple[float, float]
) -> None:
    unit = page.unit
    colors = {term(name): color for name, color in SPEAKER_COLORS.items()}
    color = INK if page.grey else colors.get(claim["speaker_type"], MUTED)
    low, best, high, cross = (claim[name] for name in ("low", "best", "high", "cross"))
    if (pd.notna(low) or pd.notna(high)) and low != high:
        start = x_of(low) if pd.notna(low) else inner[0]
        end = x_of(high) if pd.notna(high) else inner[1]
        page.line([start, end], [y, y], color=color, width=8, alpha=0.35, solid_capstyle="butt", zorder=3)
        for value, x in ((low, start), (high, end)):
            if pd.notna(value):
                page.line([x, x], [y - 7 * unit, y + 7 * unit], color=color, width=2.4, zorder=4)
        if pd.isna(high):
            page.axes.plot([end], [y], marker=">", markersize=9 * unit * POINTS, color=color, zorder=4)
        if pd.isna(low):
            page.axes.plot([start], [y], marker="<", markersize=9 * unit * POINTS, color=color, zorder=4)
    if pd.notna(best):
        page.axes.plot([x_of(best)], [y], marker="o", markersize=9 * unit * POINTS, color=color, zorder=5)
        if claim["contested"]:
            page.axes.plot([x_of(best)], [y], marker="o", markersize=4 * unit * POINTS, color=PAPER, zorder=6)
    if pd.notna(cross):
        page.axes.plot(
            [x_of(cross)],
            [y],
            marker="x",
            markersize=10 * unit * POINTS,
            markeredgewidth=2 * unit * POINTS,
            color=color,
            zorder=5,
        )


def _number_ticks(least: float, most: float, *, log: bool) -> list[float]:
    if log:
        return [10.0**power for power in range(int(np.ceil(np.log10(least))), int(np.floor(np.log10(most))) + 1)]
    raw = (most - least) / 5
    power = 10 ** np.floor(np.log10(raw))
    step = max(1.0, next(each * power for each in (1, 2, 5, 10) if each * power >= raw))
    return [float(tick) for tick in np.arange(np.ceil(least / step) * step, most + step / 100, step)]
