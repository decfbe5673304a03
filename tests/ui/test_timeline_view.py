from __future__ import annotations

import pandas as pd

from data.periods import parse_period
from ui.timeline_view import source_closures


def test_closures_are_those_of_the_period(snapshot):
    events = snapshot.of("event")
    shut = events[events["event_type"] == "media_shutdown"]
    found = source_closures(events, snapshot.extent())
    assert len(found) == len(shut) > 0
    assert set(found["label"]) == {"Source shut down"}
    day = found["day"].iloc[0].date()
    before = parse_period("2000-01-01", day.isoformat())
    assert len(source_closures(events, before)) == int((found["day"] < pd.Timestamp(day)).sum())


def test_no_closure_gives_an_empty_table(snapshot):
    found = source_closures(snapshot.of("event").head(0), snapshot.extent())
    assert found.empty
    assert list(found.columns) == ["day", "label"]
