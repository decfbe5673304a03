"""What the map in the browser is told: one JSON payload, made from tables.

Layout of the payload (the scripts of ``static/frame/`` read it)::

    version    text that changes when anything changes
    language   "en" or "km"
    selected   province code or compound id, or null
    provinces  {code: {fill, radius, open, contested, label, tip: [lines]}}   fill null = "no report" hatch,
               another one with {withheld: true}
    sites      [{id, at: [lat, lon], status, uncertainty_m, tip: [lines], popup: [lines]}]
    statuses   {status: {color, shape}}
    badges     [{code, count, word, tip: [lines]}]       sites whose place is known only to the province
    dots       [{color, hollow, label, at: [[lat, lon]], ids}]   records with coordinates
    legend     {title, note, classes, circles, dots, symbols, footnotes}
    credit     one line
    hexagons   as charts/point_payload.py describes; with `area`, `found`, `tiles` and `view` one of the tools, which
               ui/map_tools.py gathers
    brush      the time brush below the map, or null: charts/brush_payload.py
    districts  installed districts, or null: charts/district_payload.py
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from charts.classes import Classes
from charts.labels import (
    describe_basis,
    format_figure,
    format_range,
    format_short,
    known,
    place_label,
    term,
)
from charts.palette import STATUS_SYMBOLS
from data.measures import WITHHELD, MeasureCounts
from data.suppression import smallest_cell
from geo.boundaries import boundary_source
from locales import later, say, voice, write_number

Style = Literal["circles", "shades"]

LARGEST_RADIUS = 28.0
SMALLEST_RADIUS = 4.0
FEW = 5
"""Below this number of cases a rate says little, and circles are shown in the legend by their exact numbers."""


def circle_radius(value: float, largest: float) -> float:
    """Return the radius in pixels of a circle whose area is proportional to `value` (`largest` gets the largest)."""
    return max(SMALLEST_RADIUS, LARGEST_RADIUS * math.sqrt(value / largest)) if largest > 0 else SMALLEST_RADIUS


def describe_provinces(
    counts: MeasureCounts, style: Style, *, classes: Classes, largest: float, sources: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Return how each province is drawn.

    Parameters
    ----------
    counts : MeasureCounts
    style : {"circles", "shades"}
        Circles by count, or shades by rate per 100,000 residents.
    classes : Classes
        Breaks of the rate, over all periods.
    largest : float
        Largest count over all periods; sets the scale of the circles.
    sources : sequence of str
        Who says so; shown below each figure.

    Returns
    -------
    dict
        As ``provinces`` in the payload.
    """
    rows = counts.rows
    drawn = rows["best"].fillna(rows["low"]).fillna(rows["high"])
    rate = rows["rate_best"].fillna(rows["rate_low"]).fillna(rows["rate_high"])
    shade = classes.index(rate)
    found: dict[str, dict[str, Any]] = {}
    for i, row in enumerate(rows.to_dict("records")):
        reported = known(drawn.iloc[i])
        figure = format_figure(row)
        tip = [place_label(row["province_code"]), f"{counts.measure.label}: {figure}"]
        if reported:
            per = format_range(row["rate_low"], row["rate_best"], row["rate_high"])
            most = row["best"] if known(row["best"]) else row["high"]
            few = say(" (fewer than {n} cases)", n=FEW) if known(most) and most < FEW else ""
            tip += [say("{figure} per 100,000 residents", figure=per) + few, describe_basis(row["basis"])]
            tip += [", ".join(sources)] if sources else []
            if known(row["implied"]):
                implied = format_range(None, row["implied"], None)
                tip.append(say("{figure} implied by the total; stated by nobody", figure=implied))
        facts: dict[str, Any] = {"fill": "#ffffff" if reported else None, "tip": tip}
        if row["basis"] == WITHHELD and not reported:
            facts["withheld"] = True
            tip.append(describe_basis(WITHHELD))
        if reported and style == "shades":
            facts["fill"] = classes.colors[int(shade.iloc[i])]
        elif reported:
            facts["radius"] = round(circle_radius(float(drawn.iloc[i]), largest), 1)
            facts["label"] = format_short(row["low"], row["best"], row["high"])
            facts["open"] = not known(row["best"]) and not known(row["high"])
            facts["contested"] = bool(row["contested"])
        found[row["province_code"]] = facts
    return found


def describe_dots(
    records: pd.DataFrame, id_column: str, label: str, color: str, *, hollow: bool = False
) -> dict[str, Any]:
    """Return records with coordinates as one group of dots; only identifiers and numbers leave the server.

    A second group is `hollow`, so that it differs in more than colour.
    """
    placed = records[records["latitude"].notna() & records["longitude"].notna()]
    return {
        "color": color,
        "hollow": hollow,
        "label": label,
        "at": placed[["latitude", "longitude"]].astype(float).round(5).to_numpy().tolist(),
        "ids": placed[id_column].tolist(),
    }


def count_dots(dots: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return groups of dots as the legend names them, each with its number ``n``."""
    return [{name: group[name] for name in ("color", "hollow", "label")} | {"n": len(group["at"])} for group in dots]


def describe_legend(
    counts: MeasureCounts,
    style: Style,
    *,
    classes: Classes,
    largest: float,
    sites: list[dict[str, Any]],
    dots: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return the legend: classes with n, sizes of circles, dots with n, symbols of the statuses that are shown."""
    rows = counts.rows
    rate = rows["rate_best"].fillna(rows["rate_low"]).fillna(rows["rate_high"])
    hidden = int((rate.isna() & (rows["basis"] == WITHHELD)).sum())
    missing = int(rate.isna().sum()) - hidden
    legend: dict[str, Any] = {
        "title": counts.measure.label,
        "note": counts.period.label(),
        "classes": [],
        "circles": [],
    }
    if style == "shades" and classes.upper:
        legend["note"] += say("; per 100,000 residents (2019 census)")
        tally = classes.index(rate).value_counts()
        legend["classes"] = [
            {"fill": color, "label": label, "n": int(tally.get(i, 0))}
            for i, (color, label) in enumerate(zip(classes.colors, classes.labels, strict=True))
        ]
    elif largest > 0:
        steps = (
            sorted({1, int(largest)})
            if largest <= FEW
            else sorted({_round_down(largest), _round_down(largest / 5), _round_down(largest / 25)})
        )
        legend["circles"] = [
            {"radius": round(circle_radius(step, largest), 1), "label": write_number(step)} for step in steps if step
        ]
    legend["classes"].append({"fill": None, "label": say("No report (this is not zero)"), "n": missing})
    if hidden:
        words = say("Withheld (fewer than {k}, or would give such a figure away)", k=smallest_cell())
        legend["classes"].append({"fill": None, "withheld": True, "label": words, "n": hidden})
    legend["dots"] = count_dots(dots)
    shown = pd.Series([site["status"] for site in sites], dtype="str").value_counts()
    legend["symbols"] = [
        {"color": symbol.color, "shape": symbol.shape, "label": term(status), "n": int(shown[status])}
        for status, symbol in STATUS_SYMBOLS.items()
        if status in shown
    ]
    footnotes = []
    if any(
        known(low) and not known(high) and not known(best)
        for low, best, high in rows[["low", "best", "high"]].to_numpy()
    ):
        ring, least = later("Dotted ring, “+”: at least so many."), later("Drawn at the least that was stated.")
        footnotes.append(say(ring if style == "circles" else least))
    if sites:
        footnotes.append(say("Dashed circle: the site lies somewhere inside. (n) = number."))
    legend["footnotes"] = footnotes
    return legend


def build_payload(
    *,
    provinces: dict[str, dict[str, Any]],
    sites: list[dict[str, Any]],
    badges: list[dict[str, Any]],
    dots: list[dict[str, Any]],
    legend: dict[str, Any],
    selected: str | None,
    brush: dict[str, Any] | None = None,
    tools: Mapping[str, Any] | None = None,
    language: str = "",
) -> dict[str, Any]:
    """Return the whole payload, stamped with a checksum of its contents as ``version``."""
    boundaries = boundary_source()["attribution"]
    payload: dict[str, Any] = {
        "language": language or voice().language,
        "selected": selected,
        "provinces": provinces,
        "sites": sites,
        "statuses": {name: {"color": symbol.color, "shape": symbol.shape} for name, symbol in STATUS_SYMBOLS.items()},
        "badges": badges,
        "dots": dots,
        "legend": legend,
        "credit": say("{boundaries} · Land and water: Natural Earth (public domain)", boundaries=boundaries),
        "brush": brush,
        **(tools or {}),
    }
    stamp = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:12]
    return {"version": stamp, **payload}


def _round_down(value: float) -> int:
    """Return the largest of 1, 2, 5, 10, 20, 50 … that is not above `value`; 0 below 1."""
    if value < 1:
        return 0
    power = 10 ** math.floor(math.log10(value))
    return int(max(step * power for step in (1, 2, 5) if step * power <= value))
