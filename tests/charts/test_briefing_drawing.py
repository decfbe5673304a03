from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from charts.briefing_drawing import draw_view
from charts.figure import FRAMES, render
from charts.plates import make_plates, speaking
from data.briefing import Item
from data.periods import parse_period
from data.permalink import Choices
from tests.charts.briefing_case import HOSTILE, TODAY, WINDOW, caveats_of, make_case


def words_in(svg: bytes) -> str:
    """Return the texts of an SVG in one line."""
    texts = re.findall(r"<text\b[^>]*>(.*?)</text>", svg.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", text)).replace("\u00a0", " ") for text in texts)


def squeezed(text: str) -> str:
    """Return a text without spaces, which lines break at, and without the marks where they may."""
    return re.sub(r"[\s\u200b]+", "", text)


@pytest.mark.parametrize("kind", ["map", "table", "timeline", "claims", "lanes"])
def test_every_picture_carries_its_caveats(snapshot, kind):
    _, (plate,) = make_case(snapshot, kinds=(kind,))
    for figure in plate.draw("half"):
        drawn = squeezed(words_in(render(figure, "svg")))
        for caveat in caveats_of(plate):
            assert squeezed(caveat) in drawn, caveat


@pytest.mark.parametrize("kind", ["table", "timeline", "claims", "lanes"])
def test_hostile_words_are_drawn_as_they_are(snapshot, kind):
    _, (plate,) = make_case(snapshot, kinds=(kind,), hostile=True)
    drawn = squeezed(words_in(render(plate.draw("wide")[0], "svg")))
    assert squeezed(HOSTILE.replace("\u202e", "[U+202E]")) in drawn


@pytest.mark.parametrize("kind", ["table", "timeline", "claims", "lanes"])
@pytest.mark.parametrize("frame", list(FRAMES))
def test_every_frame_holds_its_texts(snapshot, kind, frame):
    _, (plate,) = make_case(snapshot, kinds=(kind,))
    for figure in plate.draw(frame, print_safe=frame == "a4"):
        renderer = figure.canvas.get_renderer()
        width, height = figure.canvas.get_width_height()
        for text in figure.texts:
            box = text.get_window_extent(renderer)
            assert box.x0 >= -1, text.get_text()
            assert box.x1 <= width + 1, text.get_text()
            assert box.y0 >= -1, text.get_text()
            assert box.y1 <= height + 1, text.get_text()


def test_small_maps_are_drawn(snapshot):
    context, _ = make_case(snapshot, kinds=("map",))
    view = Choices(measure="recorded:raid", period=parse_period("2022-01-01", "2023-01-01"), grain="quarter")
    briefing = replace(context.briefing, items=(Item("multiples", view, "Raids"),))
    (plate,) = make_plates(replace(context, briefing=briefing))
    assert "One map for each of 4 periods." in plate.text.notes
    assert "Jan" in words_in(render(plate.draw("half")[0], "svg"))


@pytest.mark.parametrize("figure", ["table", "timeline", "claims", "lanes"])
def test_nothing_is_drawn_with_words(snapshot, figure):
    long_ago = parse_period("1999-01-01", "1999-02-01")
    context, _ = make_case(snapshot, kinds=("map",))
    item = Item(figure, Choices(period=long_ago, place="KH-16"), "Nothing")
    (plate,) = make_plates(replace(context, briefing=replace(context.briefing, items=(item,))))
    drawn = words_in(render(plate.draw("half")[0], "svg"))
    assert "Nothing is recorded for this choice" in drawn


def test_khmer_is_drawn(snapshot):
    context, _ = make_case(snapshot, kinds=("table",))
    khmer = replace(context, briefing=replace(context.briefing, language="km"))

    def draw() -> str:
        (plate,) = make_plates(khmer)
        return words_in(render(plate.draw("half")[0], "svg"))

    assert "ព្រះសីហនុ" in speaking("km", draw).replace("\u200b", "")


def test_the_numbers_of_a_table_are_drawn(snapshot):
    _, (plate,) = make_case(snapshot, kinds=("table",))
    drawn = words_in(render(draw_view(snapshot, plate.item, "half", plate.text, today=TODAY)[0], "svg"))
    assert "201 or more" in drawn
    assert plate.item.view.period == WINDOW
