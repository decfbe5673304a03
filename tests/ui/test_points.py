from __future__ import annotations

import pandas as pd
import pytest

from data.measures import MEASURES, count_measure
from data.periods import parse_period
from data.permalink import Choices
from data.slices import select_records
from data.snapshot import Snapshot
from ui.points import in_hexagon, point_layers

YEARS = parse_period("2022-01-01", "2024-01-01")


@pytest.fixture(scope="module")
def located(snapshot) -> Snapshot:
    """The seed data with invented coordinates for its events."""
    events = snapshot.of("event").copy()
    events["latitude"] = pd.array([11.5 + (i % 7) * 0.4 for i in range(len(events))], dtype="Float64")
    events["longitude"] = pd.array([104.0 + (i % 3) * 0.5 for i in range(len(events))], dtype="Float64")
    return Snapshot(1, {**snapshot.records, "event": events.assign(location_precision="exact")})


def test_the_located_events_of_a_period_are_dots_and_none_is_left_out(located):
    counts = count_measure(located, MEASURES["recorded:raid"], YEARS)
    layers = point_layers(located, counts, Choices(), None)
    selection = select_records(located.of("event"), "event", YEARS)
    wanted = pd.concat([selection.inside, selection.perhaps])
    shown = [name for group in layers.dots for name in group["ids"]]
    assert sorted(shown) == sorted(wanted["event_id"])
    assert layers.hexagons is None


def test_a_hexagon_is_marked_and_holds_the_records_that_it_counts(located):
    counts = count_measure(located, MEASURES["recorded:raid"], YEARS)
    layers = point_layers(located, counts, Choices(points="hexagons"), None)
    size = layers.hexagons["size"]
    q, r, n = max(layers.hexagons["cells"], key=lambda cell: cell[2])
    kind, records = in_hexagon(located, YEARS, (size, q, r))
    assert (kind, len(records)) == ("event", n)
    marked = point_layers(located, counts, Choices(points="hexagons"), (size, q, r)).hexagons
    assert marked["chosen"] == [q, r]
    other = point_layers(located, counts, Choices(points="hexagons"), (99, q, r)).hexagons
    assert "chosen" not in other


def test_without_coordinates_nothing_is_drawn(snapshot, located):
    counts = count_measure(located, MEASURES["recorded:raid"], YEARS)
    assert point_layers(located, counts, Choices(points="hexagons"), None).notes == ()
    bare = point_layers(snapshot, counts, Choices(points="hexagons"), None)
    assert bare.hexagons is None
    assert bare.dots == []


def test_an_empty_hexagon_holds_nothing(snapshot):
    assert in_hexagon(Snapshot(1, snapshot.records), YEARS, (4, 0, 0))[1].empty
