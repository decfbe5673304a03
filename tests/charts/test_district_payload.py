from __future__ import annotations

import json
from contextvars import copy_context

import pandas as pd
import pytest

from charts.classes import Classes
from charts.district_payload import (
    classify_districts,
    describe_district_legend,
    describe_districts,
    label_classes,
    list_districts,
    not_in_districts,
)
from charts.palette import SEQUENTIAL
from data.district_counts import DistrictCounts
from data.measures import MEASURES
from locales.voice import use_language

COMPLAINTS = MEASURES["recorded:complaint"]
BASE = {"title": "Complaints", "note": "2023", "classes": [{"n": 25}], "circles": [{}], "footnotes": ["Kept."]}


@pytest.fixture
def counts() -> DistrictCounts:
    rows = pd.DataFrame(
        {
            "district_code": ["0101", "0102", "0103", "1801"],
            "name_en": ["<b>One</b>", "Two", "Three", "Four"],
            "name_km": ["មួយ", "", "បី", "បួន"],
            "province_code": ["KH-1", "KH-1", "KH-1", "KH-18"],
            "low": [2, 0, 0, 30],
            "high": [3, 0, 1, 30],
        }
    )
    return DistrictCounts(rows, to_province=2, elsewhere=1, unlocated=0, perhaps=2)


def test_only_districts_with_a_record_have_a_shade_and_the_others_are_not_called_zero(counts):
    classes = Classes((1.0, 5.0, 30.0), 1.0, "quantiles")
    drawn = describe_districts(counts, COMPLAINTS, classes)
    assert {code: (facts["fill"], facts["n"]) for code, facts in drawn["areas"].items()} == {
        "0101": (SEQUENTIAL[3][1], 3),
        "0103": (SEQUENTIAL[3][0], 1),
        "1801": (SEQUENTIAL[3][2], 30),
    }
    assert drawn["areas"]["0101"]["tip"] == ["Complaints, from uploaded rows: 2–3"]
    assert drawn["empty"] == ["No record located here (this is not zero)"]
    json.dumps(drawn)


def test_the_legend_counts_every_district_and_says_what_no_district_counts(counts):
    classes = Classes((1.0, 5.0, 30.0), 1.0, "quantiles")
    legend = describe_district_legend(BASE, counts, classes, credit="Nobody; CC0")
    assert [(entry["label"], entry["n"]) for entry in legend["classes"]] == [
        ("1", 1),
        ("2 – 5", 1),
        ("6 – 30", 1),
        ("No record located here (this is not zero)", 1),
    ]
    assert "not a rate" in legend["note"]
    assert legend["circles"] == []
    assert legend["footnotes"] == [
        "2 records are placed only to their province and stand in no district.",
        "1 record lies outside every district.",
        "2 of the records only perhaps lie in the period.",
        "Kept.",
        "Populations of districts are not known, so there are no rates.",
        "District boundaries: Nobody; CC0.",
    ]
    one_of_two = describe_district_legend(BASE, counts, classes, credit="Nobody", period="2023")
    assert one_of_two["footnotes"][0].startswith("2023: 2 records are placed only")
    assert one_of_two["footnotes"][1] == "Kept."


def test_classes_are_whole_numbers_from_one_on():
    classes = classify_districts([1, 1, 2, 3, 4, 9, 30], "quantiles", 4)
    assert all(edge.is_integer() for edge in classes.upper)
    assert label_classes(classes)[0].startswith("1")
    assert classes.upper[-1] == 30
    assert classify_districts([2, 8], "manual", breaks=[0.25, 0.5, 5.5]).upper == (1.0, 5.0, 8.0)
    assert label_classes(classify_districts([])) == []


def test_nothing_apart_is_nothing_said(counts):
    assert not_in_districts(DistrictCounts(counts.rows, 0, 0, 0)) == []


def test_the_table_lists_the_largest_first_and_speaks_khmer(counts):
    listed = list_districts(counts)
    assert [row["Records"] for row in listed] == ["30", "2–3", "0–1"]
    assert listed[1] == {"District": "<b>One</b>", "Province": "Banteay Meanchey", "Code": "0101", "Records": "2–3"}
    context = copy_context()
    context.run(use_language, "km")
    assert [next(iter(row.values())) for row in context.run(list_districts, counts)] == ["បួន", "មួយ", "បី"]
