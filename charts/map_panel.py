"""One printed map: land, figures, sites, names and a scale bar, in a rectangle of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from charts.basemap import Basemap, PlaceName, View, bar_length_km
from charts.furniture import POINTS, write
from charts.label_places import Box, Places, around, name_boxes, number_boxes
from charts.lettering import REGULAR, SEMIBOLD, drawable, line_height, shorten, width_of
from charts.map_sites import SiteMarks
from charts.palette import ACCENT, CIRCLE, CIRCLE_EDGE, FALL, INK, LAND, PAPER, SEA
from charts.print_marks import OPEN_GAP, Ink, draw_circle, draw_shape, figure_of, ink_of
from locales import language, say, write_digits

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.patheffects import withStroke

WATER_EDGE, BORDER, OUTLINE, COAST = "#9dbac8", "#8d8675", "#6b6555", "#cfc8b9"
NAME, NUMBER = 13.0, 14.0
"""Heights of letters, in units of the frame."""
SCREEN_HEIGHT = 640.0
"""Height of a map on which circles have the sizes of the screen; they grow and shrink with it."""
MOST_GROWN = 1.5
_DARK = (CIRCLE, FALL)
"""Circles on which a number is white; the other tones are too light for it."""
_NAME_COLORS = {"country": "#857d6d", "sea": "#6b8797", "lake": "#4a6b7d", "river": "#4a6b7d", "town": INK}


@dataclass(frozen=True)
class _Number:
    """A number that stands beside its circle."""

    x: float
    y: float
    reach: float
    text: str
    wide: float
    color: str


class MapPanel:
    """Draws one map.

    Parameters
    ----------
    axes : Axes
        In pixels of the picture, see `charts.print_marks.cover`.
    view : View
    unit : float
        Pixels for each unit of the frame.
    grey : bool
        Whether it is for printers without colour.
    plain : bool
        Whether it is too small for more than the names of provinces with a figure.
    """

    def __init__(
        self, axes: Axes, base: Basemap, view: View, unit: float, *, grey: bool = False, plain: bool = False
    ) -> None:
        self.axes, self.base, self.view, self.unit, self.grey, self.plain = axes, base, view, unit, grey, plain
        self.figure = figure_of(axes)
        right, bottom = view.left + view.width, view.top + view.height
        self.places = Places((view.left + 3, view.top + 3, right - 3, bottom - 3))
        self.clip = Rectangle((view.left, view.top), view.width, view.height, transform=axes.transData)
        self.grow = min(MOST_GROWN, max(0.42, view.height / SCREEN_HEIGHT))

    def draw(
        self,
        provinces: dict[str, dict[str, Any]],
        sites: Sequence[dict[str, Any]] = (),
        badges: Sequence[dict[str, Any]] = (),
        *,
        chosen: str = "",
        blocked: Sequence[Box] = (),
        with_bar: bool = True,
    ) -> None:
        """Draw everything; `blocked` are boxes that something else will cover, such as an inset."""
        self.places.fixed += blocked
        self._draw_land(provinces, chosen)
        if with_bar:
            self._draw_bar()
        marks = SiteMarks(self.axes, self.view, self.places, sites, self.unit, grey=self.grey)
        beside = self._draw_circles(provinces)
        marks.settle()
        self._write_numbers(beside)
        marks.draw()
        self._draw_names(provinces, {badge["code"]: badge for badge in badges}, chosen)

    def _draw_land(self, provinces: dict[str, dict[str, Any]], chosen: str) -> None:
        view, unit, grey = self.view, self.unit, self.grey
        sea = "#ececec" if grey else SEA
        corner = (view.left, view.top)
        ground = Rectangle(corner, view.width, view.height, facecolor=sea, edgecolor="none", linewidth=0, zorder=0.1)
        self.axes.add_patch(ground)

        def put(geometry: shapely.Geometry, order: float, ink: Ink | None, edge: str, width: float) -> None:
            shape = view.bring(geometry)
            draw_shape(self.axes, shape, ink=ink, edge=edge, width=width * unit, zorder=order, clip=self.clip)

        put(self.base.neighbours, 0.2, Ink("#f6f6f6" if grey else LAND), COAST, 0.8)
        put(self.base.islands, 0.3, Ink(PAPER), COAST, 0.8)
        for code, geometry in self.base.provinces.items():
            put(geometry, 0.5, ink_of(provinces.get(code, {}), grey=grey), "none", 0)
        shore = "#a0a0a0" if grey else WATER_EDGE
        put(self.base.lakes, 0.6, Ink(sea), shore, 0.7)
        if not self.plain:
            put(self.base.rivers, 0.61, None, shore, 0.9)
        for code, geometry in self.base.provinces.items():
            if code != chosen:
                put(geometry, 0.7, None, "#555555" if grey else BORDER, 0.5 if self.plain else 0.8)
        put(self.base.country, 0.75, None, "#333333" if grey else OUTLINE, 0.9 if self.plain else 1.3)
        if chosen:
            put(self.base.provinces[chosen], 0.8, None, INK if grey else ACCENT, 2.4)
        frame = Rectangle(
            corner, view.width, view.height, fill=False, edgecolor=COAST, linewidth=0.8 * POINTS, zorder=20
        )
        self.axes.add_patch(frame)

    def _draw_bar(self) -> None:
        """Draw a scale bar in the lower right corner."""
        view, unit = self.view, self.unit
        kilometres = bar_length_km(view)
        long = kilometres * 1000 * view.scale
        size = (10.5 if self.plain else 12.0) * unit
        right, y = view.left + view.width - 10 * unit, view.top + view.height - 10 * unit
        label = say("{figure} km", figure=write_digits(f"{kilometres:,.0f}"))
        wide = max(long, width_of(label, size))
        middle = right - wide / 2
        left = middle - long / 2
        self.axes.plot(
            [left, left, left + long, left + long], [y - 4 * unit, y, y, y - 4 * unit],
            color=INK, linewidth=1.1 * unit * POINTS, solid_joinstyle="miter", zorder=9,
        )  # fmt: skip
        self._halo(middle, y - 6 * unit, label, size, align="center")
        self.places.fixed.append((right - wide - 4, y - 8 * unit - size, right + 4, y + 4))

    def _draw_circles(self, provinces: dict[str, dict[str, Any]]) -> list[_Number]:
        """Draw the circles, the largest first, with their numbers in them; return those that stand beside theirs."""
        named = {name.code: self.view.place(*name.at) for name in self.base.names if name.code}
        drawn = [(facts, *named[code]) for code, facts in provinces.items() if facts.get("radius")]
        drawn = [each for each in drawn if self.view.holds(each[1], each[2])]
        size = self._number_size()
        beside = []
        for facts, x, y in sorted(drawn, key=lambda each: -each[0]["radius"]):
            radius, color, edge = (
                facts["radius"] * self.grow,
                facts.get("color", CIRCLE),
                facts.get("edge", CIRCLE_EDGE),
            )
            draw_circle(
                self.axes, x, y, radius, face=color, edge=edge, is_open=facts["open"], unit=self.unit, grey=self.grey,
                clip=self.clip,
            )  # fmt: skip
            reach = radius + (OPEN_GAP * self.unit if facts["open"] else 0)
            self.places.circles.append(around(x, y, reach))
            text = drawable(facts["label"])
            wide = width_of(text, size, SEMIBOLD)
            if wide < 1.75 * radius and size < 1.5 * radius and color in _DARK[: 1 if self.grey else 2]:
                write(self.figure, x, y, text, size, weight=SEMIBOLD, color=PAPER, align="center", over="center")
                self.places.fixed.append((x - wide / 2, y - size / 2, x + wide / 2, y + size / 2))
            else:
                beside.append(_Number(x, y, reach, text, wide, INK if self.grey else edge))
            if facts["contested"]:
                self._halo(x + radius * 0.75, y - radius * 0.75, "≠", size * 1.1, weight=SEMIBOLD)
                self.places.fixed.append(
                    around(x + radius * 0.75 + size * 0.3, y - radius * 0.75 - size * 0.3, size / 2)
                )
        return beside

    def _write_numbers(self, numbers: Sequence[_Number]) -> None:
        size = self._number_size()
        for one in numbers:
            boxes = number_boxes(one.x, one.y, one.wide, size, one.reach)
            box = self.places.find(boxes, must=True) or boxes[0]
            middle = (box[1] + box[3]) / 2
            self._halo(box[0], middle, one.text, size, weight=SEMIBOLD, color=one.color, over="center")

    def _number_size(self) -> float:
        return NUMBER * self.unit * (0.82 if self.plain else 1.0)

    def _draw_names(self, provinces: dict[str, dict[str, Any]], badges: dict[str, dict[str, Any]], chosen: str) -> None:
        """Write the names in the order of their weight, each where it touches nothing."""
        spoken = language()
        weights = {"province": 1.0, "town": 0.5, "lake": 0.4, "river": 0.3, "country": 0.2, "sea": 0.2}

        def weight(name: PlaceName) -> float:
            facts = provinces.get(name.code, {})
            reported = 100 + facts.get("radius", 0) if facts.get("fill") else 0
            return weights[name.kind] + float(reported) + (1000 if name.code and name.code == chosen else 0)

        for name in sorted(self.base.names, key=weight, reverse=True):
            x, y = self.view.place(*name.at)
            facts = provinces.get(name.code, {})
            reported = bool(facts.get("fill")) or (bool(name.code) and name.code == chosen)
            if not self.view.holds(x, y) or (self.plain and not facts.get("fill")):
                continue
            if name.kind == "town" and (not chosen or self.plain):
                continue
            badge = badges.get(name.code)
            self._draw_name(name, name.text(spoken), x, y, facts, reported, badge)

    def _draw_name(
        self,
        name: PlaceName,
        text: str,
        x: float,
        y: float,
        facts: dict[str, Any],
        reported: bool,
        badge: dict[str, Any] | None,
    ) -> None:
        size = NAME * self.unit * (0.84 if self.plain else 1.0)
        weight = SEMIBOLD if reported or name.kind == "country" else REGULAR
        text = drawable(" ".join(filter(None, (text, facts.get("mark")))))
        below = f"{badge['count']} {badge['word']}" if badge else ""
        step = line_height(text, size) * 0.92
        wide = max(width_of(text, size, weight), width_of(below, size * 0.88) + 10 * self.unit if below else 0)
        tall = step + (size * 1.45 if below else 0)
        radius = facts.get("radius", 0) * self.grow + (OPEN_GAP * self.unit if facts.get("open") else 0)
        boxes = name_boxes(x, y, wide, tall, kind=name.kind, reported=reported, radius=radius)
        box = self.places.find(boxes, must=reported or bool(below))
        if box is None:
            return
        middle = (box[0] + box[2]) / 2
        color = _NAME_COLORS.get(name.kind, INK if reported else "#3f4853")
        self._halo(middle, box[1] + step / 2, text, size, weight=weight, align="center", over="center",
                   color=INK if self.grey else color)  # fmt: skip
        if name.kind == "town":
            self.axes.plot([x], [y], marker="o", markersize=4 * self.unit * POINTS, color=INK, zorder=8)
        if below:
            self._draw_badge(middle, box[1] + step, below, size)

    def _draw_badge(self, x: float, y: float, text: str, size: float) -> None:
        wide, tall = width_of(text, size * 0.88) + 10 * self.unit, size * 1.3
        self.axes.add_patch(
            FancyBboxPatch(
                (x - wide / 2, y), wide, tall, boxstyle=f"round,pad=0,rounding_size={tall / 2}",
                facecolor=PAPER, edgecolor=INK, linewidth=0.8 * self.unit * POINTS, zorder=8,
            )
        )  # fmt: skip
        write(self.figure, x, y + tall / 2, text, size * 0.88, align="center", over="center")

    def _halo(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: int = REGULAR,
        color: str = INK,
        align: str = "left",
        over: str = "baseline",
        halo: str = PAPER,
    ) -> None:
        """Write a text over a pale seam, which is drawn apart so that the text itself stays text."""
        style: dict[str, Any] = {"weight": weight, "align": align, "over": over}
        if halo:
            seam = write(self.figure, x, y, text, size, color=halo, zorder=9.5, **style)
            seam.set_path_effects([withStroke(linewidth=3.8 * self.unit * POINTS, foreground=halo)])
            seam.set_gid("halo")
        write(self.figure, x, y, text, size, color=color, **style)


def heading(axes: Axes, x: float, y: float, width: float, text: str, size: float) -> None:
    """Write what a map shows above it; shortened where it is too narrow."""
    figure = figure_of(axes)
    write(figure, x, y, shorten(drawable(text), width, size, SEMIBOLD), size, weight=SEMIBOLD)
