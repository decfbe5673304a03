from __future__ import annotations

import pytest

from charts.change_words import both_figures, change_sentence, format_change, short_change, signed
from data.change import compare_counts
from data.measures import MEASURES, count_measure
from data.periods import parse_period

MONTH = parse_period("2022-08-19", "2022-09-19")
COMPLAINTS = MEASURES["stated:complaints_received"]


@pytest.mark.parametrize(
    ("change", "words", "short"),
    [
        ((4, 4, 4), "+4", "+4"),
        ((-1_200, -1_200, -1_200), "−1,200", "−1,200"),
        ((0, 0, 0), "no change", "0"),
        ((-3, None, 5), "−3 to +5", "−3…+5"),
        ((198, None, None), "at least +198", "≥+198"),
        ((None, None, -2), "at most −2", "≤−2"),
        ((None, 25, None), "+25", "+25"),
        ((None, None, None), "cannot be compared", ""),
    ],
)
def test_a_change_carries_its_sign(change, words, short):
    assert format_change(*change) == words
    assert short_change(*change) == short


def test_only_zero_has_no_sign():
    assert [signed(0), signed(0.04), signed(-0.5)] == ["0", "+0.04", "−0.5"]


def test_the_sentence_names_the_largest_and_says_what_cannot_be_compared(snapshot):
    periods = MONTH, parse_period("2022-09-19", "2022-10-19")
    before, after = (count_measure(snapshot, COMPLAINTS, one) for one in periods)
    change = compare_counts(before, after)
    sentence = change_sentence(change, ["A minister"])
    assert "19 August – 18 September 2022 → 19 September – 18 October 2022" in sentence
    assert "Preah Sihanouk: 201 or more → no report, according to A minister." in sentence
    assert sentence.endswith("No province has figures for both periods that can be compared; no report is not zero.")


def test_the_sentence_counts_directions(snapshot):
    statements = MEASURES["recorded:official_statement"]
    years = [parse_period("2022-01-01", "2023-01-01"), parse_period("2023-01-01", "2024-01-01")]
    change = compare_counts(*(count_measure(snapshot, statements, year) for year in years))
    sentence = change_sentence(change)
    row = change.rows.set_index("province_code").loc["KH-18"]
    assert "Preah Sihanouk: {} → {}.".format(*both_figures(row)) in sentence
    assert sentence.endswith("Provinces: 2 up, 0 down, 3 unchanged, 20 cannot be compared.")


def test_nothing_in_either_period_is_not_none(snapshot):
    empty = [parse_period("2010-01-01", "2010-02-01"), parse_period("2010-02-01", "2010-03-01")]
    change = compare_counts(*(count_measure(snapshot, COMPLAINTS, one) for one in empty))
    assert change_sentence(change).endswith("This is not the same as none.")
