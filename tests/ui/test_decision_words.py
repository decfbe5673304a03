"""Every decision is told in words; each answer can be taken back alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.options import NOWHERE, Edit, ImportOptions
from ui.decision_words import list_given, tell_decisions

ANSWERED = ImportOptions(
    day_first=False,
    buddhist_era=True,
    excel_dates=False,
    decimal_comma=True,
    swap_coordinates=True,
    crs="EPSG:32648",
    places={"Snookville": "KH-18", "Nowhere land": NOWHERE},
    values={"channel": {"pigeon": ""}},
    edits=(Edit(4, "Heads", "3"), Edit(4, "Spot", "Takeo")),
    leave_out=(7, 9),
)


def test_every_answer_is_told():
    words = [one.words for one in list_given(ANSWERED)]
    assert words[0] == "In dates such as 3/4/2023 the month comes first."
    assert "“Snookville” is Preah Sihanouk (province)." in words
    assert "“Nowhere land” is no place that can be known." in words
    assert "“pigeon” in channel means not known." in words
    assert "2 cells in 1 row changed, exchanged coordinates included." in words
    assert words[-1] == "Left out as duplicates: rows 7, 9."
    assert list_given(ImportOptions()) == []


@pytest.mark.parametrize("number", range(len(list_given(ANSWERED))))
def test_one_taken_back_leaves_the_others(number):
    given = list_given(ANSWERED)
    rest = list_given(replace(ANSWERED, **given[number].without))
    assert [one.words for one in rest] == [one.words for place, one in enumerate(given) if place != number]


@pytest.mark.parametrize(
    ("decisions", "sentences"),
    [
        ({}, []),
        (
            {"encoding": "cp1252", "delimiter": ";", "header_row": 3},
            ["Read with characters cp1252, separator ;, column names in line 3."],
        ),
        ({"sheet": "May"}, ["Read with sheet May."]),
        ({"day_first": False}, ["In dates such as 3/4/2023 the month comes first."]),
        ({"buddhist_era": True}, ["Years such as 2566 are of the Buddhist era."]),
        ({"buddhist_era": False}, ["Years such as 2566 are mistakes."]),
        ({"excel_dates": True}, ["Numbers such as 45352 are days of a spreadsheet."]),
        ({"decimal_comma": True}, ["The comma in numbers is the decimal mark."]),
        ({"decimal_comma": False}, ["The comma in numbers parts thousands."]),
        ({"swap_coordinates": True}, ["Latitude and longitude are exchanged in the whole file."]),
        ({"crs": "EPSG:32648"}, ["Coordinates are converted from EPSG:32648."]),
        (
            {"columns": {"received_date": "Seen", "place_text": ("Town", "District"), "note": "note"}},
            ["Column “Seen” is received_date.", "Column “Town + District” is place_text."],
        ),
        ({"left_out": ("a", "b")}, ["Kept as they are: a, b."]),
        ({"constants": {"channel": "online"}}, ["channel is “online” in every row that does not say."]),
        (
            {"values": {"channel": {"web": "online", "?": ""}}},
            ["“web” in channel means online.", "“?” in channel means not known."],
        ),
        (
            {"places": {"KPS": "KH-18", "x": NOWHERE}},
            ["“KPS” is Preah Sihanouk (province).", "“x” is no place that can be known."],
        ),
        (
            {"edits": (Edit(4, "Spot", "Takeo"),)},
            [
                "1 cell in 1 row changed, exchanged coordinates included.",
                "Row 4, “Spot” was changed to “Takeo”.",
            ],
        ),
        ({"leave_out": (3, 5)}, ["Left out as duplicates: rows 3, 5."]),
        (
            {"leave_out": tuple(range(2, 17))},
            ["Left out as duplicates: rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 3 more."],
        ),
    ],
)
def test_decisions_in_words(decisions, sentences):
    assert tell_decisions(ImportOptions(**decisions)) == sentences
