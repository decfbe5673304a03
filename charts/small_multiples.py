"""One small map for each period, all in the same classes and sizes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from charts.basemap import fit_view, load_basemap, widen
from charts.figure import FigureText, Frame, Rect, find_frame, size_px, start_figure
from charts.figure_text import default_text
from charts.map_content import MapContent, Panel, describe_panel, printed_legend, style_of
from charts.map_legend import MapLegend
from charts.map_panel import MapPanel, heading
from charts.map_payload import describe_legend
from charts.print_marks import cover
from charts.scales import pool_scales
from data.measures import MeasureCounts, count_measure, find_measure
from data.periods import Period
from data.permalink import Choices
from data.snapshot import Snapshot
from errors import PeriodError
from locales import say

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.figure import Figure

MOST_PERIODS = 24
"""More maps would be too small to read."""
LEGEND = 240.0
HEADING = 15.0
_ASPECT = 1.16  # width by height of Cambodia


def draw_small_multiples(
    snapshot: Snapshot,
    choices: Choices,
    periods: Sequence[Period],
    frame: Frame | str = "wide",
    *,
    today: date,
    text: FigureText | None = None,
    link: str = "",
    withheld: str = "",
    print_safe: bool = False,
    with_code: bool = False,
) -> Figure:
    """Return a figure with one map of the measure for each period.

    Parameters
    ----------
    snapshot : Snapshot
    choices : Choices
        Measure, style and classes; its period and comparison are not looked at.
    periods : sequence of Period
        In their order, at least one and at most `MOST_PERIODS`.
    frame, today, text, link, withheld, print_safe, with_code
        As for `charts.static_map.draw_static_map`.

    Raises
    ------
    PeriodError
        When there is no period, or too many.
    """
    content = periods_content(snapshot, choices, periods)
    if text is None:
        whole = Period(min(one.start for one in periods), max(one.end for one in periods))
        counts = count_measure(snapshot, find_measure(choices.measure), whole)
        text = default_text(
            snapshot, counts, choices, today=today, link=link, withheld=withheld, print_safe=print_safe,
            with_code=with_code, more=[_numbers_sentence(content)],
        )  # fmt: skip
    frame = find_frame(frame) if isinstance(frame, str) else frame
    figure, rect = start_figure(frame, text)
    _draw(figure, rect, content, frame.unit, grey=text.print_safe)
    return figure


def periods_content(snapshot: Snapshot, choices: Choices, periods: Sequence[Period]) -> MapContent:
    """Return what each map shows, in classes that are pooled over all of them; without sites, which have no period."""
    if not 1 <= len(periods) <= MOST_PERIODS:
        raise PeriodError(
            say("{n} periods are asked for; a picture holds 1 to {most} maps.", n=len(periods), most=MOST_PERIODS),
            say("Choose a coarser step, or a shorter time."),
        )
    measure, style = find_measure(choices.measure), style_of(choices)
    scales = pool_scales(snapshot, measure, periods, choices.scheme, choices.classes, choices.breaks)  # type: ignore[arg-type]
    tables = tuple(count_measure(snapshot, measure, period) for period in periods)
    panels = tuple(Panel(one.period.short_label(), describe_panel(snapshot, one, style, scales)) for one in tables)
    legend = describe_legend(tables[0], style, classes=scales.classes, largest=scales.largest, sites=[])
    # A number of provinces would be that of one map only.
    legend["classes"] = [entry | {"n": None} for entry in legend["classes"]]
    legend["footnotes"] = _footnotes(tables, legend["footnotes"], style == "circles")
    return MapContent(panels, printed_legend(legend, style) | {"classes_head": ""}, [], [], tables)


def _footnotes(tables: Sequence[MeasureCounts], of_first: list[str], circles: bool) -> list[str]:
    sides = [table.rows[["low", "best", "high"]].notna() for table in tables]
    is_open = any((one["low"] & ~one["best"] & ~one["high"]).any() for one in sides)
    if not is_open or of_first:
        return of_first
    return [say("Dotted ring, “+”: at least so many.") if circles else say("Drawn at the least that was stated.")]


def _numbers_sentence(content: MapContent) -> str:
    """Return in how many provinces there is a figure, period by period."""
    found = [
        f"{panel.heading} {int(table.rows[['low', 'best', 'high']].notna().any(axis=1).sum())}"
        for panel, table in zip(content.panels, content.tables, strict=True)
    ]
    return say("Provinces with a figure: {list}.", list="; ".join(found))


def _draw(figure: Figure, rect: Rect, content: MapContent, unit: float, *, grey: bool) -> None:
    axes, base = cover(figure), load_basemap()
    width, height = size_px(figure)
    left, top, wide, tall = rect[0] * width, (1 - rect[1] - rect[3]) * height, rect[2] * width, rect[3] * height
    beside = wide > tall * 1.05
    side = min(LEGEND * unit, wide * 0.34) if beside else 0.0
    below = 0.0
    if not beside:
        legend = MapLegend(axes, content.legend, unit, grow=0.6, grey=grey)
        below = min(legend.height(wide, 3), tall * 0.3)
    area = (wide - side - 20 * unit * beside, tall - below - 14 * unit * (not beside))
    gap, head = 10 * unit, HEADING * unit * 1.5
    columns = best_columns(len(content.panels), *area, gap, head)
    rows = math.ceil(len(content.panels) / columns)
    cell = ((area[0] - gap * (columns - 1)) / columns, (area[1] - gap * (rows - 1)) / rows)
    grow = 1.0
    for i, panel in enumerate(content.panels):
        x, y = left + (i % columns) * (cell[0] + gap), top + (i // columns) * (cell[1] + gap)
        heading(axes, x, y + HEADING * unit, cell[0], panel.heading, HEADING * unit)
        view = fit_view(widen(base.extent_of(), 0.03), x, y + head, cell[0], cell[1] - head)
        drawing = MapPanel(axes, base, view, unit, grey=grey, plain=True)
        drawing.draw(panel.provinces, with_bar=i == 0)
        grow = drawing.grow
    legend = MapLegend(axes, content.legend, unit, grow=grow, grey=grey)
    if beside:
        legend.draw(left + wide - side, top, side, tall)
    else:
        legend.draw(left, top + tall - below, wide, below, 3)


def best_columns(n: int, width: float, height: float, gap: float = 0.0, head: float = 0.0) -> int:
    """Return in how many columns so many maps of Cambodia are the largest in a rectangle."""

    def size(columns: int) -> float:
        rows = math.ceil(n / columns)
        across = (width - gap * (columns - 1)) / columns
        down = (height - gap * (rows - 1)) / rows - head
        return min(across, down * _ASPECT)

    return max(range(1, n + 1), key=lambda columns: (size(columns), -columns))
