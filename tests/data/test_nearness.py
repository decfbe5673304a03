from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ingest import ingest
from data.nearness import ENOUGH, LIKENESSES, TELLING_PEOPLE, columns_of, find_near, tell_enough
from data.schema import COMPLAINT, EVENT, empty_records

TODAY = date(2026, 3, 1)
HEADER = "id,date,province,victims,nationality,sex,age_group,channel,compound,lat,lon\n"
ONE = "2023-04-01,Bavet,1"


def take_in(*rows: str, kind: str = "complaint", header: str = HEADER, stored: pd.DataFrame | None = None):
    content = header + "".join(f"{row}\n" for row in rows)
    return ingest(content.encode(), "x.csv", kind, stored=stored, today=TODAY)


def is_near(first: str, second: str) -> bool:
    """Whether the second row is near the first, once that is stored."""
    stored = take_in(f"a,{first}").accepted
    return take_in(f"b,{second}", stored=stored).pairs["likeness"].tolist() == ["near"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{ONE},,,,,,,", f"{ONE},,,,,,,"),
        (f"{ONE},,,,hotline,,,", f"{ONE},,,,hotline,,,"),
        ("2023-04-01,Svay Rieng,1,Thai,,,,,,", "2023-04-01,Svay Rieng,1,Thai,,,,,,"),
        ("2023-04-01,Svay Rieng,1,Thai,,,online,,,", "2023-04-01,Svay Rieng,1,Thai,,,hotline,,,"),
        (f"{ONE},Thai,female,,,,,", f"{ONE},Thai,male,,,,,"),
        (f"{ONE},Thai,female,18-24,hotline,,,", f"{ONE},Thai,female,25-34,hotline,,,"),
        (f"{ONE},Thai,female,,,c,,", f"{ONE},Thai,female,,,d,,"),
        ("2023-04-01,,1,Thai,,,,,11.05,106.10", "2023-04-01,,1,Thai,,,,,11.10,106.15"),
        ("2023-04-01,Svay Rieng,2,,female,,,,,", "2023-04-01,Svay Rieng,2,,female,,,,,"),
    ],
)
def test_complaints_of_few_people_with_little_in_common_are_two(first, second):
    assert not is_near(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{ONE},Thai,female,,,,,", f"{ONE},Thai,female,,,,,"),
        (f"{ONE},Thai,,,,,,", f"{ONE},Thai,female,,,,,"),  # the place as written besides
        (f"{ONE},,female,18-24,,,,", f"{ONE},Thai,female,18-24,,,,"),
        ("2023-04-01,Svay Rieng,1,Thai,,,online,,,", "2023-04-01,Svay Rieng,1,Thai,,,online,,,"),
        (f"{ONE},Thai,female,,hotline,,,", f"{ONE},Thai,female,,embassy,,,"),
        (f"{ONE},,,,,c,,", f"{ONE},,,,,c,,"),
        ("2023-04-01,Bavet,1,Thai,,,,,11.0670,106.1780", "2023-04-01,,1,Thai,,,,,11.0690,106.1781"),
        (f"2023-04-01,Svay Rieng,{TELLING_PEOPLE},,,,,,,", f"2023-04-01,Svay Rieng,{TELLING_PEOPLE},,,,,,,"),
    ],
)
def test_complaints_with_enough_in_common_are_near(first, second):
    assert is_near(first, second)


def test_a_day_of_one_person_complaints_is_not_noise_and_the_one_taken_down_twice_is_found():
    nations = ("Thai", "Vietnamese", "Indian", "Chinese", "Kenyan", "Filipino")
    log = [f"s{number},2023-04-01,Svay Rieng,1,{nation},female,,,,," for number, nation in enumerate(nations)]
    stored = take_in(*log).accepted
    fresh = [f"n{number},2023-04-01,Svay Rieng,1,{nation},male,,,,," for number, nation in enumerate(nations)]
    result = take_in(*fresh, "n9,2023-04-01,Svay Rieng,1,Indian,female,,,,,", stored=stored)
    assert result.pairs[["row_number", "other_id"]].values.tolist() == [[8, "s2"]]


def test_events_of_one_type_and_day_are_near_as_they_are():
    header = "event_id,event_type,date,province,victims\n"
    stored = take_in("a,raid,2023-04-01,Kampot,1", kind="event", header=header).accepted
    rows = ("b,raid,2023-04-01,Kampot,1", "c,rescue,2023-04-01,Kampot,1")
    assert take_in(*rows, kind="event", header=header, stored=stored).pairs["row_number"].tolist() == [2]


def test_of_several_near_records_the_first_is_named():
    rows = [f"s{number},{ONE},Thai,female,,,,," for number in range(3)]
    stored = take_in(*rows).accepted
    assert take_in(f"n,{ONE},Thai,female,,,,,", stored=stored).pairs["other_id"].tolist() == ["s0"]


VALUE = st.sampled_from([None, "x", "y"])
RECORD = st.tuples(
    st.sampled_from([1, 3]), VALUE, VALUE, VALUE, VALUE, VALUE, st.sampled_from([None, "Bavet", "Kampot"])
)
NAMES = ("people_affected", "nationality", "sex", "age_group", "compound_id", "channel", "place_text")


def frame(records) -> pd.DataFrame:
    made = pd.DataFrame(records, columns=list(NAMES)).astype(dict.fromkeys(NAMES[1:], "str"))
    made = made.assign(
        received_date="2023-04-01", province_code="KH-20", date_precision="day", location_precision="town"
    )
    made["people_affected"] = made["people_affected"].astype("Int64")
    return pd.concat([empty_records(COMPLAINT), made], ignore_index=True)[columns_of(COMPLAINT)]


def near_by_hand(one, other) -> bool:
    same = {name: one[name] == other[name] for name in NAMES if pd.notna(one[name]) and pd.notna(other[name])}
    if not same["people_affected"]:
        return False
    people = [same[name] for name in ("nationality", "sex", "age_group") if name in same]
    if not all(people) or not same.get("compound_id", True):
        return False
    place = same.get("place_text", False) and one["place_text"] == "Bavet"  # Kampot is the name of a province
    about = len(people) + 2 * same.get("compound_id", False)
    beside = bool(place or same.get("channel", False))
    return one["people_affected"] >= TELLING_PEOPLE or about >= ENOUGH or (about + 1 >= ENOUGH and beside)


@settings(max_examples=25, deadline=None)
@given(st.lists(RECORD, min_size=1, max_size=12), st.lists(RECORD, min_size=1, max_size=12))
def test_every_row_gets_the_first_that_is_near_as_compared_one_by_one(left, right):
    rows, others = frame(left), frame(right)
    found = find_near(tell_enough(rows, COMPLAINT), tell_enough(others, COMPLAINT), COMPLAINT)
    expected = {}
    for number, one in rows.iterrows():
        near = [at for at, other in others.iterrows() if near_by_hand(one, other)]
        if near:
            expected[number] = near[0]
    assert found.to_dict() == expected


def test_what_says_too_little_is_near_nothing():
    rows = frame([(3, None, None, None, None, None, None)])
    assert len(tell_enough(rows.assign(date_precision="month"), COMPLAINT)) == 0
    assert find_near(rows[:0], rows, COMPLAINT).empty
    assert set(LIKENESSES) == {"complaint", "event"}
    assert "sex" not in columns_of(EVENT)
