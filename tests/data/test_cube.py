from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from data.counts import count_recorded
from data.cube import build_cube
from data.periods import Period
from data.schema import KINDS, record_dtypes
from geo.gazetteer import PROVINCE_CODES

FIRST = date(2022, 1, 1)
DAYS = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))
COLUMNS = ["low", "best", "high"]


def frame(rows):
    """Events with (start, end, provinces)."""
    kind = KINDS["event"]
    table = pd.DataFrame(
        [
            {"event_id": f"e{n}", "date_start": a, "date_end": b, "province_codes": p}
            for n, (a, b, p) in enumerate(rows)
        ],
        columns=list(record_dtypes(kind)),
    )
    return table.astype({name: dtype for name, dtype in record_dtypes(kind).items() if name in table})


provinces = st.lists(st.sampled_from(PROVINCE_CODES[:4]), max_size=2, unique=True).map(";".join)
spans = st.tuples(DAYS, st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))
dates = st.one_of(
    DAYS.map(lambda day: (day, day + timedelta(days=1))),
    spans,
    DAYS.map(lambda day: (None, day)),
    DAYS.map(lambda day: (day, None)),
    st.just((None, None)),
)
records = st.lists(st.tuples(dates, provinces).map(lambda pair: (*pair[0], pair[1])), max_size=12)
periods = st.tuples(st.integers(-5, 60), st.integers(1, 40)).map(
    lambda pair: Period(FIRST + timedelta(days=pair[0]), FIRST + timedelta(days=pair[0] + pair[1]))
)


@settings(max_examples=60)
@given(records, periods)
def test_the_cube_counts_what_counting_counts(rows, period):
    events = frame(rows)
    counted = count_recorded(events, "event", period, by="province")
    found = build_cube(events, "event").count(period)
    assert_frame_equal(found.rows[COLUMNS], counted.rows[COLUMNS])
    assert (found.inside, found.perhaps) == (counted.inside, counted.perhaps)
    assert (found.unlocated, found.undated) == (counted.unlocated, counted.undated)


@settings(max_examples=40)
@given(st.lists(st.tuples(DAYS, provinces), max_size=20), st.integers(1, 50))
def test_adjacent_periods_add_up(rows, cut):
    events = frame([(day, day + timedelta(days=1), codes) for day, codes in rows])
    cube = build_cube(events, "event")
    middle, end = FIRST + timedelta(days=cut), FIRST + timedelta(days=70)
    parts = [cube.count(period).rows["low"] for period in (Period(FIRST, middle), Period(middle, end))]
    assert (sum(parts) == cube.count(Period(FIRST, end)).rows["low"]).all()


def test_the_seed_is_counted_alike(snapshot):
    period = snapshot.extent()
    events = snapshot.of("event")
    counted = count_recorded(events, "event", period, by="province")
    assert_frame_equal(build_cube(events, "event").count(period).rows[COLUMNS], counted.rows[COLUMNS])


@pytest.mark.parametrize("kind", ["event", "complaint"])
def test_no_records_give_zeros(snapshot, kind):
    found = build_cube(snapshot.of(kind).head(0), kind).count(snapshot.extent())
    assert found.rows["high"].sum() == 0
    assert found.inside == found.undated == 0
