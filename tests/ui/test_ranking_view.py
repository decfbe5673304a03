from __future__ import annotations

from data.change import compare_counts
from data.measures import MEASURES, count_measure
from data.periods import parse_period
from ui.ranking_view import list_changes, list_provinces


def test_the_table_holds_every_province_in_words(snapshot):
    month = parse_period("2022-08-19", "2022-09-19")
    rows = list_provinces(count_measure(snapshot, MEASURES["stated:complaints_received"], month))
    by_code = {row["Code"]: row for row in rows}
    assert len(rows) == 25
    assert by_code["KH-18"]["Figure"] == "201 or more"
    assert by_code["KH-18"]["Implied"] == "212"
    assert by_code["KH-21"]["Figure"] == by_code["KH-21"]["Per 100,000 residents"] == "no report"


def test_two_periods_and_the_change_stand_side_by_side(snapshot):
    statements = MEASURES["recorded:official_statement"]
    years = [parse_period("2022-01-01", "2023-01-01"), parse_period("2023-01-01", "2024-01-01")]
    change = compare_counts(*(count_measure(snapshot, statements, year) for year in years))
    rows = list_changes(change)
    assert len(rows) == 25
    first = rows[0]
    assert (first["Province"], first["Change"]) == ("Preah Sihanouk", "+3")
    assert (first[years[0].label()], first[years[1].label()]) == ("1", "4")
    assert rows[-1]["Change"] == "cannot be compared"
