"""What must hold for every ledger: bounds are those of the plain linear programme, and hold in every possible world."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from data import schema
from data.bounds import Bounds, bound_total
from data.periods import Period

FIRST = date(2022, 9, 1)
N_DAYS = 3
PLACES = ["KH-1", "KH-2", "elsewhere"]
FLOW, STOCK = "people_rescued", "people_stranded"

many = settings(max_examples=50, deadline=None)


def day(number: int | None) -> date | None:
    return None if number is None else FIRST + timedelta(days=number)


def make_claims(rows: list[dict[str, object]], metric: str = FLOW) -> pd.DataFrame:
    dtypes = schema.record_dtypes(schema.CLAIM)
    given_rows = [
        {
            "claim_id": row["name"],
            "metric": metric,
            "low": row["low"],
            "high": row["high"],
            "period_start": day(row["start"]),
            "period_end": day(row["end"]),
            "geography": "province" if row["place"] else "national",
            "province_code": row["place"],
            "nationality": "Thai" if row["partial"] else None,
            "speaker": f"speaker of {row['name']}",
            "stance": "states",
            "source_ids": f"src-{row['name']}",
        }
        for row in rows
    ]
    return pd.DataFrame(given_rows, columns=list(dtypes)).astype(dtypes)


spans = st.tuples(st.integers(0, N_DAYS - 1), st.integers(1, N_DAYS)).map(
    lambda span: (span[0], min(sum(span), N_DAYS))
)


@st.composite
def ledgers(draw, max_size: int = 7, places=(None, "KH-1", "KH-2"), always_closed: bool = False):
    """Draw claims about two provinces and the country, within three days, some with open sides."""
    rows = []
    for number in range(draw(st.integers(0, max_size))):
        start, end = draw(spans)
        hidden = "" if always_closed else draw(st.sampled_from(["", "", "", "start", "end"]))
        low, high = draw(st.none() | st.integers(0, 4)), draw(st.none() | st.integers(0, 4))
        rows.append(
            {
                "name": f"clm-{number}",
                "place": draw(st.sampled_from(places)),
                "start": None if hidden == "start" else start,
                "end": None if hidden == "end" else end,
                "low": low,
                "high": high,
                "partial": draw(st.integers(0, 5)) == 0,
            }
        )
    return rows


places_asked = st.sampled_from([None, ("KH-1",), ("KH-2",), ("KH-1", "KH-2"), ("KH-1", "KH-7"), ("KH-7",)])


def ask(rows, span, places, metric: str = FLOW) -> Bounds:
    return bound_total(make_claims(rows, metric), metric, Period(day(span[0]), day(span[1])), places)


def limits(answer: Bounds) -> tuple[float | None, float | None, bool]:
    return answer.low, answer.high, bool(answer.conflicts)


def holds_in(row, place: str, number: int) -> bool:
    """Return whether a cell lies in the claim's area."""
    after_start = row["start"] is None or number >= row["start"]
    return row["place"] in (None, place) and after_start and (row["end"] is None or number < row["end"])


def limit_above(row) -> bool:
    return row["high"] is not None and not row["partial"] and None not in (row["start"], row["end"])


def plain_programme(rows, span, places):
    """Return the programme with one variable for each place and day: cost, matrix and limits."""
    cells = [(place, number) for place in [*PLACES[:2], "KH-7", "elsewhere"] for number in range(-1, N_DAYS + 1)]
    asked = [(places is None or place in places) and span[0] <= number < span[1] for place, number in cells]
    matrix, right = [], []
    for row in rows:
        area = [float(holds_in(row, *cell)) for cell in cells]
        if row["low"]:
            matrix.append([-value for value in area])
            right.append(-row["low"])
        if limit_above(row):
            matrix.append(area)
            right.append(row["high"])
    return np.array(asked, float), np.array(matrix, float).reshape(len(right), len(cells)), np.array(right, float)


def solve_plainly(rows, span, places):
    """Return low, high and whether there is a conflict, and the same after the least change of the numbers."""
    cost, matrix, right = plain_programme(rows, span, places)
    if not len(right):
        return (0, None, False)
    lowest, highest = (linprog(sign * cost, A_ub=matrix, b_ub=right) for sign in (1, -1))
    if lowest.status == 0:
        return lowest.fun, -highest.fun if highest.status == 0 else None, False
    n_rows, n_cells = matrix.shape
    loose = np.hstack([matrix, -np.eye(n_rows)])
    price = np.concatenate([np.zeros(n_cells), np.ones(n_rows)])
    least = linprog(price, A_ub=loose, b_ub=right).fun
    loose, right = np.vstack([loose, price]), np.append(right, least + 1e-7)
    cost = np.concatenate([cost, np.zeros(n_rows)])
    lowest, highest = (linprog(sign * cost, A_ub=loose, b_ub=right) for sign in (1, -1))
    return lowest.fun, -highest.fun if highest.status == 0 else None, True


def close(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else abs(one - other) < 1e-5


@settings(max_examples=60, deadline=None)
@given(ledgers(), spans, places_asked)
def test_bounds_are_those_of_the_plain_programme(rows, span, places):
    answer, (low, high, conflict) = ask(rows, span, places), solve_plainly(rows, span, places)
    # A contradiction that does not touch the slice is left aside, and changes no total.
    if answer.conflicts:
        assert conflict
        assert (answer.low, answer.high) == (None, None)
        assert close(answer.relaxed_low, low)
        assert close(answer.relaxed_high, high)
    else:
        assert close(answer.low, low)
        assert close(answer.high, high)


GRID = np.array(list(product(range(5), repeat=6)))  # two places on three days, from 0 to 4 each
GRID_CELLS = list(product(["KH-1", "elsewhere"], range(N_DAYS)))


def possible_totals(rows, span, places) -> np.ndarray:
    """Return the totals of the slice in all whole-numbered worlds that the claims allow."""
    allowed = np.ones(len(GRID), bool)
    for row in rows:
        total = GRID[:, [holds_in(row, *cell) for cell in GRID_CELLS]].sum(axis=1)
        allowed &= total >= (row["low"] or 0)
        if limit_above(row):
            allowed &= total <= row["high"]
    asked = [(places is None or place in places) and span[0] <= number < span[1] for place, number in GRID_CELLS]
    return GRID[allowed][:, asked].sum(axis=1)


@many
@given(ledgers(places=(None, "KH-1"), always_closed=True), spans, st.sampled_from([None, ("KH-1",)]))
def test_every_whole_numbered_world_lies_within_the_bounds(rows, span, places):
    answer, totals = ask(rows, span, places), possible_totals(rows, span, places)
    if len(totals):
        assert not answer.conflicts
        assert answer.low <= totals.min()
        assert answer.high is None or totals.max() <= answer.high


@many
@given(ledgers(places=(None,), always_closed=True), spans)
def test_of_one_place_the_bounds_are_reached_by_whole_numbers(rows, span):
    """Intervals of one line make a totally unimodular matrix."""
    answer, totals = ask(rows, span, None), possible_totals(rows, span, None)
    if len(totals):
        assert answer.low == totals.min()
        assert answer.high is None or answer.high == totals.max()


@many
@given(ledgers(), spans, places_asked, st.data())
def test_more_claims_never_widen_the_bounds(rows, span, places, data):
    fewer = [row for row in rows if data.draw(st.booleans())]
    wide, narrow = ask(fewer, span, places), ask(rows, span, places)
    if wide.conflicts:
        assert narrow.conflicts
    elif not narrow.conflicts:
        assert narrow.low >= wide.low
        assert wide.high is None or narrow.high <= wide.high


@many
@given(ledgers(), spans, places_asked, st.randoms())
def test_the_order_of_claims_does_not_matter(rows, span, places, random):
    shuffled = random.sample(rows, len(rows))
    assert ask(shuffled, span, places) == ask(rows, span, places)


@many
@given(ledgers(), spans, places_asked)
def test_binding_claims_give_the_bounds_and_none_can_be_spared(rows, span, places):
    answer = ask(rows, span, places)
    binding = [row for row in rows if row["name"] in answer.binding]
    if not answer.conflicts:
        assert limits(ask(binding, span, places)) == limits(answer)
        for row in binding:
            assert limits(ask([one for one in binding if one is not row], span, places)) != limits(answer)


@many
@given(ledgers(), spans, places_asked)
def test_conflicts_are_real_and_none_of_their_claims_can_be_spared(rows, span, places):
    answer = ask(rows, span, places)
    assert not answer.more_conflicts
    everything = (0, N_DAYS)
    for conflict in answer.conflicts:
        claims = [row for row in rows if row["name"] in conflict]
        assert ask(claims, everything, None).conflicts == (conflict,)
        for row in claims:
            assert not ask([one for one in claims if one is not row], everything, None).conflicts


@many
@given(ledgers(), spans)
def test_parts_and_wholes_fit(rows, span):
    one, other = ask(rows, span, ["KH-1"]), ask(rows, span, ["KH-2"])
    both, country = ask(rows, span, ["KH-1", "KH-2"]), ask(rows, span, None)
    if not any(answer.conflicts for answer in (one, other, both, country)):
        assert one.low + other.low <= both.low + 1e-9
        assert both.low <= country.low + 1e-9
        assert country.high is None or both.high <= country.high + 1e-9
        if one.high is not None and other.high is not None:
            assert both.high <= one.high + other.high + 1e-9


@many
@given(ledgers(), places_asked)
def test_adjacent_periods_fit(rows, places):
    first, second, whole = (ask(rows, span, places) for span in ((0, 1), (1, N_DAYS), (0, N_DAYS)))
    if not any(answer.conflicts for answer in (first, second, whole)):
        assert first.low + second.low <= whole.low + 1e-9
        if first.high is not None and second.high is not None:
            assert whole.high <= first.high + second.high + 1e-9


def level_of_day(rows, number: int, places) -> tuple[float, float] | None:
    """Return the bounds of a level on one day, worked out by hand: None when they cross."""
    inf = float("inf")
    low, high = dict.fromkeys(("KH-1", "KH-2", None), 0.0), dict.fromkeys(("KH-1", "KH-2", None), inf)
    for row in rows:
        start = row["end"] - 1 if row["start"] is None else row["start"]
        end = row["start"] + 1 if row["end"] is None else row["end"]
        if start <= number < end:
            low[row["place"]] = max(low[row["place"]], row["low"] or 0)
            if row["high"] is not None and not row["partial"]:
                high[row["place"]] = min(high[row["place"]], row["high"])
    provinces = ("KH-1", "KH-2")
    if any(low[place] > high[place] for place in low) or sum(low[place] for place in provinces) > high[None]:
        return None
    if places is None:
        return max(low[None], low["KH-1"] + low["KH-2"]), high[None]
    asked = [place for place in provinces if place in places]
    left = high[None] - sum(low[place] for place in provinces if place not in places)
    own = inf if "KH-7" in places else sum(high[place] for place in asked)
    return sum(low[place] for place in asked), min(own, left)


@many
@given(ledgers(), spans, places_asked)
def test_a_stock_is_bounded_by_its_highest_day(rows, span, places):
    answer = ask(rows, span, places, STOCK)
    days = [level_of_day(rows, number, places) for number in range(*span)]
    if None in days:
        # Levels that part on a day, but do not bear on the places asked for, are no conflict of theirs.
        return
    assert not answer.conflicts
    high = max(high for _, high in days)
    assert (answer.low, answer.high) == (max(low for low, _ in days), None if high == float("inf") else high)
