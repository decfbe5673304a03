"""A briefing as a fact sheet that can be edited: DOCX on A4, with its pictures, texts, tables and sources."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from charts.deck_fit import column_shares
from charts.figure import render
from charts.hedged_words import describe_months
from charts.palette import ACCENT, INK, MUTED
from charts.plates import Context, Plate
from charts.visible import mark_invisible
from data.periods import format_date
from data.privacy import PROFILES
from locales import say, write_digits

MOST_ROWS = 25
PICTURE_SCALE = 2
"""Of the frame “half”: 1,600 pixels over the width of the text are 240 for each inch, enough for print."""
_LATIN, _KHMER = "Calibri", "Leelawadee UI"
_MARGIN = Mm(20)
_TEXT_WIDTH = Mm(170)


def make_document(context: Context, plates: Sequence[Plate]) -> bytes:
    """Return the briefing as a DOCX file."""
    document = Document()
    _set_page(document)
    briefing = context.briefing
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = (
        briefing.title,
        "Compound Atlas",
        "Compound Atlas",
    )
    properties.created = properties.modified = datetime.combine(context.today, datetime.min.time())
    _write(document.add_paragraph(style="Title"), briefing.title, size=24, bold=True)
    line = " · ".join(
        [
            describe_months(briefing.period),
            say(PROFILES[briefing.profile]),
            format_date(context.today),
            say("data version {version}", version=write_digits(str(context.snapshot.revision))),
        ]
    )
    _write(document.add_paragraph(), line, size=10, color=MUTED)
    for plate in plates:
        _add_plate(document, plate)
    _add_method(document, plates)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = Mm(18)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = _LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        for script, family in (("w:hAnsi", _LATIN), ("w:cs", _KHMER), ("w:eastAsia", _KHMER)):
            fonts.set(qn(script), family)


def _add_plate(document: Any, plate: Plate) -> None:
    heading = document.add_paragraph(style="Heading 1")
    heading.paragraph_format.keep_with_next = True
    _write(heading, plate.text.title, size=14, bold=True, color=ACCENT)
    if plate.item.text:
        _write(document.add_paragraph(), plate.item.text, size=10.5)
    for figure in plate.draw("half"):
        paragraph = document.add_paragraph()
        picture = paragraph.add_run().add_picture(io.BytesIO(render(figure, "png", PICTURE_SCALE)), width=_TEXT_WIDTH)
        about = picture._inline.docPr
        about.set("name", plate.name)
        about.set("descr", mark_invisible(f"{plate.text.title}. {plate.text.subtitle}."))
    if len(plate.words) and plate.item.figure != "table":  # that picture is a table itself
        _add_table(document, plate.words)


def _add_table(document: Any, table: pd.DataFrame) -> None:
    shown = table.head(MOST_ROWS)
    grid = document.add_table(rows=1, cols=len(shown.columns), style="Light List")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, share in zip(grid.columns, column_shares(shown), strict=True):
        column.width = int(_TEXT_WIDTH * share)
    for cell, column, name in zip(grid.rows[0].cells, grid.columns, shown.columns, strict=True):
        cell.width = column.width
        _write(cell.paragraphs[0], str(name), size=9, bold=True, color="#ffffff")
    _repeat_head(grid.rows[0])
    for row in shown.itertuples(index=False):
        cells = grid.add_row().cells
        for cell, column, text in zip(cells, grid.columns, row, strict=True):
            cell.width = column.width
            _write(cell.paragraphs[0], str(text), size=9, bold=False)
    if len(table) > len(shown):
        more = say("{n} more in the files of this briefing.", n=len(table) - len(shown))
        _write(document.add_paragraph(), more, size=9, color=MUTED)


def _repeat_head(row: Any) -> None:
    """Let the head of a table stand on each of its pages."""
    element = OxmlElement("w:tblHeader")
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _add_method(document: Any, plates: Sequence[Plate]) -> None:
    """Add what each figure shows and on whose word, once more as text."""
    heading = document.add_paragraph(style="Heading 1")
    _write(heading, say("Sources and method"), size=14, bold=True, color=ACCENT)
    for plate in plates:
        name = document.add_paragraph(style="Heading 2")
        name.paragraph_format.keep_with_next = True
        _write(name, f"{write_digits(str(plate.number))}  {plate.text.subtitle}", size=11, bold=True)
        _write(document.add_paragraph(), " ".join(plate.text.notes), size=9)
        for number, source in enumerate(plate.text.sources, 1):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(1)
            _write(paragraph, f"[{number}] {source}", size=9)
        _write(document.add_paragraph(), plate.text.credit, size=8, color=MUTED)


def _write(paragraph: Any, text: str, *, size: float, bold: bool | None = None, color: str = INK) -> None:
    """Write a text literally; what is invisible stands there as its code."""
    run = paragraph.add_run(mark_invisible(text))
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = RGBColor(*(int(color[i : i + 2], 16) for i in (1, 3, 5)))
