"""The claims about one thing as a ladder: one row a claim, words above, below them what the number leaves possible."""

from __future__ import annotations

import json
import math
from typing import Any, cast

import altair as alt
import pandas as pd

from charts.claim_sentences import claim_figure, claim_period, claim_place, figure_words, repeat_words
from charts.labels import known, stance_word, term, unit_label
from charts.palette import INK, MUTED, PAPER, RULE, SPEAKER_COLORS, VEGA_SHAPES
from charts.time_axis import LEGEND_COLUMNS, finish, top_legend, whole_numbers
from data.metrics import METRICS, Unit
from data.statements import read_range
from locales import language, say

MOST_ROWS = 40
WIDEST_LINEAR = 50
"""Numbers that differ by a larger factor than this stand on a logarithmic axis."""

_ROW, _WORDS, _DETAIL, _MARK = 62, 5, 22, 46  # px: a row, and where in it its two lines and its mark stand
_AROUND, _LEGEND_ROW = 58, 18  # px: the axis with its title, the space around the legend, one row of the legend
_BAR, _TICK, _ARROW = 11, 17, 9  # px: thickness of a bar, height of the mark at a bound, room for an arrowhead
_BAR_STYLES: dict[str, dict[str, Any]] = {
    "!datum.contested": {"opacity": 0.32},
    "datum.contested": {"opacity": 0.55, "strokeDash": [3, 3]},
}


def tabulate_ladder(rows: pd.DataFrame, *, most: int = MOST_ROWS) -> pd.DataFrame:
    """Return what is drawn of the claims about one metric.

    Parameters
    ----------
    rows : DataFrame
        Rows of a ledger (`data.claims.read_ledger`) of one metric, in its order.
    most : int
        So many rows are drawn at most.

    Returns
    -------
    DataFrame
        One row a claim, in order: claim_id, words, detail, speaker, speaker_type, stance, where, when, said (str),
        contested (bool), low, best, high (float; missing is unknown), about (bool; the number is only near), cross
        (float; the number that is doubted or denied, where one is known), disputes (bool). A repeat by the same speaker
        with the same number is not drawn again.
    """
    table = []
    records = rows.to_dict("records")
    by_id = {claim["claim_id"]: claim for claim in records}
    for claim in records:
        head = by_id.get(claim["entry"], claim)
        repeats = head is not claim
        if repeats and (head["speaker"], claim_figure(head)) == (claim["speaker"], claim_figure(claim)):
            continue
        stated = read_range(pd.Series(claim))
        figure = claim_figure(claim)
        said = repeat_words(head, claim) if repeats else f"{claim['speaker']} {stance_word(claim['stance'])}"
        marks = " ".join([say("contested")] * bool(claim["contested"]) + [say("repeat")] * repeats)
        table.append(
            {
                "claim_id": claim["claim_id"],
                "words": figure_words(figure, claim["speaker"], disputed=bool(claim["disputes"])),
                "detail": " · ".join([*([marks] if marks else []), claim_place(claim), claim_period(claim)]),
                "figure": figure,
                "speaker": claim["speaker"],
                "speaker_type": term(claim["speaker_type"]),
                "said": said,
                "where": claim_place(claim),
                "when": claim_period(claim),
                "contested": bool(claim["contested"]),
                "low": stated.low,
                "best": stated.best,
                "high": stated.high,
                "about": stated.best is not None and stated.low is None and stated.high is None,
                "cross": _disputed_number(claim, by_id) if claim["disputes"] else None,
                "disputes": bool(claim["disputes"]),
                "repeats": repeats,
            }
        )
    numbers = ["low", "best", "high", "cross"]
    return pd.DataFrame(table[:most]).astype(dict.fromkeys(numbers, "float64")) if table else pd.DataFrame()


def _disputed_number(claim: dict[Any, Any], by_id: dict[Any, dict[Any, Any]]) -> float | None:
    """Return the number that a claim doubts or denies: the one that it names, else that of the claim it answers."""
    answered = [by_id[one] for one in str(claim["responds_to"]).split(";") if one in by_id]
    for each in (claim, *answered):
        number = next((each[side] for side in ("best", "low", "high") if known(each[side])), None)
        if number is not None:
            return float(number)
    return None


def drawn_numbers(table: pd.DataFrame) -> pd.Series:
    """Return every number that a ladder draws."""
    numbers: pd.Series = pd.concat([table[name] for name in ("low", "best", "high", "cross")])
    return numbers.dropna()


def is_logarithmic(table: pd.DataFrame) -> bool:
    """Whether the numbers of a ladder differ by more than a factor of `WIDEST_LINEAR`; never with a zero among them."""
    numbers = drawn_numbers(table)
    return bool(len(numbers) and numbers.min() > 0 and numbers.max() / numbers.min() > WIDEST_LINEAR)


def find_domain(table: pd.DataFrame, unit: Unit) -> tuple[float, float]:
    """Return both ends of the axis: from zero when it is linear, and with room for what goes on beyond a number."""
    numbers = drawn_numbers(table)
    if unit == "percent" and (numbers <= 100).all():
        return 0.0, 100.0
    if is_logarithmic(table):
        return float(numbers.min()) / 3, float(numbers.max()) * 4
    return 0.0, 1.35 * float(numbers.max()) if len(numbers) and numbers.max() > 0 else 1.0


def draw_ladder(table: pd.DataFrame, metric: str) -> alt.LayerChart:
    """Return the ladder of the claims about a metric.

    Parameters
    ----------
    table : DataFrame
        As `tabulate_ladder` gives it; not empty.
    metric : str
        Its name.
    """
    least, most = find_domain(table, METRICS[metric].unit)
    top = pd.Series(range(len(table)), index=table.index) * _ROW
    data = table.assign(
        top=top + _WORDS,
        under=top + _DETAIL + (3 if language() == "km" else 0),
        y=top + _MARK,
        left=table["low"].fillna(least).where(table["low"].notna() | table["high"].notna()),
        right=table["high"].fillna(most).where(table["low"].notna() | table["high"].notna()),
        least=least,
        most=most,
        verdict=table["figure"].where(table["disputes"]),
        contest=table["contested"].map({True: say("yes"), False: "—"}),
    )
    total = _ROW * len(table)
    layers = [_draw_rows(data, total), *_draw_words(data, total), *_draw_marks(data, metric, total)]
    legend_rows = -(-table["speaker_type"].nunique() // LEGEND_COLUMNS)
    chart = finish(alt.layer(*layers), height=total + _AROUND + _LEGEND_ROW * legend_rows)
    return cast("alt.LayerChart", chart.configure_legend(labelColor=INK, labelFontSize=12, symbolSize=110))


def _vertical(field: str, total: int) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, total], reverse=True, nice=False))


def _draw_rows(data: pd.DataFrame, total: int) -> alt.Chart:
    rows = pd.DataFrame({"line": [number * _ROW for number in range(1, len(data))]})
    rule = alt.Chart(rows).mark_rule(color=RULE).encode(y=_vertical("line", total), tooltip=alt.value(None))
    return cast("alt.Chart", rule)


def _draw_words(data: pd.DataFrame, total: int) -> list[alt.Chart]:
    """Return both lines of each row, each on a white copy of itself, so that no grid line crosses its letters."""
    lines: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("top", "words", {"fontSize": 13, "fontWeight": 600, "color": INK}),
        ("under", "detail", {"fontSize": 12, "color": MUTED}),
    )
    halo: dict[str, Any] = {"stroke": PAPER, "strokeWidth": 5, "strokeJoin": "round"}
    return [
        alt.Chart(data)
        .mark_text(align="left", baseline="top", limit=alt.expr("width"), **style, **more)
        .encode(x=alt.value(0), y=_vertical(field, total), text=f"{text}:N", tooltip=alt.value(None))
        for field, text, style in lines
        for more in (halo, {})
    ]


def _draw_marks(data: pd.DataFrame, metric: str, total: int) -> list[alt.Chart]:
    least, most = (float(data[name].iloc[0]) for name in ("least", "most"))
    log = is_logarithmic(data)
    unit = METRICS[metric].unit
    powers = (
        [10.0**power for power in range(math.ceil(math.log10(least)), math.floor(math.log10(most)) + 1)] if log else []
    )
    words = say("{unit}, logarithmic axis", unit=unit_label(unit)) if log else unit_label(unit)
    ticks: dict[str, Any] = {"values": powers} if log else {"tickCount": 5, "tickMinStep": 1}
    axis = alt.Axis(
        grid=True, labelOverlap="greedy", labelFlush=True, titleFontWeight="normal", **whole_numbers(), **ticks
    )
    scale = alt.Scale(type="log" if log else "linear", domain=[least, most], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=words, axis=axis if len(drawn_numbers(data)) else None, scale=scale)

    y = _vertical("y", total)
    colors = {term(name): color for name, color in SPEAKER_COLORS.items()} | {term(None): MUTED}
    shown = [name for name in colors if name in set(data["speaker_type"])]
    color = alt.Color(
        "speaker_type:N",
        title=None,
        scale=alt.Scale(domain=shown, range=[colors[name] for name in shown]),
        legend=top_legend("circle"),
    )
    tooltip = [
        alt.Tooltip("figure:N", title=say("Figure")),
        alt.Tooltip("said:N", title=say("Says who")),
        alt.Tooltip("where:N", title=say("Where")),
        alt.Tooltip("when:N", title=say("For which period")),
        alt.Tooltip("contest:N", title=say("Contested")),
    ]

    def base(test: str) -> alt.Chart:
        return alt.Chart(data).transform_filter(test)

    def mark(chart: alt.Chart, field: str = "best", **more: Any) -> alt.Chart:
        return chart.encode(x=x(field), y=y, color=color, tooltip=tooltip, **more)

    bar, open_low, open_high = "isValid(datum.left)", "!isValid(datum.low)", "!isValid(datum.high)"
    wide = f"{bar} && datum.left < datum.right"
    layers = [
        *(
            mark(
                base(f"{wide} && {test} && {end}").mark_rule(strokeWidth=_BAR, x2Offset=shift, **style),
                "left",
                x2="right:Q",
            )
            for test, style in _BAR_STYLES.items()
            for end, shift in ((open_high, -_ARROW), (f"!({open_high})", 0))
        ),
        *(
            mark(base(f"{wide} && isValid(datum.{side})").mark_tick(thickness=3, size=_TICK, orient="vertical"), side)
            for side in ("low", "high")
        ),
        mark(
            base(f"{wide} && {open_high}").mark_point(
                shape="triangle-right", filled=True, size=170, opacity=1, xOffset=-6
            ),
            "most",
        ),
        mark(
            base(f"{wide} && {open_low}").mark_point(
                shape="triangle-left", filled=True, size=170, opacity=1, xOffset=6
            ),
            "least",
        ),
        mark(base("datum.about").mark_circle(size=620, opacity=0.25)),
        mark(base("isValid(datum.best)").mark_point(shape="circle", filled=True, size=130, opacity=1)),
        base("isValid(datum.best) && datum.contested")
        .mark_point(shape="circle", filled=True, size=28, opacity=1, color=PAPER)
        .encode(x=x("best"), y=y, tooltip=tooltip),
    ]
    if data["disputes"].any():
        layers += _draw_crosses(base, x, y, color, tooltip, (least + most) / 2 if not log else math.sqrt(least * most))
    return layers


def _draw_crosses(
    base: Any, x: Any, y: alt.Y, color: alt.Color, tooltip: list[alt.Tooltip], middle: float
) -> list[Any]:
    """Return crosses at the numbers that are disputed, each with its word on the side that has room."""
    placed, free = "isValid(datum.cross)", "datum.disputes && !isValid(datum.cross)"
    cross = {"shape": VEGA_SHAPES["cross"], "filled": True, "size": 150, "opacity": 1}
    word = {"baseline": "middle", "fontSize": 12, "color": INK}
    layers = [base(placed).mark_point(**cross).encode(x=x("cross"), y=y, color=color, tooltip=tooltip)]
    for test, align, shift in ((f"datum.cross <= {middle}", "left", 12), (f"datum.cross > {middle}", "right", -12)):
        text = base(f"{placed} && {test}").mark_text(align=align, dx=shift, **word)
        layers.append(text.encode(x=x("cross"), y=y, text="verdict:N", tooltip=tooltip))
    layers.append(base(free).mark_point(**cross).encode(x=alt.value(8), y=y, color=color, tooltip=tooltip))
    text = (
        base(free)
        .transform_calculate(note=f"datum.verdict + {json.dumps(', ' + say('no number given'))}")
        .mark_text(align="left", **word)
    )
    layers.append(text.encode(x=alt.value(20), y=y, text="note:N", tooltip=tooltip))
    return layers
