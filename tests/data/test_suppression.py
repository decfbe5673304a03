from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.disclosure import NATIONAL, UNLOCATED, YEAR
from data.periods import Period, split_period
from data.schema import KINDS, empty_records
from data.suppression import (
    COUNTRY,
    Published,
    allowed_period,
    check_period,
    publish_counts,
    publish_table,
    refuse,
    smallest_cell,
    tabulate_cells,
)
from errors import CountError, PeriodError
from geo.gazetteer import PROVINCE_CODES

YEAR_2023 = Period(date(2023, 1, 1), date(2024, 1, 1))


def complaints(rows: list[tuple[str, date | None, date | None]]) -> pd.DataFrame:
    """Complaints of a province (or none) with their half-open periods."""
    frame = empty_records(KINDS["complaint"]).reindex(range(len(rows)))
    frame["complaint_id"] = [f"c-{number}" for number in range(len(rows))]
    frame["province_code"] = pd.array([code or None for code, *_ in rows], dtype="str")
    for column, place in (("date_start", 1), ("date_end", 2)):
        frame[column] = pd.to_datetime(pd.Series([row[place] for row in rows], dtype=object)).astype("datetime64[us]")
    return frame


def days(code: str, first: date, n: int) -> list[tuple[str, date, date]]:
    """n complaints of one day."""
    return [(code, first, first + timedelta(days=1))] * n


@pytest.mark.parametrize(
    ("start", "end", "allowed"),
    [
        ("2022-09-01", "2022-10-01", True),
        ("2022-12-01", "2023-01-01", True),
        ("2022-07-01", "2022-10-01", True),
        ("2022-10-01", "2023-01-01", True),
        ("2022-01-01", "2023-01-01", True),
        ("2022-08-01", "2022-11-01", False),
        ("2022-09-01", "2022-11-01", False),
        ("2022-08-19", "2022-09-19", False),
        ("2022-01-01", "2024-01-01", False),
        ("2022-09-01", "2022-09-30", False),
    ],
)
def test_only_whole_months_quarters_and_years_may_be_asked(start, end, allowed):
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert allowed_period(period) is allowed
    if allowed:
        assert check_period(period) == period
    else:
        with pytest.raises(PeriodError, match="whole months, quarters and years"):
            check_period(period)


def test_all_time_may_not_be_asked():
    with pytest.raises(PeriodError):
        check_period(None)


@pytest.mark.parametrize("what", ["period", "area", "hexagons", "search", "records", "people", "sources", "day"])
def test_every_refusal_says_why(what):
    assert refuse(what).startswith("In the public version")


def test_the_limit_is_eleven_and_can_be_set(monkeypatch):
    assert smallest_cell() == 11
    monkeypatch.setenv("ATLAS_MIN_CELL", "20")
    assert smallest_cell() == 20


@pytest.mark.parametrize("text", ["", "0", "1", "2", "-11", "eleven", "11.0", "١١"])
def test_a_limit_that_protects_nobody_is_refused(monkeypatch, text):
    monkeypatch.setenv("ATLAS_MIN_CELL", text)
    with pytest.raises(CountError, match="ATLAS_MIN_CELL"):
        smallest_cell()


codes = st.sampled_from(["KH-1", "KH-12", "KH-18", ""])
starts = st.dates(date(2022, 11, 1), date(2024, 2, 1))
spans = st.sampled_from([1, 1, 1, 2, 20, 45, 200])


@settings(max_examples=25)
@given(st.lists(st.tuples(codes, starts, spans), max_size=40))
def test_cells_count_what_lies_wholly_in_their_period(rows):
    frame = complaints([(code, first, first + timedelta(days=span)) for code, first, span in rows])
    years, shared, _, undated = tabulate_cells(frame, "complaint")
    assert not shared
    assert undated == 0
    for year, cells in years.items():
        whole = Period(date(year, 1, 1), date(year + 1, 1, 1))
        steps = [step for grain in ("month", "quarter", "year") for step in split_period(whole, grain)]
        for time, step in enumerate(steps):
            inside = [
                code for code, first, span in rows if step.start <= first and first + timedelta(days=span) <= step.end
            ]
            assert cells[NATIONAL, time] == len(inside)
            assert cells[UNLOCATED, time] == inside.count("")
            for code in ("KH-1", "KH-12", "KH-18"):
                assert cells[PROVINCE_CODES.index(code), time] == inside.count(code)


def test_a_small_count_is_not_in_the_published_table_and_a_large_one_is():
    rows = days("KH-18", date(2023, 3, 5), 30) + days("KH-12", date(2023, 3, 9), 4) + days("KH-1", date(2023, 4, 2), 12)
    table = publish_table(complaints(rows), "complaint", 11)
    year = table.of(YEAR_2023)
    assert "KH-12" not in year
    assert year[COUNTRY] == 46
    assert year["KH-18"] == 30 or year["KH-1"] == 12
    hidden = year[COUNTRY] - sum(number for place, number in year.items() if place != COUNTRY)
    assert hidden >= 10


def test_a_period_that_is_not_offered_has_no_counts():
    rows = [row for month in range(1, 13) for row in days("KH-18", date(2023, month, 5), 30)]
    table = publish_table(complaints(rows), "complaint", 11)
    assert table.of(Period(date(2023, 3, 1), date(2023, 4, 1)))[COUNTRY] == 30
    assert not table.of(Period(date(2023, 3, 1), date(2023, 4, 2)))


def test_rows_in_several_provinces_have_no_national_count():
    frame = empty_records(KINDS["event"]).reindex(range(40))
    frame["event_id"] = [f"e-{number}" for number in range(40)]
    frame["event_type"] = pd.array(["raid"] * 40, dtype="str")
    frame["province_codes"] = pd.array(["KH-1;KH-2"] * 20 + ["KH-18"] * 20, dtype="str")
    frame["date_start"] = pd.Timestamp("2023-03-05")
    frame["date_end"] = pd.Timestamp("2023-03-06")
    year = publish_counts({"event": frame}, 11).table("raid").of(YEAR_2023)
    assert year == {"KH-1": 20, "KH-2": 20, "KH-18": 20}


def test_with_coarse_dates_counts_are_a_least():
    coarse = [("KH-18", date(2023, 1, 1), date(2024, 1, 1))]
    assert publish_table(complaints(days("KH-18", date(2023, 3, 5), 30) + coarse), "complaint", 11).at_least
    assert not publish_table(complaints(days("KH-18", date(2023, 3, 5), 30)), "complaint", 11).at_least


def test_undated_rows_are_told_only_from_the_limit_on():
    few, many = ([("KH-18", None, None)] * n for n in (10, 11))
    assert publish_table(complaints(few), "complaint", 11).undated is None
    assert publish_table(complaints(many), "complaint", 11).undated == 11


def test_of_few_rows_nothing_is_published_but_their_kind():
    published = publish_counts({"complaint": complaints(days("KH-18", date(2023, 3, 5), 10))}, 11)
    assert published == Published(11, frozenset({"complaint"}))
    assert published.hides("complaint")
    assert not published.hides("raid")


def test_a_choice_that_is_not_offered_gets_nothing():
    published = publish_counts({"complaint": complaints(days("KH-18", date(2023, 3, 5), 30))}, 11)
    assert published.table("complaint").counts
    assert published.table("complaint").latest_year() == YEAR_2023
    assert not published.none("sources").table("complaint").counts
    assert published.none("sources").hides("complaint")


def test_what_is_published_adds_up():
    chance = np.random.default_rng(7)
    rows = [row for code in PROVINCE_CODES for month in range(1, 13)
            for row in days(code, date(2023, month, 3), int(chance.poisson(chance.gamma(0.5, 30))))]  # fmt: skip
    frame = complaints(rows)
    (cells,) = tabulate_cells(frame, "complaint")[0].values()
    for period, places in publish_table(frame, "complaint", 11).counts.items():
        for place, number in places.items():
            inside = [code for code, first, _ in rows if period.start <= first < period.end]
            assert number == (len(inside) if place == COUNTRY else inside.count(place)) >= 11
    assert cells[NATIONAL, YEAR] == len(rows)
