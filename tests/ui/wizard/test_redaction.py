from __future__ import annotations

import pytest
import streamlit as st

from data import drafts
from data.ingest import ingest
from data.options import Edit, ImportOptions
from errors import StoreError
from ui.wizard import redaction
from ui.wizard.redaction import replace_file, without_private_edits

PRIVATE = (
    b"complaint_id,received_date,place_text,Contact\na,2022-09-01,Atlantis,012 345 678\nb,2022-09-02,Kampot,none\n"
)


@pytest.fixture(autouse=True)
def _no_session(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", {})


def test_the_new_file_takes_the_place_of_the_old_one_with_all_decisions(keep, data_folder):
    draft = keep(PRIVATE, name="list.xlsx.csv", places={"Atlantis": "KH-7"}, edits=(Edit(3, "place_text", "Takeo"),))
    replace_file(draft)
    (fresh,) = drafts.open_drafts()
    assert fresh.file_name == "list.xlsx (without personal data).csv"
    assert (fresh.kind, fresh.step) == ("complaint", "questions")
    assert st.session_state["upload"] == st.query_params["upload"] == fresh.token
    result = ingest(fresh.content(), fresh.file_name, fresh.kind, fresh.options)
    assert result.accepted["province_code"].tolist() == ["KH-7", "KH-21"]
    assert not any(b"345" in path.read_bytes() for path in (data_folder / "drafts").rglob("*") if path.is_file())


def test_the_old_upload_stays_when_the_new_one_cannot_be_kept(keep, monkeypatch):
    def refuse(*_args: object) -> None:
        raise StoreError("The disk is full.")

    draft = keep(PRIVATE)
    monkeypatch.setattr(redaction, "start_draft", refuse)
    with pytest.raises(StoreError):
        replace_file(draft)
    assert drafts.load(draft.token).content() == PRIVATE


def test_decisions_hold_for_the_file_that_was_written_again():
    options = ImportOptions(
        encoding="cp1252",
        delimiter=";",
        header_row=3,
        edits=(Edit(4, "place_text", "Takeo"), Edit(5, "note", "call 012 345 678")),
        places={"x": "KH-7"},
    )
    kept = without_private_edits(options)
    assert (kept.encoding, kept.delimiter, kept.header_row) == ("utf-8", ",", 3)
    assert (kept.edits, kept.places) == ((Edit(4, "place_text", "Takeo"),), {"x": "KH-7"})
