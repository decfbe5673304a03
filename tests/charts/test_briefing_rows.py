from __future__ import annotations

import pandas as pd
import pytest

from charts.briefing_rows import MOST_GROWTH, Page, draw_table, pages_for
from charts.figure import FRAMES, FigureText, render
from tests.charts.test_briefing_drawing import words_in

TEXT = FigureText("Title", "Subtitle", ("A note.",), ("A source",), "Credit")


@pytest.mark.parametrize("count", [0, 1, 7, 40, 300])
def test_every_row_stands_on_one_page(count):
    made = pages_for(count, lambda unit: 24 * unit, "half", TEXT, 40)
    assert [row for _, rows in made for row in rows] == list(range(count))
    assert len(made) >= 1
    lengths = [len(rows) for _, rows in made]
    assert max(lengths) - min(lengths) <= 1


def test_few_rows_are_drawn_larger_and_many_are_not():
    (few, _), *rest = pages_for(2, lambda unit: 24 * unit, "half", TEXT, 40)
    assert not rest
    assert few.unit == pytest.approx(FRAMES["half"].unit * MOST_GROWTH)
    assert pages_for(60, lambda unit: 24 * unit, "half", TEXT, 40)[0][0].unit == FRAMES["half"].unit


def test_a_long_table_says_its_pages_and_repeats_its_head():
    table = pd.DataFrame({"Place": [f"P{i}" for i in range(60)], "Figure": ["1"] * 60})
    figures = draw_table(table, "half", TEXT)
    for number, figure in enumerate(figures, 1):
        words = words_in(render(figure, "svg"))
        assert f"Page {number} of {len(figures)}" in words
        assert "Figure" in words
        assert "A note." in words
    assert len(figures) > 1


def test_a_cell_too_long_is_shortened_and_does_not_cover_its_neighbour():
    table = pd.DataFrame({"A": ["W" * 400], "B": ["V" * 400]})
    (figure,) = draw_table(table, "half", TEXT)
    renderer = figure.canvas.get_renderer()
    one, two = (next(t for t in figure.texts if t.get_text().startswith(letter * 3)) for letter in "WV")
    assert one.get_window_extent(renderer).x1 < two.get_window_extent(renderer).x0
    assert "…" in one.get_text()


def test_a_page_lies_between_head_and_foot():
    page = Page("a4", TEXT)
    left, top, right, bottom = page.box
    assert 0 < left < right < FRAMES["a4"].width_px
    assert 0 < top < bottom < FRAMES["a4"].height_px
