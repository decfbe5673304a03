from __future__ import annotations

import pytest

from data.fingerprint import fingerprint
from data.options import ImportOptions
from data.store import Store
from errors import EmptyFileError, MissingColumnError, UploadError
from ui import work
from ui.wizard.reading import check_columns, examine, result_key, sight, suggestions
from ui.wizard.state import change_draft

COMPLAINTS = b"complaint_id,received_date,place_text\na,2022-09-01,Takeo\nb,2022-09-02,Atlantis\n"
SPOKEN = b"Seen by us,Spot\n2022-09-01,Takeo\n"


def test_a_file_is_seen_as_it_is(keep):
    sighted = sight(keep(COMPLAINTS))
    assert sighted.table.rows["place_text"].tolist() == ["Takeo", "Atlantis"]
    assert sighted.kinds[0] == "complaint"
    assert sighted.layout is None
    assert sighted.fingerprint == fingerprint(["complaint_id", "received_date", "place_text"])


def test_how_it_is_read_can_be_said(keep):
    draft = keep(b"note\nreceived_date;place_text\n2022-09-01;Takeo\n", delimiter=";", header_row=2)
    assert sight(draft).table.reading.columns == ("received_date", "place_text")


def test_what_cannot_be_read_says_so_each_time(keep):
    draft = keep(b"")
    for _ in range(2):
        with pytest.raises(EmptyFileError):
            sight(draft)


def test_while_a_file_is_read_there_is_nothing_yet(keep, draw, monkeypatch):
    monkeypatch.setattr(work, "PATIENCE_S", 0)
    monkeypatch.setattr(work.Work, "done", property(lambda self: False))
    monkeypatch.setattr(work.Work, "wait", lambda self, seconds: False)
    app = draw("file_step", "show_file", keep(COMPLAINTS))
    assert not app.exception
    assert "**Reading the file**" in app.markdown.values
    assert app.button(key="stop_work")
    assert not app.dataframe


def test_columns_with_their_own_names_are_certain(keep):
    draft = keep(COMPLAINTS)
    found = suggestions(draft, sight(draft))
    assert [(one.header, one.column, one.confidence) for one in found] == [
        (name, name, 1) for name in ("complaint_id", "received_date", "place_text")
    ]


def test_what_was_decided_for_such_a_file_is_suggested_again(keep, data_folder):
    draft = keep(SPOKEN)
    sighted = sight(draft)
    assert "remembered" not in {one.why for one in suggestions(draft, sighted)}
    decided = ImportOptions(columns={"received_date": "Seen by us", "note": "Spot"})
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.remember_mapping(sighted.fingerprint, "complaint", decided, actor="T")
    found = suggestions(draft, sighted)
    assert {one.header: (one.column, one.why) for one in found} == {
        "Seen by us": ("received_date", "remembered"),
        "Spot": ("note", "remembered"),
    }


def test_a_column_that_is_missing_is_named(keep):
    draft = keep(SPOKEN)
    sighted = sight(draft)
    with pytest.raises(MissingColumnError, match="received_date"):
        check_columns(draft, sighted)
    decided = {"columns": {"received_date": "Seen by us", "place_text": "Spot"}}
    check_columns(change_draft(draft, options=decided), sighted)


def test_what_would_happen_is_worked_out_with_the_decisions(keep):
    draft = keep(COMPLAINTS)
    result = examine(draft)
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (2, 1, 1)
    assert examine(draft) is result
    placed = change_draft(draft, options={"places": {"Atlantis": "KH-7"}})
    assert examine(placed).rows_accepted == 2
    with pytest.raises(UploadError):
        examine(change_draft(draft, options={"leave_out": (99,)}))


def test_places_that_were_remembered_are_known_at_once(keep, data_folder):
    draft = keep(COMPLAINTS)
    assert examine(draft).rows_accepted == 1
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.remember_places({"Atlantis": "KH-7"}, actor="T")
    result = examine(draft)
    assert result.accepted["province_code"].tolist() == ["KH-21", "KH-7"]


def test_what_is_stored_already_is_a_duplicate(keep, data_folder):
    draft = keep(COMPLAINTS)
    result = examine(draft)
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.commit(result, actor="T", content=COMPLAINTS)
    again = examine(draft)
    assert (again.rows_accepted, again.rows_duplicate, again.rows_rejected) == (0, 1, 1)


def test_a_result_is_known_by_all_it_depends_on(keep):
    draft = keep(COMPLAINTS)
    keys = {
        result_key(draft, 4),
        result_key(draft, 5),
        result_key(change_draft(draft, options={"day_first": True}), 4),
        result_key(change_draft(draft, kind="event"), 4),
        result_key(keep(SPOKEN), 4),
    }
    assert len(keys) == 5
