from __future__ import annotations

import pytest

from data.candidates import BOTH, Candidate, choose, find_alike, find_certain
from data.layouts import find_layout
from data.schema import COMPLAINT, COMPOUND, EVENT, SOURCE


def certain(header, *, hxl=(), layout=None, remembered=(), kind=COMPLAINT):
    found = find_certain(header, kind, dict(hxl), layout, dict(remembered))
    return found and (found.column, found.why)


def test_what_was_said_goes_before_what_is_laid_out_tagged_named_or_spelled():
    layout = find_layout(["_uuid", "_submission_time", "g/received_date"])
    assert certain("g/received_date", layout=layout) == ("received_date", "layout")
    assert certain("note", hxl={"note": "outcome"}) == ("outcome", "hxl")
    assert certain("note", hxl={"note": "outcome"}, remembered={"note": "channel"}) == ("channel", "remembered")
    assert certain("note") == ("note", "name")
    assert certain("Remarks") == ("note", "spelling")
    assert certain("Shelter") is None


@pytest.mark.parametrize("said", [{"zz": "no such column"}, {"zz": ""}])
def test_what_is_no_column_of_the_kind_is_not_taken(said):
    assert certain("zz", hxl=said, remembered=said) is None


def test_both_degrees_only_where_the_kind_has_them():
    assert certain("GPS", remembered={"GPS": BOTH}) == (BOTH, "remembered")
    assert certain("GPS", remembered={"GPS": BOTH}, kind=SOURCE) is None


def alike(header, cells, kind=COMPLAINT):
    return {one.column: one.why for one in find_alike(header, cells, kind)}


def test_words_that_come_close_need_cells_that_fit():
    assert alike("Recieved date", ["2023-04-01"])["received_date"] == "similar"
    assert "received_date" not in alike("Recieved date", ["by phone", "by letter"])


def test_cells_alone_tell_places_dates_degrees_and_choices():
    assert alike("q7", ["Bavet", "Poipet"]) == {"place_text": "values"}
    assert alike("q8", ["2023-04-01", "1 May 2023"]) == {"received_date": "values"}
    assert alike("q9", ["hotline", "online"]) == {"channel": "values"}
    assert alike("q10", ["11.55 104.92"])[BOTH] == "values"
    assert alike("q11", ["x", "y"]) == {}


@pytest.mark.parametrize(
    ("header", "kind", "column"),
    [
        ("Heads", COMPLAINT, "people_affected"),
        ("Heads", EVENT, "people_best"),
        ("q11", COMPLAINT, "people_affected"),
        ("Who did it", EVENT, "actor"),
        ("Who did it", COMPOUND, "operator_as_reported"),
        ("Accused", EVENT, "actor"),
    ],
)
def test_what_may_be_a_column_is_proposed_as_a_guess(header, kind, column):
    cells = ["x", "y"] if column in ("actor", "operator_as_reported") else ["3", "12", "40"]
    (found,) = [one for one in find_alike(header, cells, kind) if one.column == column]
    assert 0 < found.confidence < 0.5


def test_no_field_for_who_did_it_no_proposal():
    assert alike("Who did it", ["x", "y"]) == {}


def test_two_columns_of_degrees_with_odd_names_are_told_apart_by_their_cells():
    assert alike("GPS one", ["11.55", "10.6"]) == {"latitude": "values"}
    assert alike("GPS two", ["104.9", "103.5"]) == {"longitude": "values"}


def test_an_end_date_is_not_taken_for_the_day_after_the_last():
    assert "date_end" not in alike("End date", ["2023-04-01"], EVENT)


def candidate(header, column, confidence, why="similar"):
    return Candidate(header, column, confidence, why)


def test_a_column_goes_to_the_surest_and_the_loser_takes_only_what_words_tell():
    found = {
        "a": [candidate("a", "note", 0.7), candidate("a", "place_text", 0.6, "values")],
        "b": [candidate("b", "note", 0.9)],
        "c": [candidate("c", "note", 0.6), candidate("c", "outcome", 0.5)],
    }
    assert {header: one.column for header, one in choose(found).items()} == {"b": "note", "c": "outcome"}


def test_two_that_fit_equally_well_are_both_in_doubt():
    chosen = choose({"a": [candidate("a", "note", 0.95, "name")], "b": [candidate("b", "note", 0.95, "name")]})
    assert [(one.header, one.confidence) for one in chosen.values()] == [("a", 0.5)]


def test_a_pair_of_degrees_takes_both_columns():
    found = {
        "x": [candidate("x", BOTH, 0.8)],
        "y": [candidate("y", "latitude", 0.5)],
        "z": [candidate("z", "longitude", 0.9)],
    }
    assert {header: one.column for header, one in choose(found).items()} == {"z": "longitude", "y": "latitude"}


def test_only_a_layout_or_a_person_joins_headers():
    joined = {header: [candidate(header, "place_text", 0.95, "layout")] for header in ("a", "b")}
    assert choose(joined).keys() == {"a", "b"}
    assert choose(joined | {"c": [candidate("c", "place_text", 1.0, "name")]}).keys() == {"a", "b"}
