"""Two periods on the map: what each map shows side by side or under a divider, and the difference as one map.

Part ``compare`` of the map's payload; ``static/frame/compare.js`` reads it::

    mode          "side", "swipe" or "difference"
    left, right   {label, …}: the earlier and the later period; beside the label whatever of the payload differs there
                  (provinces, dots, …); what is not named is that of the payload
    words         texts of the divider

The difference is drawn by the payload's own ``provinces`` and ``legend``, made here. The sign stands in every label, so
that no meaning hangs on colour.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd

from charts.change_words import MINUS, both_figures, format_change, short_change
from charts.classes import Classes, classify
from charts.labels import format_number, known
from charts.map_payload import Style, circle_radius
from charts.palette import CIRCLE, CIRCLE_EDGE, FALL, FALL_EDGE, FALLS, RISES, UNCERTAIN, UNCERTAIN_EDGE
from data.change import DOWN, SAME, UP, Change
from locales import later, say

Mode = Literal["side", "swipe", "difference"]

CHANGE_CLASSES = 3
"""So many classes on either side of no change."""

_TONES = {
    UP: (CIRCLE, CIRCLE_EDGE),
    DOWN: (FALL, FALL_EDGE),
    SAME: ("#ffffff", UNCERTAIN_EDGE),
    "": (UNCERTAIN, UNCERTAIN_EDGE),
}
_DIRECTIONS = {
    UP: later("+ more than before"),
    DOWN: later("\N{MINUS SIGN} fewer than before"),
    SAME: later("0 no change"),
    "": later("± direction not certain"),
}
_NOT_COMPARED = later("Cannot be compared (this is not zero)")


def describe_comparison(mode: Mode, left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    """Return part ``compare`` of the payload; `left` and `right` hold at least ``label``."""
    words = {"divider": say("Divider between the two periods"), "drag": say("Drag to uncover either period")}
    return {"mode": mode, "left": dict(left), "right": dict(right), "words": words}


def change_classes(rates: pd.Series) -> Classes:
    """Return breaks for the size of a change of rates, the same on both sides of 0.

    Parameters
    ----------
    rates : Series of float
        Rates of all periods that a reader can choose; no change can be larger than the largest of them.
    """
    return classify(rates, k=CHANGE_CLASSES)


def describe_change(change: Change, style: Style, *, classes: Classes, largest: float) -> dict[str, dict[str, Any]]:
    """Return how each province is drawn in the difference of two periods.

    Parameters
    ----------
    change : Change
    style : {"circles", "shades"}
        Signed circles of the change in counts, or diverging shades of the change per 100,000 residents.
    classes : Classes
        As `change_classes` gives them.
    largest : float
        Largest count over all periods: a circle means the same as on the maps of single periods.
    """
    found = {}
    for row in change.rows.to_dict("records"):
        before, after = both_figures(row)
        figure = format_change(row["low"], row["best"], row["high"])
        rate = format_change(row["rate_low"], row["rate_best"], row["rate_high"])
        facts: dict[str, Any] = {
            "fill": "#ffffff" if row["compared"] else None,
            "tip": [row["province"], f"{change.measure.label}: {before} → {after}", _explain(row, figure, rate)],
        }
        if row["compared"] and style == "shades":
            facts["fill"] = shade_of(row, classes)
            facts["mark"] = short_change(row["rate_low"], row["rate_best"], row["rate_high"])
        elif row["compared"]:
            facts["color"], facts["edge"] = _TONES[row["direction"]]
            facts["radius"] = round(circle_radius(_size(row, ""), largest), 1)
            facts["label"] = short_change(row["low"], row["best"], row["high"])
            facts["open"] = not known(row["best"]) and known(row["low"]) != known(row["high"])
            facts["contested"] = bool(row["contested"])
        found[row["province_code"]] = facts
    return found


def shade_of(row: Mapping[Hashable, Any], classes: Classes) -> str:
    """Return the colour of a change of a rate: grey where its direction is not certain."""
    if row["direction"] not in (UP, DOWN):
        return _TONES[row["direction"]][0] if row["direction"] == SAME else UNCERTAIN
    colors = RISES if row["direction"] == UP else FALLS
    return colors[_class_of(row, classes)]


def describe_change_legend(
    change: Change, style: Style, *, classes: Classes, legend: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the legend of a difference.

    Parameters
    ----------
    change : Change
    style : {"circles", "shades"}
    classes : Classes
        As `change_classes` gives them.
    legend : mapping
        Legend of a single period; its circles and symbols are taken over.
    """
    compared = change.rows[change.rows["compared"]]
    tally = compared["direction"].value_counts()
    note = f"{change.before.label()} → {change.after.label()}"
    if style == "shades":
        entries = _shade_entries(compared, classes)
        note = say("{periods}; per 100,000 residents (2019 census)", periods=note)
    else:
        entries = [
            {"fill": _TONES[name][0], "label": say(_DIRECTIONS[name]), "n": int(tally.get(name, 0))}
            for name in (DOWN, UP)
        ]
    entries += [
        {"fill": _TONES[name][0], "label": say(_DIRECTIONS[name]), "n": int(tally[name])}
        for name in (SAME, "")
        if name in tally
    ]
    entries.append({"fill": None, "label": say(_NOT_COMPARED), "n": len(change.rows) - len(compared)})
    circles = [{**entry, "color": "#ffffff"} for entry in legend["circles"]] if style == "circles" else []
    return {
        **legend,
        "title": say("Change: {measure}", measure=change.measure.label),
        "note": note,
        "classes": entries,
        "circles": circles,
        "dots": [],
        "footnotes": [
            say("Hatched: no report in one period at least, or both figures open on the same side."),
            say("≥, ≤: at least, at most. (n) = number."),
        ],
    }


def merge_legends(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    """Return one legend for two maps, each number given for both: ``15 | 17``."""
    merged = {**left, "note": f"{left['note']} | {right['note']}"}
    for part in ("classes", "dots"):
        entries = {entry["label"]: entry for entry in (*left[part], *right[part])}
        numbers = [{entry["label"]: entry["n"] for entry in one[part]} for one in (left, right)]
        merged[part] = [
            {**entry, "n": " | ".join(f"{number.get(label, 0):,}" for number in numbers)}
            for label, entry in entries.items()
        ]
    merged["footnotes"] = list(dict.fromkeys((*left["footnotes"], *right["footnotes"])))
    return merged


def _size(row: Mapping[Hashable, Any], prefix: str) -> float:
    """Return how large a change is at least, or, where not even its direction is certain, how large it may be."""
    low, best, high = (row[f"{prefix}{side}"] for side in ("low", "best", "high"))
    if known(best):
        return abs(float(best))
    if row["direction"] == UP:
        return float(low)
    if row["direction"] == DOWN:
        return -float(high)
    return max(abs(float(side)) for side in (low, high) if known(side))


def _class_of(row: Mapping[Hashable, Any], classes: Classes) -> int:
    place = int(np.searchsorted(np.array(classes.upper), _size(row, "rate_")))
    # With fewer than three distinct values the darkest shades are used.
    return min(place, len(classes.upper) - 1) + CHANGE_CLASSES - len(classes.upper)


def _shade_entries(compared: pd.DataFrame, classes: Classes) -> list[dict[str, Any]]:
    """Return the classes from the largest fall to the largest rise, each with its sign and number."""
    certain = [row for row in compared.to_dict("records") if row["direction"] in (UP, DOWN)]
    drawn = [shade_of(row, classes) for row in certain]
    first = CHANGE_CLASSES - len(classes.upper)
    steps = [(0.0, top) if i == 0 else (classes.upper[i - 1], top) for i, top in enumerate(classes.upper)]
    entries = []
    for sign, colors, order in ((MINUS, FALLS, reversed(range(len(steps)))), ("+", RISES, range(len(steps)))):
        for i in order:
            bottom, top = (f"{sign}{format_number(edge)}" for edge in steps[i])
            label = say("up to {value}", value=top) if i == 0 else say("over {low} to {high}", low=bottom, high=top)
            color = colors[first + i]
            entries.append({"fill": color, "label": label, "n": drawn.count(color)})
    return entries


def _explain(row: Mapping[Hashable, Any], figure: str, rate: str) -> str:
    """Return the change in words, or why there is none."""
    if row["compared"]:
        uncertain = say("; the direction is not certain") if row["direction"] == "" else ""
        contested = say("; contested") if row["contested"] else ""
        change = say("Change: {change} ({rate} per 100,000 residents)", change=figure, rate=rate)
        return f"{change}{uncertain}{contested}"
    if row["reported_before"] and row["reported_after"]:
        return say("Cannot be compared: both figures are open on the same side")
    if row["reported_before"]:
        return say("Cannot be compared: no report in the later period (this is not zero)")
    if row["reported_after"]:
        return say("Cannot be compared: no report in the earlier period (this is not zero)")
    return say("No report in either period (this is not zero)")
