from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data import schema
from data.periods import Period, split_period
from data.slices import find_days, find_provinces, find_steps, select_records
from geo.gazetteer import PROVINCE_CODES

MARCH = Period(date(2023, 3, 1), date(2023, 4, 1))


def make_events(*rows: tuple[str, str | None, str | None, str | None]) -> pd.DataFrame:
    """Return events from (id, start, end, province codes)."""
    frame = pd.DataFrame(rows, columns=["event_id", "date_start", "date_end", "province_codes"])
    dtypes = schema.record_dtypes(schema.EVENT)
    return frame.reindex(columns=list(dtypes)).astype(dtypes)


EVENTS = make_events(
    ("inside", "2023-03-04", "2023-03-05", "KH-20"),
    ("first day", "2023-03-01", "2023-03-02", "KH-20"),
    ("last day", "2023-03-31", "2023-04-01", "KH-20"),
    ("whole month", "2023-03-01", "2023-04-01", "KH-20"),
    ("year", "2023-01-01", "2024-01-01", "KH-20"),
    ("across the end", "2023-03-30", "2023-04-02", "KH-20"),
    ("day before", "2023-02-28", "2023-03-01", "KH-20"),
    ("day after", "2023-04-01", "2023-04-02", "KH-20"),
    ("reported in", None, "2023-03-20", "KH-20"),
    ("reported on 1 March", None, "2023-03-02", "KH-20"),
    ("reported before", None, "2023-03-01", "KH-20"),
    ("since", "2023-02-01", None, "KH-20"),
    ("since after", "2023-04-01", None, "KH-20"),
    ("undated", None, None, "KH-20"),
)


def test_select_parts_records_by_what_is_certain():
    selection = select_records(EVENTS, "event", MARCH)

    assert list(selection.inside["event_id"]) == [
        "inside",
        "first day",
        "last day",
        "whole month",
        "reported in",
        "reported on 1 March",
    ]
    assert list(selection.perhaps["event_id"]) == ["year", "across the end", "since"]
    assert list(selection.undated["event_id"]) == ["undated"]


def test_select_marks_records_that_count_on_the_day_of_their_report():
    inside = select_records(EVENTS, "event", MARCH).inside
    marked = inside.loc[inside["dated_by_report"], "event_id"]
    assert list(marked) == ["reported in", "reported on 1 March"]


def test_select_over_all_time_leaves_out_only_the_undated():
    selection = select_records(EVENTS, "event", None)
    assert len(selection.inside) == len(EVENTS) - 1
    assert selection.perhaps.empty
    assert list(selection.undated["event_id"]) == ["undated"]


def test_select_keeps_every_column_and_changes_nothing():
    before = EVENTS.copy(deep=True)
    selection = select_records(EVENTS, "event", MARCH)
    assert list(selection.inside.columns) == [*EVENTS.columns, "dated_by_report"]
    pd.testing.assert_frame_equal(EVENTS, before)


@pytest.mark.parametrize("kind", sorted(schema.PERIOD_COLUMNS))
def test_select_takes_an_empty_frame_of_every_dated_kind(kind):
    selection = select_records(schema.empty_records(schema.KINDS[kind]), kind, MARCH)
    assert selection.inside.empty
    assert selection.perhaps.empty
    assert selection.undated.empty


@pytest.mark.parametrize("kind", ["source", "compound"])
def test_kinds_without_dates_are_not_sliced(kind):
    with pytest.raises(ValueError, match="no dates"):
        find_days(schema.empty_records(schema.KINDS[kind]), kind)


def test_a_record_whose_end_alone_is_known_counts_on_its_last_possible_day():
    days = find_days(make_events(("a", None, "2022-09-20", None)), "event")
    assert days.loc[0, "start"] == pd.Timestamp("2022-09-19")
    assert days.loc[0, "end"] == pd.Timestamp("2022-09-20")


def test_provinces_are_found_once_each():
    events = make_events(
        ("one", "2023-03-04", "2023-03-05", "KH-1"),
        ("two", "2023-03-04", "2023-03-05", "KH-8; KH-25;KH-8"),
        ("none", "2023-03-04", "2023-03-05", None),
        ("unknown code", "2023-03-04", "2023-03-05", "KH-99"),
    )
    pairs = find_provinces(events, "event")
    found = [(position, PROVINCE_CODES[slot]) for position, slot in zip(pairs["position"], pairs["slot"], strict=True)]
    assert found == [(0, "KH-1"), (1, "KH-8"), (1, "KH-25")]


def test_provinces_are_found_by_place_not_by_index_label():
    events = make_events(("a", "2023-03-04", "2023-03-05", "KH-1")).set_index(pd.Index([77]))
    assert list(find_provinces(events, "event")["position"]) == [0]


def test_steps_are_certain_only_where_the_whole_date_lies_in_one():
    steps = list(split_period(Period(date(2023, 2, 1), date(2023, 5, 1)), "month"))
    events = EVENTS[EVENTS["event_id"].isin(["inside", "whole month", "year", "across the end", "day after", "since"])]
    members = find_steps(events, "event", steps)
    found = [
        (events["event_id"].iloc[position], slot, inside)
        for position, slot, inside in members.itertuples(index=False, name=None)
    ]
    assert found == [
        ("inside", 1, True),
        ("whole month", 1, True),
        ("year", 0, False),
        ("year", 1, False),
        ("year", 2, False),
        ("across the end", 1, False),
        ("across the end", 2, False),
        ("day after", 2, True),
        ("since", 0, False),
        ("since", 1, False),
        ("since", 2, False),
    ]


def test_a_record_outside_every_step_is_in_none():
    steps = [MARCH]
    events = make_events(("early", "2022-03-04", "2022-03-05", None), ("late", "2024-03-04", "2024-03-05", None))
    assert find_steps(events, "event", steps).empty


def test_a_coarse_record_that_begins_before_the_first_step_is_not_certain():
    members = find_steps(make_events(("a", "2023-02-27", "2023-03-02", None)), "event", [MARCH])
    assert list(members["inside"]) == [False]


def test_no_steps_no_members():
    assert find_steps(EVENTS, "event", []).empty
