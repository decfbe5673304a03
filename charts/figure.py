"""A picture that cannot lose its caveats: title, notes, sources and credit are drawn into it around its body.

Drawn with Matplotlib's objects and never with pyplot, so that several can be drawn at once. A position is given in
pixels of the picture at scale 1, from its top left corner. The furniture is laid out first and shrinks as it must;
the rectangle that it leaves is the body's.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

from charts.furniture import DPI, MARGIN, draw_foot, draw_head, size_px, write, write_lines
from charts.palette import ACCENT, INK, PAPER
from charts.svg_fonts import embed_fonts
from errors import ExportError
from locales import later, say

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

__all__ = [
    "DPI", "FRAMES", "LARGEST_SCALE", "FigureText", "Frame", "Kind", "Rect",
    "find_frame", "render", "size_px", "start_figure", "write", "write_lines",
]  # fmt: skip

Kind = Literal["png", "svg", "pdf"]
Rect = tuple[float, float, float, float]

LARGEST_SCALE = 4
_ABOUT: dict[str, dict[str, str | None]] = {
    "png": {"Software": "Compound Atlas"},
    "svg": {"Date": None, "Creator": "Compound Atlas"},
    "pdf": {"CreationDate": None, "Creator": "Compound Atlas", "Producer": "Compound Atlas"},
}
"""What a file says of itself: nothing that changes from one writing to the next."""
_HAIR = 1e-6  # inches: a size must not fall short of the pixels to which it is cut


@dataclass(frozen=True)
class Frame:
    """A size of pictures.

    Attributes
    ----------
    name, label : str
        In commands, and on screen in English.
    width_px, height_px : int
        At scale 1.
    """

    name: str
    label: str
    width_px: int
    height_px: int

    @property
    def unit(self) -> float:
        """Pixels for each unit of a letter's height: smaller pictures have smaller letters, but not as much smaller."""
        return float(min(1.0, ((self.width_px * self.height_px) / (1600 * 900)) ** 0.34))


FRAMES: dict[str, Frame] = {
    frame.name: frame
    for frame in (
        Frame("wide", later("Slide, 16:9"), 1600, 900),
        Frame("a4", later("A4, upright"), 1240, 1754),
        Frame("a4_landscape", later("A4, across"), 1754, 1240),
        Frame("square", later("Square"), 1080, 1080),
        Frame("half", later("Half a page"), 800, 560),
    )
}


@dataclass(frozen=True)
class FigureText:
    """Everything that is written around the body of a picture.

    Attributes
    ----------
    title : str
        States the finding.
    subtitle : str
        Measure and period.
    notes : tuple of str
        Definition, filters, what is shown and what cannot be, how ranges and grades are written; whole sentences.
    sources : tuple of str
        One line each; they are numbered in this order.
    credit : str
        Boundaries and their licence, data version, profile, day, address.
    language : str
        ``en`` or ``km``.
    print_safe : bool
        Whether the body is drawn for printers without colour.
    qr : str
        Address for a code that telephones read; empty for none.
    """

    title: str
    subtitle: str
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    credit: str
    language: str = "en"
    print_safe: bool = False
    qr: str = ""


def find_frame(name: str) -> Frame:
    """Return the frame with this name; ExportError when there is none."""
    if name not in FRAMES:
        raise ExportError(
            say("There is no picture size “{name}”.", name=name),
            say("Choose one of: {names}.", names=", ".join(FRAMES)),
            frame=name,
        )
    return FRAMES[name]


def start_figure(frame: Frame | str, text: FigureText) -> tuple[Figure, Rect]:
    """Return a figure with its furniture drawn, and the rectangle for its body.

    Parameters
    ----------
    frame : Frame or str
        Or its name.
    text : FigureText
        Of any length: long titles wrap and then shrink, notes and sources shrink, and the body gives way at last.

    Returns
    -------
    figure : matplotlib.figure.Figure
    body : (left, bottom, width, height)
        In fractions of the figure, as ``figure.add_axes`` takes it.
    """
    frame = find_frame(frame) if isinstance(frame, str) else frame
    size = ((frame.width_px + _HAIR) / DPI, (frame.height_px + _HAIR) / DPI)
    figure = Figure(figsize=size, dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    unit = frame.unit
    color = INK if text.print_safe else ACCENT
    top = draw_head(figure, unit, title=text.title, subtitle=text.subtitle, color=color)
    bottom = draw_foot(
        figure, unit, top, notes=text.notes, sources=text.sources, credit=text.credit, qr=text.qr
    )  # fmt: skip
    top, bottom, margin = top + 10 * unit, bottom - 14 * unit, MARGIN * unit
    return figure, (
        margin / frame.width_px,
        1 - bottom / frame.height_px,
        1 - 2 * margin / frame.width_px,
        (bottom - top) / frame.height_px,
    )


def render(figure: Figure, kind: Kind, scale: int = 1) -> bytes:
    """Return a figure as a file: the same bytes for the same figure.

    Parameters
    ----------
    figure : Figure
    kind : {"png", "svg", "pdf"}
        SVG holds its texts as text, with the letters that it needs; PDF embeds its fonts.
    scale : int
        1 to `LARGEST_SCALE`: how many times the pixels of the frame; for PNG only.

    Raises
    ------
    ExportError
        When `kind` or `scale` is none of these.
    """
    if kind not in ("png", "svg", "pdf"):
        raise ExportError(
            say("Pictures are not written as “{kind}”.", kind=kind), say("Choose png, svg or pdf."), kind=kind
        )
    if scale not in range(1, LARGEST_SCALE + 1):
        raise ExportError(
            say("A picture is not written at scale {scale}.", scale=str(scale)),
            say("Choose a whole number from 1 to {n}.", n=LARGEST_SCALE),
            scale=scale,
        )
    file = io.BytesIO()
    dpi = DPI * scale if kind == "png" else DPI
    figure.savefig(file, format=kind, dpi=dpi, metadata=_ABOUT[kind], facecolor=PAPER)
    return embed_fonts(file.getvalue()) if kind == "svg" else file.getvalue()
