"""The history of sites as swim lanes: one lane a site, one symbol for each dated step, and what the picture says."""

from __future__ import annotations

from typing import cast

import altair as alt
import pandas as pd

from charts.labels import format_edtf, format_span, term
from charts.palette import INK, PAPER, RULE, STATUS_SYMBOLS, VEGA_SHAPES
from charts.time_axis import LEGEND_COLUMNS, draw_extent, draw_marks, finish, time_axis, top_legend
from data.lifecycle import STEPS, AfterRaid
from data.periods import Period
from locales import later, say, say_many, write_digits

LICENCE = later("Licence granted or renewed")
_NAME_HEIGHT, _LEVEL_HEIGHT, _GAP = 26, 15, 13  # px: the name, one row of symbols, the space below a lane
_AROUND, _LEGEND_ROW = 46, 18  # px: the time axis with the space around the legend, and one row of the legend
_TAIL = 22  # px: how far an open side is drawn; its true length is not known
_CROWDED = 40  # symbols closer than this part of the whole axis stand on different levels
_SHORTEST = pd.Timedelta(days=240)  # at least so much time is shown, so that one day does not fill the picture
_MARGIN = 11  # so many-th part of the time is left free on both sides


def step_label(step: str) -> str:
    """Return the name of a step in the legend; both licence steps have one symbol and one name."""
    return say(LICENCE) if step in ("licence_granted", "licence_renewed") else term(step)


def step_date(step: pd.Series) -> str:
    """Return the date of a step in words; one that only a report bounds says “on or before”."""
    if step["dated_by_report"]:
        return format_span(None, step["end"])
    return format_edtf(step["date_edtf"])


def tabulate_history(steps: pd.DataFrame, names: pd.Series, *, most: int = 40) -> pd.DataFrame:
    """Return what is drawn: one mark for each step and date of a site, however many records say so.

    Parameters
    ----------
    steps : DataFrame
        As `data.lifecycle.compound_steps` gives it. Undated steps cannot be drawn and are left out.
    names : Series of str
        Name of each site by ``site_id``.
    most : int
        So many lanes are drawn: raided sites first, then by first step.

    Returns
    -------
    DataFrame
        site_id, site, step, label, when (str), records (int64), disputed (bool), day (datetime; where the symbol
        stands: the middle of a coarse date, the last possible day of an open one), start, end (datetime, missing
        where open), open_start, open_end, coarse (bool), lane, level (int64; `level` parts symbols of one lane that
        would cover each other).
    """
    dated = steps[steps["start"].notna() | steps["end"].notna()]
    marks = (
        dated.assign(
            label=dated["step"].map(step_label),
            when=[step_date(step) for _, step in dated.iterrows()],
            disputed=(dated["grading"].fillna("") == "contested") & (dated["step"] != "contested"),
        )
        .groupby(["site_id", "step", "label", "start", "end"], dropna=False, as_index=False)
        .agg(when=("when", "first"), records=("record_id", "nunique"), disputed=("disputed", "any"))
    )
    open_start, open_end = marks["start"].isna(), marks["end"].isna()
    last = marks["end"] - pd.Timedelta(days=1)
    day = (marks["start"] + (last - marks["start"]) / 2).dt.floor("D").mask(open_start, last)
    marks = marks.assign(
        site=marks["site_id"].map(names).fillna(marks["site_id"]).astype("str"),
        day=day.mask(open_end, marks["start"]),
        open_start=open_start,
        open_end=open_end,
        coarse=(last - marks["start"]) > pd.Timedelta(days=0),
    )
    lanes = (
        marks.assign(raided=marks["step"] == "raided")
        .groupby("site_id")
        .agg(raided=("raided", "max"), first=("day", "min"))
        .sort_values(["raided", "first"], ascending=[False, True], kind="stable")
    )
    lane = {site: number for number, site in enumerate(lanes.index[:most])}
    shown = marks[marks["site_id"].isin(lane)].assign(lane=marks["site_id"].map(lane))
    order = shown["step"].map({step: number for number, step in enumerate(STEPS)})
    ordered = shown.assign(order=order).sort_values(["lane", "day", "order"], ignore_index=True).drop(columns="order")
    return ordered.astype({"lane": "int64"}).assign(level=_part_levels(ordered))


def _part_levels(marks: pd.DataFrame) -> list[int]:
    """Return for each mark the first level of its lane on which no symbol stands too close before it."""
    if marks.empty:
        return []
    reach = (marks["day"].max() - marks["day"].min()) / _CROWDED
    levels: list[int] = []
    taken: dict[tuple[int, int], pd.Timestamp] = {}
    for lane, day in zip(marks["lane"], marks["day"], strict=True):
        level = 0
        while (lane, level) in taken and day - taken[lane, level] <= reach:
            level += 1
        taken[lane, level] = day
        levels.append(level)
    return levels


def history_extent(table: pd.DataFrame) -> Period:
    """Return the period that the lanes of a table (not empty) span, with a margin."""
    days = pd.concat([table["start"], table["end"], table["day"]]).dropna()
    span = days.max() - days.min()
    margin = max(span / _MARGIN, (_SHORTEST - span) / 2)
    return Period((days.min() - margin).date(), (days.max() + margin).date())


def draw_history(table: pd.DataFrame, marks: pd.DataFrame | None = None) -> alt.LayerChart:
    """Return the lanes: a name, below it the steps; whiskers span coarse dates, arrows point to open sides.

    Parameters
    ----------
    table : DataFrame
        As `tabulate_history` gives it; not empty.
    marks : DataFrame, optional
        As for `charts.time_axis.draw_marks`.
    """
    period = history_extent(table)
    depth = table.groupby("lane")["level"].max() + 1
    height = _NAME_HEIGHT + _LEVEL_HEIGHT * depth + _GAP
    top = height.cumsum() - height + (_GAP if marks is not None and len(marks) else 0)
    data = table.assign(
        y=table["lane"].map(top) + _NAME_HEIGHT + _LEVEL_HEIGHT * (table["level"] + 0.5),
        dispute=table["disputed"].map({True: say("yes, by a named party"), False: "—"}),
    )
    lanes = table.drop_duplicates("lane")[["lane", "site", "site_id"]]
    lanes = lanes.assign(top=lanes["lane"].map(top), line=lanes["lane"].map(top + height) - _GAP / 2)
    total = int(top.iloc[-1] + height.iloc[-1])
    scale = alt.Scale(domain=[0, total], reverse=True, nice=False)
    y = alt.Y("y:Q", axis=None, scale=scale)
    used = [step for step in STEPS if step in set(table["step"])]
    symbols = {step_label(step): STATUS_SYMBOLS[step] for step in used}
    colors = alt.Scale(domain=list(symbols), range=[symbol.color for symbol in symbols.values()])
    shapes = alt.Scale(domain=list(symbols), range=[VEGA_SHAPES[symbol.shape] for symbol in symbols.values()])
    color = alt.Color("label:N", title=None, scale=colors, legend=top_legend(None))
    tooltip = [
        alt.Tooltip("site:N", title=say("Site")),
        alt.Tooltip("label:N", title=say("Reported")),
        alt.Tooltip("when:N", title=say("When")),
        alt.Tooltip("records:Q", title=say("Records")),
        alt.Tooltip("dispute:N", title=say("Disputed")),
    ]
    # Each name stands on a white copy of itself, so that no mark crosses its letters.
    letters = alt.Chart(lanes).encode(
        x=alt.value(0), y=alt.Y("top:Q", axis=None, scale=scale), text="site:N", tooltip=alt.value(None)
    )
    style = alt.MarkDef(
        "text", align="left", baseline="top", dy=4, fontSize=13, fontWeight=600, limit=alt.expr("width"), color=INK
    )
    halo = style.copy()
    halo["stroke"], halo["strokeWidth"] = PAPER, 5
    names = [letters.properties(mark=halo), letters.properties(mark=style)]
    rules = (
        alt.Chart(lanes.iloc[:-1])
        .mark_rule(color=RULE)
        .encode(y=alt.Y("line:Q", axis=None, scale=scale), tooltip=alt.value(None))
    )
    base = alt.Chart(data)
    axis = alt.X("day:T", title=None, axis=time_axis(period))
    whiskers = [
        base.transform_filter("datum.coarse")
        .mark_rule(strokeWidth=3, opacity=0.45)
        .encode(x=alt.X("start:T"), x2="end:T", y=y, color=color, tooltip=tooltip)
    ] * bool(table["coarse"].any())
    tails = [
        part
        for side, sign, head in (("open_start", -1, "left"), ("open_end", 1, "right"))
        if table[side].any()
        for part in (
            base.transform_filter(f"datum.{side}")
            .mark_rule(strokeWidth=1.5, strokeDash=[3, 2], x2Offset=sign * _TAIL)
            .encode(x=axis, x2="day:T", y=y, color=color, tooltip=tooltip),
            base.transform_filter(f"datum.{side}")
            .mark_point(shape=f"triangle-{head}", filled=True, size=28, opacity=1, xOffset=sign * _TAIL)
            .encode(x=axis, y=y, color=color, tooltip=tooltip),
        )
    ]
    points = base.mark_point(filled=True, size=130, opacity=1).encode(
        x=axis, y=y, color=color, shape=alt.Shape("label:N", title=None, scale=shapes), tooltip=tooltip
    )
    holes = [
        base.transform_filter("datum.disputed")
        .mark_point(filled=True, shape="circle", color=PAPER, size=26, opacity=1)
        .encode(x=axis, y=y, tooltip=tooltip)
    ] * bool(table["disputed"].any())
    layers = [draw_extent(period), rules, *draw_marks(marks), *names, *whiskers, *tails, points, *holes]
    around = _AROUND + _LEGEND_ROW * -(-len(symbols) // LEGEND_COLUMNS)
    chart = finish(alt.layer(*layers), height=total + around)
    return cast("alt.LayerChart", chart.configure_legend(labelColor=INK, labelFontSize=12, symbolSize=110))


def describe_after_raid(sites: int, found: AfterRaid, *, where: str = "") -> str:
    """Return what is seen, in one sentence: sites, raids, later signs; a percentage only where the number allows it.

    Parameters
    ----------
    sites : int
        Sites in view.
    found : AfterRaid
        Of these sites.
    where : str
        Province, or nothing for the whole country.
    """
    place = say(" in {place}", place=where) if where else ""
    opening = say_many(
        "{n} site{place} that sources name as alleged or suspected scam compounds.",
        "{n} sites{place} that sources name as alleged or suspected scam compounds.",
        sites,
        place=place,
    )
    if not found.n_raided:
        return say("{opening} No raid on one of them is reported.", opening=opening)
    share = f" ({write_digits(f'{found.share:.0%}')})" if found.share is not None else ""
    later_ones = say(
        "Later signs of activity are reported at {n} of these {total}",
        n=found.n_with_later_activity,
        total=found.n_raided,
    )
    parts = [f"{later_ones}{share}"]
    if found.n_unknown_order:
        parts.append(say("at {n} the dates do not tell which came first", n=found.n_unknown_order))
    if found.n_without:
        parts.append(say("at {n} no later sign is reported", n=found.n_without))
    return say("{opening} At {n} a raid is reported. {rest}.", opening=opening, n=found.n_raided, rest="; ".join(parts))
