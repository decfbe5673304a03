from __future__ import annotations

import pytest

from charts.figure import FigureText, start_figure
from charts.map_content import map_content
from charts.map_legend import MapLegend
from charts.print_marks import cover
from charts.static_map import counts_of
from data.permalink import Choices
from tests.charts.map_views import MONTH
from tests.pictures import check_texts, texts_of

BARE = FigureText("", "", (), (), "")


@pytest.fixture
def axes():
    return cover(start_figure("square", BARE)[0])


def _legend(snapshot, style):
    choices = Choices(period=MONTH, style=style)
    return map_content(snapshot, counts_of(snapshot, choices), choices).legend


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("style", ["circles", "shades"])
def test_every_entry_is_written_with_its_number(snapshot, axes, style, columns):
    legend = _legend(snapshot, style)
    high = MapLegend(axes, legend, 1.0, grow=1.0).draw(40, 100, 300 * columns, 900, columns)
    drawn = [text for text, *_ in texts_of(axes.figure)]
    for entry in (*legend["classes"], *legend["symbols"]):
        assert str(entry["n"]) in drawn
        assert entry["label"].split()[0] in " ".join(drawn)
    assert {entry["label"] for entry in legend["circles"]} <= set(drawn)
    assert 0 < high < 900
    check_texts(axes.figure)


def test_more_columns_are_lower_and_too_little_room_makes_it_smaller(snapshot, axes):
    legend = MapLegend(axes, _legend(snapshot, "shades"), 1.0, grow=1.0)
    assert legend.height(900, 3) < legend.height(300, 1)
    assert legend.draw(40, 100, 300, 150) <= 150
    check_texts(axes.figure)
