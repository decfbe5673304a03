"""Where names and numbers stand on a printed map, so that none touches another: the rules of ``static/frame/names.js``.

Boxes are (left, top, right, bottom) in pixels, downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]

AIR = 2.0
"""Pixels that stay free beside a name."""


def touches(one: Box, other: Box, air: float = AIR) -> bool:
    """Whether two boxes overlap, or come nearer than `air` beside each other."""
    return (
        one[0] < other[2] + air and other[0] < one[2] + air and one[1] < other[3] and other[1] < one[3]
    )  # fmt: skip


def around(x: float, y: float, radius: float) -> Box:
    """Return the box of a circle."""
    return x - radius, y - radius, x + radius, y + radius


@dataclass
class Places:
    """What is taken on a map.

    Attributes
    ----------
    bounds : Box
        Of the map; nothing may stand outside.
    fixed : list of Box
        What nothing may cover: numbers, names, the scale bar.
    soft : list of Box
        What a name that must stand may cover at last: symbols, then circles.
    """

    bounds: Box
    fixed: list[Box] = field(default_factory=list)
    circles: list[Box] = field(default_factory=list)
    symbols: list[Box] = field(default_factory=list)

    def find(self, boxes: Iterable[Box], *, must: bool = False) -> Box | None:
        """Return the first of the boxes that is free, and take it; None when none is.

        With `must` it rather covers part of a symbol, or of a circle, but never what is fixed.
        """
        tried = [box for box in boxes if self._inside(box)]
        levels: list[Sequence[Box]] = [[*self.fixed, *self.circles, *self.symbols]]
        if must:
            levels += [[*self.fixed, *self.circles], self.fixed]
        for obstacles in levels:
            for box in tried:
                if not any(touches(box, there) for there in obstacles):
                    self.fixed.append(box)
                    return box
        return None

    def _inside(self, box: Box) -> bool:
        left, top, right, bottom = self.bounds
        return box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom


def name_boxes(
    x: float, y: float, width: float, height: float, *, kind: str, reported: bool, radius: float
) -> list[Box]:
    """Return where a name of this size may stand, best first.

    Parameters
    ----------
    x, y : float
        The place that it names.
    width, height : float
        Of the name.
    kind : str
        As in `charts.basemap.PlaceName`.
    reported : bool
        Whether it is a province with a figure.
    radius : float
        Of the circle there; 0 without one.
    """
    middle = -width / 2
    if kind == "town":
        corners = [(middle, 4.0), (5.0, -height / 2), (-5.0 - width, -height / 2), (middle, -4.0 - height)]
    elif kind == "river":
        corners = [(5.0, -height / 2), (-5.0 - width, -height / 2)]
    elif not reported:
        corners = [(middle, shift - height / 2) for shift in (0.0, height * 0.7, -height * 0.7, height * 1.3)]
    else:
        out, aside = radius + 4.0, 0.75 * radius + 3.0
        corners = [
            (middle, out), (middle, -out - height), (out, -height / 2), (-out - width, -height / 2),
            (aside, aside), (aside, -aside - height), (-aside - width, aside), (-aside - width, -aside - height),
            (middle, out + 0.9 * height), (middle, -out - 1.9 * height),
            (out, height * 0.6), (-out - width, height * 0.6), (out, -height * 1.6), (-out - width, -height * 1.6),
        ]  # fmt: skip
        if not radius:
            corners = [(middle, -height / 2), *corners]
    return [(x + left, y + top, x + left + width, y + top + height) for left, top in corners]


def number_boxes(x: float, y: float, width: float, height: float, radius: float) -> list[Box]:
    """Return where the number of a circle may stand that is too small to hold it: right, left, above, below."""
    out = radius + 2.0
    corners = (
        (out, -height / 2), (-out - width, -height / 2), (-width / 2, -out - height), (-width / 2, out),
        (out * 0.8, out * 0.6), (out * 0.8, -out * 0.6 - height), (-out * 0.8 - width, out * 0.6),
        (-out * 0.8 - width, -out * 0.6 - height),
    )  # fmt: skip
    return [(x + left, y + top, x + left + width, y + top + height) for left, top in corners]


def tile_boxes(x: float, y: float, width: float, height: float, radius: float) -> list[Box]:
    """Return where a tile that belongs to a place may stand, in rings further and further out."""
    found = []
    for out in (radius + 10, radius + 28, radius + 52, radius + 84, radius + 120):
        for right, down in (
            (-1, 0), (-1, 0.7), (0, 1), (1, 0), (0.7, 1), (-0.7, 1), (1, 0.7), (-1, -0.7), (1, -0.7), (0, -1),
        ):  # fmt: skip
            left = x + right * out + (right - 1) * width / 2
            top = y + down * out + (down - 1) * height / 2
            found.append((left, top, left + width, top + height))
    return found
