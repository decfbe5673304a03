from __future__ import annotations

import io
from dataclasses import replace

from pypdf import PdfReader

from charts.pack_pdf import make_pdf
from charts.plates import make_plates
from tests.charts.briefing_case import HOSTILE, caveats_of, make_case
from tests.charts.test_briefing_drawing import squeezed


def _pages(content: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def test_headlines_come_first_then_each_figure_with_its_caveats(snapshot):
    context, plates = make_case(snapshot, kinds=("map", "claims"))
    first, *figures = _pages(make_pdf(context, plates))
    assert len(figures) == 2
    for plate, page in zip(plates, figures, strict=True):
        assert squeezed(plate.item.headline) in first
        assert squeezed(plate.item.text) in first
        for caveat in caveats_of(plate):
            assert squeezed(caveat) in page


def test_pages_have_the_size_of_paper(snapshot):
    context, plates = make_case(snapshot, kinds=("claims",))
    reader = PdfReader(io.BytesIO(make_pdf(context, plates)))
    for page in reader.pages:
        sides = sorted((float(page.mediabox.width), float(page.mediabox.height)))
        assert abs(sides[0] - 595) < 2
        assert abs(sides[1] - 842) < 2


def test_the_same_briefing_gives_the_same_bytes(snapshot):
    context, plates = make_case(snapshot, kinds=("claims",))
    assert make_pdf(context, plates) == make_pdf(context, plates)


def test_long_texts_go_on_over_the_page_and_none_is_lost(snapshot):
    context, _ = make_case(snapshot, kinds=("claims",))
    item = replace(context.briefing.items[0], text=" ".join(f"w{n}" for n in range(700)))
    long = replace(context, briefing=replace(context.briefing, items=(item,) * 3))
    pages = _pages(make_pdf(long, make_plates(long)))
    summary = "".join(pages[:-3])
    assert len(pages) > 4
    assert summary.count("w699") == 3


def test_hostile_words_are_drawn_as_they_are(snapshot):
    context, plates = make_case(snapshot, kinds=("claims",), hostile=True)
    assert squeezed(HOSTILE.replace("\u202e", "[U+202E]")) in _pages(make_pdf(context, plates))[0]
