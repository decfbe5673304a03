"""Marks of printed maps: shapes, hatches, circles and symbols, in colour and for printers without any.

Everything is drawn in pixels of the picture from its top left corner, on axes that `cover` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from charts.furniture import POINTS, size_px
from charts.palette import (
    CIRCLE,
    CIRCLE_EDGE,
    FALL,
    FALL_EDGE,
    FALLS,
    INK,
    NO_REPORT,
    PAPER,
    RISES,
    SEQUENTIAL,
    UNCERTAIN,
    Symbol,
)

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

NO_REPORT_GROUND = "#fbfaf7"
OPEN_GAP = 3.4
"""Units between a circle and its dotted ring."""


@dataclass(frozen=True)
class Ink:
    """How an area is filled.

    Attributes
    ----------
    face : str
    hatch : str
        A pattern of Matplotlib; empty for none.
    line : str
        Colour of the hatch.
    """

    face: str
    hatch: str = ""
    line: str = NO_REPORT


NOTHING = Ink(NO_REPORT_GROUND, "/////", NO_REPORT)
HIDDEN = Ink("#f1eee8", "...", "#5b6672")
_NOTHING_GREY = Ink("#ffffff", "/////", "#b4b4b4")


def _greys() -> dict[str, Ink]:
    found: dict[str, Ink] = {}
    for shades in SEQUENTIAL.values():
        levels = np.linspace(0.93, 0.2, len(shades))
        found |= {shade: Ink(_grey(level)) for shade, level in zip(shades, levels, strict=True)}
    # A rise is a plain grey, a fall a hatched one; both darker with their size. Two shades of rises are also shades of
    # rates, and have the same grey there.
    found |= {shade: Ink(_grey(level)) for shade, level in zip(RISES, (0.81, 0.565, 0.3), strict=True)}
    found |= {
        shade: Ink(_grey(0.97), "\\\\\\\\" * n, _grey(level))
        for n, (shade, level) in enumerate(zip(FALLS, (0.55, 0.35, 0.1), strict=True), 1)
    }
    return found | {
        UNCERTAIN: Ink("#ffffff", "xxx", "#9a9a9a"),
        CIRCLE: Ink("#6e6e6e"), CIRCLE_EDGE: Ink("#222222"), FALL: Ink("#e4e4e4"), FALL_EDGE: Ink("#222222"),
    }  # fmt: skip


def _grey(level: float) -> str:
    return f"#{round(level * 255):02x}" + f"{round(level * 255):02x}" * 2


_GREYS = _greys()


def ink_of(facts: Mapping[str, Any], *, grey: bool = False) -> Ink:
    """Return how an area is printed that the payload of the screen describes: ``fill``, ``withheld``.

    Without a fill it is “no report”, or withheld from the public; both differ from every class by their pattern.
    """
    fill = facts.get("fill")
    if fill is None and facts.get("withheld"):
        return HIDDEN
    if fill is None:
        return _NOTHING_GREY if grey else NOTHING
    return _GREYS.get(fill, Ink(fill)) if grey else Ink(fill)


def cover(figure: Figure) -> Axes:
    """Return axes over the whole figure whose coordinates are its pixels from the top left corner."""
    width, height = size_px(figure)
    axes = figure.add_axes((0, 0, 1, 1), label="cover")
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return axes


def figure_of(axes: Axes) -> Figure:
    """Return the figure to which axes belong."""
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("the axes belong to no figure")
    return figure


def shape_path(geometry: shapely.Geometry) -> Path | None:
    """Return the areas and lines of a geometry as one path; None when there are none."""
    rings: list[Path] = []
    for part in shapely.get_parts(geometry):
        if part.geom_type in ("MultiPolygon", "MultiLineString", "GeometryCollection"):
            inner = shape_path(part)
            rings += [inner] if inner is not None else []
        elif part.geom_type == "Polygon":
            rings += [Path(shapely.get_coordinates(ring), closed=True) for ring in (part.exterior, *part.interiors)]
        elif part.geom_type == "LineString":
            rings.append(Path(shapely.get_coordinates(part)))
    rings = [ring for ring in rings if np.size(ring.vertices)]
    return Path.make_compound_path(*rings) if rings else None


def draw_shape(
    axes: Axes,
    geometry: shapely.Geometry | Path,
    *,
    ink: Ink | None = None,
    edge: str = "none",
    width: float = 0.0,
    zorder: float = 1.0,
    clip: Any = None,
    dash: tuple[float, ...] = (),
) -> None:
    """Draw a shape in pixels: filled with `ink`, its edge so many pixels wide; nothing for an empty one."""
    path = geometry if isinstance(geometry, Path) else shape_path(geometry)
    if path is None:
        return
    patch = PathPatch(
        path, facecolor=ink.face if ink else "none", edgecolor=edge, linewidth=width * POINTS, zorder=zorder,
        linestyle=(0, tuple(length * POINTS / max(width * POINTS, 1e-9) for length in dash)) if dash else "solid",
        joinstyle="round",
    )  # fmt: skip
    if ink and ink.hatch:
        patch.set_hatch(ink.hatch)
        patch.set_hatchcolor(ink.line)
    axes.add_patch(patch)
    if clip is not None:
        patch.set_clip_path(clip)


def draw_circle(
    axes: Axes,
    x: float,
    y: float,
    radius: float,
    *,
    face: str = CIRCLE,
    edge: str = CIRCLE_EDGE,
    is_open: bool = False,
    unit: float = 1.0,
    grey: bool = False,
    zorder: float = 5.0,
    clip: Any = None,
) -> None:
    """Draw a circle of a count; a dotted ring around it says that the count is open on one side."""
    face, edge = (ink_of({"fill": one}, grey=grey).face for one in (face, edge))
    wide = 1.1 * unit * POINTS
    about: dict[str, Any] = {"facecolor": "none", "edgecolor": edge, "zorder": zorder}
    rings = [
        Circle((x, y), radius, facecolor=face, alpha=0.85, edgecolor="none", linewidth=0, zorder=zorder),
        Circle((x, y), radius, linewidth=wide, **about),
    ]
    if is_open:
        rings.append(Circle((x, y), radius + OPEN_GAP * unit, linewidth=wide * 1.2, linestyle=(0, (1.4, 1.9)), **about))
    for ring in rings:
        axes.add_patch(ring)
        if clip is not None:
            ring.set_clip_path(clip)


_STAR = "9,1.2 11.3,6.2 16.7,6.8 12.7,10.5 13.8,15.8 9,13.1 4.2,15.8 5.3,10.5 1.3,6.8 6.7,6.2"
_OUTLINES: dict[str, str] = {
    "square": "3.5,3.5 14.5,3.5 14.5,14.5 3.5,14.5",
    "diamond": "9,1.5 16.5,9 9,16.5 1.5,9",
    "triangle": "9,2 16.5,15.5 1.5,15.5",
    "inverted": "9,16 1.5,2.5 16.5,2.5",
    "star": _STAR,
    "cross": "4.5,2 9,6.5 13.5,2 16,4.5 11.5,9 16,13.5 13.5,16 9,11.5 4.5,16 2,13.5 6.5,9 2,4.5",
}
"""The outlines of ``static/frame/parts.js``, in a square of 18."""


def draw_symbol(
    axes: Axes, symbol: Symbol, x: float, y: float, size: float, *, grey: bool = False, zorder: float = 7.0
) -> None:
    """Draw the symbol of a status, `size` pixels wide, its middle there."""
    color = INK if grey else symbol.color
    step = size / 18
    if symbol.shape in ("circle", "ring"):
        hollow = symbol.shape == "ring"
        axes.add_patch(
            Circle(
                (x, y), (5.5 if hollow else 6.4) * step, facecolor=PAPER if hollow else color,
                edgecolor=color if hollow else PAPER, linewidth=(2.4 if hollow else 1.3) * step * POINTS, zorder=zorder,
            )
        )  # fmt: skip
        return
    corners = [tuple(map(float, pair.split(","))) for pair in _OUTLINES[symbol.shape].split()]
    outline = Path([(x + (a - 9) * step, y + (b - 9) * step) for a, b in [*corners, corners[0]]], closed=True)
    draw_shape(axes, outline, ink=Ink(color), edge=PAPER, width=1.3 * step, zorder=zorder)
