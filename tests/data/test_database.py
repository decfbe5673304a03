from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from data import database
from data.database import APPLICATION_ID, connect, data_dir, write_upload
from data.store import Store
from data.tables import metadata, upload
from errors import MigrationError, StoreBusyError, StoreDamagedError, StoreError
from tests.data.store_files import commit, run_at_once

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one batch of 200 complaints, all of it in the one file."""
    file = tmp_path / "ទិន្នន័យ 50%?" / "atlas.sqlite"
    # A column that came later is empty, so that a way back to before it loses nothing.
    commit(Store.open(file), "complaint", [f"c-{row}" for row in range(200)], publish_after=None)
    assert not file.with_name("atlas.sqlite-wal").exists()
    return file


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)
    database._checked.clear()  # as a program that starts now


def test_a_new_store_is_ours_durable_and_has_the_tables_of_the_schema(path: Path) -> None:
    reader, writer = connect(path, read_only=False)
    assert writer is not None
    with reader.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    with writer.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "secure_delete": 1,
    }


def test_comparing_tables_notices_a_missing_column(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE complaint DROP COLUMN outcome")
    reader, _ = connect(path, read_only=True)
    with reader.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) != []


def test_migrations_go_down_and_up_again(path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "data" / "migrations"))
    _, writer = connect(path, read_only=False)
    assert writer is not None
    with writer.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            go_down_and_up(connection, config)


def go_down_and_up(connection: sa.Connection, config: Config) -> None:
    config.attributes["connection"] = connection
    command.downgrade(config, "base")
    assert compare_metadata(MigrationContext.configure(connection), metadata) != []
    command.upgrade(config, "head")
    assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.parametrize("content", [b"", b"id,date\n1,2\n", b"SQLite format 3\x00", b"\x00" * 8192])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for read_only in (True, False):
        with pytest.raises(StoreDamagedError) as caught:
            Store.open(path, read_only=read_only)
        assert "restore" in caught.value.hint
    assert path.read_bytes() == content


@pytest.mark.parametrize("offset", [0, 16, 32, 44, 56, 68, 100, 4096, 3 * 4096])
def test_sixteen_flipped_bytes_are_noticed(path: Path, offset: int) -> None:
    there = path.read_bytes()[offset : offset + 16]
    overwrite(path, offset, bytes(byte ^ 0xFF for byte in there))
    before = path.read_bytes()
    for read_only in (True, False):
        with pytest.raises(StoreDamagedError):
            Store.open(path, read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("part", [0.9, 0.5, 0.1])
def test_a_file_cut_short_is_refused(path: Path, part: float) -> None:
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * part))
    database._checked.clear()
    with pytest.raises(StoreDamagedError):
        Store.open(path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "atlas.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 1196444487")
        connection.execute("CREATE TABLE gpkg_contents (x)")
    with pytest.raises(StoreDamagedError, match="not a store of Compound Atlas"):
        Store.open(path)


def test_a_database_with_our_id_but_no_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "atlas.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    with pytest.raises(StoreDamagedError, match="no schema version"):
        Store.open(path)


def test_a_log_without_its_store_is_not_replaced_by_an_empty_store(path: Path) -> None:
    path.with_name("atlas.sqlite-wal").write_bytes(b"rows that were committed")
    path.unlink()
    with pytest.raises(StoreDamagedError, match="its log"):
        Store.open(path)
    assert not path.exists()


def test_a_replaced_file_is_checked_again(path: Path, tmp_path: Path) -> None:
    store = Store.open(path)
    copy = tmp_path / "copy.sqlite"
    store.backup(copy)
    there = copy.read_bytes()
    copy.write_bytes(there[:4096] + b"\xff" * 64 + there[4160:])
    copy.replace(path)
    with pytest.raises(StoreDamagedError):
        Store.open(path)


def test_a_newer_store_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(MigrationError, match="newer version") as caught:
        Store.open(path)
    assert caught.value.hint == "Update Compound Atlas."


def test_an_older_store_is_brought_up_to_date_by_a_writer_only(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations = tmp_path / "data" / "migrations"
    (migrations / "versions").mkdir(parents=True)
    ours = ROOT / "data" / "migrations"
    for file in (ours / "env.py", *sorted((ours / "versions").glob("0*.py"))):
        (migrations / file.relative_to(ours)).write_bytes(file.read_bytes())
    last = max(each.stem[:4] for each in (ours / "versions").glob("0*.py"))
    (migrations / "versions" / "9000_more.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = '9000', '{last}'\n"
        "def upgrade():\n    with op.batch_alter_table('complaint', recreate='always') as table:\n"
        "        table.add_column(sa.Column('referred_to', sa.Text))\n"
    )
    before = Store.open(path).snapshot_hash()
    monkeypatch.setattr(database, "__file__", str(tmp_path / "data" / "database.py"))
    database._scripts.cache_clear()
    try:
        with pytest.raises(MigrationError, match="older version"):
            Store.open(path, read_only=True)
        store = Store.open(path)
        assert store.snapshot_hash() == before
        assert len(Store.open(path, read_only=True).read("complaint")) == 200
        store.verify()
        with closing(sqlite3.connect(path)) as connection:
            assert "referred_to" in {row[1] for row in connection.execute("PRAGMA table_info(complaint)")}
    finally:
        database._scripts.cache_clear()


def test_a_store_that_the_first_version_made_opens_and_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "atlas.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((ROOT / "tests/data/files/store_0001.sql").read_text(encoding="utf-8"))
    with pytest.raises(MigrationError, match="older version \\(0001\\)"):
        Store.open(path, read_only=True)
    store = Store.open(path)
    store.verify()
    hashes = [store.snapshot_hash(number) for number in range(store.revision() + 1)]
    assert hashes[3] == hashes[5]  # revision 4 was reverted in revision 5
    assert len(set(hashes)) == 6
    batches = store.batches()
    assert batches["rows_read"].tolist() == [1, 3, 2, 1]
    assert batches["rows_duplicate"].tolist() == [0, 0, 0, 0]
    assert batches["status"].tolist() == ["live", "live", "reverted", "live"]
    assert set(batches["options"]) == {"{}"}
    assert batches["source_id"].isna().all()
    name, content = store.upload(2)
    assert (name, content.count(b"\n")) == ("ប្រចាំខែ.csv", 4)
    complaints = store.read("complaint").set_index("complaint_id")
    assert complaints["people_affected"].to_dict() == {"c-1": 4, "c-2": 1}
    assert complaints["source_ids"].tolist() == ["src-example", "src-example"]
    assert complaints.loc["c-2", "extra"] == '{"Officer": "B"}'
    assert store.history("complaint", "c-1")["people_affected"].tolist() == [3, 4]
    assert store.read("complaint", revision=4)["province_code"].tolist() == ["KH-20", "KH-21", "KH-21"]
    store.reapply(3, actor="Dara")
    assert store.snapshot_hash() != hashes[-1]
    store.revert(3, actor="Dara")
    assert store.snapshot_hash() == hashes[-1]
    assert store.place_aliases() == {}
    assert commit(store, "event", ["e-9"]).revision == 9
    reader, _ = connect(path, read_only=True)
    with reader.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_an_older_store_whose_rows_were_changed_is_not_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "atlas.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript((ROOT / "tests/data/files/store_0001.sql").read_text(encoding="utf-8"))
        connection.execute("UPDATE complaint SET people_affected = 99 WHERE complaint_id = 'c-2'")
    with pytest.raises(StoreDamagedError, match="Rows of revision 2"):
        Store.open(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]


def test_a_store_with_the_indexes_of_before_opens_and_says_the_same(path: Path) -> None:
    before = Store.open(path).snapshot_hash()
    config = Config()
    config.set_main_option("script_location", str(ROOT / "data" / "migrations"))
    _, writer = connect(path, read_only=False)
    assert writer is not None
    with writer.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            config.attributes["connection"] = connection
            command.downgrade(config, "0003")
            named = {index["name"] for index in sa.inspect(connection).get_indexes("complaint")}
            assert {"ux_complaint_live", "ix_complaint_batch_id"} <= named
    with pytest.raises(MigrationError, match="older version \\(0003\\)"):
        Store.open(path, read_only=True)
    store = Store.open(path)
    store.verify()
    assert store.snapshot_hash() == before
    store.revert(1, actor="Dara")
    assert len(store.read("complaint")) == 0
    store.reapply(1, actor="Dara")
    assert store.snapshot_hash() == before


@pytest.mark.parametrize("content", [b"", b"id\n1\n", bytes(range(256)) * 9_000], ids=["empty", "small", "large"])
def test_the_bytes_of_a_file_are_stored_as_they_are(path: Path, content: bytes) -> None:
    _, writer = connect(path, read_only=False)
    assert writer is not None
    with writer.begin() as connection:
        write_upload(connection, "0" * 64, content)
    with writer.begin() as connection:
        stored = sa.select(upload.c.content).where(upload.c.sha256 == "0" * 64)
        assert connection.execute(stored).scalar_one() == content


def test_a_writer_that_waits_in_vain_is_told_so_and_readers_go_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    store = Store.open(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="Someone else is writing"):
            commit(store, "event", ["e-1"])
        assert len(Store.open(path, read_only=True).read("complaint")) == 200
        assert store.revision() == 1
    assert commit(store, "event", ["e-1"]).revision == 2


def test_a_reader_does_not_make_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no store"):
        Store.open(tmp_path / "atlas.sqlite", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path / "file" / "data"))
    with pytest.raises(StoreError, match="cannot be opened or written") as caught:
        data_dir()
    assert "ATLAS_DATA_DIR" in caught.value.hint


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path / "a" / "b"))
    assert data_dir() == tmp_path / "a" / "b"
    assert os.name == "nt" or (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0
    monkeypatch.delenv("ATLAS_DATA_DIR")
    assert data_dir() == ROOT / "var"


@pytest.mark.skipif(os.name == "nt", reason="rights to folders are another matter there")
@pytest.mark.parametrize("there", [False, True])
def test_a_read_only_folder_is_refused_with_a_hint(there: bool, tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from data.store import Store; from errors import StoreError\n"
        "from tests.data.store_files import commit\n"
        "writable, store = map(Path, sys.argv[1:])\n"
        "commit(Store.open(writable), 'event', ['e-1'])\n"
        "if os.getuid() == 0: os.seteuid(65534)  # root may write everywhere\n"
        "try: commit(Store.open(store), 'event', ['e-1'])\n"
        "except StoreError as error: print(type(error).__name__, error.hint)"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "atlas.sqlite"
        if there:
            Store.open(path)
            path.chmod(0o444)
        folder.chmod(0o555)
        command = [sys.executable, "-c", code, str(tmp_path / "atlas.sqlite"), str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        folder.chmod(0o755)
    assert done.stdout.startswith("StoreError Check the rights to the folder"), done.stderr


@pytest.mark.skipif(os.name == "nt", reason="processes are forked on POSIX only")
def test_many_programs_that_start_at_once_make_one_store(tmp_path: Path) -> None:
    assert run_at_once("Store.open(path).verify()", tmp_path / "atlas.sqlite", programs=4) == [0] * 4
    assert [file.name for file in tmp_path.iterdir() if not file.name.endswith(("-wal", "-shm"))] == ["atlas.sqlite"]


def test_without_hard_links_a_store_is_made_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    assert commit(Store.open(tmp_path / "atlas.sqlite"), "event", ["e-1"]).revision == 1
