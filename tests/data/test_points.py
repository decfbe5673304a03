from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.periods import Period, parse_period
from data.points import MOST_CELLS, REACH_KM, collect_points
from data.schema import KINDS, empty_records
from data.slices import select_records
from geo.boundaries import load_provinces
from geo.hexagons import SIZES_KM, find_hexagons

FIRST = date(2022, 1, 1)
YEAR = parse_period("2022-01-01", "2023-01-01")


def complaints(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return complaints with these cells and the others empty."""
    table = pd.DataFrame(rows).assign(complaint_id=[f"c-{i}" for i in range(len(rows))])
    empty = empty_records(KINDS["complaint"])
    for column in ("date_start", "date_end"):
        table[column] = pd.to_datetime(table[column])
    return table.reindex(columns=empty.columns).astype(empty.dtypes.to_dict())


def complaint(latitude=12.0, longitude=104.0, day=0, days=1, precision="exact", province="KH-1") -> dict[str, object]:
    start = FIRST + timedelta(days=day)
    return {
        "latitude": latitude,
        "longitude": longitude,
        "date_start": start,
        "date_end": start + timedelta(days=days),
        "location_precision": precision,
        "province_code": province,
    }


def many(n: int, seed: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return complaints(
        [
            complaint(
                rng.choice([np.nan, rng.uniform(10.5, 14)], p=[0.1, 0.9]),
                rng.uniform(102.5, 107.5),
                int(rng.integers(0, 400)),
                int(rng.choice([1, 30], p=[0.9, 0.1])),
                rng.choice([*REACH_KM, "province", None]),
                rng.choice(["KH-1", "KH-20", None]),
            )
            for _ in range(n)
        ]
    )


RECORDS = many(400)
POINTS = collect_points(RECORDS, "complaint")
periods = st.tuples(st.integers(-40, 440), st.integers(1, 300)).map(
    lambda pair: Period(FIRST + timedelta(days=pair[0]), FIRST + timedelta(days=sum(pair)))
)


def in_period(period: Period) -> pd.DataFrame:
    """Return the located records of a period, found the plain way."""
    selection = select_records(RECORDS, "complaint", period)
    found = pd.concat([selection.inside, selection.perhaps])
    return found[found["latitude"].notna()]


@given(periods, st.sampled_from(SIZES_KM))
def test_every_located_record_is_counted_once_in_a_hexagon_or_by_its_province(period, size):
    found = POINTS.count_hexagons(period, size)
    wanted = in_period(period)
    assert found.drawn + sum(found.rough.values()) == len(wanted) == POINTS.count(period)
    assert found.perhaps == len(select_records(RECORDS[RECORDS["latitude"].notna()], "complaint", period).perhaps)
    close = wanted["location_precision"].map(REACH_KM).where(wanted["location_precision"].notna(), REACH_KM["near"])
    close = wanted[close.le(size)]
    tally = pd.Series(list(zip(*find_hexagons(close["latitude"], close["longitude"], size), strict=True)))
    assert {(q, r): n for q, r, n in found.cells.tolist()} == tally.value_counts().to_dict()


@given(periods, st.sampled_from(SIZES_KM))
def test_the_members_of_a_hexagon_are_those_it_counts(period, size):
    found = POINTS.count_hexagons(period, size)
    for q, r, n in found.cells[:5].tolist():
        rows = RECORDS.iloc[POINTS.members(period, (size, q, r))]
        assert len(rows) == n
        assert set(rows["complaint_id"]) <= set(in_period(period)["complaint_id"])
        assert {(q, r)} == set(zip(*find_hexagons(rows["latitude"], rows["longitude"], size), strict=True))
    assert len(POINTS.members(period)) == len(in_period(period))


def test_a_place_known_less_closely_than_the_hexagon_is_counted_by_its_province():
    records = complaints([complaint(precision="town"), complaint(precision="province", province="KH-20")])
    points = collect_points(records, "complaint")
    assert points.count_hexagons(YEAR, 4).rough == {"KH-1": 1, "KH-20": 1}
    assert points.count_hexagons(YEAR, 8).rough == {"KH-20": 1}
    assert points.count_hexagons(YEAR, 8).drawn == 1


@pytest.mark.parametrize(("precision", "drawn"), [("near", 0), (None, 0), ("exact", 1)])
def test_the_middle_of_a_province_is_no_place_unless_it_is_stated_to_be_exact(precision, drawn):
    shape = load_provinces().set_index("province_code").geometry["KH-2"]
    middle = shape.representative_point()
    records = complaints([complaint(middle.y, middle.x, precision=precision, province="KH-2")])
    found = collect_points(records, "complaint").count_hexagons(YEAR, 4)
    assert found.drawn == drawn
    assert found.rough == ({} if drawn else {"KH-2": 1})


def test_undated_records_lie_in_no_period():
    records = complaints([complaint()]).assign(date_start=pd.NaT, date_end=pd.NaT)
    assert collect_points(records.astype(RECORDS.dtypes), "complaint").count(YEAR) == 0


def test_the_finest_size_is_taken_that_shows_most_records_in_few_cells():
    few = collect_points(complaints([complaint(11 + i / 10) for i in range(30)]), "complaint")
    assert few.best_size() == 4
    towns = collect_points(complaints([complaint(11 + i / 10, precision="town") for i in range(30)]), "complaint")
    assert towns.best_size() == 8
    rng = np.random.default_rng(1)
    spread = collect_points(
        complaints([complaint(rng.uniform(10.5, 14), rng.uniform(102.5, 107)) for _ in range(6000)]), "complaint"
    )
    size = spread.best_size()
    assert len(spread.count_hexagons(YEAR, size).cells) <= MOST_CELLS
    finer = SIZES_KM[SIZES_KM.index(size) - 1]
    assert len(spread.count_hexagons(YEAR, finer).cells) > MOST_CELLS


def test_classes_are_fixed_over_each_year_and_all_years():
    days = [0, 1, 2, 400]
    points = collect_points(complaints([complaint(day=day) for day in days]), "complaint")
    assert sorted(points.pooled(8).tolist()) == [1, 3, 4]


def test_no_records_make_no_points():
    points = collect_points(RECORDS.iloc[:0], "complaint")
    assert points.count(YEAR) == 0
    assert points.count_hexagons(YEAR, points.best_size()).cells.tolist() == []
    assert points.pooled(4).tolist() == []


def test_records_without_coordinates_cannot_be_placed():
    with pytest.raises(ValueError, match="no coordinates"):
        collect_points(RECORDS, "claim")
