from __future__ import annotations

import pandas as pd
import pytest

from data import drafts
from data.ingest import ingest
from data.options import Edit, ImportOptions
from ui.wizard import repair_table
from ui.wizard.repair_table import changed_cells, problem_rows

CONTENT = (
    b"complaint_id,received_date,place_text,people_affected\n"
    b"a,2022-09-01,Takeo,1\nb,2022-09-02,Atlantis,x\nc,2999-09-03,Takeo,1\nd,2022-09-04,Takeo,1\nd,2022-09-04,Takeo,1\n"
    b"e,2022-09-05,Utopia,1\n"
)
NAMED_LIKE_OURS = b"complaint_id,received_date,place_text,Row,Result\nb,2022-09-02,Atlantis,my row,fine\n"


def _ingest(content=CONTENT, **options):
    return ingest(content, "c.csv", "complaint", ImportOptions(**options))


def _edit(app, position, **cells):
    app.session_state[app.data_editor[0].key] = {
        "edited_rows": {position: cells}, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    return app.run()


def test_rows_with_problems_come_with_their_reasons_those_that_stay_out_first():
    result = _ingest()
    table = problem_rows(result)
    assert sorted(table["Row"]) == sorted(result.issues["row_number"].unique())
    states = table["Result"].tolist()
    assert states == sorted(states, key=["Rejected", "Duplicate", "To check"].index)
    row = table.set_index("Row").loc[3]
    assert "Atlantis" in row["What is wrong"]
    assert (row["Result"], row["complaint_id"], row["people_affected"]) == ("Rejected", "b", "x")
    assert list(table.columns[3:]) == list(result.rows.columns)


def test_one_problem_can_be_looked_at_alone():
    table = problem_rows(_ingest(), only="place_unknown")
    assert table["Row"].tolist() == [3, 7]
    assert "no whole number" not in " ".join(table["What is wrong"])


def test_columns_of_the_file_that_are_called_like_ours_are_told_apart():
    table = problem_rows(_ingest(NAMED_LIKE_OURS))
    assert list(table.columns[-2:]) == ["Row (file)", "Result (file)"]
    after = table.assign(**{"Row (file)": ["another"], "place_text": ["Takeo"]})
    assert sorted(changed_cells(table, after), key=str) == [Edit(2, "Row", "another"), Edit(2, "place_text", "Takeo")]
    assert _ingest(NAMED_LIKE_OURS, edits=tuple(changed_cells(table, after))).rows_accepted == 1


def test_only_cells_that_differ_are_changes():
    table = problem_rows(_ingest())
    assert changed_cells(table, table.copy()) == []
    after = table.copy()
    after.loc[after["Row"] == 3, "place_text"] = "Takeo"
    after.loc[after["Row"] == 3, "people_affected"] = None
    assert changed_cells(table, after) == [Edit(3, "place_text", "Takeo"), Edit(3, "people_affected", "")]
    assert changed_cells(table.assign(note=None), table.assign(note="")) == []


def test_what_stands_in_front_is_never_a_change():
    table = problem_rows(_ingest())
    assert changed_cells(table, table.assign(Row=0, Result="x", **{"What is wrong": "x"})) == []


def test_changed_cells_are_kept_and_checked_again(keep, draw):
    draft = keep(CONTENT, step="review")
    app = draw("review_step", "show_review", draft)
    assert app.button(key="check_again").disabled
    position = app.data_editor[0].value["Row"].tolist().index(7)
    _edit(app, position, place_text="Takeo")
    assert app.button(key="check_again").label == "Check 1 changed cell again"
    before = app.metric[1].value
    app.button(key="check_again").click().run()
    assert drafts.load(draft.token).options.edits == (Edit(7, "place_text", "Takeo"),)
    assert int(app.metric[1].value) == int(before) + 1
    assert 7 not in app.data_editor[0].value["Row"].tolist()
    app.button(key="take_back").click().run()
    assert drafts.load(draft.token).options.edits == ()
    assert app.metric[1].value == before


def test_what_was_typed_does_not_pass_on_to_the_rows_of_another_problem(keep, draw):
    """Two problems with as many rows each: the editor would keep its changes by position."""
    content = b"complaint_id,received_date,place_text\na,2022-09-01,Atlantis\nb,2999-09-02,Takeo\n"
    draft = keep(content, step="review")
    app = draw("review_step", "show_review", draft)
    app.selectbox(key="repair_problem").select("place_unknown").run()
    assert app.data_editor[0].value["Row"].tolist() == [2]
    _edit(app, 0, place_text="Kampot")
    other = next(code for code in (option for option in _codes(content)) if code != "place_unknown")
    app.selectbox(key="repair_problem").select(other).run()
    assert app.data_editor[0].value["Row"].tolist() == [3]
    assert app.button(key="check_again").disabled


def _codes(content):
    return _ingest(content).issues["code"].unique().tolist()


def test_the_last_change_can_be_taken_back_when_no_problem_is_left(keep, draw):
    content = b"complaint_id,received_date,place_text\na,2022-09-01,Atlantis\n"
    draft = keep(content, step="review", edits=(Edit(2, "place_text", "Takeo"),))
    app = draw("review_step", "show_review", draft)
    assert "No row has a problem." in app.text.values
    app.button(key="take_back").click().run()
    assert app.metric[2].value == "1"


def test_a_row_that_cannot_be_changed_cell_by_cell_says_so(keep, draw):
    draft = keep(b"complaint_id,received_date,place_text\na,2022-09-01\n", step="review")
    app = _edit(draw("review_step", "show_review", draft), 0, place_text="Takeo")
    app.button(key="check_again").click().run()
    assert not app.exception
    assert any("cannot be rewritten cell by cell" in text for text in app.text.values)
    assert drafts.load(draft.token).options.edits == ()
    assert app.run().metric[2].value == "1"


def test_the_last_row_of_a_problem_can_be_mended(keep, draw):
    draft = keep(CONTENT, step="review")
    app = draw("review_step", "show_review", draft)
    app.selectbox(key="repair_problem").select("number_unreadable").run()
    _edit(app, 0, people_affected="3", place_text="Takeo")
    app.button(key="check_again").click().run()
    assert not app.exception
    assert 3 not in app.data_editor[0].value["Row"].tolist()
    assert len(app.data_editor[0].value)


@pytest.mark.parametrize("most", [1, 2])
def test_of_many_rows_the_first_are_shown(keep, draw, monkeypatch, most):
    monkeypatch.setattr(repair_table, "MOST_ROWS", most)
    app = draw("review_step", "show_review", keep(CONTENT, step="review"))
    assert len(app.data_editor[0].value) == most
    assert any(text.startswith(f"The first {most} of ") for text in app.caption.values)


def test_no_value_of_a_cell_is_lost_on_the_way():
    rows = pd.DataFrame({"Row": [2], "Result": ["x"], "What is wrong": ["y"], "a": ["000123"], "b": ["NA"]})
    assert changed_cells(rows, rows.assign(a=["000124"])) == [Edit(2, "a", "000124")]
