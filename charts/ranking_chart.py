"""A measure by province as a ranking: bars to what is certain, whiskers to what is possible."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from charts.labels import describe_basis, format_range, place_label
from charts.palette import CIRCLE, CIRCLE_EDGE, INK
from charts.time_axis import finish
from data.measures import MeasureCounts
from locales import Voice, say, voice

ROW_HEIGHT = 26


def tabulate_ranking(counts: MeasureCounts, *, rates: bool = False) -> pd.DataFrame:
    """Return the provinces with a figure, the largest first.

    Parameters
    ----------
    counts : MeasureCounts
    rates : bool
        Per 100,000 residents instead of counts.

    Returns
    -------
    DataFrame
        province, figure, basis (str), certain, possible (float; possible is missing where no upper side is known),
        open (bool), contested (bool), words (str).
    """
    sides = [f"rate_{side}" if rates else side for side in ("low", "best", "high")]
    rows = counts.rows[counts.rows[sides].notna().any(axis=1)]
    low, best, high = (rows[side].astype("Float64") for side in sides)
    table = pd.DataFrame(
        {
            "province": rows["province_code"].map(place_label),
            "figure": [format_range(*values) for values in zip(low, best, high, strict=True)],
            "basis": rows["basis"].map(describe_basis),
            "certain": low.fillna(best).fillna(0.0).astype(float),
            "possible": high.fillna(best).astype(float),
            "contested": rows["contested"].astype(bool),
        }
    )
    table["open"] = table["possible"].isna()
    marks = [f"  ≠ {say('contested')}" if contested else "" for contested in table["contested"]]
    table["words"] = [f"{figure}{mark}" for figure, mark in zip(table["figure"], marks, strict=True)]
    return table.sort_values(["certain", "possible", "province"], ascending=[False, False, True], ignore_index=True)


def draw_ranking(table: pd.DataFrame, unit: str) -> dict[str, Any]:
    """Return one bar a province with its figure in words; a whisker to the upper side, an arrow where it is open.

    Parameters
    ----------
    table : DataFrame
        As `tabulate_ranking` gives it; not empty.
    unit : str
        Title of the axis.

    Returns
    -------
    dict
        A Vega-Lite specification with the table as its ``data``.
    """
    reach = max(table["certain"].max(), table["possible"].fillna(0).max())
    data = table.assign(tip=table["certain"].where(table["open"], table["possible"]).clip(lower=table["certain"]))
    spec: dict[str, Any] = json.loads(_draw_layers(unit, voice()))
    spec["layer"][0]["encoding"]["x"]["scale"]["domain"] = [0, reach * 1.35 or 1]
    return spec | {"data": {"values": data}, "height": ROW_HEIGHT * len(table) + 10}


@lru_cache(maxsize=64)
def _draw_layers(unit: str, _voice: Voice) -> str:
    """Return the chart as JSON, without what follows from the table: Altair takes some 50 ms to write and check it."""
    y = alt.Y("province:N", sort=None, title=None, axis=alt.Axis(labelColor=INK, labelLimit=130))
    scale = alt.Scale(domain=[0, 1], nice=False)
    tooltip = [
        alt.Tooltip("province:N", title=say("Province")),
        alt.Tooltip("figure:N", title=unit),
        alt.Tooltip("basis:N", title=say("Basis")),
    ]
    base = alt.Chart()
    x = alt.X("certain:Q", title=unit, scale=scale, axis=alt.Axis(tickCount=4, grid=True))
    ranged = base.transform_filter("datum.tip > datum.certain")
    chart = alt.layer(
        base.mark_bar(height=11, color=CIRCLE).encode(x=x, y=y, tooltip=tooltip),
        ranged.mark_rule(color=CIRCLE_EDGE, strokeWidth=2).encode(x="certain:Q", x2="tip:Q", y=y),
        ranged.mark_tick(color=CIRCLE_EDGE, thickness=2, size=11).encode(x="tip:Q", y=y, tooltip=tooltip),
        base.transform_filter("datum.open")
        .mark_point(shape="triangle-right", filled=True, size=90, color=CIRCLE_EDGE, opacity=1)
        .encode(x="certain:Q", y=y, tooltip=tooltip),
        base.mark_text(align="left", dx=9, color=INK, fontSize=12).encode(x="tip:Q", y=y, text="words:N"),
        data=alt.NamedData("table"),
    )
    return str(finish(chart, height=ROW_HEIGHT).to_json())
