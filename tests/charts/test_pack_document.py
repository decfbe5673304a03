from __future__ import annotations

import io

from docx import Document

from charts.pack_document import make_document
from tests.charts.briefing_case import FORMULA, HOSTILE, caveats_of, make_case


def _texts(document: object) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)  # type: ignore[attr-defined]


def test_the_fact_sheet_holds_words_pictures_tables_and_caveats(snapshot):
    context, plates = make_case(snapshot, kinds=("map", "table", "claims"))
    document = Document(io.BytesIO(make_document(context, plates)))
    shown = _texts(document)
    assert context.briefing.title in shown
    for plate in plates:
        assert plate.item.text in shown
        for caveat in caveats_of(plate):
            for part in caveat.splitlines():
                assert part in shown
    assert len(document.inline_shapes) == 3
    assert all(shape.width.mm <= 170.1 for shape in document.inline_shapes)
    assert len(document.tables) == 2
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[1:] == plates[0].words.to_numpy().tolist()


def test_hostile_words_are_text(snapshot):
    context, plates = make_case(snapshot, kinds=("claims",), hostile=True)
    shown = _texts(Document(io.BytesIO(make_document(context, plates))))
    assert shown.count(HOSTILE.replace("\u202e", "[U+202E]")) >= 3
    assert FORMULA in shown


def test_pictures_say_what_they_are(snapshot):
    context, plates = make_case(snapshot, kinds=("claims",))
    document = Document(io.BytesIO(make_document(context, plates)))
    assert plates[0].text.title in document.inline_shapes[0]._inline.docPr.get("descr")
