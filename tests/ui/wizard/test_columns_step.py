from __future__ import annotations

import pytest

from data import drafts
from data.schema import KINDS
from data.store import Store
from ui.wizard.columns_step import _WHY, _name_column
from ui.wizard.reading import sight

SPOKEN = b"Case,Seen by us,Spot,Remarks of ours\n1,2022-09-01,Takeo,x\n2,2022-09-02,Kampot,y\n"
COORDINATES = b'received_date,Where it is\n2022-09-01,"11.56, 104.92"\n2022-09-02,"10.61, 103.52"\n'


def _draw(draw, draft):
    return draw("columns_step", "show_columns", draft)


def _next(app):
    return next(button for button in app.button if button.label == "Next").click().run()


def _column(app, draft, number):
    return app.selectbox(key=f"column_{draft.token}_{number}")


def _choose(app, draft, *columns):
    for number, column in enumerate(columns, start=1):
        _column(app, draft, number).select(column)
    return _next(app)


def _error(app):
    return ":material/error: **This did not work**" in app.markdown.values


def test_every_column_of_the_file_is_asked_about_once(keep, draw):
    draft = keep(SPOKEN)
    app = _draw(draw, draft)
    assert set(app.text.values) >= {"Case", "Seen by us", "Spot", "Remarks of ours", "Takeo · Kampot"}
    titles = [text for text in app.markdown.values if text.startswith("**")]
    counts = [int(title.partition("(")[2].partition(")")[0]) for title in titles if "(" in title]
    assert sum(counts) == 4
    assert all(_column(app, draft, number) for number in range(1, 5))


def test_every_reason_has_words():
    from typing import get_args

    from data.candidates import Why

    assert set(_WHY) == set(get_args(Why))


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("complaint", "", "— no column of the record: kept as it is"),
        ("complaint", "latitude, longitude", "Latitude and longitude in one cell"),
        ("complaint", "received_date", "When it was received *"),
        ("complaint", "place_text", "The place as the source writes it"),
        ("complaint", "match_method", "How this atlas found the province"),
    ],
)
def test_columns_in_words(kind, name, words):
    assert _name_column(KINDS[kind], name) == words


def test_what_is_chosen_is_kept_and_the_rest_left_as_it_is(keep, draw):
    draft = keep(SPOKEN)
    _choose(_draw(draw, draft), draft, "complaint_id", "received_date", "place_text", "")
    changed = drafts.load(draft.token)
    assert changed.step == "questions"
    assert changed.options.columns == {
        "complaint_id": "Case", "received_date": "Seen by us", "place_text": "Spot",
    }  # fmt: skip
    assert changed.options.left_out == ("Remarks of ours",)


def test_what_is_missing_is_said_and_the_step_stays(keep, draw):
    draft = keep(SPOKEN)
    app = _choose(_draw(draw, draft), draft, "complaint_id", "", "place_text", "")
    assert _error(app)
    assert any("received_date" in text for text in app.text.values)
    assert drafts.load(draft.token).step == "read"


def test_two_columns_may_be_one_only_where_they_can_be_joined(keep, draw):
    draft = keep(SPOKEN)
    app = _choose(_draw(draw, draft), draft, "received_date", "received_date", "place_text", "")
    assert not app.exception
    assert ":material/error: **Something went wrong on our side**" not in app.markdown.values


def test_both_coordinates_may_stand_in_one_cell(keep, draw):
    draft = keep(COORDINATES)
    app = _draw(draw, draft)
    assert _column(app, draft, 2).value == "latitude, longitude"
    _next(app)
    assert drafts.load(draft.token).options.columns["latitude"] == "Where it is"
    assert drafts.load(draft.token).options.columns["longitude"] == "Where it is"


def test_what_was_decided_before_is_chosen_when_the_step_is_opened_again(keep, draw):
    draft = keep(SPOKEN)
    _choose(_draw(draw, draft), draft, "", "received_date", "note", "place_text")
    app = _draw(draw, drafts.load(draft.token))
    chosen = [_column(app, draft, number).value for number in range(1, 5)]
    assert chosen == ["", "received_date", "note", "place_text"]


def test_what_holds_for_every_row_can_be_said(keep, draw):
    draft = keep(SPOKEN)
    app = _draw(draw, draft)
    app.selectbox(key=f"constant_{draft.token}_channel").select("online")
    _choose(app, draft, "complaint_id", "received_date", "place_text", "")
    changed = drafts.load(draft.token)
    assert changed.options.constants == {"channel": "online"}
    again = _draw(draw, changed)
    assert again.selectbox(key=f"constant_{draft.token}_channel").value == "online"
    again.selectbox(key=f"constant_{draft.token}_channel").select("")
    _next(again)
    assert drafts.load(draft.token).options.constants == {}


def test_a_needed_choice_without_a_column_is_asked_for(keep, draw):
    draft = keep(b"event_date_edtf,place_text\n2022-09-01,Takeo\n", "event")
    app = _draw(draw, draft)
    assert _error(_next(app))
    app.selectbox(key=f"constant_{draft.token}_event_type").select("raid")
    _next(app)
    assert drafts.load(draft.token).step == "questions"


def test_a_file_like_an_earlier_one_gets_the_same_columns(keep, draw, data_folder):
    from data.options import ImportOptions

    draft = keep(SPOKEN)
    decided = ImportOptions(
        columns={"received_date": "Seen by us", "place_text": "Remarks of ours"}, left_out=("Spot",)
    )
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.remember_mapping(sight(draft).fingerprint, "complaint", decided, actor="T")
    app = _draw(draw, draft)
    assert [_column(app, draft, number).value for number in (2, 3, 4)] == ["received_date", "", "place_text"]


def test_personal_data_in_a_column_is_not_shown(keep, draw):
    app = _draw(draw, keep(b"received_date,place_text,Contact\n2022-09-01,Takeo,012 345 678\n"))
    assert not any("345" in text for text in app.text.values)
    assert "(a telephone number)" in app.text.values


def test_what_most_files_say_is_missed_aloud(keep, draw):
    draft = keep(b"received_date,place_text,Remarks of ours\n2022-09-01,Takeo,x\n")
    app = _draw(draw, draft)
    assert (
        "Not recognised in your file: identifier; the position; how many people it concerns. "
        "If a column holds it, choose it below." in app.text.values
    )


def test_how_sure_a_suggestion_is_stands_in_words_the_number_only_in_the_help(keep, draw):
    draft = keep(b"Seen by us,Spot,Heads\n2022-09-01,Takeo,3\n2022-09-02,Bavet,12\n2022-09-03,Kampot,40\n")
    app = _draw(draw, draft)
    told = {caption.value: caption.proto.help for caption in app.caption}
    assert _column(app, draft, 3).value == "people_affected"
    assert "Only a guess, by a similar name · people_affected" in told
    assert "40%" in told["Only a guess, by a similar name · people_affected"]
    assert not any("%" in caption for caption in told)
    assert all("(people_affected)" not in option for option in _column(app, draft, 3).options)
    assert drafts.load(draft.token).options.columns == {}  # nothing is taken unasked


def test_a_sample_that_turns_letters_round_is_shown_with_what_it_hides(keep, draw):
    app = _draw(draw, keep("received_date,place_text,file\n2022-09-01,Takeo,gpj\u202eexe\n".encode()))
    assert "gpj[U+202E]exe" in app.text.values
