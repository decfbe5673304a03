from __future__ import annotations

import pytest

from data import drafts
from data.ingest import ingest
from data.options import ImportOptions
from data.schema import KINDS, empty_records
from data.store import Store
from ui.wizard import pairs_table
from ui.wizard.pairs_table import pair_lines

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


def test_each_pair_is_two_lines_the_row_that_may_be_left_out_first():
    table = pair_lines(_ingest(), NONE)
    assert table["Pair"].tolist() == [1, 1]
    assert table["Where"].tolist() == ["this row", "in this file"]
    assert table["Row"].tolist() == [3, 2]
    assert table["complaint_id"].tolist() == ["b", "a"]
    assert table["received_date"].tolist() == ["2022-09-01", "2022-09-01"]
    assert table["Leave out"].tolist()[0] is False
    assert "date_start" not in table
    assert "note" not in table  # neither says anything there


def test_a_record_of_the_atlas_stands_beside_the_row(data_folder):
    earlier = HEADER + b"old,2022-09-01,Takeo,2\n"
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.commit(_ingest(earlier), actor="T", content=earlier)
        stored = store.read("complaint")
    result = _ingest(HEADER + b"new,2022-09-01,Takeo,2\n", stored=stored)
    table = pair_lines(result, stored)
    assert table["Where"].tolist() == ["this row", "in the atlas"]
    assert table["complaint_id"].tolist() == ["new", "old"]
    assert table["Row"].isna().tolist() == [False, True]


def test_without_pairs_there_are_no_lines():
    assert pair_lines(_ingest(HEADER + b"a,2022-09-01,Takeo,2\n"), NONE).empty


def test_rows_are_left_out_and_taken_in_again(keep, draw):
    draft = keep(ALIKE, step="review")
    app = draw("review_step", "show_review", draft)
    assert any(text.startswith("1 row set aside as duplicates") for text in app.text.values)
    assert app.button(key="leave_out").disabled
    _tick(app, 0)
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
    monkeypatch.setattr(pairs_table, "MOST_PAIRS", 1)
    same = b"".join(b"r%d,2022-09-01,Takeo,2\n" % number for number in range(rows))
    draft = keep(HEADER + same, step="review")
    app = draw("review_step", "show_review", draft)
    table = next(editor for editor in app.data_editor if editor.key.startswith("pairs_"))
    app.session_state[table.key] = {"edited_rows": {0: {"Leave out": True}}, "added_rows": [], "deleted_rows": []}
    app.run()
    app.button(key="leave_out").click().run()
    assert len(drafts.load(draft.token).options.leave_out) == 1
    assert app.button(key="leave_out").disabled
