"""The page History through the app: the imports, the versions and what differs between two of them."""

from __future__ import annotations

import json

import pytest

from data.ingest import ingest
from data.options import ImportOptions
from data.store import Store
from tests.pages.shown import failures, markup
from ui import batch_list, version_list

CONTENT = b"complaint_id,received_date,place_text\na,03/09/2022,Takeo\nb,2022-09-02,Atlantis\n"


@pytest.fixture
def mine(data_folder) -> int:
    """A batch of one's own, its number."""
    options = ImportOptions(day_first=True, places={"Atlantis": "KH-7"})
    with Store.open(data_folder / "atlas.sqlite") as store:
        result = ingest(CONTENT, "*my* file.csv", "complaint", options)
        return store.commit(result, actor="Dara", content=CONTENT, note="a note").batch_id


def _turn(app, batch, label):
    app.selectbox(key="batch").select(batch).run()
    button = next(button for button in app.button if button.label == label)
    form = button.form_id
    name, reason = (box for box in app.text_input if box.form_id == form)
    name.input("Tester")
    reason.input("wrong file")
    return button.click().run()


def test_every_import_and_version_is_listed(open_page, mine):
    app = open_page("history")
    assert failures(app) == []
    batches, versions = app.dataframe[0].value, app.dataframe[1].value
    assert batches["Batch"].tolist() == [5, 4, 3, 2, 1]
    assert versions["Version"].tolist() == [5, 4, 3, 2, 1]
    assert batches.iloc[0]["File"] == "*my* file.csv"
    assert versions.iloc[0][["Who", "What", "Why"]].tolist() == ["Dara", "import", "a note"]


def test_what_was_decided_about_a_file_is_told_in_words(open_page, mine):
    app = open_page("history")
    app.selectbox(key="batch").select(mine).run()
    assert "Batch 5: 2 rows read = 2 accepted + 0 rejected + 0 duplicates." in app.text.values
    assert "In dates such as 3/4/2023 the day comes first." in app.text.values
    assert "“Atlantis” is Kampot (province)." in app.text.values


def test_the_file_of_a_batch_comes_back_as_it_was(open_page, mine, monkeypatch):
    files = {}
    monkeypatch.setattr(batch_list, "download", lambda label, make, name, mime, *, key: files.update({name: make()}))
    app = open_page("history")
    app.selectbox(key="batch").select(mine).run()
    assert files == {"*my* file.csv": CONTENT}


def test_a_batch_is_taken_back_and_applied_again(open_page, mine, data_folder):
    app = _turn(open_page("history"), mine, "Take this batch back")
    assert failures(app) == []
    assert ":material/undo: **Batch 5 (2 rows) was taken back.** The data are now version 6." in app.markdown.values
    assert app.dataframe[0].value.iloc[0]["Status"] == "reverted"
    assert app.dataframe[1].value.iloc[0][["Version", "What"]].tolist() == [6, "undo"]
    _turn(app, mine, "Apply this batch again")
    assert ":material/redo: **Batch 5 (2 rows) was applied again.** The data are now version 7." in app.markdown.values
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert len(store.read("complaint")) == 2
        assert store.revision() == 7


def test_a_batch_on_which_others_build_stays_and_it_is_said_why(open_page, mine, data_folder):
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.correct("complaint", "a", {"note": "checked"}, actor="Dara", reason="asked again")
    app = _turn(open_page("history"), mine, "Take this batch back")
    assert ":material/error: **This did not work**" in app.markdown.values
    assert any("later changes build on its records: a (" in text for text in app.text.values)


def test_a_version_gets_a_name_that_is_shown(open_page, mine):
    app = open_page("history")
    button = next(button for button in app.button if button.label == "Name it")
    next(box for box in app.selectbox if box.label == "Version").select(5)
    name, who = (box for box in app.text_input if box.form_id == button.form_id)
    name.input("Briefing")
    who.input("T")
    button.click().run()
    assert app.dataframe[1].value.iloc[0]["Name"] == "Briefing"
    assert any("5 “Briefing” · " in option for option in app.selectbox(key="changes_to").options)


def test_two_versions_are_compared_as_a_list_on_the_map_and_as_a_file(open_page, mine, monkeypatch):
    files = {}
    monkeypatch.setattr(version_list, "download", lambda label, make, name, mime, *, key: files.update({name: make}))
    app = open_page("history")
    assert (app.selectbox(key="changes_from").value, app.selectbox(key="changes_to").value) == (4, 5)
    assert "2 complaints added." in app.text.values
    listed = next(table.value for table in app.dataframe if "Change" in table.value)
    assert listed[["Change", "Identifier"]].values.tolist() == [["Added", "a"], ["Added", "b"]]
    payload = json.loads(app.get("component_instance")[0].proto.json_args)["atlas"]
    assert {code for code, one in payload["provinces"].items() if "label" in one} == {"KH-7", "KH-21"}
    lines = files["changes-4-to-5.csv"]().decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    app.selectbox(key="changes_from").select(0).run()
    assert failures(app) == []
    assert len(next(table.value for table in app.dataframe if "Change" in table.value)) > 2


def test_names_of_files_and_people_are_never_markup(open_page, mine):
    app = open_page("history")
    app.selectbox(key="batch").select(mine).run()
    assert not [text for _, text in markup(app) if "*my*" in text]
