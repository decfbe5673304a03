from __future__ import annotations

import pytest

from charts.figure import FigureText, start_figure
from charts.furniture import NOTE, SMALLEST, TITLE, size_px, write_lines
from tests.pictures import texts_of


def _sizes(figure):
    return {artist.get_text(): artist.get_fontsize() for artist in figure.texts}


def test_a_short_title_is_large_and_a_long_one_shrinks_to_three_lines():
    short, _ = start_figure("wide", FigureText("Short", "", (), (), ""))
    long, _ = start_figure("wide", FigureText("A finding in many words " * 30, "", (), (), ""))
    assert _sizes(short)["Short"] == pytest.approx(TITLE * 72 / 150)
    assert sum(artist.get_fontweight() == 600 for artist in long.texts) == 3


def test_notes_shrink_before_the_body_does():
    few, (*_, high) = start_figure("wide", FigureText("t", "s", ("A note. ",), ("A source",), "c"))
    many, (*_, low) = start_figure("wide", FigureText("t", "s", ("A note on it. " * 130,), ("A source",), "c"))
    assert high > low > 0.44
    largest = NOTE * 72 / 150
    assert _sizes(few)["A note."] == pytest.approx(largest)
    smallest = min(size for text, size in _sizes(many).items() if "note" in text)
    assert largest * SMALLEST * 0.9 < smallest < largest


def test_sources_are_numbered_beside_the_notes():
    figure, _ = start_figure("wide", FigureText("t", "s", ("A note.",), ("First", "Second"), "c"))
    boxes = {text: box for text, *box in texts_of(figure)}
    assert "Sources: [1] First; [2] Second" in boxes
    assert boxes["Sources: [1] First; [2] Second"][0] > boxes["A note."][2]


def test_lines_stand_below_each_other():
    figure, _ = start_figure("square", FigureText("", "", (), (), ""))
    end = write_lines(figure, 40, 200, ["one", "two"], 20)
    assert end == pytest.approx(200 + 2 * 20 * 1.27)
    assert size_px(figure) == (1080, 1080)
