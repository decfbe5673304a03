from __future__ import annotations

from charts.sentences import count_note, join_names, lead_sentence
from data.measures import MEASURES, count_measure
from data.periods import parse_period

MONTH = parse_period("2022-08-19", "2022-09-19")


def test_names_are_joined_and_shortened():
    assert join_names([]) == ""
    assert join_names(["A"]) == "A"
    assert join_names(["A", "B", "A"]) == "A and B"
    assert join_names(["A", "B", "C", "D"]) == "A, B and 2 others"


def test_a_stated_figure_names_period_total_top_and_speaker(snapshot):
    counts = count_measure(snapshot, MEASURES["stated:complaints_received"], MONTH)
    sentence = lead_sentence(counts, [])
    assert "19 August – 18 September 2022" in sentence
    assert "289 in all" in sentence
    assert "201 or more from Preah Sihanouk" in sentence
    assert "according to Sar Kheng" in sentence


def test_silence_is_not_called_zero(snapshot):
    counts = count_measure(snapshot, MEASURES["stated:people_arrested"], MONTH)
    assert "not the same as none" in lead_sentence(counts, [])
    counts = count_measure(snapshot, MEASURES["recorded:complaint"], MONTH)
    assert "not the same as none" in lead_sentence(counts, [])


def test_the_note_accounts_for_what_is_not_shown(snapshot):
    counts = count_measure(snapshot, MEASURES["stated:complaints_received"], MONTH)
    note = count_note(counts)
    assert note.startswith("10 of 25 provinces with a figure")
    assert "1 value implied" in note
    raids = count_measure(snapshot, MEASURES["recorded:raid"], MONTH)
    assert f"{raids.undated:,} undated" in count_note(raids)
