from __future__ import annotations

import os

import pytest
import streamlit as st

from data.ingest import ingest
from data.store import Store
from ui.cache import latest_revision, latest_snapshot, reading_store


@pytest.fixture(autouse=True)
def _nothing_cached():
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def test_one_data_version_is_one_snapshot(data_folder):
    assert latest_snapshot() is latest_snapshot()
    assert reading_store() is reading_store()


def test_a_new_data_version_is_a_new_snapshot(data_folder):
    before = latest_snapshot()
    content = b"complaint_id,received_date,place_text\nmine,2022-09-01,Takeo\n"
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.commit(ingest(content, "c.csv", "complaint"), actor="test", content=content)
    after = latest_snapshot()
    assert after is not before
    assert after.revision == before.revision + 1
    assert after.of("complaint")["complaint_id"].tolist() == ["mine"]
    assert before.of("complaint").empty


def test_another_folder_is_another_store(data_folder, tmp_path, monkeypatch):
    here = latest_snapshot()
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path / "other"))
    monkeypatch.setenv("ATLAS_SEED", "none")
    assert latest_snapshot().of("event").empty
    assert not here.of("event").empty


def test_pages_cannot_write_through_it(data_folder):
    with pytest.raises(Exception, match="reading only"):
        reading_store().revert(1, actor="test")


def test_a_change_is_seen_however_soon_and_by_whomever_it_is_made(data_folder):
    content = b"complaint_id,received_date,place_text\nmine,2022-09-01,Takeo\n"
    numbers = [latest_revision()]
    with Store.open(data_folder / "atlas.sqlite") as store:
        batch = store.commit(ingest(content, "c.csv", "complaint"), actor="test", content=content)
        numbers.append(latest_revision())
        for change in (store.revert, store.reapply, store.revert):
            change(batch.batch_id, actor="test")
            numbers.append(latest_revision())
            assert latest_revision() == store.revision()
    assert numbers == list(range(numbers[0], numbers[0] + 5))


def test_an_unchanged_store_is_not_opened_again(data_folder, monkeypatch):
    number = latest_revision()
    for path in data_folder.iterdir():
        os.utime(path, (1, 1))
    assert latest_revision() == number
    monkeypatch.setattr(Store, "revision", lambda self: pytest.fail("opened"))
    assert latest_revision() == number
