from __future__ import annotations

import pytest

from data.likeness import are_pairs, are_people, compare_cells, compare_words, hints_at, meaningful_words
from data.schema import CLAIM, COMPLAINT, COMPOUND, EVENT


def test_words_that_say_nothing_do_not_count():
    assert meaningful_words("Date of the Complaint?") == "date complaint"
    assert compare_words(COMPLAINT.field("received_date"), "The date when received") > 0.7
    assert compare_words(COMPLAINT.field("nationality"), "Nationalty") > 0.9
    assert compare_words(COMPLAINT.field("nationality"), "zzz") < 0.5


@pytest.mark.parametrize(
    ("kind", "column", "cells", "share"),
    [
        (COMPLAINT, "received_date", ["2023-04-01", "03/04/2025", "x", "12"], 0.5),
        (COMPLAINT, "latitude", ["11.5", "១០.៦", "104.9", "11"], 0.5),
        (COMPLAINT, "longitude", ["104.9", "103°31'12\"E", "11.5", ""], 2 / 3),
        (COMPLAINT, "people_affected", ["3", "more than 5", "abc", "-"], 2 / 3),
        (COMPLAINT, "place_text", ["Bavet", "Poipet", "nowhere at all", "zzz"], 0.5),
        (COMPLAINT, "province_code", ["KH-18", "KH07", "18"], 2 / 3),
        (EVENT, "province_codes", ["KH-18; KH-7", "Kampot"], 0.5),
        (COMPLAINT, "channel", ["Hotline", "walk in", "email"], 2 / 3),
        (CLAIM, "low", ["1.5", "x"], 0.5),
    ],
)
def test_the_share_of_cells_that_a_column_may_hold(kind, column, cells, share):
    assert compare_cells(kind.field(column), cells) == pytest.approx(share)


def test_cells_cannot_tell_what_is_free_text_or_empty():
    assert compare_cells(COMPLAINT.field("outcome"), ["anything"]) is None
    assert compare_cells(COMPLAINT.field("received_date"), ["", "N/A"]) is None


def test_what_no_early_cell_is_the_column_does_not_hold():
    assert compare_cells(COMPLAINT.field("received_date"), ["x"] * 10 + ["2023-01-01"]) == 0.0


def test_pairs_of_degrees_in_cambodia():
    assert are_pairs(["11.55, 104.92", "(10.61;103.52)", "13.4 102.6"]) == 1.0
    assert are_pairs(["104.92, 11.55", "11.55", "48.2, 16.4", "Bavet, Svay Rieng"]) == 0.0
    assert are_pairs(["", "-"]) == 0.0


@pytest.mark.parametrize(
    ("header", "cells", "share"),
    [
        ("Heads", ["3", "12", "40"], 1.0),
        ("q", ["3", "១២", "many", ""], 2 / 3),
        ("q", ["1", "2", "3", "4"], 0.0),  # counted up
        ("q", ["2021", "2023", "2022"], 0.0),
        ("q", ["012", "3"], 0.0),
        ("q", ["3.5", "-2"], 0.0),
        ("q", ["", "-"], 0.0),
        ("Age", ["30", "18", "22"], 0.0),
        ("Case no", ["7", "3"], 0.0),
    ],
)
def test_small_whole_numbers_may_count_people_where_nothing_says_otherwise(header, cells, share):
    assert are_people(header, cells) == pytest.approx(share)


def test_a_header_may_say_in_other_words_what_a_column_means():
    assert hints_at(EVENT.field("actor"), "Who did it")
    assert hints_at(COMPOUND.field("operator_as_reported"), "Accused")
    assert not hints_at(EVENT.field("actor"), "Unsuspected")
    assert not hints_at(COMPLAINT.field("outcome"), "Who did it")


def test_bare_numbers_are_no_places_by_themselves():
    assert compare_cells(COMPLAINT.field("place_text"), ["18", "20", "12"]) == 0.0
