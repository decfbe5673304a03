"""A correction takes along what follows from it."""

from __future__ import annotations

import pandas as pd
import pytest

from data.correction import read_correction
from data.ingest import ingest
from data.options import ImportOptions
from data.schema import KINDS
from errors import StoreError

FILE = (
    "complaint_id,received_date,place_text,latitude,longitude,people_affected,ward\n"
    "synthetic-1,2022-09-01,Takeo,,,2,east\n"
    "synthetic-2,2022-09-01,,11.067,106.178,2,\n"
    "synthetic-3,2022-09-01,Snookville,,,2,\n"
)


def record(number: int) -> pd.DataFrame:
    options = ImportOptions(places={"Snookville": "KH-18"})
    return ingest(FILE.encode(), "log-synthetic.csv", "complaint", options).accepted.iloc[[number - 1]]


def test_a_date_takes_its_days_along():
    changes = read_correction(record(1), "complaint", {"received_date": "January 2023"})
    assert changes == {
        "received_date": "2023-01",
        "date_start": pd.Timestamp(2023, 1, 1),
        "date_end": pd.Timestamp(2023, 2, 1),
        "date_precision": "month",
    }


def test_a_place_takes_its_province_along():
    changes = read_correction(record(1), "complaint", {"place_text": "Kampot"})
    assert (changes["place_text"], changes["province_code"]) == ("Kampot", "KH-7")
    assert "people_affected" not in changes


def test_a_point_takes_its_province_along():
    changes = read_correction(record(2), "complaint", {"latitude": "10.6099", "longitude": "103.5295"})
    assert changes["province_code"] == "KH-18"


def test_a_place_that_a_person_had_decided_stays_decided():
    assert read_correction(record(3), "complaint", {"people_affected": "3"}) == {"people_affected": 3}
    again = read_correction(record(3), "complaint", {"place_text": "Snooky"}, aliases={"Snooky": "KH-18"})
    assert again == {"place_text": "Snooky"}


def test_an_exact_number_is_one_number():
    events = ingest(
        b"event_id,event_type,event_date_edtf,place_text,people_best\nsynthetic-1,rescue,2024-03-01,Takeo,3\n",
        "events-synthetic.csv",
        "event",
    ).accepted
    changes = read_correction(events, "event", {"people_best": "more than 7"})
    assert changes == {"people_low": 8, "people_best": None, "people_high": None, "qualifier": "more_than"}
    assert read_correction(events, "event", {"people_best": "7"}) == dict.fromkeys(
        ("people_low", "people_best", "people_high"), 7
    )


def test_an_emptied_cell_is_empty_and_the_same_text_changes_nothing():
    assert read_correction(record(1), "complaint", {"people_affected": ""}) == {"people_affected": None}
    assert read_correction(record(1), "complaint", {"people_affected": "2"}) == {}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("received_date", "03/04/2022", "can be read as"),
        ("received_date", "", "is empty"),
        ("people_affected", "-3", "not a number"),
        ("place_text", "Atlantis", "not a place"),
        ("channel", "pigeon", "not one of the values"),
        ("note", "call +855 12 345 678", "personal data"),
        ("complaint_id", "other", "identifier"),
    ],
)
def test_what_no_file_may_say_no_correction_may(name, text, words):
    with pytest.raises(StoreError, match=words):
        read_correction(record(1), "complaint", {name: text})


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_seed_reads_back_as_it_is(snapshot, kind):
    records = snapshot.of(kind)
    for number in range(0, len(records), 5):
        assert read_correction(records.iloc[[number]], kind, {}) == {}
