"""What must hold for every set of records and claims: nothing is lost, added twice or made up."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from data import schema
from data.counts import count_recorded, count_stated
from data.periods import GRAINS, Period
from data.slices import select_records

FIRST = date(2022, 7, 1)
DAYS = 120
SIDES = ("low", "best", "high")

many = settings(max_examples=50, deadline=None)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def make_records(kind: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    dtypes = schema.record_dtypes(schema.KINDS[kind])
    frame = pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
    frame[schema.KINDS[kind].id_field] = [f"{kind}-{number}" for number in range(len(frame))]
    return frame


spans = st.tuples(st.integers(0, DAYS - 1), st.integers(1, 45)).map(lambda span: (day(span[0]), day(sum(span))))
periods = spans.map(lambda span: Period(*span))
province_lists = st.lists(st.sampled_from(["KH-1", "KH-8", "KH-20"]), max_size=3).map(";".join)
people = st.none() | st.integers(0, 300)


@st.composite
def events(draw, max_size: int = 12) -> pd.DataFrame:
    """Draw events: some undated, some with an open side, some without a place, some in several provinces."""
    rows = []
    for _ in range(draw(st.integers(0, max_size))):
        start, end = draw(spans)
        hidden = draw(st.sampled_from(["", "", "", "start", "end", "start end"]))
        low, high = sorted((draw(st.integers(0, 300)), draw(st.integers(0, 300))))
        rows.append(
            {
                "event_type": draw(st.sampled_from(["raid", "rescue"])),
                "date_start": None if "start" in hidden else start,
                "date_end": None if "end" in hidden else end,
                "province_codes": draw(province_lists) or None,
                "people_low": draw(st.sampled_from([None, low])),
                "people_best": draw(st.sampled_from([None, low, high])),
                "people_high": draw(st.sampled_from([None, high])),
            }
        )
    return make_records("event", rows)


@many
@given(events(), st.none() | periods)
def test_every_record_is_inside_perhaps_undated_or_outside_and_in_one_only(records, period):
    selection = select_records(records, "event", period)
    parts = [set(part["event_id"]) for part in (selection.inside, selection.perhaps, selection.undated)]
    assert sum(map(len, parts)) == len(set.union(*parts))
    for record in records.itertuples():
        start, end = record.date_start, record.date_end
        if pd.isna(start) and pd.notna(end):
            start = end - pd.Timedelta(days=1)
        touched = [
            pd.Timestamp(day(number)) >= start and (pd.isna(end) or pd.Timestamp(day(number)) < end)
            for number in range(-1, DAYS + 47)
            if period is None or period.start <= day(number) < period.end
        ]
        in_slice = record.event_id in parts[0] | parts[1]
        assert (record.event_id in parts[2]) == (pd.isna(record.date_start) and pd.isna(record.date_end))
        assert in_slice == any(touched)


@many
@given(events(), st.none() | periods, st.sampled_from(["province", *GRAINS]))
def test_records_in_a_slice_are_those_with_a_place_and_those_without(records, period, by):
    counts = count_recorded(records, "event", period, by=by)
    selection = select_records(records, "event", period)
    assert counts.inside + counts.perhaps == counts.located + counts.unlocated
    assert (counts.inside, counts.perhaps) == (len(selection.inside), len(selection.perhaps))
    assert counts.undated == len(selection.undated)
    named = {record for ids in counts.rows["record_ids"] for record in ids}
    assert len(named) == (counts.located if by == "province" else counts.inside + counts.perhaps)


@many
@given(events(), st.none() | periods)
def test_the_provinces_add_up_but_for_records_in_several(records, period):
    counts = count_recorded(records, "event", period, by="province")
    listed = [record for ids in counts.rows["record_ids"] for record in ids]
    assert counts.rows["high"].sum() == len(listed)
    assert counts.shared == sum(listed.count(record) > 1 for record in set(listed))
    assert len(listed) >= counts.located


@many
@given(events(), st.none() | periods, st.sampled_from(["province", *GRAINS]), st.sampled_from(["records", "people"]))
def test_low_best_and_high_are_in_order(records, period, by, value):
    rows = count_recorded(records, "event", period, by=by, value=value).rows
    for low, high in (("low", "best"), ("best", "high"), ("low", "high")):
        known = rows[[low, high]].dropna()
        assert (known[low] <= known[high]).all()


@many
@given(events(), periods, st.sampled_from(["province", *GRAINS]), st.sampled_from(["records", "people"]), st.randoms())
def test_the_order_of_the_records_does_not_matter(records, period, by, value, random):
    order = list(records.index)
    random.shuffle(order)
    one = count_recorded(records, "event", period, by=by, value=value)
    other = count_recorded(records.loc[order], "event", period, by=by, value=value)
    pd.testing.assert_frame_equal(one.rows.drop(columns="record_ids"), other.rows.drop(columns="record_ids"))
    assert [set(ids) for ids in one.rows["record_ids"]] == [set(ids) for ids in other.rows["record_ids"]]
    assert (one.located, one.unlocated, one.undated, one.shared) == (
        other.located,
        other.unlocated,
        other.undated,
        other.shared,
    )


@many
@given(
    st.lists(st.tuples(st.integers(0, DAYS - 1), province_lists, people), max_size=20),
    st.lists(st.integers(0, DAYS), min_size=3, max_size=3, unique=True).map(sorted),
    st.sampled_from(["records", "people"]),
)
def test_adjacent_slices_of_records_known_to_the_day_add_up(drawn, cuts, value):
    rows = [
        {"date_start": day(number), "date_end": day(number + 1), "province_codes": codes or None, "people_low": number_}
        | {"people_best": number_, "people_high": number_}
        for number, codes, number_ in drawn
    ]
    records = make_records("event", rows)
    first, middle, last = map(day, cuts)

    def count(start: date, end: date) -> pd.DataFrame:
        numbers = count_recorded(records, "event", Period(start, end), by="province", value=value).rows
        return numbers[list(SIDES)].fillna(0) if value == "records" else numbers[["high"]]

    left, right, whole = count(first, middle), count(middle, last), count(first, last)
    pd.testing.assert_frame_equal(left + right, whole)


@many
@given(st.lists(st.tuples(st.integers(0, DAYS - 1), province_lists), max_size=20), st.sampled_from(GRAINS), periods)
def test_steps_of_records_known_to_the_day_add_up_to_the_slice(drawn, grain, period):
    rows = [{"date_start": day(n), "date_end": day(n + 1), "province_codes": codes or None} for n, codes in drawn]
    counts = count_recorded(make_records("event", rows), "event", period, by=grain)
    for side in SIDES:
        assert counts.rows[side].sum() == counts.inside
    assert counts.perhaps == 0


@st.composite
def true_claims(draw) -> tuple[pd.DataFrame, list[int]]:
    """Draw what happened on each day in one province, and claims about it that are all true."""
    truth = draw(st.lists(st.integers(0, 9), min_size=20, max_size=20))
    rows: list[dict[str, object]] = []
    for number in range(draw(st.integers(0, 9))):
        start = draw(st.integers(0, 19))
        end = draw(st.integers(start + 1, 20))
        total = sum(truth[start:end])
        partial = draw(st.booleans())
        said = draw(st.integers(0, total)) if partial else total
        wording = draw(st.sampled_from(["exact", "at_least", "up_to", "between", "about"]))
        low, high = max(0, said - draw(st.integers(0, 5))), said + draw(st.integers(0, 5))
        numbers = {
            "exact": (said, said, said),
            "at_least": (low, None, None),
            "up_to": (None, None, high),
            "between": (low, None, high),
            "about": (None, said, None),
        }[wording]
        rows.append(
            dict(zip(SIDES, numbers, strict=True))
            | {
                "metric": "people_released",
                "qualifier": wording,
                "period_start": day(start),
                "period_end": day(end),
                "province_code": "KH-20",
                "geography": "province",
                "nationality": draw(st.sampled_from(["Thai", "Vietnamese"])) if partial else None,
                "speaker": draw(st.sampled_from(["Ministry", "Police"])),
                "stance": draw(st.sampled_from(["states", "relays"])),
                "restates": f"claim-{draw(st.integers(0, number))}" if draw(st.booleans()) else None,
                "source_ids": draw(st.sampled_from(["src-a", "src-b"])),
            }
        )
    return make_records("claim", rows), truth


@many
@given(true_claims(), st.tuples(st.integers(0, 19), st.integers(1, 20)))
def test_bounds_from_true_claims_hold_the_truth_and_contradict_nothing(drawn, asked):
    claims, truth = drawn
    start, end = asked[0], min(sum(asked), 20)
    counts = count_stated(claims, "people_released", Period(day(start), day(end)))
    row = counts.rows.set_index("province_code").loc["KH-20"]
    total = sum(truth[start:end])
    assert not row["contested"]
    assert row["low"] is pd.NA or row["low"] <= total
    assert row["high"] is pd.NA or row["high"] >= total
    assert row["best"] is pd.NA or row["best"] == total
    assert (row["basis"] == "no_report") == (row[list(SIDES)].isna().all() and not row["claim_ids"])


@many
@given(true_claims(), st.randoms())
def test_the_order_of_the_claims_does_not_matter(drawn, random):
    claims, _ = drawn
    order = list(claims.index)
    random.shuffle(order)
    period = Period(day(3), day(15))
    one, other = (count_stated(given_, "people_released", period) for given_ in (claims, claims.loc[order]))
    pd.testing.assert_frame_equal(one.rows, other.rows)
    assert one.unlocated == other.unlocated


@many
@given(st.integers(0, 500), st.lists(st.integers(0, 100), min_size=1, max_size=8))
def test_total_parts_and_remainder_always_add_up(remainder, parts):
    codes = [f"KH-{number}" for number in range(1, len(parts) + 2)]
    base = {
        "metric": "complaints_received",
        "period_start": day(0),
        "period_end": day(30),
        "geography": "province",
        "speaker": "Ministry",
        "stance": "states",
        "source_ids": "src-a",
    }
    total = sum(parts) + remainder
    rows = [base | dict.fromkeys(SIDES, total) | {"geography": "national"}]
    rows += [
        base | dict.fromkeys(SIDES, number) | {"province_code": code, "part_of": "claim-0"}
        for code, number in zip(codes[:-1], parts, strict=True)
    ]
    rows += [base | {"low": remainder // 2, "province_code": codes[-1], "part_of": "claim-0"}]
    counts = count_stated(make_records("claim", rows), "complaints_received", Period(day(0), day(30)))
    stated = counts.rows["best"].sum()
    assert stated + counts.rows["implied"].sum() == total == counts.national["best"].item()
    assert not counts.rows["contested"].any()
