from __future__ import annotations

from data.measures import MEASURES, count_measure
from data.periods import parse_period
from ui.ranking_view import list_provinces


def test_the_table_holds_every_province_in_words(snapshot):
    month = parse_period("2022-08-19", "2022-09-19")
    rows = list_provinces(count_measure(snapshot, MEASURES["stated:complaints_received"], month))
    by_code = {row["Code"]: row for row in rows}
    assert len(rows) == 25
    assert by_code["KH-18"]["Figure"] == "201 or more"
    assert by_code["KH-18"]["Implied"] == "212"
    assert by_code["KH-21"]["Figure"] == by_code["KH-21"]["Per 100,000 residents"] == "no report"
