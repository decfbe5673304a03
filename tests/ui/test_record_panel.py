from __future__ import annotations

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from charts.labels import field_label
from data.ingest import ingest
from data.store import Store
from ui.record_panel import tell_history

HEADER = b"complaint_id,received_date,place_text,people_affected,channel,note\n"
FIRST = HEADER + b"a,2022-09-01,Takeo,2,online,*first*\nb,2022-09-02,Takeo,1,,\n"
SECOND = HEADER + b"a,2022-09-01,Kampot,2,online,*first*\n"


def _page(kind: str, record_id: str) -> None:
    from ui.messages import calm_errors
    from ui.record_panel import show_record

    with calm_errors():
        show_record(kind, record_id)


@pytest.fixture
def store(data_folder):
    st.cache_resource.clear()
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.commit(ingest(FIRST, "*first*.csv", "complaint"), actor="Dara", content=FIRST)
        yield store
    st.cache_resource.clear()


def _draw(record_id="a", kind="complaint") -> AppTest:
    app = AppTest.from_function(_page, kwargs={"kind": kind, "record_id": record_id}, default_timeout=60).run()
    assert not app.exception
    return app


def _correct(app: AppTest, column: str, value: str, who: str = "Tester", why: str = "asked again") -> AppTest:
    app.multiselect(key="correct_field_a").select(column).run()
    label = field_label("complaint", column)
    boxes = [box for box in app.selectbox if box.label == label]
    if boxes:
        boxes[0].select(value)
    else:
        next(box for box in app.text_input if box.label == label).input(value)
    next(box for box in app.text_input if box.label.startswith("Your name")).input(who)
    next(box for box in app.text_input if box.label.startswith("Reason")).input(why)
    return next(button for button in app.button if button.label == "Correct it").click().run()


def test_a_record_says_where_it_comes_from(store):
    app = _draw()
    assert app.text.values[0] == "a"
    assert app.text.values[1] == "Complaint, 2 people · Takeo · 1 September 2022"
    assert app.text.values[2] == "From row 2 of “*first*.csv”, batch 5, in the atlas now; 1 version."
    history = app.dataframe[0].value
    assert history.iloc[0][["Who", "What", "Column"]].tolist() == ["Dara", "added with a file (version 5)", ""]


def test_a_record_that_does_not_exist_says_so(store):
    assert _draw("nobody").text.values == ["There is no such record any more."]


def test_every_change_of_a_record_is_told_with_before_and_after(store):
    second = store.commit(ingest(SECOND, "second.csv", "complaint"), actor="Sok", content=SECOND, note="moved")
    store.correct("complaint", "a", {"people_affected": 3, "note": None}, actor="Dara", reason="counted again")
    table = tell_history(store.history("complaint", "a"), "complaint")
    told = table[["Who", "What", "Why", "Column", "Before", "After"]].values.tolist()
    assert told[0] == ["Dara", "added with a file (version 5)", "", "", "", ""]
    assert ["Sok", "added with a file (version 6)", "moved", "place_text", "Takeo", "Kampot"] in told
    assert ["Sok", "added with a file (version 6)", "moved", "province_code", "KH-21", "KH-7"] in told
    assert ["Dara", "corrected (version 7)", "counted again", "people_affected", "2", "3"] in told
    assert ["Dara", "corrected (version 7)", "counted again", "note", "*first*", ""] in told
    assert not {"received_date", "channel", "date_start"} & set(table["Column"])
    assert second.revision == 6


def test_what_came_back_with_an_undo_is_told(store):
    second = store.commit(ingest(SECOND, "second.csv", "complaint"), actor="Sok", content=SECOND)
    store.revert(second.batch_id, actor="Dara", reason="wrong")
    table = tell_history(store.history("complaint", "a"), "complaint")
    last = table[table["What"].str.contains("version 7")].set_index("Column")
    assert last.loc["place_text", ["Before", "After", "Why"]].tolist() == ["Kampot", "Takeo", "wrong"]
    assert last["What"].str.startswith("brought back when a batch was taken back").all()


def test_days_are_told_as_days(store):
    store.correct("complaint", "a", {"date_start": pd.Timestamp("2022-09-03")}, actor="T", reason="x")
    table = tell_history(store.history("complaint", "a"), "complaint").set_index("Column")
    assert table.loc["date_start", ["Before", "After"]].tolist() == ["2022-09-01", "2022-09-03"]


def test_a_record_that_is_gone_cannot_be_corrected(store):
    store.revert(5, actor="T")
    app = _draw()
    assert any("no longer in the atlas" in text for text in app.text.values)
    assert not app.selectbox


def test_a_record_is_corrected_with_a_name_and_a_reason(store):
    app = _correct(_draw(), "people_affected", "7")
    record = store.read("complaint").set_index("complaint_id").loc["a"]
    assert record["people_affected"] == 7
    assert app.dataframe[0].value.iloc[-1][["Who", "Why", "Before", "After"]].tolist() == [
        "Tester", "asked again", "2", "7",
    ]  # fmt: skip
    assert "2 versions." in app.text.values[2]


def test_what_has_choices_is_chosen(store):
    _correct(_draw(), "channel", "hotline")
    assert store.read("complaint").set_index("complaint_id").loc["a", "channel"] == "hotline"


@pytest.mark.parametrize(
    ("column", "value", "who", "why", "words"),
    [
        ("people_affected", "many", "T", "x", "is not a number"),
        ("note", "new", "", "x", "Nobody is named"),
        ("note", "new", "T", " ", "needs a reason"),
        ("note", "*first*", "T", "x", "says so already"),
        ("received_date", "", "T", "x", "is empty"),
    ],
)
def test_what_cannot_be_stored_is_explained(store, column, value, who, why, words):
    app = _correct(_draw(), column, value, who, why)
    assert any(words in text for text in app.text.values)
    assert store.revision() == 5


def test_the_identifier_cannot_be_changed(store):
    assert "Identifier" not in _draw().multiselect(key="correct_field_a").options


def test_columns_are_called_in_words(store):
    app = _correct(_draw(), "people_affected", "7")
    assert app.dataframe[0].value.iloc[-1]["Column"] == "How many people it concerns"
    assert "people_affected" not in " ".join(app.multiselect(key="correct_field_a").options)
