from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from pandas.testing import assert_frame_equal

from data.answers import answer_verification
from data.options import ImportOptions
from data.rows import stored_dtypes
from data.schema import KINDS
from data.source_entry import SourceEntry
from data.store import Batch, Store
from errors import CancelledError, DuplicateFileError, StoreBusyError, StoreError
from tests.data.store_files import CheckedFile, commit, make_file, make_records

ROOT = Path(__file__).resolve().parents[2]


def test_an_empty_store_is_at_revision_0_and_gives_typed_empty_frames(store: Store) -> None:
    assert store.revision() == 0
    for kind in KINDS:
        frame = store.read(kind)
        assert frame.empty
        assert frame.dtypes.astype(str).to_dict() == stored_dtypes(kind)
        assert store.record_ids(kind) == set()
    assert store.batches().empty
    assert store.revisions().empty


def test_rows_read_are_accepted_or_rejected_and_each_is_accounted_for(store: Store) -> None:
    result, content = make_file("complaint", ["c-1", "c-2"], rejected=5, name="ប្រចាំខែ.csv")
    batch = store.commit(result, actor="Dara", content=content, note="March")
    assert (batch.rows_read, batch.rows_accepted, batch.rows_rejected) == (7, 2, 5)
    assert len(store.read("complaint")) == batch.rows_accepted
    row = store.batches().iloc[0]
    assert row["rows_read"] == row["rows_accepted"] + row["rows_rejected"]
    assert (row["actor"], row["note"], row["status"], row["sha256"]) == ("Dara", "March", "live", result.sha256)
    assert store.upload(batch.batch_id) == ("ប្រចាំខែ.csv", content)


def test_duplicates_are_counted_and_the_decisions_are_kept(store: Store) -> None:
    result, content = make_file("complaint", ["c-1", "c-2"], rejected=1, duplicate=4)
    options = ImportOptions(day_first=True, leave_out=(5, 6, 7, 8))
    batch = store.commit(replace(result, options=options), actor="Dara", content=content)
    assert (batch.rows_read, batch.rows_accepted, batch.rows_rejected, batch.rows_duplicate) == (7, 2, 1, 4)
    assert ImportOptions.from_json(batch.options) == options
    listed = store.batches().iloc[0]
    assert (listed["rows_duplicate"], listed["options"]) == (4, batch.options)
    assert answer_verification(store)["ok"] is True


def test_a_store_whose_batch_does_not_add_up_is_not_conserved(store: Store) -> None:
    commit(store, "event", ["e-1"])
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE batch SET rows_duplicate = 1")
    assert answer_verification(store)["ok"] is False


def test_whoever_waits_is_told_how_far_the_rows_are(store: Store) -> None:
    told: list[tuple[float, str]] = []
    result, content = make_file("complaint", [f"c-{row}" for row in range(4_500)])
    store.commit(result, actor="Dara", content=content, progress=lambda share, doing: told.append((share, doing)))
    shares = [share for share, _ in told]
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert {doing for _, doing in told} == {"Storing the rows"}


@pytest.mark.parametrize("last", [0.0, 0.5, 1.0])
def test_an_import_that_is_stopped_leaves_no_trace(store: Store, last: float) -> None:
    commit(store, "complaint", ["c-1"])
    before = (store.snapshot_hash(), store.revision(), uploads_of(store))
    batches = store.batches()

    def stop(share: float, _doing: str) -> None:
        if share >= last:
            raise CancelledError("Stopped.")

    result, content = make_file("complaint", [f"c-{row}" for row in range(4_500)], people_affected=2)
    with pytest.raises(CancelledError):
        store.commit(result, actor="Dara", content=content, source=SourceEntry("Log"), progress=stop)
    assert (store.snapshot_hash(), store.revision(), uploads_of(store)) == before
    assert_frame_equal(store.batches(), batches)
    store.verify()
    assert store.commit(result, actor="Dara", content=content).revision == 2


def uploads_of(store: Store) -> set[str]:
    with closing(sqlite3.connect(store.path)) as connection:
        return {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM upload")}


def test_a_file_of_which_nothing_was_accepted_is_kept_too(store: Store) -> None:
    batch = commit(store, "event", [], rejected=4)
    assert (batch.rows_read, batch.rows_accepted, batch.rows_rejected) == (4, 0, 4)
    assert store.read("event").empty
    assert store.revision() == 1


def test_a_count_that_does_not_add_up_is_not_stored(store: Store) -> None:
    class Wrong(CheckedFile):
        rows_read = 99

    result, content = make_file("event", ["e-1"])
    wrong = Wrong(result.kind, result.file_name, result.sha256, result.accepted, 0)
    with pytest.raises(ValueError, match="rows read are not those"):
        store.commit(wrong, actor="Dara", content=content)
    assert store.revision() == 0


def test_the_data_as_of_a_revision_never_change(store: Store) -> None:
    first = commit(store, "complaint", ["c-1", "c-2", "c-3"])
    then, hash_then = store.read("complaint"), store.snapshot_hash()
    store.correct("complaint", "c-1", {"people_affected": 41}, actor="Sok", reason="typing mistake")
    second = commit(store, "complaint", ["c-2", "c-4"], people_affected=7)
    store.revert(second.batch_id, actor="Sok")
    store.reapply(second.batch_id, actor="Sok")
    assert_frame_equal(store.read("complaint", revision=first.revision), then)
    assert store.snapshot_hash(first.revision) == hash_then
    assert store.read("complaint", revision=0).empty
    now = store.read("complaint").set_index("complaint_id")
    assert now.loc["c-1", "people_affected"] == 41
    assert now.loc["c-2", "people_affected"] == 7
    assert sorted(now.index) == ["c-1", "c-2", "c-3", "c-4"]


@pytest.mark.parametrize("revision", [-1, 2])
def test_a_revision_that_is_not_there_is_refused(store: Store, revision: int) -> None:
    commit(store, "event", ["e-1"])
    with pytest.raises(StoreError, match="no revision"):
        store.read("event", revision=revision)
    with pytest.raises(StoreError, match="no revision"):
        store.snapshot_hash(revision)


def test_what_cannot_be_what_was_checked_is_not_stored(store: Store) -> None:
    result, content = make_file("complaint", ["c-1", "c-2"])
    with pytest.raises(ValueError, match="content is not that of"):
        store.commit(result, actor="Dara", content=content + b" ")
    with pytest.raises(ValueError, match="accepted complaint records"):
        store.commit(replace(result, accepted=result.accepted.drop(columns="outcome")), actor="Dara", content=content)
    assert store.revision() == 0


def test_what_is_stored_is_read_again(store: Store) -> None:
    batch = commit(store, "complaint", ["c-1", "c-2"])
    frame = store.read("complaint")
    accepted = make_records("complaint", ["c-1", "c-2"])
    assert_frame_equal(frame[list(accepted.columns)], accepted)
    assert (frame["batch_id"] == batch.batch_id).all()
    assert store.record_ids("complaint") == {"c-1", "c-2"}


def test_the_hash_is_of_the_records_that_are_live(store: Store) -> None:
    empty = store.snapshot_hash()
    commit(store, "event", ["e-1"])
    with_event = store.snapshot_hash()
    commit(store, "complaint", ["c-1"])
    assert len({empty, with_event, store.snapshot_hash()}) == 3
    assert [store.snapshot_hash(number) for number in (0, 1)] == [empty, with_event]


def test_several_files_are_stored_together_or_not_at_all(store: Store) -> None:
    good, duplicate = make_file("source", ["s-1"]), make_file("source", ["s-1"])
    with pytest.raises(DuplicateFileError):
        store.commit_all([good, make_file("event", ["e-1"]), duplicate], actor="Dara")
    assert store.revision() == 0
    assert store.batches().empty
    batches = store.commit_all([good, make_file("event", ["e-1"])], actor="Dara")
    assert [(batch.batch_id, batch.revision, batch.kind) for batch in batches] == [(1, 1, "source"), (2, 2, "event")]


def test_a_file_that_was_checked_against_older_data_is_not_stored(store: Store) -> None:
    checked_at = store.revision()
    commit(store, "complaint", ["c-1"])
    with pytest.raises(StoreBusyError, match="changed since the file was checked"):
        commit_at(store, checked_at)
    assert commit_at(store, 1).revision == 2


def commit_at(store: Store, expected_revision: int) -> Batch:
    result, content = make_file("complaint", ["c-1"], people_affected=2)
    return store.commit(result, actor="Sok", content=content, expected_revision=expected_revision)


def test_a_store_opened_for_reading_does_not_write(store: Store) -> None:
    commit(store, "event", ["e-1"])
    with Store.open(store.path, read_only=True) as reader:
        assert len(reader.read("event")) == 1
        with pytest.raises(StoreError, match="for reading only"):
            reader.revert(1, actor="Dara")
        with reader.reading() as connection, pytest.raises(sa.exc.OperationalError, match="readonly"):
            connection.exec_driver_sql("DELETE FROM event")


def test_the_store_is_found_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path / "var"))
    with Store.open() as store:
        assert store.path == tmp_path / "var" / "atlas.sqlite"
        assert store.path.exists()


def test_threads_share_a_store(store: Store) -> None:
    def write(number: int) -> int:
        return commit(store, "complaint", [f"c-{number}-{row}" for row in range(20)]).revision

    def read(_: int) -> bool:
        revision = store.revision()
        return len(store.read("complaint", revision=revision)) == 20 * revision

    with ThreadPoolExecutor(6) as pool:
        revisions, whole = pool.map(write, range(8)), pool.map(read, range(24))
        assert sorted(revisions) == list(range(1, 9))
        assert all(whole)
    assert threading.active_count() < 6


def test_the_same_file_from_two_tabs_is_stored_once(store: Store) -> None:
    result, content = make_file("complaint", ["c-1"])

    def upload(actor: str) -> str:
        try:
            store.commit(result, actor=actor, content=content)
        except DuplicateFileError:
            return "refused"
        return "stored"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(upload, ("Dara", "Sok"))) == ["refused", "stored"]
    assert store.revision() == 1


IMPORTS = """
import sys
from pathlib import Path
from data.store import Store
from tests.data.store_files import make_file
"""
WRITER = """
store = Store.open(Path(sys.argv[1]))
start, rounds = int(sys.argv[2]), int(sys.argv[3])
for number in range(start, start + rounds):
    result, content = make_file("complaint", [f"c-{number}-{row}" for row in range(200)])
    batch = store.commit(result, actor="Dara", content=content)
    print(batch.revision, flush=True)
    if number % 2:
        print(store.revert(batch.batch_id, actor="Dara") and store.revision(), flush=True)
"""


def start_writer(store: Store, start: int, rounds: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", IMPORTS + WRITER, str(store.path), str(start), str(rounds)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def assert_whole(store: Store) -> None:
    store.verify()
    batches = store.batches()
    live = batches[batches["status"] == "live"]
    assert len(store.read("complaint")) == live["rows_accepted"].sum() == 200 * len(live)
    assert store.revisions()["revision"].tolist() == list(range(1, store.revision() + 1))


def test_readers_see_whole_batches_while_another_process_writes(store: Store) -> None:
    with start_writer(store, 0, 6) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()  # by then it has loaded its libraries
        reader = Store.open(store.path, read_only=True)
        seen = set()
        while writer.poll() is None:
            revision = reader.revision()
            assert len(reader.read("complaint", revision=revision)) % 200 == 0
            seen.add(revision)
    assert writer.returncode == 0
    assert reader.revision() == 9
    assert len(seen) > 1
    assert_whole(store)


def test_the_uploaded_bytes_are_kept_under_their_sha256(store: Store) -> None:
    batch = commit(store, "event", ["e-1"])
    _, content = store.upload(batch.batch_id)
    assert sha256(content).hexdigest() == batch.sha256
    with pytest.raises(StoreError, match="no batch 2"):
        store.upload(2)
