"""The records with coordinates on a page's map: dots or hexagons of the period, and those of one hexagon."""

from __future__ import annotations

import pandas as pd

from charts.point_payload import PointLayers, PointStyle, describe_points
from data.measures import MeasureCounts
from data.periods import Period
from data.permalink import Choices
from data.points import Points, collect_points
from data.snapshot import Snapshot

POINT_KINDS = ("complaint", "event")

Hexagon = tuple[int, int, int]
"""Size in km, q and r."""


def point_layers(snapshot: Snapshot, counts: MeasureCounts, choices: Choices, hexagon: Hexagon | None) -> PointLayers:
    """Return what the map draws of the records with coordinates; `hexagon` is the one that is chosen."""
    points = {kind: kept_points(snapshot, kind) for kind in POINT_KINDS}
    located = {kind: its.count(counts.period) for kind, its in points.items()}
    unplaced = {}
    for kind in POINT_KINDS:
        all_of_them = snapshot.cube(kind).count(counts.period)
        unplaced[kind] = all_of_them.inside + all_of_them.perhaps - located[kind]
    style: PointStyle = choices.points  # type: ignore[assignment]
    layers = describe_points(
        points,
        {kind: snapshot.of(kind) for kind in POINT_KINDS},
        counts.period,
        style,
        unplaced=unplaced,
        first="event" if counts.measure.subject not in ("complaint", "") and not located["complaint"] else "complaint",
    )
    if hexagon is not None and layers.hexagons is not None and hexagon[0] == layers.hexagons["size"]:
        layers.hexagons["chosen"] = list(hexagon[1:])
    return layers


def in_hexagon(snapshot: Snapshot, period: Period, hexagon: Hexagon) -> tuple[str, pd.DataFrame]:
    """Return the kind and the records of a period that one hexagon counts; the kind of which it counts any."""
    for kind in POINT_KINDS:
        members = kept_points(snapshot, kind).members(period, hexagon)
        if len(members):
            return kind, snapshot.of(kind).iloc[members]
    return POINT_KINDS[0], snapshot.of(POINT_KINDS[0]).iloc[:0]


def kept_points(snapshot: Snapshot, kind: str) -> Points:
    """Return the located records of a kind; collected once for each data version."""
    return snapshot.keep(("points", kind), lambda: collect_points(snapshot.of(kind), kind))
