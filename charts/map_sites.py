"""Sites on a printed map: every one of them with the symbol of its status, none hidden beneath another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from charts.basemap import View, to_plane
from charts.furniture import POINTS, write
from charts.label_places import Box, Places, around, tile_boxes, touches
from charts.lettering import SEMIBOLD, width_of
from charts.palette import INK, MUTED, PAPER, STATUS_SYMBOLS
from charts.print_marks import draw_shape, draw_symbol, figure_of
from locales import say

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

SYMBOL = 14.0
"""Width of a symbol, in units of the frame."""
_UNDER = 4.8  # the circles of figures, whose numbers no line may cross
MOST_SYMBOLS = 49
"""So many sites at one place are drawn one by one; more are counted."""


@dataclass
class _Group:
    """Sites that would lie on each other, and the tile beside their place on which they stand; None at the place."""

    x: float
    y: float
    sites: list[dict[str, Any]]
    tile: Box | None = None


class SiteMarks:
    """The sites of one map.

    Parameters
    ----------
    axes : Axes
        In pixels, see `charts.print_marks.cover`.
    view : View
    places : Places
        What is taken; tiles and symbols are added.
    sites : sequence of dict
        As in the payload of ``charts/map_payload.py``; those outside the view are left out.
    unit : float
    grey : bool
    """

    def __init__(
        self, axes: Axes, view: View, places: Places, sites: Sequence[dict[str, Any]], unit: float, *, grey: bool
    ) -> None:
        self.axes, self.view, self.places, self.unit, self.grey = axes, view, places, unit, grey
        self.size = SYMBOL * unit
        self.groups: list[_Group] = []
        order = list(STATUS_SYMBOLS)
        for site in sorted(sites, key=lambda site: order.index(site["status"])):
            x, y = view.place(*to_plane(*site["at"]))
            if not view.holds(x, y, self.size / 2):
                continue
            near = [one for one in self.groups if abs(one.x - x) < self.size and abs(one.y - y) < self.size]
            if near:
                near[0].sites.append(site)
            else:
                self.groups.append(_Group(x, y, [site]))

    def settle(self) -> None:
        """Find where each site stands: alone at its place unless a number is there, else on a tile beside it."""
        together = []
        for group in self.groups:
            box = around(group.x, group.y, self.size / 2)
            if len(group.sites) > 1 or any(touches(box, there) for there in self.places.fixed):
                together.append(group)
            else:
                self.places.symbols.append(box)
        for group in sorted(together, key=lambda group: -len(group.sites)):
            columns, rows = self._grid(group)
            step, pad = self.size * 1.04, 2.5 * self.unit
            wide = columns * step + 2 * pad
            if len(group.sites) > MOST_SYMBOLS:
                wide = width_of(self._count(group), self.size, SEMIBOLD) + 4 * pad
            boxes = tile_boxes(group.x, group.y, wide, rows * step + 2 * pad, self.size / 2)
            group.tile = self.places.find(boxes, must=True) or boxes[0]

    def draw(self) -> None:
        """Draw them, with the circle in which each lies where that is larger than its symbol."""
        for group in self.groups:
            for metres in {site["uncertainty_m"] for site in group.sites}:
                self._draw_uncertainty(group, metres * self.view.scale)
            if group.tile:
                self._draw_tile(group, group.tile)
            else:
                symbol = STATUS_SYMBOLS[group.sites[0]["status"]]
                draw_symbol(self.axes, symbol, group.x, group.y, self.size, grey=self.grey)

    def _grid(self, group: _Group) -> tuple[int, int]:
        n = len(group.sites)
        if n > MOST_SYMBOLS:
            return 1, 1
        columns = round(n**0.5 * 1.25 + 0.49) if n > 1 else 1
        return columns, -(-n // columns)

    def _count(self, group: _Group) -> str:
        return say("{n} sites", n=len(group.sites))

    def _draw_uncertainty(self, group: _Group, radius: float) -> None:
        if radius < self.size * 0.8:
            return
        ring = shapely.LineString(shapely.Point(group.x, group.y).buffer(radius, quad_segs=24).exterior)
        view = self.view
        box = (view.left, view.top, view.left + view.width, view.top + view.height)
        inside = shapely.clip_by_rect(ring, *box)
        draw_shape(self.axes, inside, edge=MUTED, width=0.8 * self.unit, zorder=4.5, dash=(3.5, 3.0))

    def _draw_tile(self, group: _Group, tile: Box) -> None:
        left, top, right, bottom = tile
        foot = (min(max(group.x, left), right), min(max(group.y, top), bottom))
        thin = self.unit * POINTS
        self.axes.plot([group.x, foot[0]], [group.y, foot[1]], color=INK, linewidth=0.9 * thin, zorder=_UNDER)
        self.axes.plot(
            [group.x], [group.y], marker="o", markersize=4.6 * thin, color=INK, zorder=_UNDER,
            markeredgecolor=PAPER, markeredgewidth=0.8 * thin,
        )  # fmt: skip
        self.axes.add_patch(
            FancyBboxPatch(
                (left, top), right - left, bottom - top, boxstyle=f"round,pad=0,rounding_size={3 * self.unit}",
                facecolor=PAPER, edgecolor=MUTED, linewidth=0.7 * thin, zorder=6.7,
            )
        )  # fmt: skip
        if len(group.sites) > MOST_SYMBOLS:
            figure = figure_of(self.axes)
            middle = ((left + right) / 2, (top + bottom) / 2)
            write(figure, *middle, self._count(group), self.size, weight=SEMIBOLD, align="center", over="center")
            return
        columns, _ = self._grid(group)
        step, pad = self.size * 1.04, 2.5 * self.unit
        for i, site in enumerate(group.sites):
            at = (left + pad + step * (i % columns + 0.5), top + pad + step * (i // columns + 0.5))
            draw_symbol(self.axes, STATUS_SYMBOLS[site["status"]], *at, self.size, grey=self.grey)
