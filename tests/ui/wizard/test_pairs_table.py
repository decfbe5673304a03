from __future__ import annotations

import pytest

from data import drafts
from data.ingest import ingest
from data.options import ImportOptions
from data.schema import KINDS, empty_records
from data.store import Store
from ui.wizard import pairs_table
from ui.wizard.pairs_table import pair_lines, tell_pairs

HEADER = b"complaint_id,received_date,place_text,people_affected\n"
ALIKE = HEADER + b"a,2022-09-01,Takeo,2\nb,2022-09-01,Takeo,2\nc,2022-09-05,Kampot,1\nc,2022-09-05,Kampot,1\n"
NONE = empty_records(KINDS["complaint"])


def _ingest(content=ALIKE, **more):
    return ingest(content, "c.csv", "complaint", ImportOptions(), **more)


def _tick(app, *positions):
    editor = next(one for one in app.data_editor if one.key.startswith("pairs_"))
    app.session_state[editor.key] = {
        "edited_rows": {position: {"Leave out": True} for position in positions},
        "added_rows": [],
        "deleted_rows": [],
    }
    return app.run()


def test_each_pair_is_two_lines_the_row_that_may_be_left_out_below_what_it_resembles():
    table = pair_lines(_ingest(), NONE)
    assert table["Group"].tolist() == [1, 1]
    assert table["Where"].tolist() == ["in this file", "this row"]
    assert table["Row"].tolist() == [2, 3]
    assert table["complaint_id"].tolist() == ["a", "b"]
    assert table["received_date"].tolist() == ["2022-09-01", "2022-09-01"]
    assert table["Leave out"].tolist() == [None, False]
    assert "date_start" not in table
    assert "note" not in table  # neither says anything there


def test_a_record_of_the_atlas_stands_beside_the_row(data_folder):
    earlier = HEADER + b"old,2022-09-01,Takeo,4\n"
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.commit(_ingest(earlier), actor="T", content=earlier)
        stored = store.read("complaint")
    result = _ingest(HEADER.strip() + b",note\nnew,2022-09-01,Takeo,4,x\nagain,2022-09-01,Takeo,4,y\n", stored=stored)
    table = pair_lines(result, stored)
    assert table["Where"].tolist() == ["in the atlas", "this row", "this row"]
    assert table["complaint_id"].tolist() == ["old", "new", "again"]
    assert table["Group"].tolist() == [1, 1, 1]
    assert table["Row"].isna().tolist() == [True, False, False]
    assert tell_pairs(result.pairs)[0] == "2 rows look like one record in the atlas."


def test_without_pairs_there_are_no_lines():
    assert pair_lines(_ingest(HEADER + b"a,2022-09-01,Takeo,2\n"), NONE).empty


def test_rows_are_left_out_and_taken_in_again(keep, draw):
    draft = keep(ALIKE, step="review")
    app = draw("review_step", "show_review", draft)
    assert any(text.startswith("1 row set aside as duplicates") for text in app.text.values)
    assert app.button(key="leave_out").disabled
    assert "1 row looks like one other row of this file." in app.text.values
    _tick(app, 1)
    assert app.button(key="leave_out").label == "Leave out 1 row"
    app.button(key="leave_out").click().run()
    assert drafts.load(draft.token).options.leave_out == (3,)
    assert [metric.value for metric in app.metric][:4] == ["4", "2", "0", "2"]
    app.button(key="take_in").click().run()
    assert drafts.load(draft.token).options.leave_out == ()
    assert [metric.value for metric in app.metric][:4] == ["4", "3", "0", "1"]


@pytest.mark.parametrize("rows", [3])
def test_what_was_ticked_does_not_pass_on_to_the_next_pairs(keep, draw, monkeypatch, rows):
    """With more pairs than are shown, the table has as many lines after rows were left out."""
    monkeypatch.setattr(pairs_table, "MOST_LINES", 2)
    same = b"".join(b"r%d,2022-09-01,Takeo,2\n" % number for number in range(rows))
    draft = keep(HEADER + same, step="review")
    app = draw("review_step", "show_review", draft)
    table = next(editor for editor in app.data_editor if editor.key.startswith("pairs_"))
    app.session_state[table.key] = {"edited_rows": {1: {"Leave out": True}}, "added_rows": [], "deleted_rows": []}
    app.run()
    app.button(key="leave_out").click().run()
    assert len(drafts.load(draft.token).options.leave_out) == 1
    assert app.button(key="leave_out").disabled
