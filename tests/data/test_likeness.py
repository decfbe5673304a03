from __future__ import annotations

import pytest

from data.likeness import are_pairs, compare_cells, compare_words, meaningful_words
from data.schema import CLAIM, COMPLAINT, EVENT


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
