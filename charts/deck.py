"""A briefing as a presentation: each picture as large as the slide, and beside it its words and numbers as text.

The words, and the numbers as a native table, can be edited like any slide; the pictures keep their caveats inside. The
notes of every slide hold sources and method.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zipfile import BadZipFile

import pandas as pd
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.exc import PackageNotFoundError
from pptx.util import Emu, Inches, Pt

from charts.deck_fit import (
    clean,
    column_shares,
    fit_cell,
    fit_foot,
    fit_title,
    list_sources,
    share_out,
    text_size,
)  # fmt: skip
from charts.figure import find_frame
from charts.hedged_words import describe_months
from charts.palette import INK, MUTED, PAPER, RULE
from charts.plates import SLIDE, Context, Plate
from data.periods import format_date
from data.privacy import PROFILES
from errors import ExportError
from locales import say, write_digits

MOST_ROWS = 11
"""So many rows of a table stand on a slide; the others are in the files of the briefing."""
MOST_COLUMNS = 3
_WIDTH, _HEIGHT = Inches(40 / 3), Inches(7.5)
_MARGIN = 0.055  # of the width
_LATIN, _KHMER = "Calibri", "Leelawadee UI"
_MOST_PART = 20_000_000  # bytes of a template


def make_deck(context: Context, plates: Sequence[Plate], *, template: bytes | None = None) -> bytes:
    """Return the briefing as a PPTX file.

    Parameters
    ----------
    context : Context
    plates : sequence of Plate
    template : bytes, optional
        A presentation of one's own: its size, master and fonts are used, its slides are left out.

    Raises
    ------
    ExportError
        The template is no presentation.
    """
    deck = _open(template)
    properties = deck.core_properties
    properties.title, properties.author = context.briefing.title, "Compound Atlas"
    properties.created = properties.modified = datetime.combine(context.today, datetime.min.time())
    properties.last_modified_by = "Compound Atlas"
    slides = _Slides(deck, own=template is not None)
    slides.add_cover(context)
    slides.add_summary(plates)
    for plate in plates:
        slides.add_picture(plate)
        slides.add_words(plate)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _open(template: bytes | None) -> Any:
    if template is None:
        deck = Presentation()
        deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
        return deck
    if len(template) > _MOST_PART:
        raise ExportError(say("The template is larger than 20 MB."), say("Choose a smaller one."))
    try:
        deck = Presentation(io.BytesIO(template))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise ExportError(
            say("The template is not a presentation that can be read."), say("Choose a .pptx file.")
        ) from error
    slides = deck.slides._sldIdLst
    for slide in list(slides):
        deck.part.drop_rel(slide.rId)
        slides.remove(slide)
    return deck


class _Slides:
    """Adds the slides of a briefing to a presentation."""

    def __init__(self, deck: Any, *, own: bool) -> None:
        self.deck, self.own = deck, own
        self.width, self.height = int(deck.slide_width), int(deck.slide_height)
        self.unit = min(self.width / int(_WIDTH), self.height / int(_HEIGHT))
        self.margin = int(self.width * _MARGIN)
        self.inner = self.width - 2 * self.margin
        self.layout = next(
            (one for one in deck.slide_layouts if self._fits(one)),
            deck.slide_layouts[min(5, len(deck.slide_layouts) - 1)],
        )

    @staticmethod
    def _fits(layout: Any) -> bool:
        """Whether a layout has a title and nothing else to fill."""
        kinds = [one.placeholder_format.type for one in layout.placeholders]
        small = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
        return [kind for kind in kinds if kind not in small] == [PP_PLACEHOLDER.TITLE]

    def add_cover(self, context: Context) -> None:
        """Add the first slide: title, for whom it is, and what its figures are."""
        slide = self._add(context.briefing.title, top=0.3, height=0.24, size=40)
        briefing = context.briefing
        lines = [
            describe_months(briefing.period),
            f"{say(PROFILES[briefing.profile])} · {format_date(context.today)} · "
            + say("data version {version}", version=write_digits(str(context.snapshot.revision))),
            say("Every figure repeats what its source says; allegations are not findings of a court."),
        ]
        self._write(slide, lines, top=0.58, height=0.25, size=18, color=MUTED)

    def add_summary(self, plates: Sequence[Plate]) -> None:
        """Add the headlines, as many slides as they need."""
        pages = share_out([plate.item.headline or plate.text.title for plate in plates], 8)
        for page in pages:
            slide = self._add(say("In short"), size=30)
            self._write(slide, page, top=0.2, height=0.72, size=20 if len(page) < 6 else 17, gap=10, bullet=True)

    def add_picture(self, plate: Plate) -> None:
        """Add the picture as large as the slide, nothing of it cut off; a long table takes several."""
        across, down = find_frame(SLIDE).width_px, find_frame(SLIDE).height_px
        for content in plate.pictures("png"):
            slide = self._add(plate.text.title, hidden=True)
            image = io.BytesIO(content)
            width = min(self.width, int(self.height * across / down))
            height = int(width * down / across)
            left, top = (self.width - width) // 2, (self.height - height) // 2
            picture = slide.shapes.add_picture(image, Emu(left), Emu(top), Emu(width), Emu(height))
            picture.name = plate.name
            picture._element.nvPicPr.cNvPr.set("descr", clean(f"{plate.text.title}. {plate.text.subtitle}."))
            self._note(slide, plate)

    def add_words(self, plate: Plate) -> None:
        """Add headline, text and numbers as they can be edited."""
        slide = self._add(plate.text.title, size=26)
        table = plate.words.iloc[:, :MOST_COLUMNS]
        text = plate.item.text or plate.text.subtitle
        share = 0.4 if len(table) else 1.0
        self._write(slide, [text], top=0.23, height=0.58, size=text_size(text), width=int(self.inner * share))
        if len(table):
            left = self.margin + int(self.inner * (share + 0.03))
            self._tabulate(slide, plate, table, left, int(self.inner * (1 - share - 0.03)))
        foot = " ".join([f"{plate.text.subtitle}.", *plate.text.notes, list_sources(plate)])
        self._write(slide, [foot], top=0.85, height=0.13, size=fit_foot(foot, self.inner / self.unit), color=MUTED)
        self._note(slide, plate)

    def _add(
        self, title: str, *, top: float = 0.06, height: float = 0.15, size: float = 28, hidden: bool = False
    ) -> Any:
        """Add a slide with a title; `hidden` puts it above the slide, where screen readers and the outline find it."""
        slide = self.deck.slides.add_slide(self.layout)
        shape = slide.shapes.title
        for other in list(slide.placeholders):
            if shape is None or other.placeholder_format.idx != shape.placeholder_format.idx:
                other._element.getparent().remove(other._element)
        if shape is None:
            shape = slide.shapes.add_textbox(0, 0, 0, 0)
        box_height = int(self.height * (0.1 if hidden else height))
        shape.left, shape.top = self.margin, -box_height if hidden else int(self.height * top)
        shape.width, shape.height = self.inner, box_height
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = 0
        if not self.own:
            frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        size = fit_title(title, self.inner / self.unit, box_height / self.unit, size)
        self._fill(frame.paragraphs[0], title, size=size, bold=True, color=INK)
        return slide

    def _write(
        self,
        slide: Any,
        lines: Sequence[str],
        *,
        top: float,
        height: float,
        size: float,
        color: str = INK,
        width: int | None = None,
        gap: float = 6,
        bullet: bool = False,
    ) -> None:
        box = slide.shapes.add_textbox(
            self.margin, int(self.height * top), width or self.inner, int(self.height * height)
        )  # fmt: skip
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
            paragraph.space_after = Pt(gap * self.unit)
            self._fill(
                paragraph, f"{write_digits(str(number + 1))}  {line}" if bullet else line, size=size, color=color
            )

    def _fill(self, paragraph: Any, text: str, *, size: float, color: str = INK, bold: bool = False) -> None:
        run = paragraph.add_run()
        run.text = clean(text)
        font = run.font
        font.size, font.bold = Pt(round(size * self.unit, 1)), bold
        font.color.rgb = _ink(color)
        if not self.own:
            font.name = _LATIN
            properties = run._r.get_or_add_rPr()
            for tag in ("ea", "cs"):
                element = properties.makeelement(f"{{{properties.nsmap['a']}}}{tag}", {"typeface": _KHMER})
                properties.append(element)

    def _tabulate(self, slide: Any, plate: Plate, table: pd.DataFrame, left: int, width: int) -> None:
        """Add the first rows of a table, native; its last row says how many more there are."""
        rest = len(table) - MOST_ROWS if len(table) > MOST_ROWS + 1 else 0
        shown = table.head(MOST_ROWS) if rest else table
        rows, columns = len(shown) + 1 + bool(rest), len(shown.columns)
        line = int(self.height * 0.042)
        shape = slide.shapes.add_table(rows, columns, left, int(self.height * 0.25), width, line * rows)
        shape.name = say("Numbers of {name}", name=plate.name)
        grid, size = shape.table, 11.0
        shares = column_shares(shown)
        for number, share in enumerate(shares):
            grid.columns[number].width = int(width * share)
        cells = [list(map(str, shown.columns)), *shown.astype("str").to_numpy().tolist()]
        if rest:
            cells.append([say("{n} more in the files of this briefing.", n=rest), *[""] * (columns - 1)])
            grid.cell(rows - 1, 0).merge(grid.cell(rows - 1, columns - 1))
        for row, texts in enumerate(cells):
            grid.rows[row].height = line
            last = bool(rest) and row == rows - 1
            for column, text in enumerate(texts):
                cell = grid.cell(row, column)
                cell.margin_top = cell.margin_bottom = Pt(1)
                cell.margin_left = cell.margin_right = Pt(5)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.fill.solid()
                cell.fill.fore_color.rgb = _ink(PAPER if row else RULE)
                room = width * (1.0 if last else shares[column]) / self.unit / 12700 - 11
                if text:
                    fitting = fit_cell(text, room, size, bold=not row)
                    color = MUTED if last else INK
                    self._fill(cell.text_frame.paragraphs[0], fitting, size=size, bold=not row, color=color)

    def _note(self, slide: Any, plate: Plate) -> None:
        """Write sources and method into the notes."""
        text = plate.text
        lines = [
            text.subtitle,
            *text.notes,
            *(f"[{number}] {source}" for number, source in enumerate(text.sources, 1)),
            text.credit,
        ]
        slide.notes_slide.notes_text_frame.text = clean("\n".join(lines))


def _ink(color: str) -> Any:
    make: Any = RGBColor
    return make(*(int(color[i : i + 2], 16) for i in (1, 3, 5)))
