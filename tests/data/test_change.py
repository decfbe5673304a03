from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.change import DOWN, SAME, SIDES, UNCERTAIN, UP, compare_counts
from data.measures import MEASURES, MeasureCounts, count_measure
from data.periods import parse_period
from geo.gazetteer import PROVINCE_CODES

RAIDS = MEASURES["recorded:raid"]
MONTHS = [parse_period("2022-08-01", "2022-09-01"), parse_period("2022-09-01", "2022-10-01")]
COMPLAINTS = MEASURES["stated:complaints_received"]


def counts_of(*figures, period=MONTHS[0], contested=False) -> MeasureCounts:
    """Return counts with a figure (low, best, high) for each of the first provinces; the others have none."""
    rows = pd.DataFrame({"province_code": PROVINCE_CODES, "province": PROVINCE_CODES, "contested": contested})
    given_ = [*figures, *[(None, None, None)] * (len(PROVINCE_CODES) - len(figures))]
    for i, side in enumerate(SIDES):
        rows[side] = pd.array([figure[i] for figure in given_], dtype="Float64")
        rows[f"rate_{side}"] = rows[side] * 10
    rows["claim_ids"] = [[] for _ in PROVINCE_CODES]
    return MeasureCounts(RAIDS, period, rows, pd.DataFrame(), 0, 0)


@st.composite
def figures(draw):
    """Draw what is known of a number: exact, a range, one side, an approximate number, or nothing."""
    low, best, high = sorted(draw(st.tuples(*[st.integers(0, 40)] * 3)))
    return draw(
        st.sampled_from(
            [(best, best, best), (low, None, high), (low, best, high), (low, None, None), (None, None, high),
             (None, best, None), (None, None, None)]
        )
    )  # fmt: skip


pairs = st.tuples(figures(), figures())


@pytest.mark.parametrize(
    ("before", "after", "change", "direction"),
    [
        ((2, 2, 2), (5, 5, 5), (3, 3, 3), UP),
        ((5, 5, 5), (2, 2, 2), (-3, -3, -3), DOWN),
        ((5, 5, 5), (5, 5, 5), (0, 0, 0), SAME),
        ((5, None, 8), (5, None, 8), (-3, None, 3), UNCERTAIN),
        ((3, 3, 3), (201, None, None), (198, None, None), UP),
        ((201, None, None), (3, 3, 3), (None, None, -198), DOWN),
        ((201, None, None), (201, None, None), (None, None, None), UNCERTAIN),
        ((None, 95, None), (None, 120, None), (None, 25, None), UNCERTAIN),
        ((None, None, None), (5, 5, 5), (None, None, None), UNCERTAIN),
        ((201, None, None), (None, None, None), (None, None, None), UNCERTAIN),
    ],
)
def test_a_change_is_a_range_and_has_a_direction_only_when_certain(before, after, change, direction):
    row = compare_counts(counts_of(before), counts_of(after)).rows.iloc[0]
    assert [None if pd.isna(row[side]) else row[side] for side in SIDES] == list(change)
    assert row["direction"] == direction
    assert row["compared"] == (change != (None, None, None))
    assert [None if pd.isna(row[f"rate_{side}"]) else row[f"rate_{side}"] for side in SIDES] == [
        None if side is None else side * 10 for side in change
    ]


def test_no_report_is_not_zero():
    rows = compare_counts(counts_of((7, 7, 7)), counts_of()).rows
    assert rows["reported_before"].tolist()[:2] == [True, False]
    assert not rows["reported_after"].any()
    assert not rows["compared"].any()


def test_what_is_contested_has_no_certain_direction():
    change = compare_counts(counts_of((2, 2, 2), contested=True), counts_of((5, 5, 5)))
    assert change.rows["direction"].iloc[0] == UNCERTAIN
    assert change.compared == 1


@given(pairs)
def test_the_way_back_is_the_opposite(pair):
    there = compare_counts(counts_of(pair[0]), counts_of(pair[1])).rows.iloc[0]
    back = compare_counts(counts_of(pair[1]), counts_of(pair[0])).rows.iloc[0]
    for side, other in (("low", "high"), ("best", "best"), ("high", "low")):
        assert (pd.isna(there[side]) and pd.isna(back[other])) or there[side] == -back[other]
    opposite = {UP: DOWN, DOWN: UP, SAME: SAME, UNCERTAIN: UNCERTAIN}
    assert there["direction"] == opposite[back["direction"]]
    assert there["compared"] == back["compared"]


@given(figures())
def test_a_period_does_not_differ_from_itself(figure):
    row = compare_counts(counts_of(figure), counts_of(figure)).rows.iloc[0]
    assert pd.isna(row["best"]) if figure[1] is None else row["best"] == 0
    assert pd.isna(row["low"]) or row["low"] <= 0 <= row["high"]


@given(pairs, st.data())
def test_what_may_be_true_lies_within_the_range(pair, data):
    def possible(figure):
        low = figure[0] if figure[0] is not None else 0
        return data.draw(st.integers(low, figure[2] if figure[2] is not None else low + 60))

    row = compare_counts(counts_of(pair[0]), counts_of(pair[1])).rows.iloc[0]
    change = possible(pair[1]) - possible(pair[0])
    assert pd.isna(row["low"]) or row["low"] <= change
    assert pd.isna(row["high"]) or change <= row["high"]
    if row["direction"]:
        assert row["direction"] == (UP if change > 0 else DOWN if change < 0 else SAME)


def test_real_figures_are_those_of_the_measure(snapshot):
    before, after = (count_measure(snapshot, RAIDS, month) for month in MONTHS)
    change = compare_counts(before, after)
    assert (change.before, change.after) == (MONTHS[0], MONTHS[1])
    both = change.rows[change.rows["reported_before"] & change.rows["reported_after"]]
    assert (both["best"] == both["best_after"] - both["best_before"]).all()
    with pytest.raises(ValueError, match="cannot be compared"):
        compare_counts(before, count_measure(snapshot, COMPLAINTS, MONTHS[1]))
