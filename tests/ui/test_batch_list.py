from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.ingest import ingest
from data.options import NOWHERE, ImportOptions
from data.seed import SEED_FILES
from data.store import Store
from errors import StoreError
from ui import batch_list

CONTENT = b"complaint_id,received_date,place_text\na,2022-09-01,Takeo\nb,2022-09-02,Atlantis\n"


def _batches() -> None:
    from ui.batch_list import show_batches, show_turned

    show_turned()
    show_batches()


@pytest.fixture
def batches(data_folder) -> AppTest:
    st.cache_resource.clear()
    yield AppTest.from_function(_batches, default_timeout=60)
    st.cache_resource.clear()


@pytest.fixture
def mine(data_folder) -> int:
    """A batch of one's own, its number."""
    options = ImportOptions(day_first=True, places={"Atlantis": NOWHERE})
    with Store.open(data_folder / "atlas.sqlite") as store:
        result = ingest(CONTENT, "*my* file.csv", "complaint", options)
        return store.commit(result, actor="Tester", content=CONTENT, note="a note").batch_id


def _choose(app: AppTest, batch: int) -> AppTest:
    return app.selectbox(key="batch").select(batch).run()


def _turn(app: AppTest, batch: int, who: str = "Tester", reason: str = "wrong file") -> AppTest:
    _choose(app, batch)
    name, why = app.text_input
    name.input(who)
    why.input(reason)
    return app.button[-1].click().run()


def test_the_latest_comes_first_and_nothing_is_chosen(batches, mine):
    table = batches.run().dataframe[0].value
    assert table["Batch"].tolist() == [5, 4, 3, 2, 1]
    assert table.iloc[0][["Kind", "File", "Who", "Status", "Note"]].tolist() == [
        "complaint", "*my* file.csv", "Tester", "live", "a note",
    ]  # fmt: skip
    assert (table["Read"] == table["Accepted"] + table["Rejected"] + table["Duplicates"]).all()
    assert "sha256" not in table.columns
    assert batches.selectbox(key="batch").value is None
    assert not batches.button


def test_what_comes_with_the_atlas_is_marked(batches, mine):
    options = batches.run().selectbox(key="batch").options
    assert options[0] == "5 · *my* file.csv"
    assert all(option.endswith("(comes with the atlas)") for option in options[1:])
    assert len(options[1:]) == len(SEED_FILES)


def test_a_batch_says_what_it_is_and_what_was_decided(batches, mine):
    app = _choose(batches.run(), mine)
    assert not app.exception
    assert "Batch 5: 2 rows read = 2 accepted + 0 rejected + 0 duplicates." in app.text.values
    assert "What was decided about the file (2)" in [expander.label for expander in app.expander]
    assert "“Atlantis” is no place that can be known." in app.text.values
    assert "In dates such as 3/4/2023 the day comes first." in app.text.values


def test_the_file_comes_back_as_it_was(batches, mine, monkeypatch):
    files = {}
    monkeypatch.setattr(batch_list, "download", lambda label, make, name, mime, *, key: files.update({name: make()}))
    _choose(batches.run(), mine)
    assert files == {"*my* file.csv": CONTENT}


def test_a_batch_is_taken_back_and_applied_again(batches, mine, data_folder):
    app = _turn(batches.run(), mine)
    assert app.markdown.values[0] == (
        ":material/undo: **Batch 5 (2 rows) was taken back.** The data are now version 6."
    )
    assert app.dataframe[0].value.iloc[0]["Status"] == "reverted"
    assert app.selectbox(key="batch").options[0].endswith("· taken back")
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert store.read("complaint").empty
        assert store.revisions().iloc[-1][["actor", "note"]].tolist() == ["Tester", "wrong file"]
    _turn(app, mine, reason="it was right")
    assert app.markdown.values[0] == (
        ":material/redo: **Batch 5 (2 rows) was applied again.** The data are now version 7."
    )
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert len(store.read("complaint")) == 2


def test_what_was_turned_is_said_until_something_else_changes(batches, mine, data_folder):
    app = _turn(batches.run(), mine)
    assert "was taken back" in app.run().markdown.values[0]
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.revert(4, actor="Other")
    assert not [text for text in app.run().markdown.values if "was taken back.**" in text]


@pytest.mark.parametrize("who", ["", "   "])
def test_nobody_takes_a_batch_back_without_a_name(batches, mine, data_folder, who):
    app = _turn(batches.run(), mine, who)
    assert "Fill in your name or initials first." in app.text.values
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert store.revision() == 5


def test_a_refusal_is_explained(batches, monkeypatch):
    def refuse(*_args: object, **_options: object) -> None:
        raise StoreError("Later imports build on it.", "Take those back first.")

    monkeypatch.setattr(Store, "revert", refuse)
    _turn(batches.run(), 4)
    assert "Later imports build on it." in batches.text.values
    assert ":material/error: **This did not work**" in batches.markdown.values


def test_an_empty_atlas_has_no_batch(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path))
    Store.open(tmp_path / "atlas.sqlite").close()
    monkeypatch.setattr("ui.cache.prepare", Store.open)
    st.cache_resource.clear()
    app = AppTest.from_function(_batches, default_timeout=60).run()
    st.cache_resource.clear()
    assert not app.exception
    assert app.dataframe[0].value.empty
    assert not app.selectbox


def _undo() -> None:
    import streamlit as st

    from ui.batch_list import show_turned, show_undo
    from ui.cache import reading_store

    show_turned()
    if st.session_state.get("import_done"):
        show_undo(st.session_state["import_done"], "Tester")
    st.text(str(reading_store().revision()))


def test_an_import_is_undone_where_it_was_made(data_folder, monkeypatch):
    st.cache_resource.clear()
    with Store.open(data_folder / "atlas.sqlite") as store:
        batch = store.commit(ingest(CONTENT, "c.csv", "complaint"), actor="Tester", content=CONTENT)
    app = AppTest.from_function(_undo, default_timeout=60)
    app.session_state["import_done"] = batch
    app.run()
    assert app.text_input(key="undo_import_actor").value == "Tester"
    app.button(key="undo_import_submit").click().run()
    st.cache_resource.clear()
    assert "**Batch 5 (1 row) was taken back.**" in app.markdown.values[0]
    assert app.text.values == ["6"]
    assert "import_done" not in app.session_state
