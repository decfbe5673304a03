"""Records with coordinates as the map shows them: single dots while they are few, hexagons when they are many.

``hexagons`` in the payload (``static/frame/hexagons.js`` reads it)::

    kind      "complaint" or "event"
    words     [one, many]: what is counted
    size      km between opposite sides
    plane     [R, φ0]: radius in km and standard parallel in degrees of the plane on which they lie
    cells     [[q, r, n]]
    upper     [largest n of each class], ascending
    colors    [colour of each class]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from charts.classes import classify
from charts.labels import place_label
from charts.map_payload import describe_dots
from charts.palette import COMPLAINT_DOT, EVENT_DOT, HEXAGONS
from data.periods import Period
from data.points import HexagonCounts, Points
from geo.hexagons import EARTH_RADIUS_KM, STANDARD_PARALLEL
from locales import later, say, say_many, write_number

PointStyle = Literal["", "dots", "hexagons", "none"]

FEW_POINTS = 500
"""Up to so many, every record is a dot of its own."""
MOST_DOTS = 1_000
"""More dots are not sent, however they were asked for: they would hide each other, and the answer would grow."""
MOST_PROVINCES = 3
"""So many provinces are named when records cannot be placed."""

_LABELS = {"complaint": later("Complaint, uploaded"), "event": later("Event, recorded")}
_TITLES = {
    "complaint": later("Complaints in hexagons {size} km across"),
    "event": later("Events in hexagons {size} km across"),
}
_WORDS = {
    "complaint": (later("complaint"), later("complaints")),
    "event": (later("event"), later("events")),
}
_COLORS = {"complaint": COMPLAINT_DOT, "event": EVENT_DOT}


@dataclass(frozen=True)
class PointLayers:
    """What the map draws of the records of one period.

    Attributes
    ----------
    dots : list of dict
        As ``dots`` in the payload of the map.
    hexagons : dict or None
        As above.
    legend : dict or None
        Legend of the hexagons: title, classes (fill, label, n).
    notes : tuple of str
        What is not drawn as one might expect, as sentences.
    """

    dots: list[dict[str, Any]]
    hexagons: dict[str, Any] | None
    legend: dict[str, Any] | None
    notes: tuple[str, ...]


def describe_points(
    points: dict[str, Points],
    records: dict[str, pd.DataFrame],
    period: Period,
    style: PointStyle = "",
    *,
    unplaced: dict[str, int] | None = None,
    first: str = "complaint",
) -> PointLayers:
    """Return the dots and hexagons of a period.

    Parameters
    ----------
    points : dict of str to Points
        The located records of each kind.
    records : dict of str to DataFrame
        The records from which they were collected.
    period : Period
    style : PointStyle
        As the reader chose: empty is dots while they are few.
    unplaced : dict of str to int, optional
        How many records of the period have no coordinates at all, by kind.
    first : str
        The kind that gets the hexagons when both are too many for dots: a map shows one set of them.
    """
    if style == "none":
        return PointLayers([], None, None, ())
    most = {"": FEW_POINTS, "dots": MOST_DOTS, "hexagons": 0}[style]
    counts = {kind: its.count(period) for kind, its in points.items()}
    many = [kind for kind in points if counts[kind] > most]
    shown = first if first in many else (many or [""])[0]
    dots = []
    notes = []
    for kind, its in points.items():
        if 0 < counts[kind] <= most or (kind != shown and 0 < counts[kind] <= MOST_DOTS):
            rows = records[kind].iloc[its.members(period)]
            dots.append(describe_dots(rows, f"{kind}_id", say(_LABELS[kind]), _COLORS[kind], hollow=kind == "event"))
        elif kind in many and kind != shown:
            notes.append(
                say("{records} with coordinates are not drawn beside the hexagons.", records=_many(kind, counts[kind]))
            )
    if not shown:
        return PointLayers(dots, None, None, tuple(notes))
    if style == "dots":
        notes.append(say("More than {n} dots would hide each other: hexagons are drawn instead.", n=MOST_DOTS))
    tally = points[shown].count_hexagons(period, points[shown].best_size())
    notes += _not_in_hexagons(tally, shown, (unplaced or {}).get(shown, 0))
    hexagons, legend = describe_hexagons(points[shown], tally, shown)
    return PointLayers(dots, hexagons, legend, tuple(notes))


def describe_hexagons(points: Points, tally: HexagonCounts, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the hexagons of a period, and their legend; classes are those of all periods."""
    classes = classify(points.pooled(tally.size_km))
    upper = [int(edge) for edge in classes.upper]
    numbers = tally.cells[:, 2]
    # A class holds whole numbers; a count beyond the pooled ones (a month of coarse dates) falls into the last one.
    place = np.minimum(np.searchsorted(upper, numbers), max(len(upper) - 1, 0))
    held = np.bincount(place, minlength=len(upper))
    colors = HEXAGONS[-len(upper) :] if upper else ()
    lower = [int(classes.lowest), *(edge + 1 for edge in upper[:-1])]
    labels = [
        write_number(low) if low == top else f"{write_number(low)} – {write_number(top)}"
        for low, top in zip(lower, upper, strict=True)
    ]
    hexagons = {
        "kind": kind,
        "words": [say(word) for word in _WORDS[kind]],
        "size": tally.size_km,
        "plane": [EARTH_RADIUS_KM, STANDARD_PARALLEL],
        "cells": tally.cells.tolist(),
        "upper": upper,
        "colors": list(colors),
    }
    legend = {
        "title": say(_TITLES[kind], size=tally.size_km),
        "classes": [
            {"fill": color, "label": label, "n": int(n)} for color, label, n in zip(colors, labels, held, strict=True)
        ],
    }
    return hexagons, legend


def _not_in_hexagons(tally: HexagonCounts, kind: str, unplaced: int) -> list[str]:
    notes = []
    rough = sum(tally.rough.values())
    if tally.perhaps:
        notes.append(
            say("Of {records}, {n} only perhaps lie in the period.",
                records=_many(kind, tally.drawn + rough), n=tally.perhaps)
        )  # fmt: skip
    if rough:
        named = sorted(tally.rough.items(), key=lambda pair: -pair[1])
        parts = [f"{place_label(code) if code else say('no province')} {write_number(n)}" for code, n in named]
        if len(parts) > MOST_PROVINCES:
            others = write_number(sum(n for _, n in named[MOST_PROVINCES:]))
            parts = [*parts[:MOST_PROVINCES], say("other provinces {n}", n=others)]
        notes.append(
            say("Not known closely enough for a hexagon, counted by province only: {records} ({where}).",
                records=_many(kind, rough), where=", ".join(parts))
        )  # fmt: skip
    if unplaced:
        notes.append(say("Without coordinates: {records}.", records=_many(kind, unplaced)))
    return notes


def _many(kind: str, n: int) -> str:
    if kind == "event":
        return say_many("{n} event", "{n} events", n)
    return say_many("{n} complaint", "{n} complaints", n)
