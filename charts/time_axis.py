"""What every chart over time shares: the axis, its full extent, marks at single days, type and colours."""

from __future__ import annotations

import json
from typing import Any, cast

import altair as alt
import pandas as pd

from charts.palette import INK, MUTED, RULE
from data.periods import Period
from locales import language, voice, write_digits, write_month

FONT = "'Source Sans', 'Noto Sans Khmer', sans-serif"
_KHMER_FONT = "'Noto Sans Khmer', 'Source Sans', sans-serif"
LEGEND_COLUMNS = 2  # so that it fits a telephone
_LABEL_LIMIT = 170  # px: half the width of a telephone


def time_axis(period: Period) -> alt.Axis:
    """Return a time axis that names days in short periods, months in longer ones and years in the longest."""
    if language() == "km":
        return alt.Axis(grid=False, tickCount=8, labelOverlap="greedy", labelExpr=_khmer_time(period))
    if period.days <= 120:
        words = "'%-d %b' + (datum.index == 0 ? ' %Y' : '')"
    elif period.days <= 1500:
        words = "month(datum.value) == 0 || datum.index == 0 ? '%b %Y' : '%b'"
    else:
        words = "'%Y'"
    return alt.Axis(grid=False, tickCount=8, labelOverlap="greedy", labelExpr=f"timeFormat(datum.value, {words})")


def _khmer_time(period: Period) -> str:
    """Return the same labels as an expression of Vega, which knows the names of months in English only."""
    month = f"{json.dumps([write_month(number) for number in range(1, 13)], ensure_ascii=False)}[month(datum.value)]"
    first = "datum.index == 0"
    year = "timeFormat(datum.value, ' %Y')"
    if period.days <= 120:
        words = f"timeFormat(datum.value, '%-d ') + {month} + ({first} ? {year} : '')"
    elif period.days <= 1500:
        words = f"{month} + (month(datum.value) == 0 || {first} ? {year} : '')"
    else:
        words = "timeFormat(datum.value, '%Y')"
    return _local_digits(words)


def whole_numbers() -> dict[str, Any]:
    """Return what an axis of whole numbers needs to write them as the reader does."""
    return {"labelExpr": _local_digits("format(datum.value, ',d')")} if voice().digits else {"format": ",d"}


def _local_digits(expression: str) -> str:
    """Return an expression of Vega with the digits of its text exchanged for the reader's."""
    for digit in "0123456789" * bool(voice().digits):
        expression = f"replace({expression}, regexp('{digit}', 'g'), '{write_digits(digit)}')"
    return expression


def draw_extent(period: Period) -> alt.Chart:
    """Return a layer that nobody sees, which stretches the time axis over the whole period."""
    ends = pd.DataFrame({"day": [pd.Timestamp(period.start), pd.Timestamp(period.end)]})
    points = alt.Chart(ends).mark_point(opacity=0).encode(x="day:T", tooltip=alt.value(None))
    return cast("alt.Chart", points)


def draw_marks(marks: pd.DataFrame | None) -> list[alt.Chart]:
    """Return layers with a vertical rule and its words for each mark; none without marks.

    Parameters
    ----------
    marks : DataFrame or None
        day (datetime), label (str).
    """
    if marks is None or marks.empty:
        return []
    rule = alt.Chart(marks).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="day:T")
    text = (
        alt.Chart(marks)
        .mark_text(align="left", dx=5, dy=-2, baseline="top", color=INK, fontSize=12)
        .encode(x="day:T", y=alt.value(0), text="label:N")
    )
    return [rule, text]


def top_legend(symbol: str | None = "square") -> alt.Legend:
    """Return a legend above the chart, in columns that fit a telephone.

    Parameters
    ----------
    symbol : str or None
        Shape of its symbols; None where the chart's own shapes tell the categories apart.
    """
    legend = alt.Legend(
        orient="top", direction="horizontal", columns=LEGEND_COLUMNS, symbolOpacity=1, labelLimit=_LABEL_LIMIT
    )
    if symbol:
        legend["symbolType"] = symbol
    if language() == "km":
        legend["rowPadding"] = 7  # Khmer stacks signs above and below its letters
    return legend


def finish(chart: alt.LayerChart | alt.FacetChart, height: int) -> alt.LayerChart:
    """Return the chart with the type, colours and width that all charts have; `height` in pixels."""
    finished = (
        chart.properties(height=height, width="container", background="#ffffff")
        .configure(font=_KHMER_FONT if language() == "km" else FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTED, titleColor=MUTED, gridColor=RULE, domainColor=MUTED, tickColor=MUTED, labelFontSize=12
        )
        .configure_axisY(domain=False, ticks=False, titleFontWeight="normal")
        .configure_legend(labelColor=INK, labelFontSize=12, symbolStrokeWidth=0)
    )
    return cast("alt.LayerChart", finished)
