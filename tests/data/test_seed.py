from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.ingest import ImportResult, ingest
from data.schema import KINDS
from data.seed import SEED_FILES, SEED_FOLDER, load_seed, prepare
from data.store import Store
from errors import StoreBusyError, StoreError
from tests.data.store_files import commit, run_at_once

ROWS = {
    "sources.csv": "source_id,title\nsrc-1,Hotline log\nsrc-2,Yearbook\n",
    "compounds.csv": "compound_id,name,place_text,source_ids\ncmp-1,Example Casino,Bavet,src-1\n",
    "events.csv": "event_id,event_type,event_date_edtf,place_text,source_ids\nevt-1,raid,2023-04,Bavet,src-1\n",
    "claims.csv": "claim_id,metric,best,speaker,source_ids\nclm-1,people_rescued,12,Example Ministry,src-2\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "seed"
    folder.mkdir()
    for name, text in ROWS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def counts(store: Store) -> dict[str, int]:
    return {kind: len(store.read(kind)) for kind in KINDS}


def test_the_seed_is_loaded_once_sources_first(store: Store, folder: Path) -> None:
    load_seed(store, folder)
    assert counts(store) == {"source": 2, "compound": 1, "event": 1, "complaint": 0, "claim": 1}
    assert store.batches()["kind"].tolist() == ["source", "compound", "event", "claim"]
    load_seed(store, folder)
    assert store.revision() == 4
    store.verify()


def test_the_seed_is_not_added_to_what_somebody_else_stored(store: Store, folder: Path) -> None:
    batch = commit(store, "complaint", ["c-1"])
    load_seed(store, folder)
    assert counts(store)["source"] == 0
    store.revert(batch.batch_id, actor="Dara")
    load_seed(store, folder)
    assert counts(store)["source"] == 0


def test_a_seed_with_a_rejected_row_is_named_and_nothing_is_stored(store: Store, folder: Path) -> None:
    (folder / "claims.csv").write_text(ROWS["claims.csv"] + "clm-2,no_such_metric,1,Someone,src-2\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"claims\.csv has rejected rows: row 3, metric: choice_unknown"):
        load_seed(store, folder)
    assert store.revision() == 0


def test_a_missing_seed_file_is_named(store: Store, folder: Path) -> None:
    (folder / "events.csv").unlink()
    with pytest.raises(StoreError, match=r"events\.csv cannot be read"):
        load_seed(store, folder)
    assert store.revision() == 0


def test_of_two_that_load_at_once_the_second_stores_nothing(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def while_another_loads(content: bytes, file_name: str, kind: str) -> ImportResult:
        if file_name == "claims.csv":
            monkeypatch.undo()
            load_seed(Store.open(store.path), folder)
        return ingest(content, file_name, kind)

    monkeypatch.setattr("data.seed.ingest", while_another_loads)
    load_seed(store, folder)
    assert counts(store) == {"source": 2, "compound": 1, "event": 1, "complaint": 0, "claim": 1}
    assert store.revision() == 4


def test_a_store_that_stays_busy_is_no_success(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StoreBusyError("Someone else is writing to the store.")

    monkeypatch.setattr(Store, "commit_all", refuse)
    with pytest.raises(StoreBusyError):
        load_seed(store, folder)


def test_an_empty_start_can_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_SEED", "none")
    assert prepare(tmp_path / "atlas.sqlite").revision() == 0


def test_the_seed_of_the_program_is_complete_and_every_row_names_a_source_that_is_there(tmp_path: Path) -> None:
    store = prepare(tmp_path / "atlas.sqlite")
    assert store.revision() == len(SEED_FILES)
    batches = store.batches().set_index("file_name")
    for name, kind in SEED_FILES.items():
        assert batches.loc[name, "rows_rejected"] == 0
        assert len(store.read(kind)) == batches.loc[name, "rows_read"] > 0
        assert store.upload(int(batches.loc[name, "batch_id"])) == (name, (SEED_FOLDER / name).read_bytes())
    sources = store.record_ids("source")
    for kind in ("compound", "event", "claim"):
        named = {part for cell in store.read(kind)["source_ids"] for part in cell.split(";")}
        assert named <= sources
    store.verify()


@pytest.mark.skipif(os.name == "nt", reason="processes are forked on POSIX only")
def test_programs_that_start_at_once_load_the_seed_once(tmp_path: Path) -> None:
    assert run_at_once("prepare(path)", tmp_path / "atlas.sqlite", programs=2) == [0, 0]
    store = Store.open(tmp_path / "atlas.sqlite", read_only=True)
    assert store.batches()["file_name"].tolist() == list(SEED_FILES)
