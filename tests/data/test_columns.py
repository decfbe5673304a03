from __future__ import annotations

import json

import pandas as pd
import pytest

from data.columns import map_headers, name_columns
from data.plain import fold_header
from data.schema import KINDS
from errors import AmbiguousColumnError, MissingColumnError

COMPLAINT, EVENT, COMPOUND, SOURCE, CLAIM = (
    KINDS[name] for name in ("complaint", "event", "compound", "source", "claim")
)


def table(**cells: str) -> pd.DataFrame:
    return pd.DataFrame({name: [cell] for name, cell in cells.items()}, dtype="str")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_header_means_two_columns_of_a_kind(kind):
    meanings: dict[str, str] = {}
    for field in kind.fields:
        for spelling in (field.name, *field.aliases):
            assert meanings.setdefault(fold_header(spelling), field.name) == field.name


def test_headers_are_found_by_name_then_by_other_spellings():
    headers = ["ID", "Date Received", "ខេត្ត", "LAT.", "Lng", "No. of people", "Remarks", "Shelter"]
    assert map_headers(headers, COMPLAINT) == {
        "ID": "complaint_id",
        "Date Received": "received_date",
        "ខេត្ត": "place_text",
        "LAT.": "latitude",
        "Lng": "longitude",
        "No. of people": "people_affected",
        "Remarks": "note",
    }


def test_a_name_goes_before_another_spelling():
    named = name_columns(table(date="x", received_date="2023-04-01", place_text="Bavet"), COMPLAINT)
    assert named.mapping == {"received_date": "received_date", "place_text": "place_text"}
    assert json.loads(named.extra.iloc[0]) == {"date": "x"}


@pytest.mark.parametrize("headers", [["date", "received", "place"], ["Place Text", "place_text", "date"]])
def test_two_headers_for_one_column_are_refused(headers):
    with pytest.raises(AmbiguousColumnError, match="both mean"):
        map_headers(headers, COMPLAINT)


def test_what_is_missing_is_named_with_what_is_there_and_what_comes_close():
    with pytest.raises(MissingColumnError) as caught:
        name_columns(table(Recieved_dat="2023-04-01", place="Bavet"), COMPLAINT)
    assert "“received_date”" in caught.value.message
    assert "“place”" in caught.value.message
    assert "If “Recieved_dat” is meant" in caught.value.hint
    assert caught.value.context["missing"] == ["received_date"]


def _hint(kind, **cells: str) -> str:
    with pytest.raises(MissingColumnError) as caught:
        name_columns(table(**cells), kind)
    return caught.value.hint


def test_a_header_is_suggested_by_its_cells_too():
    hint = _hint(COMPLAINT, **{"Day logged in": "25/06/2023", "Reception": "by phone", "place": "Bavet"})
    assert "If “Day logged in” is meant, call it “received_date”." in hint
    assert "Reception" not in hint
    assert "is meant" not in _hint(COMPLAINT, **{"Received by whom": "hotline", "place": "Bavet"})


@pytest.mark.parametrize(
    ("kind", "header", "column"),
    [
        (COMPLAINT, "Date of complaint", "received_date"),
        (COMPLAINT, "Reported on", "received_date"),
        (COMPLAINT, "How received", "channel"),
        (COMPLAINT, "No.", "complaint_id"),
        (COMPLAINT, "Case number", "complaint_id"),
        (COMPLAINT, "Location of compound", "place_text"),
        (COMPLAINT, "# people", "people_affected"),
        (COMPLAINT, "Number of victims", "people_affected"),
        (COMPLAINT, "Nationality of victim(s)", "nationality"),
        (EVENT, "Date of incident", "event_date_edtf"),
        (EVENT, "Type of incident", "event_type"),
        (COMPOUND, "Name of compound", "name"),
        (COMPOUND, "Owner / operator", None),
    ],
)
def test_headers_as_people_write_them(kind, header, column):
    assert map_headers([header], kind).get(header) == column


def test_what_a_person_says_goes_before_every_header():
    rows = table(date="x", received_date="2023-04-01", Seen="2023-05-01", place="Bavet")
    named = name_columns(rows, COMPLAINT, {"received_date": "Seen"})
    assert named.mapping == {"Seen": "received_date", "place": "place_text"}
    assert json.loads(named.extra.iloc[0]) == {"date": "x", "received_date": "2023-04-01"}


@pytest.mark.parametrize("headers", [["No.", "Case number"], ["Case number", "No."], ["ref no", "Case number", "no"]])
def test_a_case_number_is_the_identifier_before_a_running_number(headers):
    assert map_headers(headers, COMPLAINT) == {"Case number": "complaint_id"}


def test_what_a_person_says_settles_two_headers_for_one_column():
    mapping = map_headers(["Province", "Location", "date"], COMPLAINT, {"place_text": "Location"})
    assert mapping == {"Location": "place_text", "date": "received_date"}


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"colour": "date"}, MissingColumnError, "no column “colour”"),
        ({"received_date": "Seen"}, MissingColumnError, "no column “Seen”"),
        ({"received_date": "date", "outcome": "date"}, AmbiguousColumnError, "both"),
    ],
)
def test_what_a_person_says_must_fit_the_file(given, error, words):
    with pytest.raises(error, match=words):
        map_headers(["date", "place"], COMPLAINT, given)


def test_nothing_is_suggested_where_nothing_comes_close():
    with pytest.raises(MissingColumnError) as caught:
        name_columns(table(zzz="x"), SOURCE)
    assert "is meant" not in caught.value.hint


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (COMPLAINT, {"date": "2023"}),
        (COMPLAINT, {"date": "2023", "lat": "11"}),
        (EVENT, {"type": "raid", "date": "2023"}),
        (COMPOUND, {"name": "A"}),
    ],
)
def test_a_file_must_say_where(kind, cells):
    with pytest.raises(MissingColumnError, match="where"):
        name_columns(table(**cells), kind)


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (COMPLAINT, {"date": "2023", "lat": "11", "lon": "104"}),
        (COMPLAINT, {"date": "2023", "pcode": "KH07"}),
        (EVENT, {"type": "raid", "date": "2023", "province_code": "KH-7"}),
        (CLAIM, {"metric": "people_rescued", "speaker": "Ministry"}),
    ],
)
def test_ways_of_saying_where(kind, cells):
    assert set(name_columns(table(**cells), kind).mapping) == set(cells)


def test_a_long_survey_question_is_cut_in_the_message():
    with pytest.raises(MissingColumnError) as caught:
        name_columns(table(**{"Where did it happen, and how do you know? " * 20: "x"}), COMPLAINT)
    assert len(caught.value.message) < 300


def test_extra_cells_are_json_in_the_order_of_their_names_without_empty_ones():
    rows = pd.DataFrame(
        {"received_date": ["2023"] * 3, "place": ["x"] * 3, "b": ['say "ខេត្ត"', "", " "], "a": ["1", "", "2"]},
        dtype="str",
    )
    assert name_columns(rows, COMPLAINT).extra.tolist() == ['{"a": "1", "b": "say \\"ខេត្ត\\""}', "{}", '{"a": "2"}']


def test_several_headers_are_joined_in_the_order_said_without_empty_cells():
    rows = pd.DataFrame(
        {"Area": [" Svay Rieng", "Kampot", ""], "Town": ["Bavet ", "", " "], "date": ["2023"] * 3}, dtype="str"
    )
    named = name_columns(rows, COMPLAINT, {"place_text": ("Town", "Area")})
    assert named.fields["place_text"].tolist() == ["Bavet, Svay Rieng", "Kampot", ""]
    assert named.mapping == {"Town": "place_text", "Area": "place_text", "date": "received_date"}
    assert named.extra.tolist() == ["{}"] * 3


def test_first_and_last_day_are_joined_as_a_range():
    rows = table(**{"From": "2023-01-01", "Until": "2023-01-03", "place": "Bavet"})
    named = name_columns(rows, COMPLAINT, {"received_date": ("From", "Until")})
    assert named.fields["received_date"].tolist() == ["2023-01-01 to 2023-01-03"]


def test_one_header_may_hold_latitude_and_longitude_and_nothing_else():
    rows = table(GPS="11.5, 104.9", date="2023")
    named = name_columns(rows, COMPLAINT, {"latitude": "GPS", "longitude": "GPS"})
    assert named.mapping == {"GPS": "latitude, longitude", "date": "received_date"}
    assert named.fields[["latitude", "longitude"]].iloc[0].tolist() == ["11.5, 104.9"] * 2
    for given in ({"latitude": "GPS", "note": "GPS"}, {"latitude": "GPS", "longitude": ("GPS", "date")}):
        with pytest.raises(AmbiguousColumnError, match="both"):
            name_columns(rows, COMPLAINT, given)


def test_what_holds_both_degrees_takes_both_columns():
    assert map_headers(["GPS", "lat", "lon"], COMPLAINT, {"latitude": "GPS", "longitude": "GPS"}) == {
        "GPS": "latitude, longitude"
    }


def test_what_is_left_out_stays_beside_the_record():
    rows = table(date="2023", place="Bavet", people="3", Remarks="x")
    named = name_columns(rows, COMPLAINT, left_out=("people", "Remarks"))
    assert list(named.others) == ["people", "Remarks"]
    assert json.loads(named.extra.iloc[0]) == {"people": "3", "Remarks": "x"}


def test_of_two_headers_for_one_column_one_may_be_left_out():
    mapping = map_headers(["Province", "Location", "date"], COMPLAINT, left_out=["Province"])
    assert mapping == {"Location": "place_text", "date": "received_date"}
    assert map_headers(["Case number", "No."], COMPLAINT, left_out=["Case number"]) == {"No.": "complaint_id"}


def test_what_is_left_out_must_be_there_and_not_be_given():
    with pytest.raises(MissingColumnError, match="said to be left out"):
        map_headers(["date"], COMPLAINT, left_out=["Seen"])
    with pytest.raises(AmbiguousColumnError, match="left out"):
        map_headers(["date"], COMPLAINT, {"received_date": "date"}, ["date"])


def test_a_constant_holds_where_the_file_says_nothing():
    rows = pd.DataFrame(
        {"date": ["2023"] * 3, "place": ["Bavet", "", "-"], "channel": ["online", "N/A", " "]}, dtype="str"
    )
    constants = {"place_text": "Kampot", "channel": "hotline", "nationality": "Thai"}
    named = name_columns(rows, COMPLAINT, constants=constants)
    assert named.fields["place_text"].tolist() == ["Bavet", "Kampot", "-"]
    assert named.fields["channel"].tolist() == ["online", "hotline", "hotline"]
    assert named.fields["nationality"].tolist() == ["Thai"] * 3
    assert "nationality" not in named.mapping.values()


def test_a_constant_counts_as_a_column_that_is_there():
    assert name_columns(
        table(date="2023", place="Bavet"), EVENT, {"event_date_edtf": "date"}, constants={"event_type": "raid"}
    ).fields["event_type"].tolist() == ["raid"]
    assert list(name_columns(table(date="2023"), COMPLAINT, constants={"place_text": "Kampot"}).fields) == [
        "received_date",
        "place_text",
    ]
    with pytest.raises(MissingColumnError, match="no column “colour”"):
        name_columns(table(date="2023", place="x"), COMPLAINT, constants={"colour": "red"})


def test_what_our_own_exports_say_of_the_place_can_be_given():
    given = {"match_method": "How", "received_date": "date", "place_text": "place"}
    assert name_columns(table(How="name", date="2023", place="x"), COMPLAINT, given).mapping["How"] == "match_method"
    with pytest.raises(MissingColumnError):
        map_headers(["How"], SOURCE, {"match_method": "How"})
