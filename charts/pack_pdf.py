"""A briefing as a PDF for print: its headlines and texts on A4, then every figure on a page of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charts.figure import FigureText, find_frame, size_px, start_figure
from charts.furniture import write_lines
from charts.hedged_words import describe_months
from charts.lettering import REGULAR, SEMIBOLD, drawable, line_height, wrap
from charts.palette import ACCENT, INK, MUTED
from charts.plates import Context, Plate
from data.periods import format_date
from data.privacy import PROFILES
from locales import language, say, write_digits

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

MOST_ACROSS = 16
"""A figure with more rows stands upright."""
_FRAME = "a4"
_HEADLINE, _TEXT, _GAP = 23.0, 18.5, 20.0


@dataclass(frozen=True)
class _Line:
    text: str
    size: float
    weight: int
    color: str
    indent: float
    gap: float = 0.0


def make_pdf(context: Context, plates: Sequence[Plate], *, print_safe: bool = False) -> bytes:
    """Return the briefing as a PDF; `print_safe` is for printers without colour."""
    file = io.BytesIO()
    about = {"Title": drawable(context.briefing.title), "Creator": "Compound Atlas", "Producer": "Compound Atlas"}
    with PdfPages(file, metadata={**about, "CreationDate": None, "ModDate": None}) as pages:
        for figure in _summary(context, plates):
            pages.savefig(figure)
        for plate in plates:
            rows = plate.item.figure in ("table", "claims", "lanes") and len(plate.words) > MOST_ACROSS
            frame = "a4" if rows else "a4_landscape"
            for figure in plate.draw(frame, print_safe=print_safe):
                pages.savefig(figure)
    return file.getvalue()


def _summary(context: Context, plates: Sequence[Plate]) -> Iterator[Figure]:
    """Yield the pages of headlines and texts."""
    width = find_frame(_FRAME).width_px - 2 * 34
    lines = [line for plate in plates for line in _lines_of(plate, width)]
    while True:
        figure, (left, bottom, _, tall) = start_figure(_FRAME, _frame_text(context))
        across, down = size_px(figure)
        y, end = (1 - bottom - tall) * down + 12, (1 - bottom) * down
        placed = 0
        for line in lines:
            step = line_height(line.text, line.size)
            if placed and y + line.gap + step > end:
                break
            y += line.gap if placed else 0.0
            x = left * across + line.indent
            y = write_lines(figure, x, y, [line.text], line.size, weight=line.weight, color=line.color)
            placed += 1
        yield figure
        lines = lines[placed:]
        if not lines:
            return


def _frame_text(context: Context) -> FigureText:
    briefing = context.briefing
    return FigureText(
        title=briefing.title,
        subtitle=f"{describe_months(briefing.period)} · {say(PROFILES[briefing.profile])}",
        notes=(
            say("Every figure repeats what its source says; allegations are not findings of a court."),
            say("No report is not zero. Definitions, sources and what cannot be shown stand on each figure."),
        ),
        sources=(),
        credit=" · ".join(
            [
                say("Compound Atlas, data version {version}", version=write_digits(str(context.snapshot.revision))),
                format_date(context.today),
            ]
        ),
        language=language(),
    )


def _lines_of(plate: Plate, width: float) -> list[_Line]:
    indent = 46.0
    number = write_digits(str(plate.number))
    head = wrap(drawable(f"{number}  {plate.text.title}"), width, _HEADLINE, SEMIBOLD)
    text = wrap(drawable(plate.item.text), width - indent, _TEXT) if plate.item.text else []
    subtitle = wrap(drawable(plate.text.subtitle), width - indent, _TEXT * 0.85)
    return [
        *(_Line(one, _HEADLINE, SEMIBOLD, ACCENT, 0.0, _GAP if not i else 0.0) for i, one in enumerate(head)),
        *(_Line(one, _TEXT, REGULAR, INK, indent, 6.0 if not i else 0.0) for i, one in enumerate(text)),
        *(_Line(one, _TEXT * 0.85, REGULAR, MUTED, indent, 5.0 if not i else 0.0) for i, one in enumerate(subtitle)),
    ]
