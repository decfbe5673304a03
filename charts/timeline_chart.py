"""The timeline as Altair charts: recorded events by step of time, and stated claims as spans."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from charts.labels import claim_value, format_span, known, term
from charts.palette import EVENT_COLORS, INK, MUTED, SPEAKER_COLORS
from charts.time_axis import draw_extent, draw_marks, finish, time_axis, top_legend
from data.counts import count_recorded
from data.metrics import METRICS
from data.periods import Grain, Period

EVENT_GROUPS: dict[str, str] = {
    "raid": "Raids",
    "rescue": "Rescues and returns",
    "repatriation": "Rescues and returns",
    "escape": "Escapes",
    "arrest": "Arrests and courts",
    "prosecution": "Arrests and courts",
    "report_published": "Reports and statements",
    "official_statement": "Reports and statements",
    "warning": "Reports and statements",
    "rating_change": "Reports and statements",
}
"""Group of each event type in the chart; every other type is “Other”."""

_GAP = pd.Timedelta(days=21)
ROW_HEIGHT = 33
_LETTER = 6.1  # mean width of a letter in px; keeps the words of a late claim inside the picture


def tabulate_events(events: pd.DataFrame, period: Period, grain: Grain) -> pd.DataFrame:
    """Return the number of events by step of time and group.

    Parameters
    ----------
    events : DataFrame
        Event records.
    period : Period
    grain : Grain

    Returns
    -------
    DataFrame
        start, end (datetime, half-open), group (str), low (int64; certainly in the step), high (int64; perhaps).
        Steps without events are left out.
    """
    tables = []
    groups = events["event_type"].map(EVENT_GROUPS).fillna("Other")
    for name in EVENT_COLORS:
        rows = count_recorded(events[groups == name], "event", period, by=grain).rows
        tables.append(rows.assign(group=name)[["start", "end", "group", "low", "high"]])
    table = pd.concat(tables, ignore_index=True)
    return table[table["high"] > 0].astype({"low": "int64", "high": "int64"}).reset_index(drop=True)


def draw_events(table: pd.DataFrame, period: Period, marks: pd.DataFrame | None = None) -> alt.LayerChart:
    """Return stacked bars of events, one bar a step; what only perhaps lies in a step stands dashed on top.

    Parameters
    ----------
    table : DataFrame
        As `tabulate_events` gives it.
    period : Period
        Extent of the time axis.
    marks : DataFrame, optional
        day (datetime), label (str): vertical rules, such as the day on which a source stopped reporting.
    """
    shown = [name for name in EVENT_COLORS if name in set(table["group"])]
    order = table["group"].map({name: i for i, name in enumerate(EVENT_COLORS)})
    data = table.assign(order=order).sort_values(["start", "order"], ignore_index=True)
    data["top"] = data.groupby("start")["low"].cumsum()
    data["bottom"] = data["top"] - data["low"]
    data["when"] = [format_span(start, end) for start, end in zip(data["start"], data["end"], strict=True)]
    perhaps = data.groupby(["start", "end", "when"], as_index=False).agg(bottom=("low", "sum"), top=("high", "sum"))
    axis = alt.Axis(tickMinStep=1, grid=True, format="d")
    peak = 1.25 * float(perhaps["top"].max())  # room above the bars for the words of the marks
    bars = (
        alt.Chart(data[data["low"] > 0])
        .mark_rect(stroke="#ffffff", strokeWidth=1)
        .encode(
            x=alt.X("start:T", title=None, axis=time_axis(period)),
            x2="end:T",
            y=alt.Y("bottom:Q", title="Events", axis=axis, scale=alt.Scale(domain=[0, peak], nice=False)),
            y2="top:Q",
            color=alt.Color(
                "group:N",
                title=None,
                scale=alt.Scale(domain=shown, range=[EVENT_COLORS[name] for name in shown]),
                legend=top_legend(),
            ),
            tooltip=[
                alt.Tooltip("when:N", title="Period"),
                alt.Tooltip("group:N", title="Kind"),
                alt.Tooltip("low:Q", title="Events"),
            ],
        )
    )
    coarse = (
        alt.Chart(perhaps[perhaps["top"] > perhaps["bottom"]])
        .transform_calculate(perhaps="datum.top - datum.bottom")
        .mark_rect(fill="#ffffff", stroke=MUTED, strokeWidth=1, strokeDash=[2, 2])
        .encode(
            x="start:T",
            x2="end:T",
            y="bottom:Q",
            y2="top:Q",
            tooltip=[
                alt.Tooltip("when:N", title="Period"),
                alt.Tooltip("perhaps:Q", title="Events that perhaps lie here (their date is coarse)"),
            ],
        )
    )
    layers = [bars, coarse, draw_extent(period), *draw_marks(marks)]
    return finish(alt.layer(*layers), height=230)


def tabulate_claims(claims: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return claims as spans for drawing.

    Parameters
    ----------
    claims : DataFrame
        Claim records that touch the period; restatements are left out, for they are one claim.
    period : Period
        Extent of the time axis; spans are cut to it.

    Returns
    -------
    DataFrame
        claim_id, label, figure, speaker, speaker_type, when (str), start, end (datetime), open_start, open_end,
        disputed (bool), ordered by metric, then start. A claim of which only the end is known starts `_GAP` before
        it, open.
    """
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    rows = []
    for claim in claims[claims["restates"].fillna("") == ""].to_dict("records"):
        start, end = pd.Timestamp(claim["period_start"]), pd.Timestamp(claim["period_end"])
        open_start, open_end = bool(pd.isna(start)), bool(pd.isna(end))
        if open_start and open_end:
            continue
        start = end - _GAP if open_start else start
        end = min(start + _GAP, last) if open_end else end
        figure = _figure(claim)
        metric = METRICS[str(claim["metric"])].label
        rows.append(
            {
                "claim_id": claim["claim_id"],
                "label": f"{metric} · {claim['speaker']}",
                "figure": figure,
                "metric": metric,
                "speaker": claim["speaker"],
                "speaker_type": term(claim["speaker_type"]),
                "when": format_span(claim["period_start"], claim["period_end"], str(claim["date_precision"])),
                "start": max(start, first),
                "end": min(max(end, first), last),
                "open_start": open_start or start < first,
                "open_end": open_end or end > last,
                "disputed": claim["stance"] in ("doubts", "denies"),
            }
        )
    table = pd.DataFrame(rows)
    return table if table.empty else table.sort_values(["metric", "start", "end", "claim_id"], ignore_index=True)


def _figure(claim: Mapping[Hashable, Any]) -> str:
    """Return the number of a claim; “of which” for a part, and what the speaker does where no number is given."""
    if not any(known(claim[side]) for side in ("low", "best", "high")):
        return {"denies": "denied", "doubts": "doubted"}.get(str(claim["stance"]), "no number given")
    figure = claim_value(claim)
    return f"of which {figure}" if known(claim["part_of"]) and claim["part_of"] else figure


def draw_claims(table: pd.DataFrame, period: Period) -> alt.LayerChart:
    """Return one row a claim: the figure in words, below it a bar over its period, arrowheads where a side is open.

    Parameters
    ----------
    table : DataFrame
        As `tabulate_claims` gives it; not empty.
    period : Period
        Extent of the time axis.
    """
    colors = {term(name): color for name, color in SPEAKER_COLORS.items()}
    shown = [name for name in colors if name in set(table["speaker_type"])]
    data = table.assign(row=range(len(table)), words=table["figure"] + "  " + table["label"])
    y = alt.Y("row:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0.1))
    color = alt.Color(
        "speaker_type:N",
        title=None,
        scale=alt.Scale(domain=shown, range=[colors[name] for name in shown]),
        legend=top_legend(),
    )
    tooltip = [
        alt.Tooltip("figure:N", title="Figure"),
        alt.Tooltip("metric:N", title="Of what"),
        alt.Tooltip("speaker:N", title="Says who"),
        alt.Tooltip("when:N", title="For which period"),
    ]
    base = alt.Chart(data)
    x = alt.X("start:T", title=None, axis=time_axis(period))
    spans = base.mark_bar(height=6, cornerRadius=2, yOffset=6).encode(
        x=x, x2="end:T", y=y, color=color, tooltip=tooltip
    )
    heads = [
        base.transform_filter(f"datum.{side}")
        .mark_point(shape=f"triangle-{direction}", filled=True, size=90, opacity=1, yOffset=6)
        .encode(x=alt.X(f"{end}:T"), y=y, color=color, tooltip=tooltip)
        for side, direction, end in (("open_start", "left", "start"), ("open_end", "right", "end"))
        if table[side].any()
    ]
    start_of_words = f"max(0, min(scale('x', datum.start), width - {_LETTER} * length(datum.words)))"
    words = base.mark_text(
        align="left", baseline="bottom", dy=-1, color=INK, fontSize=12, limit=alt.expr("width")
    ).encode(x=alt.value(alt.expr(start_of_words)), y=y, text="words:N", tooltip=tooltip)
    return finish(alt.layer(spans, *heads, words, draw_extent(period)), height=ROW_HEIGHT * len(table) + 10)
