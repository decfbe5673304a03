from __future__ import annotations

import json

import pandas as pd
import pytest

from charts.change_words import short_change
from charts.compare_payload import (
    change_classes,
    describe_change,
    describe_change_legend,
    describe_comparison,
    merge_legends,
    shade_of,
)
from charts.palette import CIRCLE, FALL, FALLS, RISES, UNCERTAIN
from data.change import DOWN, UP, compare_counts
from data.measures import MEASURES, count_measure
from data.periods import parse_period

YEARS = [parse_period("2022-01-01", "2023-01-01"), parse_period("2023-01-01", "2024-01-01")]
LEGEND = {"title": "x", "note": "y", "classes": [], "circles": [{"radius": 4, "label": "1"}], "symbols": [], "dots": []}
CLASSES = change_classes(pd.Series([1.0, 2.0, 3.0]))


@pytest.fixture(scope="module")
def change(snapshot):
    return compare_counts(*(count_measure(snapshot, MEASURES["recorded:official_statement"], year) for year in YEARS))


def _row(low, best, high, direction):
    return {"rate_low": low, "rate_best": best, "rate_high": high, "direction": direction}


def test_circles_carry_the_sign_and_hatch_what_cannot_be_compared(change):
    found = describe_change(change, "circles", classes=CLASSES, largest=10)
    for row in change.rows.to_dict("records"):
        facts = found[row["province_code"]]
        assert (facts["fill"] is None) == (not row["compared"])
        if row["compared"]:
            assert facts["label"] == short_change(row["low"], row["best"], row["high"])
            wanted = {UP: CIRCLE, DOWN: FALL}.get(row["direction"])
            assert wanted is None or facts["color"] == wanted
        else:
            assert "radius" not in facts
            assert "not zero" in facts["tip"][-1] or "open on the same side" in facts["tip"][-1]
    assert any("radius" in facts for facts in found.values())
    json.dumps(found, allow_nan=False)


def test_shades_are_symmetric_and_grey_where_the_direction_is_not_certain():
    up, down = shade_of(_row(1.5, 1.5, 1.5, UP), CLASSES), shade_of(_row(-1.5, -1.5, -1.5, DOWN), CLASSES)
    assert (RISES.index(up), FALLS.index(down)) == (1, 1)
    assert shade_of(_row(2.5, None, None, UP), CLASSES) == RISES[2]
    assert shade_of(_row(None, None, -99, DOWN), CLASSES) == FALLS[2]
    assert shade_of(_row(-1, None, 1, ""), CLASSES) == UNCERTAIN


def test_few_distinct_values_take_the_darkest_shades():
    assert shade_of(_row(1, 1, 1, UP), change_classes(pd.Series([1.0]))) == RISES[2]


def test_shades_show_the_change_beside_the_name(change):
    found = describe_change(change, "shades", classes=CLASSES, largest=10)
    marks = [facts["mark"] for facts in found.values() if "mark" in facts]
    assert len(marks) == change.compared
    assert all("radius" not in facts for facts in found.values())


@pytest.mark.parametrize("style", ["circles", "shades"])
def test_the_legend_accounts_for_every_province(change, style):
    legend = describe_change_legend(change, style, classes=CLASSES, legend=LEGEND)
    assert sum(entry["n"] for entry in legend["classes"]) == 25
    assert legend["note"].startswith(f"{YEARS[0].label()} → {YEARS[1].label()}")
    labels = " ".join(entry["label"] for entry in legend["classes"])
    assert "+" in labels
    assert "−" in labels
    assert (legend["circles"] == []) == (style == "shades")


def test_two_legends_become_one_with_both_numbers():
    def legend(note, n, dots):
        classes = [{"fill": None, "label": "No report", "n": n}]
        return {**LEGEND, "note": note, "classes": classes, "dots": dots, "footnotes": ["a"]}

    dots = [{"color": "#000", "hollow": False, "label": "Event", "n": 1_234}]
    merged = merge_legends(legend("A", 15, []), legend("B", 17, dots))
    assert (merged["note"], merged["classes"][0]["n"], merged["dots"][0]["n"]) == ("A | B", "15 | 17", "0 | 1,234")
    assert merged["footnotes"] == ["a"]


def test_a_comparison_names_both_sides():
    compare = describe_comparison("swipe", {"label": "A", "provinces": {}}, {"label": "B"})
    assert (compare["mode"], compare["left"]["label"], compare["right"]) == ("swipe", "A", {"label": "B"})
    assert "Divider" in compare["words"]["divider"]
