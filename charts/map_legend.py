"""The legend of printed maps: classes with n, sizes of circles, symbols, in one column or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from charts.furniture import POINTS, write
from charts.lettering import REGULAR, SEMIBOLD, drawable, line_height, width_of, wrap
from charts.palette import CIRCLE, CIRCLE_EDGE, INK, MUTED, UNCERTAIN_EDGE, Symbol
from charts.print_marks import draw_circle, draw_shape, draw_symbol, figure_of, ink_of
from locales import write_digits

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.axes import Axes
from matplotlib.path import Path

TITLE, ENTRY, NOTE = 17.0, 14.5, 13.0
"""Heights of letters, in units of the frame."""


@dataclass(frozen=True)
class _Block:
    """A part of the legend that stays together."""

    height: float
    draw: Callable[[float, float], None]


class MapLegend:
    """A legend, laid out for a width.

    Parameters
    ----------
    axes : Axes
        In pixels, see `charts.print_marks.cover`.
    legend : dict
        As ``charts.map_payload.describe_legend`` gives it.
    unit : float
        Pixels for each unit of the frame.
    grow : float
        How much larger than on the screen circles are drawn.
    grey : bool
    """

    def __init__(self, axes: Axes, legend: dict[str, Any], unit: float, *, grow: float, grey: bool = False) -> None:
        self.axes, self.legend, self.unit, self.grow, self.grey = axes, legend, unit, grow, grey
        self.figure = figure_of(axes)

    def height(self, width: float, columns: int = 1) -> float:
        """Return how high the legend is in a width."""
        return max(sum(block.height for block in column) for column in self._flow(width, columns))

    def draw(self, left: float, top: float, width: float, height: float, columns: int = 1) -> float:
        """Draw the legend, smaller where it would else not fit; return its height."""
        while self.height(width, columns) > height and self.unit > 0.1:
            self.unit *= 0.96
        column_width = self._column_width(width, columns)
        for i, column in enumerate(self._flow(width, columns)):
            x, y = left + i * (column_width + 26 * self.unit), top
            for block in column:
                block.draw(x, y)
                y += block.height
        return self.height(width, columns)

    def _column_width(self, width: float, columns: int) -> float:
        return (width - 26 * self.unit * (columns - 1)) / columns

    def _flow(self, width: float, columns: int) -> list[list[_Block]]:
        """Return the blocks in columns of about the same height, in their order."""
        blocks = self._blocks(self._column_width(width, columns))
        least = max(block.height for block in blocks)
        total = sum(block.height for block in blocks)
        limit = max(least, total / columns)
        while True:
            found: list[list[_Block]] = [[]]
            for block in blocks:
                if found[-1] and sum(one.height for one in found[-1]) + block.height > limit:
                    found.append([])
                found[-1].append(block)
            if len(found) <= columns:
                return found
            limit *= 1.04

    def _blocks(self, width: float) -> list[_Block]:
        legend = self.legend
        blocks = [self._text(legend["title"], width, TITLE, SEMIBOLD, INK, 1)]
        if legend["note"]:
            blocks.append(self._text(legend["note"], width, NOTE, REGULAR, MUTED, 2))
        if legend["circles"]:
            blocks.append(self._circles(legend["circles"]))
        rows = [self._class(entry, width) for entry in legend["classes"]]
        if legend.get("classes_head"):
            rows = [self._head(legend["classes_head"], width), *rows]
        blocks.append(_stack([*rows, self._gap(8)]))
        if legend["symbols"]:
            rows = [self._symbol(entry, width) for entry in legend["symbols"]]
            if legend.get("symbols_head"):
                rows = [self._text(legend["symbols_head"], width, NOTE, REGULAR, MUTED, 2), *rows]
            blocks.append(_stack([*rows, self._gap(7)]))
        return blocks + [self._text(note, width, NOTE, REGULAR, MUTED, 4) for note in legend["footnotes"]]

    def _gap(self, units: float) -> _Block:
        return _Block(units * self.unit, _nothing)

    def _head(self, text: str, width: float) -> _Block:
        """Return what the numbers below count, over them."""
        size = NOTE * self.unit

        def draw(x: float, y: float) -> None:
            write(self.figure, x + width, y + size, drawable(text), size, color=MUTED, align="right")

        return _Block(size * 1.4, draw)

    def _text(self, text: str, width: float, size: float, weight: int, color: str, after: float) -> _Block:
        size *= self.unit
        lines = wrap(drawable(text), width, size, weight)
        steps = [line_height(line, size) for line in lines]

        def draw(x: float, y: float) -> None:
            for line, step in zip(lines, steps, strict=True):
                write(self.figure, x, y + step / 2 + size * 0.33, line, size, weight=weight, color=color)
                y += step

        return _Block(sum(steps) + after * self.unit, draw)

    def _row(self, label: str, n: Any, width: float, indent: float, mark: Callable[[float, float], None]) -> _Block:
        """Return a mark, its label in as many lines as it takes, and a number at the right."""
        size = ENTRY * self.unit
        number = write_digits(str(n)) if n is not None else ""
        lines = wrap(drawable(label), width - indent - width_of(number, size) - 8 * self.unit, size)
        step = max(line_height(line, size) for line in lines)

        def draw(x: float, y: float) -> None:
            mark(x, y + step / 2)
            for i, line in enumerate(lines):
                write(self.figure, x + indent, y + step * (i + 0.5) + size * 0.33, line, size)
            write(self.figure, x + width, y + step / 2 + size * 0.33, number, size, color=MUTED, align="right")

        return _Block(step * len(lines) + 3 * self.unit, draw)

    def _class(self, entry: dict[str, Any], width: float) -> _Block:
        wide, tall = 26 * self.unit, 15 * self.unit
        ink = ink_of(entry, grey=self.grey)

        def mark(x: float, y: float) -> None:
            box = [(x, y - tall / 2), (x + wide, y - tall / 2), (x + wide, y + tall / 2), (x, y + tall / 2)]
            draw_shape(self.axes, Path([*box, box[0]], closed=True), ink=ink, edge="#8d8675", width=0.7 * self.unit)

        return self._row(entry["label"], entry["n"], width, wide + 9 * self.unit, mark)

    def _circles(self, entries: list[dict[str, Any]]) -> _Block:
        """Return the circles one within the other, each with a line to its number."""
        grow, unit, size = self.grow, self.unit, ENTRY * self.unit
        ordered = sorted(entries, key=lambda entry: -entry["radius"])
        largest = ordered[0]["radius"] * grow
        step = size * 1.2
        tall = max(2 * largest, step * len(ordered)) + 16 * unit

        def draw(x: float, y: float) -> None:
            base = y + tall - 7 * unit
            at = base - max(2 * largest, step * len(ordered)) + step * 0.2
            for entry in ordered:
                radius = entry["radius"] * grow
                plain = "color" in entry
                draw_circle(
                    self.axes, x + largest, base - radius, radius, unit=unit, grey=self.grey,
                    face=entry.get("color", CIRCLE), edge=UNCERTAIN_EDGE if plain else CIRCLE_EDGE,
                )  # fmt: skip
                top = base - 2 * radius
                at = max(at, top)
                end = x + 2 * largest + 16 * unit
                self.axes.plot(
                    [x + largest, end - 4 * unit, end], [top, top, at],
                    color=MUTED, linewidth=0.7 * POINTS * unit, zorder=6,
                )  # fmt: skip
                write(self.figure, end + 4 * unit, at + size * 0.33, entry["label"], size)
                at += step

        return _Block(tall, draw)

    def _symbol(self, entry: dict[str, Any], width: float) -> _Block:
        symbol = Symbol(entry["color"], entry["shape"])
        size = 15 * self.unit

        def mark(x: float, y: float) -> None:
            draw_symbol(self.axes, symbol, x + size / 2, y, size, grey=self.grey)

        return self._row(entry["label"], entry["n"], width, size + 9 * self.unit, mark)


def _stack(rows: Sequence[_Block]) -> _Block:
    """Return rows as one block, which no column parts."""

    def draw(x: float, y: float) -> None:
        for row in rows:
            row.draw(x, y)
            y += row.height

    return _Block(sum(row.height for row in rows), draw)


def _nothing(_x: float, _y: float) -> None:
    """Draw nothing: a block of air."""
