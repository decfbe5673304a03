from __future__ import annotations

import pytest

from data.backups import restore
from data.store import Store
from errors import StoreError


@pytest.fixture
def backup(data_folder, tmp_path):
    path = tmp_path / "backup.sqlite"
    with Store.open() as store:
        store.backup(path)
    return path


def test_a_backup_brings_the_data_back_and_keeps_what_was_there(backup, data_folder):
    with Store.open() as store:
        before = store.snapshot_hash()
        store.revert(4, actor="Dara")
        changed = store.snapshot_hash()
    former = restore(backup)
    with Store.open() as store:
        assert store.snapshot_hash() == before != changed
    with Store.open(former) as store:
        assert store.snapshot_hash() == changed
    assert backup.exists()


def test_a_damaged_store_is_replaced(backup, data_folder):
    store = data_folder / "atlas.sqlite"
    store.write_bytes(b"damaged" * 1000)
    former = restore(backup)
    assert former.read_bytes() == b"damaged" * 1000
    with Store.open() as opened:
        assert opened.revision() == 4


def test_a_backup_is_put_where_there_is_no_store(backup, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path / "elsewhere"))
    assert restore(backup) is None
    with Store.open() as store:
        assert store.revision() == 4


def test_what_is_no_backup_changes_nothing(data_folder, tmp_path):
    odd = tmp_path / "odd.sqlite"
    odd.write_bytes(b"no store" * 1000)
    before = {path.name: path.read_bytes() for path in data_folder.iterdir()}
    for path in (odd, tmp_path / "absent.sqlite", data_folder / "atlas.sqlite"):
        with pytest.raises(StoreError):
            restore(path)
    assert (data_folder / "atlas.sqlite").read_bytes() == before["atlas.sqlite"]
    assert not (tmp_path / "absent.sqlite").exists()
