from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.day_index import NEVER, index_days, index_places, number_days
from data.periods import Period
from data.schema import KINDS, empty_records, record_dtypes, split_list
from data.slices import select_records
from geo.gazetteer import PROVINCE_CODES

FIRST = date(1969, 12, 1)
DAYS = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))
dates = st.one_of(
    DAYS.map(lambda day: (day, day + timedelta(days=1))),
    st.tuples(DAYS, st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))),
    DAYS.map(lambda day: (None, day)),
    DAYS.map(lambda day: (day, None)),
    st.just((None, None)),
)
places = st.lists(st.sampled_from([*PROVINCE_CODES[:3], "KH-99"]), max_size=3).map("; ".join)
rows = st.lists(st.tuples(dates, places), max_size=15)
periods = st.tuples(st.integers(-5, 60), st.integers(1, 40)).map(
    lambda pair: Period(FIRST + timedelta(days=pair[0]), FIRST + timedelta(days=pair[0] + pair[1]))
)


def make(kind: str, rows, column: str) -> pd.DataFrame:
    """Records of (start, end) and provinces; their index is not their place."""
    dtypes = record_dtypes(KINDS[kind])
    table = pd.DataFrame(
        [{"date_start": start, "date_end": end, column: codes or None} for (start, end), codes in rows],
        columns=list(dtypes),
    )
    return table.astype(dtypes).set_axis(range(100, 100 + len(rows)), axis=0)


@given(rows, periods, st.sampled_from(["event", "complaint"]))
def test_a_slice_is_that_of_select_records(rows, period, kind):
    records = make(kind, rows, "place_text")
    index = index_days(records, kind)
    inside, perhaps = index.select(period)
    plain = select_records(records, kind, period)
    assert records.index[inside].to_list() == plain.inside.index.to_list()
    assert records.index[perhaps].to_list() == plain.perhaps.index.to_list()
    assert index.undated == len(plain.undated)


@given(rows)
def test_a_province_holds_the_records_that_name_it(rows):
    records = make("event", rows, "province_codes")
    index = index_places(records, "event")
    for code in (*PROVINCE_CODES[:4], "KH-99"):
        named = [n for n, cell in enumerate(records["province_codes"]) if code in split_list(cell)]
        assert index.of(code).tolist() == (named if code in PROVINCE_CODES else [])


def test_one_province_a_record_works_the_same():
    records = make("complaint", [((None, None), "KH-2"), ((None, None), ""), ((None, None), "KH-1")], "province_code")
    assert [index_places(records, "complaint").of(code).tolist() for code in ("KH-1", "KH-2", "KH-3")] == [[2], [0], []]


@pytest.mark.parametrize("kind", ["event", "complaint"])
def test_no_records_are_in_no_slice(kind):
    nothing = empty_records(KINDS[kind])
    inside, perhaps = index_days(nothing, kind).select(Period(FIRST, FIRST + timedelta(days=1)))
    assert not len(inside)
    assert not len(perhaps)
    assert not len(index_places(nothing, kind).of("KH-1"))


def test_an_unknown_day_is_later_than_any_other():
    assert number_days(pd.Series(pd.to_datetime([None, "1970-01-03"]))).tolist() == [NEVER, 2]


def test_the_seed_is_sliced_alike(snapshot):
    period = Period(date(2022, 9, 1), date(2022, 10, 1))
    for kind in ("event", "claim"):
        inside, perhaps = snapshot.days(kind).select(period)
        plain = select_records(snapshot.of(kind), kind, period)
        assert (inside.tolist(), perhaps.tolist()) == (plain.inside.index.to_list(), plain.perhaps.index.to_list())
