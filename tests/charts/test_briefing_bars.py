from __future__ import annotations

import pandas as pd
import pytest

from charts.briefing_bars import draw_bars
from charts.figure import FigureText, render
from charts.timeline_chart import tabulate_events
from data.periods import parse_period
from tests.charts.test_briefing_drawing import words_in

TEXT = FigureText("Title", "Subtitle", (), (), "Credit")
YEAR = parse_period("2022-01-01", "2023-01-01")


def _bars(figure: object) -> list[tuple[float, float]]:
    """Return left edge and height of each bar."""
    axes = next(axes for axes in figure.axes if axes.get_label() == "cover")  # type: ignore[attr-defined]
    return [
        (patch.get_x(), patch.get_height())
        for patch in axes.patches
        if patch.get_edgecolor()[3] and patch.get_height() > 13
    ]


def test_heights_are_the_numbers(snapshot):
    table = pd.DataFrame(
        {
            "start": pd.to_datetime(["2022-03-01", "2022-06-01"]),
            "end": pd.to_datetime(["2022-04-01", "2022-07-01"]),
            "group": ["Raids", "Escapes"],
            "low": [2, 6],
            "high": [2, 8],
        }
    )
    (figure,) = draw_bars(table, YEAR, "wide", TEXT)
    (first, low), (second, high) = sorted(_bars(figure))
    assert first < second
    assert high / low == pytest.approx(3, rel=0.01)
    assert "perhaps in this time" in words_in(render(figure, "svg"))


def test_every_group_is_named(snapshot):
    table = tabulate_events(snapshot.of("event"), YEAR, "month")
    (figure,) = draw_bars(table, YEAR, "half", TEXT)
    words = words_in(render(figure, "svg"))
    for group in table.loc[table["low"] > 0, "group"].unique():
        assert group in words


def test_print_without_colour_is_grey(snapshot):
    table = tabulate_events(snapshot.of("event"), YEAR, "month")
    (figure,) = draw_bars(table, YEAR, "half", FigureText("T", "S", (), (), "C", print_safe=True))
    axes = next(axes for axes in figure.axes if axes.get_label() == "cover")
    for patch in axes.patches:
        red, green, blue, _ = patch.get_facecolor()
        assert red == green == blue
