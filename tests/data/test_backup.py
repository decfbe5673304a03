from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.backup import restore_file
from data.store import Store
from errors import StoreDamagedError, StoreError
from tests.data.store_files import ROOT, commit

OLD = ROOT / "tests/data/files/store_0001.sql"
"""A store that a program with the first tables has made."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "var" / "atlas.sqlite"
    commit(Store.open(file), "complaint", [f"c-{row}" for row in range(200)])
    return file


def test_a_backup_is_a_store_and_never_overwrites(path: Path, tmp_path: Path) -> None:
    store = Store.open(path)
    target = tmp_path / "backups" / "one.sqlite"
    store.backup(target)
    commit(store, "event", ["e-1"])
    copy = Store.open(target)
    copy.verify()
    assert copy.snapshot_hash() == store.snapshot_hash(1)
    with pytest.raises(StoreError, match="exists already"):
        store.backup(target)


def test_a_backup_takes_the_place_of_a_damaged_store_which_is_kept(path: Path, tmp_path: Path) -> None:
    store = Store.open(path)
    backup = tmp_path / "backup.sqlite"
    store.backup(backup)
    snapshot = store.snapshot_hash()
    path.write_bytes(b"damaged")
    path.with_name("atlas.sqlite-wal").write_bytes(b"its log")
    kept = restore_file(backup, path)
    assert kept is not None
    assert kept.read_bytes() == b"damaged"
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"its log"
    restored = Store.open(path)
    assert restored.snapshot_hash() == snapshot
    assert commit(restored, "event", ["e-1"]).revision == 2
    assert Store.open(backup, read_only=True).revision() == 1
    assert restore_file(backup, tmp_path / "new" / "atlas.sqlite") is None


def test_a_backup_of_the_first_version_takes_its_place_and_stays_as_it_was(path: Path, tmp_path: Path) -> None:
    backup = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(backup)) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    before = backup.read_bytes()
    assert restore_file(backup, path) is not None
    assert [file.name for file in path.parent.iterdir() if ".replaced-" not in file.name] == ["atlas.sqlite"]
    restored = Store.open(path, read_only=True)
    restored.verify()
    assert restored.record_ids("complaint") == {"c-1", "c-2"}
    assert backup.read_bytes() == before


def test_a_backup_whose_rows_were_changed_replaces_nothing(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    changed = OLD.read_text(encoding="utf-8").replace("'Kampot'", "'Takeo'")
    assert changed != OLD.read_text(encoding="utf-8")
    backup = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(backup)) as connection:
        connection.executescript(changed)
    with pytest.raises(StoreDamagedError, match="have changed since"):
        restore_file(backup, path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["atlas.sqlite"]


def test_a_damaged_backup_replaces_nothing(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    backup = tmp_path / "backup.sqlite"
    backup.write_bytes(before[:4096] + b"\xff" * 64 + before[4160:])
    with pytest.raises(StoreDamagedError):
        restore_file(backup, path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["atlas.sqlite"]


def test_what_is_no_backup_changes_nothing(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    for odd in (tmp_path / "absent.sqlite", path):
        with pytest.raises(StoreError, match=r"no backup|store itself"):
            restore_file(odd, path)
    assert path.read_bytes() == before
    assert not (tmp_path / "absent.sqlite").exists()
