from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.store import Store
from errors import StoreError


def _batches() -> None:
    from ui.batch_list import show_batches, show_undone

    show_undone()
    show_batches()


@pytest.fixture
def batches(data_folder) -> AppTest:
    st.cache_resource.clear()
    yield AppTest.from_function(_batches, default_timeout=30)
    st.cache_resource.clear()


def _take_back(app: AppTest, batch: int) -> AppTest:
    app.selectbox(key="undo_batch").select(batch).run()
    app.text_input(key="undo_actor").input("Tester")
    return app.button(key="undo_submit").click().run()


def test_the_latest_comes_first(batches, data_folder):
    table = batches.run().dataframe[0].value
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert table["Batch"].tolist() == sorted(store.batches()["batch_id"], reverse=True)
    assert "sha256" not in table.columns


def test_a_batch_that_was_taken_back_is_not_offered_again(batches):
    _take_back(batches.run(), 4)
    assert batches.markdown.values[0].startswith(":material/undo: **Batch 4 was taken back.**")
    assert not [option for option in batches.selectbox(key="undo_batch").options if option.startswith("4 ")]
    batches.run()
    assert not [text for text in batches.markdown.values if "was taken back" in text]


def test_nothing_is_chosen_beforehand_and_seed_batches_are_marked(batches):
    batches.run()
    assert batches.selectbox(key="undo_batch").value is None
    assert batches.button(key="undo_submit").disabled
    assert all(option.endswith("(comes with the atlas)") for option in batches.selectbox(key="undo_batch").options)
    batches.selectbox(key="undo_batch").select(4).run()
    assert not batches.button(key="undo_submit").disabled


def test_the_version_said_is_that_after_the_undo(batches, data_folder):
    _take_back(batches.run(), 4)
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        assert batches.markdown.values[0].endswith(f"The data are now version {store.revision()}.")


def test_with_nothing_left_there_is_nothing_to_take_back(batches):
    batches.run()
    for batch in (4, 3, 2, 1):
        _take_back(batches, batch)
    assert set(batches.dataframe[0].value["Status"]) == {"reverted"}
    assert len(batches.button) == 0


def test_a_refusal_is_explained(batches, monkeypatch):
    def refuse(*_args: object, **_options: object) -> None:
        raise StoreError("Later imports build on it.", "Take those back first.")

    monkeypatch.setattr(Store, "revert", refuse)
    _take_back(batches.run(), 4)
    assert "Later imports build on it." in batches.text.values
    assert ":material/error: **This did not work**" in batches.markdown.values
