"""After an import the map opens where its records are."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.best_view import find_measure, find_period
from data.ingest import ingest
from data.periods import Period
from data.schema import EVENT, SOURCE, empty_records

EVENTS = b"""event_id,event_type,event_date_edtf,place_text
synthetic-1,rescue,2024-03-01,Takeo
synthetic-2,rescue,2024-02-10,Kampot
synthetic-3,raid,2024-05,Kampot
"""


def test_most_records_decide_the_measure_and_all_of_them_the_period():
    events = ingest(EVENTS, "events-synthetic.csv", "event").accepted
    assert find_measure("event", events) == "recorded:rescue"
    assert find_period("event", events) == Period(date(2024, 2, 10), date(2024, 6, 1))


@pytest.mark.parametrize(
    ("kind", "measure"), [("complaint", "recorded:complaint"), ("compound", "listed:compound"), ("source", None)]
)
def test_kinds_with_one_measure_or_none(kind, measure):
    assert find_measure(kind, pd.DataFrame()) == measure


def test_nothing_dated_and_nothing_that_a_map_shows():
    assert find_period("source", empty_records(SOURCE)) is None
    assert find_period("event", empty_records(EVENT)) is None
    assert find_measure("event", empty_records(EVENT)) is None
