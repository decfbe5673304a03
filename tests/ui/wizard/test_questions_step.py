from __future__ import annotations

from dataclasses import replace

import pytest

from data import drafts
from data.ingest import ingest
from data.options import NOWHERE, ImportOptions
from data.questions import LEAVE, YES, answer
from ui.wizard.questions_step import _FILE_WIDE, _choices, join_swapped, question_key

HEADER = b"complaint_id,received_date,place_text,channel\n"
OPEN = HEADER + b"a,2022-09-01,Atlantis,pigeon\nb,2022-09-02,Atlantis,\nc,2022-09-03,Takeo,pigeon\n"
SWAPPED = (
    b"complaint_id,received_date,latitude,longitude\n"
    b"a,2022-09-01,104.98,11.00\nb,2022-09-02,103.52,10.61\nc,2022-09-03,10.61,103.52\nd,2022-09-04,10.62,103.52\n"
)
PRIVATE = b"complaint_id,received_date,place_text,Contact\na,2022-09-01,Takeo,012 345 678\nb,2022-09-02,Kampot,none\n"


def _draw(draw, draft):
    return draw("questions_step", "show_questions", draft)


def _take(app):
    return next(button for button in app.button if button.label == "Take these answers").click().run()


def _box(app, start):
    return next(box for box in app.selectbox if (box.key or "").startswith(start))


def _questions(content, **options):
    return ingest(content, "c.csv", "complaint", ImportOptions(**options)).questions()


def test_rows_with_exchanged_coordinates_are_one_question():
    questions = _questions(SWAPPED)
    (joined,) = join_swapped(questions)
    assert (joined.rows, joined.row_numbers, len(joined.edits)) == (2, (2, 3), 4)
    assert [code for code, _ in joined.candidates] == [YES, LEAVE]
    result = ingest(SWAPPED, "c.csv", "complaint", answer(ImportOptions(), joined, YES))
    assert result.rows_accepted == 4
    assert answer(ImportOptions(), joined, LEAVE) == ImportOptions()


def test_other_questions_stay_beside_the_joined_one():
    content = SWAPPED + b"e,03/04/2022,10.62,103.52\n"
    questions = _questions(content)
    assert len(questions) == 3
    assert [one.kind for one in join_swapped(questions)] == ["date_order", "swapped"]
    alone = questions[:1]
    assert join_swapped(alone) == alone


def test_a_place_may_be_any_province_town_or_district():
    question = next(one for one in _questions(OPEN) if one.kind == "place")
    choices = _choices(question)
    assert choices["KH-18"] == "Preah Sihanouk (province)"
    assert choices[NOWHERE]
    assert len(choices) > 200


def test_a_choice_may_be_not_known():
    question = next(one for one in _questions(OPEN) if one.kind == "choice")
    assert {"hotline", "online", ""} <= set(_choices(question))
    assert _choices(question)[""] == "Not known"


def test_every_question_about_the_file_has_words():
    from typing import get_args

    from data.questions import QuestionKind

    assert set(_FILE_WIDE) == set(get_args(QuestionKind)) - {"place", "choice", "duplicates", "personal_data"}


def test_a_file_that_leaves_nothing_open_goes_on(keep, draw):
    draft = keep(HEADER + b"a,2022-09-01,Takeo,online\n")
    app = _draw(draw, draft)
    assert ":material/check_circle: **The file leaves nothing open.**" in app.markdown.values
    app.button(key="questions_next").click().run()
    assert drafts.load(draft.token).step == "review"


def test_each_value_is_asked_once_and_answered_for_all_its_rows(keep, draw):
    draft = keep(OPEN)
    app = _draw(draw, draft)
    assert "“Atlantis”" in app.text.values
    assert app.text.values.count("2 rows, first in row 2") == 2
    _box(app, "value_place_text").select("KH-7")
    _box(app, "value_channel").select("online")
    _take(app)
    changed = drafts.load(draft.token)
    assert changed.step == "review"
    assert changed.options.places == {"Atlantis": "KH-7"}
    assert changed.options.values == {"channel": {"pigeon": "online"}}
    assert ingest(OPEN, "c.csv", "complaint", changed.options).rows_accepted == 3


def test_an_answer_that_is_chosen_but_not_taken_outlives_a_reload(keep, draw):
    draft = keep(OPEN)
    app = _draw(draw, draft)
    _box(app, "value_place_text").select("KH-7").run()
    _box(app, "value_channel").select("").run()
    kept = drafts.load(draft.token)
    assert (len(kept.answers), kept.options, kept.step) == (2, ImportOptions(), "read")  # kept, not taken
    again = _draw(draw, draft)  # another session, as after a reload
    assert (_box(again, "value_place_text").value, _box(again, "value_channel").value) == ("KH-7", "")
    _take(again)
    changed = drafts.load(draft.token)
    assert (changed.options.places, changed.options.values) == ({"Atlantis": "KH-7"}, {"channel": {"pigeon": ""}})
    assert changed.answers == {}


def test_an_answer_about_the_whole_file_outlives_a_reload(keep, draw):
    draft = keep(HEADER + b"a,03/04/2022,Takeo,\n")
    _draw(draw, draft).radio[0].set_value("day").run()
    again = _draw(draw, draft)
    assert again.radio[0].value == "day"
    assert drafts.load(draft.token).options.day_first is None


def test_an_answer_can_be_changed_before_it_is_taken(keep, draw):
    draft = keep(OPEN)
    app = _draw(draw, draft)
    _box(app, "value_place_text").select("KH-7").run()
    _box(app, "value_place_text").select("KH-8").run()
    assert list(drafts.load(draft.token).answers.values()) == ["KH-8"]


def test_an_answer_that_there_is_not_any_more_is_no_answer(keep, draw):
    draft = keep(OPEN)
    question = next(one for one in _questions(OPEN) if one.kind == "choice")
    drafts.save(replace(draft, answers={question_key(question): "no such choice"}))
    app = _draw(draw, draft)
    assert _box(app, "value_channel").value is None
    _take(app)
    assert drafts.load(draft.token).options == ImportOptions()


def test_what_a_written_value_hides_is_shown(keep, draw):
    app = _draw(draw, keep(HEADER + "a,2022-09-01,Atl\u202eantis,\n".encode()))
    assert "“Atl[U+202E]antis”" in app.text.values


def test_what_is_not_answered_is_asked_again(keep, draw):
    draft = keep(OPEN)
    app = _draw(draw, draft)
    _box(app, "value_channel").select("")
    _take(app)
    assert drafts.load(draft.token).step == "questions"
    assert "“Atlantis”" in app.text.values
    assert "“pigeon”" not in app.text.values


def test_without_an_answer_nothing_happens(keep, draw):
    draft = keep(OPEN)
    app = _take(_draw(draw, draft))
    assert "2 questions are still open." in app.text.values
    assert drafts.load(draft.token).options == ImportOptions()
    app.button(key="questions_skip").click().run()
    assert (drafts.load(draft.token).step, drafts.load(draft.token).options) == ("review", ImportOptions())


@pytest.mark.parametrize(("order", "day_first"), [("day", True), ("month", False)])
def test_the_order_of_day_and_month_is_asked_once(keep, draw, order, day_first):
    draft = keep(HEADER + b"a,03/04/2022,Takeo,\nb,05/06/2022,Takeo,\n")
    app = _draw(draw, draft)
    assert "2 rows; for example “03/04/2022” in row 2, column “received_date”." in app.text.values
    assert app.radio[0].value is None
    app.radio[0].set_value(order)
    _take(app)
    assert drafts.load(draft.token).options.day_first is day_first


def test_exchanged_coordinates_may_be_left(keep, draw):
    draft = keep(SWAPPED)
    app = _draw(draw, draft)
    app.radio[0].set_value(LEAVE)
    _take(app)
    assert (drafts.load(draft.token).step, drafts.load(draft.token).options.edits) == ("review", ())


def test_texts_that_begin_alike_are_two_questions(keep, draw):
    start = "ភូមិឃុំស្រុកខេត្តដែលគ្មាននៅក្នុងបញ្ជី"
    content = f"received_date,place_text\n2022-09-01,{start} ១\n2022-09-02,{start} ២\n".encode()
    app = _draw(draw, keep(content))
    assert not app.exception
    assert {f"“{start} ១”", f"“{start} ២”"} <= set(app.text.values)
    assert len(app.selectbox) == 2


def test_several_unknown_places_in_one_row_are_several_questions(keep, draw):
    content = b"event_type,event_date_edtf,place_text\nraid,2022-09-01,Atlantis; Utopia\n"
    app = _draw(draw, keep(content, "event"))
    assert not app.exception
    assert {"“Atlantis”", "“Utopia”"} <= set(app.text.values)
    assert len(app.selectbox) == 2


def test_only_so_many_values_are_asked_at_once(keep, draw):
    rows = "".join(f"2022-09-01,Nowhere at all {number}\n" for number in range(103))
    app = _draw(draw, keep(f"received_date,place_text\n{rows}".encode()))
    assert len(app.selectbox) == 100
    assert "3 more come after these." in app.caption.values


def test_personal_data_is_never_shown_and_can_be_taken_out(keep, draw, data_folder):
    draft = keep(PRIVATE, name="list.of.may.csv", step="questions", leave_out=(3,))
    app = _draw(draw, draft)
    assert ":material/shield_person: **The file seems to hold personal data**" in app.markdown.values
    assert any("1 row (row 2), in the columns: Contact." in text for text in app.text.values)
    assert not any("345" in text for text in app.text.values)
    app.button(key="redact").click().run()
    (fresh,) = drafts.open_drafts()
    assert fresh.token != draft.token
    assert (fresh.file_name, fresh.kind, fresh.step) == (
        "list.of.may (without personal data).csv", "complaint", "questions",
    )  # fmt: skip
    assert b"345" not in fresh.content()
    assert fresh.options.leave_out == (3,)
    result = ingest(fresh.content(), fresh.file_name, fresh.kind, fresh.options)
    assert (result.rows_accepted, result.rows_duplicate, result.rows_rejected) == (1, 1, 0)
    kept = [path.read_bytes() for path in (data_folder / "drafts").rglob("*") if path.is_file()]
    assert not any(b"345" in content for content in kept)
