from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.ingest import ImportResult, ingest
from data.options import NOWHERE, ImportOptions
from data.questions import Question, answer

TODAY = date(2026, 3, 1)


def take_in(content: str, options: ImportOptions | None = None, kind: str = "complaint") -> ImportResult:
    return ingest(content.encode(), "x.csv", kind, options or ImportOptions(), today=TODAY)


def only(result: ImportResult, kind: str) -> Question:
    (question,) = (each for each in result.questions() if each.kind == kind)
    return question


def test_each_distinct_text_is_asked_once_what_concerns_most_rows_first():
    result = take_in("date,where,how\n" + "2023,Kampott,\n" * 3 + "2023,Atlantis,pigeon\n" * 2 + "2023,Kampot,\n",
                     ImportOptions(columns={"place_text": "where", "channel": "how"}))  # fmt: skip
    places = [question for question in result.questions() if question.kind == "place"]
    assert [(each.text, each.rows, each.first_row, each.header) for each in places] == [
        ("Kampott", 3, 2, "where"), ("Atlantis", 2, 5, "where"),
    ]  # fmt: skip
    assert ("KH-7", "Kampot (province)") in places[0].candidates
    assert places[1].candidates[-1][0] == NOWHERE
    choice = only(result, "choice")
    assert (choice.field, choice.header, choice.text, choice.rows) == ("channel", "how", "pigeon", 2)
    assert {code for code, _ in choice.candidates} >= {"hotline", "online", ""}
    counts = [question.rows for question in result.questions()]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("kind", "content", "value", "column", "expected"),
    [
        ("place", "date,province\n2023,Kampott\n", "KH-7", "province_code", "KH-7"),
        ("place", "date,province\n2023,Kampot; Kandal\n", "KH-8", "province_code", "KH-8"),
        ("place", "date,province\n2023,Atlantis\n", "bavet", "location_precision", "town"),
        ("place", "date,province_code\n2023,XX\n", "KH-3", "province_code", "KH-3"),
        ("choice", "date,province,channel\n2023,Kampot,tg\n", "online", "channel", "online"),
        ("date_order", "date,province\n03/04/2025,Kampot\n", "month", "received_date", "2025-03-04"),
        ("buddhist_era", "date,province\n2566-01-05,Kampot\n", "yes", "received_date", "2023-01-05"),
        ("excel_dates", "date,province\n45352,Kampot\n", "yes", "received_date", "2024-03-01"),
        ("decimal_comma", "date,province,victims\n2023,Kampot,1.480\n", "yes", "people_affected", 1480),
        ("crs", "date,lat,lon\n2023,1277901,491277\n", "EPSG:32648", "province_code", "KH-12"),
        ("swapped", "date,lat,lon\n2023,104.1803,10.6112\n", "yes", "province_code", "KH-7"),
    ],
)
def test_an_answer_settles_its_question(kind, content, value, column, expected):
    first = take_in(content)
    assert first.rows_accepted == 0
    question = only(first, kind)
    options = answer(first.options, question, value)
    again = take_in(content, options)
    assert again.accepted[column].tolist() == [expected]
    assert kind not in {each.kind for each in again.questions()}


@pytest.mark.parametrize(
    ("kind", "content"),
    [("buddhist_era", "date,province\n2566,Kampot\n"), ("excel_dates", "date,province\n45352,Kampot\n")],
)
def test_no_is_an_answer_and_is_not_asked_again(kind, content):
    question = only(take_in(content), kind)
    again = take_in(content, answer(ImportOptions(), question, "no"))
    assert again.rows_rejected == 1
    assert again.issues["code"].tolist() == ["date_unreadable"]
    assert again.questions() == []


def test_a_place_and_a_choice_may_be_unknown_for_good():
    content = "date,province,channel\n2023,Atlantis,tg\n"
    options = ImportOptions()
    for question in take_in(content).questions():
        options = answer(options, question, "")
    result = take_in(content, options)
    assert result.rows_accepted == 1
    assert result.issues["code"].tolist() == ["place_missing"]
    assert result.questions() == []


def test_projections_are_offered_with_the_place_each_gives():
    question = only(take_in("date,lat,lon\n2023,1277901,491277\n"), "crs")
    assert [code for code, _ in question.candidates] == ["EPSG:32648", "EPSG:3148"]
    assert "11.5600, 104.9200 in Phnom Penh" in question.candidates[0][1]
    assert "11.5629, 104.9162 in Phnom Penh" in question.candidates[1][1]


SOME_SWAPPED = "date,lat,lon\n" + "2023,10.6112,104.1803\n" * 3 + "2023,104.1803,10.6112\n" * 2


def test_rows_that_look_swapped_among_others_are_exchanged_by_themselves():
    first = take_in(SOME_SWAPPED)
    question = only(first, "swapped")
    assert (question.rows, question.row_numbers) == (2, (5, 6))
    options = answer(first.options, question, "yes")
    assert not options.swap_coordinates
    assert take_in(SOME_SWAPPED, options).accepted["province_code"].tolist() == ["KH-7"] * 5
    one = answer(first.options, replace(question, row_numbers=(6,)), "yes")
    assert take_in(SOME_SWAPPED, one).rejected["row_number"].tolist() == [5]
    assert answer(first.options, question, "leave") == first.options


def test_rows_that_are_the_same_may_be_left_out():
    content = "date,province,note\n2023,Kampot,x\n2023,Kampot,x\n2023,Kampot,y\n"
    question = only(take_in(content), "duplicates")
    assert (question.text, question.rows, question.row_numbers) == ("same", 1, (3,))
    result = take_in(content, answer(ImportOptions(), question, "leave_out"))
    assert (result.rows_accepted, result.duplicates["row_number"].tolist()) == (2, [3])
    assert result.questions() == []


def test_personal_data_is_asked_about_and_never_repeated():
    result = take_in("date,province,Remarks 2\n2023,Kampot,012 555 999\n2023,012 555 999,x\n")
    asked = [question for question in result.questions() if question.kind == "personal_data"]
    assert {(each.field, each.header, each.rows) for each in asked} == {
        ("Remarks 2", "Remarks 2", 1), ("place_text", "province", 1),
    }  # fmt: skip
    assert "555" not in repr(result.questions())
    with pytest.raises(ValueError, match="personal_data"):
        answer(result.options, asked[0], "yes")


def test_of_several_places_in_one_cell_only_the_unknown_one_is_asked():
    content = "event_type,date,place\nraid,2023,Poipet; Kampott\n"
    question = only(take_in(content, kind="event"), "place")
    assert question.text == "Kampott"
    again = take_in(content, answer(ImportOptions(), question, "KH-7"), kind="event")
    assert again.accepted["province_codes"].tolist() == ["KH-1;KH-7"]
    nowhere = take_in(content, answer(ImportOptions(), question, NOWHERE), kind="event")
    assert nowhere.accepted["province_codes"].tolist() == ["KH-1"]


def test_another_answer_than_those_offered_is_a_mistake():
    question = only(take_in("date,province,channel\n2023,Kampot,tg\n"), "choice")
    with pytest.raises(ValueError, match="pigeon"):
        answer(ImportOptions(), question, "pigeon")


def test_a_file_without_doubts_asks_nothing():
    assert take_in("date,province\n2023,Kampot\n").questions() == []
