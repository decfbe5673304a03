from __future__ import annotations

import altair as alt
import pandas as pd
import pytest

from charts.palette import MUTED
from charts.time_axis import draw_extent, draw_marks, finish, time_axis, top_legend
from data.periods import parse_period

YEAR = parse_period("2022-01-01", "2023-01-01")


@pytest.mark.parametrize(
    ("end", "named"), [("2022-03-01", "%-d %b"), ("2023-12-31", "%b"), ("2031-01-01", "'%Y'")], ids=str
)
def test_long_periods_name_coarser_steps(end, named):
    words = time_axis(parse_period("2022-01-01", end)).to_dict()["labelExpr"]
    assert named in words
    assert ("%-d" in words) == (end == "2022-03-01")


def test_the_axis_spans_the_whole_period_unseen():
    layer = draw_extent(YEAR).to_dict()
    days = [row["day"] for row in next(iter(layer["datasets"].values()))]
    assert [day[:10] for day in days] == ["2022-01-01", "2023-01-01"]
    assert layer["mark"]["opacity"] == 0


@pytest.mark.parametrize("marks", [None, pd.DataFrame({"day": [], "label": []})], ids=["none", "empty"])
def test_without_marks_nothing_is_drawn(marks):
    assert draw_marks(marks) == []


def test_a_mark_is_a_rule_with_its_words():
    marks = pd.DataFrame({"day": [pd.Timestamp("2023-02-13")], "label": ["Source shut down"]})
    rule, text = (layer.to_dict() for layer in draw_marks(marks))
    assert (rule["mark"]["type"], text["mark"]["type"]) == ("rule", "text")
    assert text["encoding"]["text"]["field"] == "label"


def test_the_legend_fits_a_telephone_and_may_keep_the_charts_own_shapes():
    square, own = top_legend().to_dict(), top_legend(None).to_dict()
    assert square["symbolType"] == "square"
    assert "symbolType" not in own
    assert square["columns"] == own["columns"] <= 3
    assert square["orient"] == "top"


def test_every_chart_gets_the_same_dress():
    chart = finish(alt.layer(draw_extent(YEAR)), height=120).to_dict()
    assert (chart["height"], chart["width"]) == (120, "container")
    assert chart["config"]["axis"]["labelColor"] == MUTED
