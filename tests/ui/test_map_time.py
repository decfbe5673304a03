from __future__ import annotations

import pandas as pd
import pytest

from data.measures import MEASURES, count_measure
from data.periods import parse_period
from data.permalink import Choices
from data.schema import KINDS, empty_records
from data.snapshot import Snapshot
from ui.map_time import brush_part, compare_parts, find_change, read_time

MONTH = parse_period("2022-08-19", "2022-09-19")


def test_the_brush_shows_the_period_of_the_map(snapshot):
    counts = count_measure(snapshot, MEASURES["recorded:raid"], MONTH)
    brush = brush_part(snapshot, counts, Choices(grain="quarter", cumulative=True))
    assert brush["period"] == ["2022-08-19", "2022-09-19"]
    assert (brush["grain"], brush["cumulative"]) == ("quarter", True)
    assert brush["caption"] == "Raids, as recorded, per quarter"
    assert brush_part(snapshot, counts, Choices(grain="day"))["grain"] == "month"


def test_without_a_dated_record_there_is_no_brush():
    nothing = Snapshot(1, {name: empty_records(kind) for name, kind in KINDS.items()})
    assert brush_part(nothing, count_measure(nothing, MEASURES["recorded:raid"], MONTH), Choices()) is None


@pytest.mark.parametrize(
    ("sent", "changes"),
    [
        ({"period": ["2022-08-19", "2022-09-19"]}, {"period": MONTH}),
        ({"grain": "year"}, {"grain": "year"}),
        ({"cumulative": True, "period": ["2022-08-19", "2022-09-19"]}, {"cumulative": True, "period": MONTH}),
        ({"period": ["1900-01-01", "2200-01-01"]}, {"period": parse_period("1900-01-01", "2200-01-01")}),
        ({"period": ["1899-12-31", "2200-01-01"]}, {}),
        ({"period": ["1900-01-01", "2200-01-02"]}, {}),
        ({"period": ["2022-09-19", "2022-08-19"]}, {}),
        ({"period": ["2022-09-19", "2022-09-19"]}, {}),
        ({"period": ["2022-09-31", "2022-10-19"]}, {}),
        ({"period": "2022-08-19"}, {}),
        ({"period": ["2022-08-19"]}, {}),
        ({"period": [1, 2]}, {}),
        ({"period": {"0": "2022-08-19"}}, {}),
        ({"grain": "century", "cumulative": "yes"}, {}),
        ({"grain": ["year"], "cumulative": 1}, {}),
        ({"province": "KH-1"}, {}),
    ],
)
def test_only_valid_periods_are_taken_from_the_browser(sent, changes):
    assert read_time(sent) == changes


YEARS = [parse_period("2022-01-01", "2023-01-01"), parse_period("2023-01-01", "2024-01-01")]
STATEMENTS = MEASURES["recorded:official_statement"]


def drawn(counts):
    """Stand for what a map shows of one period."""
    entry = {"fill": None, "label": "No report", "n": int(counts.rows["low"].isna().sum())}
    legend = {"title": "x", "note": counts.period.label(), "classes": [entry], "circles": [], "dots": []}
    view = {"provinces": {"KH-1": {"tip": [counts.period.label()]}}, "dots": [], "hexagons": None}
    return view, legend | {"symbols": [], "footnotes": []}


@pytest.mark.parametrize(("chosen", "own"), [(1, "right"), (0, "left")])
def test_the_earlier_period_stands_on_the_left_and_nothing_is_sent_twice(snapshot, chosen, own):
    counts = count_measure(snapshot, STATEMENTS, YEARS[chosen])
    choices = Choices(compare="side", against=YEARS[1 - chosen])
    parts = compare_parts(snapshot, counts, choices, drawn, rates=pd.Series([1.0]), largest=4)
    view, legend, compare = parts
    assert view["provinces"]["KH-1"]["tip"] == [YEARS[chosen].label()]
    assert (compare["left"]["label"], compare["right"]["label"]) == tuple(year.label() for year in YEARS)
    assert list(compare[own]) == ["label"]
    other = compare["left" if own == "right" else "right"]
    assert other["provinces"]["KH-1"]["tip"] == [YEARS[1 - chosen].label()]
    assert legend["note"] == f"{YEARS[0].label()} | {YEARS[1].label()}"


def test_the_difference_is_that_of_the_data(snapshot):
    counts = count_measure(snapshot, STATEMENTS, YEARS[1])
    choices = Choices(compare="difference")
    change = find_change(snapshot, counts, choices)
    assert (change.before, change.after) == tuple(YEARS)
    view, legend, compare = compare_parts(snapshot, counts, choices, drawn, rates=pd.Series([1.0, 2.0]), largest=4)
    assert view["provinces"]["KH-18"]["label"] == "+3"
    assert legend["title"].startswith("Change: ")
    assert compare["mode"] == "difference"


def test_one_period_is_drawn_as_it_is(snapshot):
    counts = count_measure(snapshot, STATEMENTS, YEARS[1])
    assert find_change(snapshot, counts, Choices()) is None
    parts = compare_parts(snapshot, counts, Choices(), drawn, rates=pd.Series([1.0]), largest=4)
    assert parts == (*drawn(counts), None)
