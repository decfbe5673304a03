from __future__ import annotations

import io

import pytest
from PIL import Image

from charts.figure import FigureText, render, start_figure, write
from tests.pictures import TOLERANCE, check_golden, check_texts, difference

BARE = FigureText("Title", "Subtitle", (), (), "Credit")


def test_texts_that_meet_are_found():
    figure, _ = start_figure("half", BARE)
    write(figure, 100, 300, "Phnom Penh", 20)
    check_texts(figure)
    write(figure, 150, 304, "Kandal", 20)
    with pytest.raises(AssertionError, match="Kandal"):
        check_texts(figure)


def test_texts_that_leave_the_picture_are_found():
    figure, _ = start_figure("half", BARE)
    write(figure, 760, 300, "Svay Rieng", 20)
    with pytest.raises(AssertionError, match="Svay Rieng"):
        check_texts(figure)


def test_a_moved_label_is_another_picture_and_another_size_too():
    pictures = []
    for x in (100, 130):
        figure, _ = start_figure("half", BARE)
        for row in range(12):
            write(figure, x, 150 + 22 * row, "Complaints received, as stated, by province", 20)
        pictures.append(render(figure, "png"))
    assert difference(pictures[0], pictures[0]) == 0
    assert difference(*pictures) > TOLERANCE
    large = io.BytesIO()
    Image.new("RGB", (10, 10)).save(large, "png")
    assert difference(pictures[0], large.getvalue()) == float("inf")
    with pytest.raises(AssertionError, match="looks different"):
        check_golden(pictures[0], "furniture")
