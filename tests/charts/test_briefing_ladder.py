from __future__ import annotations

import pandas as pd
import pytest

from charts.briefing_ladder import draw_ladder_figure
from charts.figure import FigureText, render
from tests.charts.test_briefing_drawing import words_in

TEXT = FigureText("Title", "Subtitle", (), (), "Credit")


def _table(*ranges: tuple[float | None, float | None, float | None]) -> pd.DataFrame:
    rows = [
        {
            "claim_id": str(i), "words": f"W{i}", "detail": "D", "figure": "F", "speaker": "S", "speaker_type": "NGO",
            "contested": i == 1, "low": low, "best": best, "high": high, "cross": None, "disputes": False,
            "about": False, "repeats": False, "said": "S", "where": "C", "when": "2022",
        }
        for i, (low, best, high) in enumerate(ranges)
    ]  # fmt: skip
    return pd.DataFrame(rows).astype(dict.fromkeys(["low", "best", "high", "cross"], "float64"))


def _marks(figure: object, marker: str) -> list[float]:
    lines = [line for axes in figure.axes for line in axes.lines if line.get_marker() == marker]  # type: ignore[attr-defined]
    return [float(line.get_xdata()[0]) for line in lines]


def test_marks_stand_where_their_numbers_are():
    (figure,) = draw_ladder_figure(
        _table((None, 0, None), (None, 50, None), (None, 100, None)), "people_rescued", "half", TEXT
    )
    dots = sorted(_marks(figure, "o"))
    distinct = sorted({round(x, 1) for x in dots})
    assert distinct[1] - distinct[0] == pytest.approx(distinct[2] - distinct[1], abs=0.2)


def test_an_open_end_is_an_arrow_and_a_closed_one_is_not():
    (opened,) = draw_ladder_figure(_table((1001, None, None), (10, None, 20)), "people_rescued", "half", TEXT)
    assert len(_marks(opened, ">")) == 1
    assert _marks(opened, "<") == []
    (up_to,) = draw_ladder_figure(_table((None, None, 20), (1, 1, 1)), "people_rescued", "half", TEXT)
    assert len(_marks(up_to, "<")) == 1


def test_many_claims_are_several_pages_with_every_word():
    figures = draw_ladder_figure(
        _table(*[(None, float(n), None) for n in range(1, 31)]), "people_rescued", "half", TEXT
    )
    words = " ".join(words_in(render(figure, "svg")) for figure in figures)
    assert len(figures) > 1
    assert all(f"W{n} " in words for n in range(30))


def test_a_logarithmic_axis_says_so():
    (figure,) = draw_ladder_figure(_table((None, 1, None), (None, 90_000, None)), "people_rescued", "wide", TEXT)
    words = words_in(render(figure, "svg"))
    assert "logarithmic" in words
    assert "10,000" in words
