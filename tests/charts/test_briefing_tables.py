from __future__ import annotations

import pandas as pd
import pytest

from charts.briefing_tables import (
    MOST_PERIODS,
    events_by_step,
    ladder_of,
    lanes_of,
    measure_tables,
    small_periods,
    values_of,
    words_of,
)  # fmt: skip
from charts.claims_chart import tabulate_ladder
from charts.timeline_chart import tabulate_events
from data.briefing import Item
from data.briefing_views import ledger_of
from data.claims import select_claims
from data.periods import parse_period
from data.permalink import Choices
from tests.charts.briefing_case import ITEMS, MONTH, WINDOW

YEAR = parse_period("2022-01-01", "2023-01-01")


def test_tables_are_those_of_the_screen(snapshot):
    wanted = tabulate_events(snapshot.of("event"), YEAR, "month")
    pd.testing.assert_frame_equal(events_by_step(snapshot, Choices(period=YEAR)), wanted)
    rows = select_claims(ledger_of(snapshot), MONTH, metric="people_rescued").rows
    found = ladder_of(snapshot, Choices(measure="stated:people_rescued", period=MONTH))
    pd.testing.assert_frame_equal(found, tabulate_ladder(rows))
    assert len(lanes_of(snapshot, Choices(period=MONTH)))


def test_a_comparison_has_both_periods(snapshot):
    view = Choices(measure="recorded:raid", period=YEAR, compare="side")
    tables, change = measure_tables(snapshot, view)
    assert [table.period.start.year for table in tables] == [2021, 2022]
    assert change is not None
    values = values_of(snapshot, Item("map", view))
    assert len(values) == 50
    assert set(values["period_from"]) == {"2021-01-01", "2022-01-01"}
    assert "Change" in words_of(snapshot, Item("map", view))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.figure)
def test_values_are_plain_and_words_are_texts(snapshot, item):
    values, words = values_of(snapshot, item), words_of(snapshot, item)
    assert len(values)
    assert len(words)
    assert values.select_dtypes("datetime").empty
    assert all(isinstance(cell, str) for name in words for cell in words[name])


def test_a_province_without_a_report_stands_in_the_file_without_a_number(snapshot):
    values = values_of(snapshot, Item("map", Choices(period=WINDOW))).set_index("province_code")
    assert len(values) == 25
    assert pd.isna(values.loc["KH-2", "low"])
    assert values.loc["KH-2", "basis"] == "no_report"
    assert values.loc["KH-18", "low"] == 201
    assert pd.isna(values.loc["KH-18", "high"])


def test_small_maps_are_a_dozen_at_most():
    assert len(small_periods(Choices(period=parse_period("2019-01-01", "2023-01-01")))) == MOST_PERIODS
    assert len(small_periods(Choices(period=YEAR, grain="quarter"))) == 4


def test_a_view_without_a_period_is_a_mistake(snapshot):
    with pytest.raises(ValueError, match="period"):
        values_of(snapshot, Item("map", Choices()))
