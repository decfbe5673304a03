from __future__ import annotations

import io

import pytest
from PIL import Image
from pptx import Presentation

from charts.deck import MOST_ROWS, make_deck
from errors import ExportError
from tests.charts.briefing_case import FORMULA, HOSTILE, make_case

SHOWN = HOSTILE.replace("\u202e", "[U+202E]")


def _texts(slide: object) -> str:
    found = []
    for shape in slide.shapes:  # type: ignore[attr-defined]
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


@pytest.fixture(scope="module")
def made(snapshot):
    context, plates = make_case(snapshot, kinds=("map", "timeline"))
    return plates, Presentation(io.BytesIO(make_deck(context, plates)))


def test_slides_are_wide_and_hold_picture_text_and_table(made):
    plates, deck = made
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-3)
    assert len(deck.slides) == 2 + 2 * len(plates)
    for number, plate in enumerate(plates):
        picture, words = deck.slides[2 + 2 * number], deck.slides[3 + 2 * number]
        (image,) = [shape for shape in picture.shapes if shape.shape_type == 13]
        assert (image.left, image.top, image.width, image.height) == (0, 0, deck.slide_width, deck.slide_height)
        assert Image.open(io.BytesIO(image.image.blob)).size == (3200, 1800)
        assert plate.text.title in image._element.nvPicPr.cNvPr.get("descr")
        assert plate.item.text in _texts(words)
        assert any(shape.has_table for shape in words.shapes)


def test_notes_hold_sources_and_method(made):
    plates, deck = made
    for number, slide in enumerate(list(deck.slides)[2:]):
        plate = plates[number // 2]
        notes = slide.notes_slide.notes_text_frame.text
        for line in (plate.text.subtitle, *plate.text.notes, *plate.text.sources, plate.text.credit):
            assert line in notes


def test_words_carry_their_caveats_on_the_slide(made):
    plates, deck = made
    for number, plate in enumerate(plates):
        shown = _texts(deck.slides[3 + 2 * number])
        assert all(note in shown for note in plate.text.notes)
        assert all(source in shown for source in plate.text.sources)


def test_numbers_of_the_table_are_those_of_the_figure(made):
    plates, deck = made
    (table,) = [shape.table for shape in deck.slides[3].shapes if shape.has_table]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    wanted = plates[0].words.iloc[:, :3]
    assert cells[1:] == wanted.to_numpy().tolist()
    assert cells[0] == list(wanted.columns)


def test_a_long_table_says_how_many_rows_are_left(made):
    plates, deck = made
    rest = len(plates[1].words) - MOST_ROWS
    assert f"{rest} more in the files of this briefing." in _texts(deck.slides[5])


def test_nothing_overlaps_on_the_slides_of_words(made):
    _, deck = made
    for slide in list(deck.slides)[3::2]:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        for i, one in enumerate(boxes):
            assert one[0] >= 0
            assert one[2] <= deck.slide_width
            assert one[3] <= deck.slide_height
            for other in boxes[i + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, [s.name for s in slide.shapes]


def test_hostile_words_are_text(snapshot):
    context, plates = make_case(snapshot, kinds=("claims",), hostile=True)
    deck = Presentation(io.BytesIO(make_deck(context, plates)))
    shown = "\n".join(_texts(slide) for slide in deck.slides)
    assert shown.count(SHOWN) >= 4
    assert FORMULA in shown


def test_a_template_gives_its_size_and_loses_its_slides(snapshot):
    own = Presentation()
    slide = own.slides.add_slide(own.slide_layouts[0])
    slide.shapes.title.text = "Old secret"
    file = io.BytesIO()
    own.save(file)
    context, plates = make_case(snapshot, kinds=("claims",))
    content = make_deck(context, plates, template=file.getvalue())
    deck = Presentation(io.BytesIO(content))
    assert (deck.slide_width, deck.slide_height) == (own.slide_width, own.slide_height)
    assert "Old secret" not in "".join(_texts(slide) for slide in deck.slides)
    (image,) = [shape for shape in deck.slides[2].shapes if shape.shape_type == 13]
    assert image.width == own.slide_width
    assert image.height < own.slide_height


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_presentation_is_refused(snapshot, content):
    context, plates = make_case(snapshot, kinds=("claims",))
    with pytest.raises(ExportError):
        make_deck(context, plates, template=content)
