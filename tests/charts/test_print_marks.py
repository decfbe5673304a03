from __future__ import annotations

from itertools import pairwise

import pytest
import shapely

from charts.figure import FigureText, start_figure
from charts.palette import CIRCLE, FALLS, RISES, SEQUENTIAL, STATUS_SYMBOLS
from charts.print_marks import HIDDEN, NOTHING, cover, draw_circle, draw_symbol, figure_of, ink_of, shape_path

# isort: split
from matplotlib.figure import Figure

BARE = FigureText("", "", (), (), "")


def _level(color: str) -> int:
    return int(color[1:3], 16)


def test_on_screen_and_in_print_a_class_has_one_colour():
    assert ink_of({"fill": SEQUENTIAL[5][2]}).face == SEQUENTIAL[5][2]


def test_no_report_and_withheld_have_patterns_of_their_own():
    assert ink_of({"fill": None}) == NOTHING
    assert ink_of({"fill": None, "withheld": True}) == HIDDEN
    assert NOTHING.hatch != HIDDEN.hatch
    assert ink_of({"fill": None}, grey=True).hatch


@pytest.mark.parametrize("k", SEQUENTIAL)
def test_without_colour_classes_grow_darker_in_steps_that_are_seen(k):
    levels = [_level(ink_of({"fill": shade}, grey=True).face) for shade in SEQUENTIAL[k]]
    assert all(before - after > 20 for before, after in pairwise(levels))


def test_without_colour_falls_and_rises_differ_by_their_pattern():
    assert all(ink_of({"fill": shade}, grey=True).hatch for shade in FALLS)
    assert not any(ink_of({"fill": shade}, grey=True).hatch for shade in RISES)
    assert len({ink_of({"fill": shade}, grey=True) for shade in (*FALLS, *RISES)}) == 6


def test_an_open_count_has_a_ring():
    figure, _ = start_figure("half", BARE)
    axes = cover(figure)
    draw_circle(axes, 100, 100, 10)
    closed = len(axes.patches)
    draw_circle(axes, 200, 100, 10, face=CIRCLE, is_open=True)
    assert len(axes.patches) - closed == closed + 1
    assert axes.patches[-1].get_linestyle() not in ("solid", "-")


def test_every_status_has_a_shape_that_can_be_drawn():
    figure, _ = start_figure("half", BARE)
    axes = cover(figure)
    for i, symbol in enumerate(STATUS_SYMBOLS.values()):
        draw_symbol(axes, symbol, 20 + 20 * i, 50, 14, grey=bool(i % 2))
    assert len(axes.patches) == len(STATUS_SYMBOLS)
    assert figure_of(axes) is figure
    assert isinstance(figure, Figure)


def test_shapes_keep_their_holes_and_empty_ones_are_none():
    holed = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    path = shape_path(shapely.MultiPolygon([holed]))
    assert path is not None
    assert len(path.vertices) == 10
    assert shape_path(shapely.GeometryCollection()) is None
