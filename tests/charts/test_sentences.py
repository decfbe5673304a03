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


def test_recorded_counts_name_what_has_no_province(snapshot):
    quarter = parse_period("2022-10-01", "2023-01-01")
    counts = count_measure(snapshot, MEASURES["recorded:raid"], quarter)
    assert lead_sentence(counts, [], records=3) == (
        "Raids, as recorded, 1 October – 31 December 2022: 3 records; 1 names a province (Preah Sihanouk), 2 name none."
    )
    listed = lead_sentence(count_measure(snapshot, MEASURES["listed:compound"], quarter), [])
    assert listed.startswith("Sites named by a source: 13 sites; ")
    assert "most in Preah Sihanouk" in listed


def test_most_is_said_of_one_that_leads_only(snapshot):
    counts = count_measure(snapshot, MEASURES["recorded:report_published"], snapshot.extent())
    sentence = lead_sentence(counts, [])
    top = counts.rows["high"].astype(float).nlargest(2)
    assert ("most in" in sentence) == (top.iloc[0] > top.iloc[1])


def test_a_bound_names_the_period_of_its_statement(snapshot):
    year = parse_period("2022-01-01", "2023-01-01")
    counts = count_measure(snapshot, MEASURES["stated:complaints_received"], year)
    sentence = lead_sentence(counts, ["Sar Kheng"], claims=snapshot.of("claim"))
    assert (
        "201 or more from Preah Sihanouk, which follows from a statement about 19 August – 18 September 2022"
        in sentence
    )
    assert "by Sar Kheng, Minister of Interior" in sentence
    assert "about other periods or parts, by Sar Kheng" in lead_sentence(counts, ["Sar Kheng"])
