"""The timeline as Altair charts: recorded events by step of time, and stated claims as spans."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from charts.claim_sentences import DISPUTED, claim_figure, figure_words
from charts.labels import format_edtf, format_span, term
from charts.palette import EVENT_COLORS, INK, SPEAKER_COLORS
from charts.time_axis import draw_extent, draw_marks, finish, time_axis, top_legend, whole_numbers
from data.counts import count_recorded
from data.metrics import METRICS
from data.periods import Grain, Period, split_period
from data.slices import find_days, find_steps
from locales import later, say

EVENT_GROUPS: dict[str, str] = {
    "raid": later("Raids"),
    "rescue": later("Rescues and returns"),
    "repatriation": later("Rescues and returns"),
    "escape": later("Escapes"),
    "arrest": later("Arrests and courts"),
    "prosecution": later("Arrests and courts"),
    "report_published": later("Reports and statements"),
    "official_statement": later("Reports and statements"),
    "warning": later("Reports and statements"),
    "rating_change": later("Reports and statements"),
}
"""Group of each event type in the chart; every other type is “Other”."""

_GAP = pd.Timedelta(days=21)
ROW_HEIGHT = 33
BAR_HEIGHT = 230
LANE_HEIGHT = 10
MOST_LANES = 6
OPENED = "opened"
"""Name of the selection that a click on a claim makes."""
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


def tabulate_coarse(events: pd.DataFrame, period: Period, grain: Grain) -> pd.DataFrame:
    """Return the events of which the date is coarser than a step of time, each once.

    Parameters
    ----------
    events : DataFrame
        Event records.
    period : Period
        Spans are cut to it.
    grain : Grain

    Returns
    -------
    DataFrame
        start, end (datetime, half-open), group, what, when (str), lane (int64, from 0; spans in a lane do not touch).
    """
    dated = events[find_days(events, "event")["start"].notna()]
    found = find_steps(dated, "event", list(split_period(period, grain)))
    coarse = dated.iloc[sorted(set(found.loc[~found["inside"], "position"]))]
    days = find_days(coarse, "event")
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    table = pd.DataFrame(
        {
            "start": days["start"].mask(days["start"] < first, first),
            "end": days["end"].mask(days["end"].isna() | (days["end"] > last), last),
            "group": coarse["event_type"].map(EVENT_GROUPS).fillna("Other"),
            "what": coarse["event_type"].map(term),
            "when": coarse["event_date_edtf"].map(format_edtf),
        }
    ).sort_values(["start", "end"], ignore_index=True)
    lanes: list[pd.Timestamp] = []
    numbers = []
    for start, end in zip(table["start"], table["end"], strict=True):
        lane = next((number for number, until in enumerate(lanes) if until < start), len(lanes))
        lanes[lane : lane + 1] = [end]
        numbers.append(lane)
    return table.assign(lane=pd.Series(numbers, dtype="int64"))


def draw_events(
    table: pd.DataFrame, coarse: pd.DataFrame, period: Period, marks: pd.DataFrame | None = None
) -> alt.LayerChart:
    """Return stacked bars of events, one bar a step; below them a line for each event whose date is coarser.

    Parameters
    ----------
    table : DataFrame
        As `tabulate_events` gives it.
    coarse : DataFrame
        As `tabulate_coarse` gives it; only the first `MOST_LANES` lanes are drawn.
    period : Period
        Extent of the time axis.
    marks : DataFrame, optional
        day (datetime), label (str): vertical rules, such as the day on which a source stopped reporting.
    """
    certain = table[table["low"] > 0]
    drawn = coarse[coarse["lane"] < MOST_LANES]
    shown = [name for name in EVENT_COLORS if name in {*certain["group"], *drawn["group"]}]
    order = certain["group"].map({name: i for i, name in enumerate(EVENT_COLORS)})
    data = certain.assign(order=order).sort_values(["start", "order"], ignore_index=True)
    data["group"], drawn = data["group"].map(say), drawn.assign(group=drawn["group"].map(say))
    data["top"] = data.groupby("start")["low"].cumsum()
    data["bottom"] = data["top"] - data["low"]
    data["when"] = [format_span(start, end) for start, end in zip(data["start"], data["end"], strict=True)]
    # Room above the bars for the words of the marks.
    peak = 1.25 * (float(data["top"].max()) if len(data) else 1.0)
    lanes = int(drawn["lane"].max()) + 1 if len(drawn) else 0
    unit = peak * LANE_HEIGHT / BAR_HEIGHT
    color = alt.Color(
        "group:N",
        title=None,
        scale=alt.Scale(domain=[say(name) for name in shown], range=[EVENT_COLORS[name] for name in shown]),
        legend=top_legend(),
    )
    bars = (
        alt.Chart(data)
        .mark_rect(stroke="#ffffff", strokeWidth=1)
        .encode(
            x=alt.X("start:T", title=None, axis=time_axis(period)),
            x2="end:T",
            y=alt.Y(
                "bottom:Q",
                title=say("Events"),
                axis=alt.Axis(
                    values=list(range(0, int(peak) + 1, max(1, round(peak / 5)))), grid=True, **whole_numbers()
                ),
                scale=alt.Scale(domain=[-unit * (lanes + 1 / 2) if lanes else 0, peak], nice=False),
            ),
            y2="top:Q",
            color=color,
            tooltip=[
                alt.Tooltip("when:N", title=say("Period")),
                alt.Tooltip("group:N", title=say("Kind")),
                alt.Tooltip("low:Q", title=say("Events")),
            ],
        )
    )
    spans = (
        alt.Chart(drawn.assign(depth=-unit * (drawn["lane"] + 3 / 4)))
        .mark_rule(strokeWidth=LANE_HEIGHT - 4)
        .encode(
            x="start:T",
            x2="end:T",
            y="depth:Q",
            color=color,
            tooltip=[alt.Tooltip("when:N", title=say("Some time in")), alt.Tooltip("what:N", title=say("Kind"))],
        )
    )
    layers = [bars, *([spans] if lanes else []), draw_extent(period), *draw_marks(marks)]
    return finish(alt.layer(*layers), height=BAR_HEIGHT + LANE_HEIGHT * lanes)


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
        claim_id, words, figure, metric, speaker, speaker_type, when (str), start, end (datetime), open_start, open_end,
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
        figure = claim_figure(claim)
        disputed = claim["stance"] in DISPUTED
        metric = METRICS[str(claim["metric"])].label
        rows.append(
            {
                "claim_id": claim["claim_id"],
                "words": figure_words(figure, claim["speaker"], disputed=disputed),
                "figure": figure,
                "metric": metric,
                "speaker": claim["speaker"],
                "speaker_type": term(claim["speaker_type"]),
                "when": format_span(claim["period_start"], claim["period_end"], str(claim["date_precision"])),
                "start": max(start, first),
                "end": min(max(end, first), last),
                "open_start": open_start or start < first,
                "open_end": open_end or end > last,
                "disputed": disputed,
            }
        )
    table = pd.DataFrame(rows)
    return table if table.empty else table.sort_values(["metric", "start", "end", "claim_id"], ignore_index=True)


def draw_claims(table: pd.DataFrame, period: Period) -> alt.LayerChart:
    """Return one row a claim under the name of what it counts: who states which figure, and a bar over its period.

    Arrowheads stand where a side is open. A click on a row selects its claim_id as `OPENED`.

    Parameters
    ----------
    table : DataFrame
        As `tabulate_claims` gives it; not empty.
    period : Period
        Extent of the time axis.
    """
    colors = {term(name): color for name, color in SPEAKER_COLORS.items()}
    shown = [name for name in colors if name in set(table["speaker_type"])]
    new_metric = table["metric"] != table["metric"].shift()
    data = table.assign(row=np.arange(len(table)) + new_metric.cumsum())
    headings = data[new_metric].assign(row=lambda rows: rows["row"] - 1, heading=_heading)[["row", "heading"]]
    count = len(data) + len(headings)
    y = alt.Y("row:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0.1, domain=list(range(count))))
    color = alt.Color(
        "speaker_type:N",
        title=None,
        scale=alt.Scale(domain=shown, range=[colors[name] for name in shown]),
        legend=top_legend(),
    )
    tooltip = [
        alt.Tooltip("figure:N", title=say("Figure")),
        alt.Tooltip("metric:N", title=say("Of what")),
        alt.Tooltip("speaker:N", title=say("Says who")),
        alt.Tooltip("when:N", title=say("For which period")),
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
    titles = (
        alt.Chart(headings)
        .mark_text(align="left", baseline="bottom", dy=9, color=INK, fontSize=13, fontWeight="bold")
        .encode(x=alt.value(0), y=y, text="heading:N")
    )
    rows = (
        base.mark_rect(opacity=0, cursor="pointer")
        .encode(x=alt.value(0), x2=alt.value("width"), y=y, tooltip=tooltip)
        .add_params(alt.selection_point(name=OPENED, fields=["claim_id"]))
    )
    layers = [spans, *heads, words, titles, draw_extent(period), rows]
    return finish(alt.layer(*layers), height=ROW_HEIGHT * count + 10)


def _heading(rows: pd.DataFrame) -> pd.Series:
    """Return the names of metrics without their unit, which every figure bears."""
    return rows["metric"].str.replace(r" \((?:US\$|%)\)$", "", regex=True)
