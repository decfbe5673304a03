"""The map as a picture: one period, two side by side, their difference, or one province; the figures of the screen."""

from __future__ import annotations

from datetime import date

from charts.basemap import Basemap, View, fit_view, load_basemap, widen
from charts.figure import FigureText, Frame, find_frame, size_px, start_figure
from charts.figure_text import default_text
from charts.furniture import POINTS
from charts.label_places import Box
from charts.map_content import MapContent, map_content
from charts.map_legend import MapLegend
from charts.map_panel import MOST_GROWN, MapPanel, heading
from charts.palette import ACCENT, INK, LAND, PAPER, SEA
from charts.print_marks import Ink, cover, draw_shape
from data.measures import MeasureCounts, count_measure, find_measure
from data.permalink import Choices
from data.presets import default_period
from data.snapshot import Snapshot

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

LEGEND = 262.0
"""Width of a legend beside the maps, in units of the frame."""
HEADING = 17.0
_ROOM = 0.04
_ROOM_OF_ONE = 0.22
_TALLEST = 1.1  # of the width of a map: a higher one would show more of the neighbours only
_SIDE = 1.12
"""A body that is so many times wider than high has its legend at the side, another one below."""


def draw_static_map(
    snapshot: Snapshot,
    choices: Choices,
    frame: Frame | str = "wide",
    *,
    today: date,
    text: FigureText | None = None,
    link: str = "",
    withheld: str = "",
    with_sites: bool = True,
    print_safe: bool = False,
    with_code: bool = False,
) -> Figure:
    """Return the map of a view as a figure; `charts.figure.render` makes a file of it.

    Parameters
    ----------
    snapshot : Snapshot
    choices : Choices
        Measure, period, style, classes, comparison and place; a place is drawn close up, with the country in a corner.
    frame : Frame or str
    today : date
        Stands in the credit.
    text : FigureText, optional
        Instead of `default_text`.
    link, withheld, with_code
        As for `charts.figure_text.default_text`.
    with_sites : bool
        Whether the sites that sources name are drawn.
    print_safe : bool
        For printers without colour.
    """
    counts = counts_of(snapshot, choices)
    content = map_content(snapshot, counts, choices, with_sites=with_sites)
    if text is None:
        text = default_text(
            snapshot, counts, choices, today=today, change=content.change, link=link, withheld=withheld,
            print_safe=print_safe, with_code=with_code,
        )  # fmt: skip
    return draw_maps(content, frame, text, place=choices.place)


def counts_of(snapshot: Snapshot, choices: Choices) -> MeasureCounts:
    """Return the measure and period that a view shows, as the page chooses them."""
    measure = find_measure(choices.measure)
    return count_measure(snapshot, measure, choices.period or default_period(snapshot, measure))


def draw_maps(content: MapContent, frame: Frame | str, text: FigureText, *, place: str = "") -> Figure:
    """Return a figure with the maps and their legend."""
    frame = find_frame(frame) if isinstance(frame, str) else frame
    figure, rect = start_figure(frame, text)
    axes, unit, grey = cover(figure), frame.unit, text.print_safe
    width, height = size_px(figure)
    left, top, wide, tall = rect[0] * width, (1 - rect[1] - rect[3]) * height, rect[2] * width, rect[3] * height
    count, gap = len(content.panels), 16 * unit
    head = HEADING * unit * 1.6 if count > 1 else 0.0
    beside = wide > _SIDE * tall
    if beside:
        side = min(LEGEND * unit, wide * 0.36)
        area = (left, top, wide - side - 22 * unit, tall)
    else:
        columns = 3 if wide > 700 * unit else 2
        legend = MapLegend(axes, content.legend, unit, grow=MOST_GROWN, grey=grey)
        below = min(legend.height(wide, columns), tall * 0.4)
        highest = _TALLEST * (wide - gap * (count - 1)) / count + head
        area = (left, top, wide, min(tall - below - 14 * unit, highest))
        below = tall - area[3] - 14 * unit
    map_width = (area[2] - gap * (count - 1)) / count
    base = load_basemap()
    views = [
        _view_of(base, place, area[0] + i * (map_width + gap), area[1] + head, map_width, area[3] - head)
        for i in range(count)
    ]
    for panel, view in zip(content.panels, views, strict=True):
        if panel.heading:
            heading(axes, view.left, area[1] + HEADING * unit, map_width, panel.heading, HEADING * unit)
        drawing = MapPanel(axes, base, view, unit, grey=grey)
        blocked = [_draw_inset(axes, base, view, place, unit, grey=grey)] if place else []
        drawing.draw(panel.provinces, content.sites, content.badges, chosen=place, blocked=blocked)
        grow = drawing.grow
    legend = MapLegend(axes, content.legend, unit, grow=grow, grey=grey)
    if beside:
        legend.draw(left + wide - side, top, side, tall)
    else:
        legend.draw(left, top + tall - below, wide, below, columns)
    return figure


def _view_of(base: Basemap, place: str, left: float, top: float, width: float, height: float) -> View:
    extent = widen(base.extent_of(place), _ROOM_OF_ONE if place else _ROOM)
    return fit_view(extent, left, top, width, height)


def _draw_inset(axes: Axes, base: Basemap, view: View, place: str, unit: float, *, grey: bool) -> Box:
    """Draw the country with the place marked in the upper left corner; return the box that it takes."""
    side = min(150 * unit, view.width * 0.3, view.height * 0.34)
    left, top = view.left + 8 * unit, view.top + 8 * unit
    small = fit_view(widen(base.extent_of(), 0.05), left, top, side * 1.12, side)
    place_at, size = (left, top), (side * 1.12, side)
    axes.add_patch(Rectangle(place_at, *size, facecolor="#ececec" if grey else SEA, linewidth=0, zorder=11))
    draw_shape(axes, small.bring(base.neighbours, 0), ink=Ink("#f6f6f6" if grey else LAND), zorder=11.1)
    draw_shape(axes, small.bring(base.country, 0), ink=Ink(PAPER), edge="#8d8675", width=0.7 * unit, zorder=11.2)
    mark = Ink(INK if grey else ACCENT)
    draw_shape(axes, small.bring(base.provinces[place], 0), ink=mark, edge=mark.face, width=unit, zorder=11.3)
    axes.add_patch(Rectangle(place_at, *size, fill=False, edgecolor=INK, linewidth=0.9 * unit * POINTS, zorder=12))
    return left, top, left + side * 1.12, top + side
