from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.activity import MOST_STEPS, count_activity, split_extent
from data.counts import count_recorded
from data.measures import MEASURES
from data.periods import Period, parse_period
from data.schema import KINDS, empty_records, record_dtypes
from data.snapshot import Snapshot

YEARS = parse_period("2021-01-01", "2023-11-01")
FIRST = date(2022, 1, 1)


def snapshot_of(days: list[tuple[date | None, date | None]]) -> Snapshot:
    """Return a snapshot of complaints with these half-open dates."""
    kind = KINDS["complaint"]
    rows = [{"complaint_id": f"c{n}", "date_start": a, "date_end": b} for n, (a, b) in enumerate(days)]
    dtypes = record_dtypes(kind)
    frame = pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
    return Snapshot(1, {name: empty_records(one) for name, one in KINDS.items()} | {"complaint": frame})


day = st.integers(0, 700).map(lambda n: FIRST + timedelta(days=n))
dated = st.one_of(
    day.map(lambda one: (one, one + timedelta(days=1))),
    st.tuples(day, st.integers(1, 90)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))),
    day.map(lambda one: (None, one + timedelta(days=1))),  # on its last possible day, which must not be before `FIRST`
    day.map(lambda one: (one, None)),
    st.just((None, None)),
)


@given(st.lists(dated, max_size=15), st.sampled_from(["month", "quarter", "year"]))
def test_every_record_is_counted_once(days, grain):
    snapshot = snapshot_of(days)
    extent = Period(FIRST, FIRST + timedelta(days=900))
    found = count_activity(snapshot, MEASURES["recorded:complaint"], extent, grain)
    assert sum(found.counts) + found.coarse + found.undated == len(days)
    whole = Period(found.edges[0], found.edges[-1])
    counted = count_recorded(snapshot.of("complaint"), "complaint", whole, by=grain)
    assert list(found.counts) == [int(low) for low in counted.rows["low"]]


def test_a_stated_measure_is_accompanied_by_events_and_uploaded_complaints(snapshot):
    stated = count_activity(snapshot, MEASURES["stated:complaints_received"], YEARS, "month")
    assert stated.kinds == ("event",)
    assert sum(stated.counts) + stated.coarse + stated.undated == len(snapshot.of("event"))
    complaints = snapshot_of([(FIRST, FIRST + timedelta(days=1))]).of("complaint")
    both = Snapshot(1, snapshot.records | {"complaint": complaints})
    found = count_activity(both, MEASURES["stated:complaints_received"], YEARS, "month")
    assert found.kinds == ("event", "complaint")
    assert found.counts[12] == stated.counts[12] + 1


def test_a_recorded_measure_counts_its_own_records(snapshot):
    found = count_activity(snapshot, MEASURES["recorded:raid"], YEARS, "year")
    raids = snapshot.of("event").query("event_type == 'raid'")
    assert found.kinds == ("raid",)
    assert sum(found.counts) + found.coarse + found.undated == len(raids)


@pytest.mark.parametrize(
    ("grain", "last"), [("month", "2023-11-01"), ("quarter", "2024-01-01"), ("year", "2024-01-01")]
)
def test_steps_are_whole(grain, last):
    taken, edges = split_extent(YEARS, grain)
    assert (taken, edges[0], edges[-1]) == (grain, YEARS.start, date.fromisoformat(last))


def test_too_many_steps_become_coarser():
    taken, edges = split_extent(parse_period("1900-01-01", "2200-01-01"), "day")
    assert taken == "year"
    assert len(edges) - 1 == 300 <= MOST_STEPS
