from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from pandas.testing import assert_frame_equal

from data.rows import stored_dtypes
from data.schema import KINDS
from data.store import Batch, Store
from errors import DuplicateFileError, StoreBusyError, StoreError
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
        with reader._reading() as connection, pytest.raises(sa.exc.OperationalError, match="readonly"):
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


KILLED_WRITERS = """
import os, signal, sys
for round_, moment in enumerate(map(float, sys.argv[2].split())):
    if os.fork():
        assert os.waitstatus_to_exitcode(os.wait()[1]) == -signal.SIGALRM
        continue
    store = Store.open(Path(sys.argv[1]))
    for number in range(1000):
        result, content = make_file("complaint", [f"c-{round_}-{number}-{row}" for row in range(200)])
        batch = store.commit(result, actor="Dara", content=content)
        print(batch.revision, flush=True)
        if not number:
            signal.setitimer(signal.ITIMER_REAL, moment)  # nothing handles it: the process ends there and then
"""


@pytest.mark.skipif(os.name == "nt", reason="processes are forked and killed on POSIX only")
def test_a_killed_import_leaves_all_of_a_batch_or_nothing(store: Store) -> None:
    chance = random.Random(7)
    moments = " ".join(str(chance.uniform(0.001, 0.3)) for _ in range(8))
    command = [sys.executable, "-c", IMPORTS + KILLED_WRITERS, str(store.path), moments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    acknowledged = [int(line) for line in done.stdout.split()]
    assert acknowledged == sorted(set(acknowledged)), "a revision that was acknowledged is lost"
    reader = Store.open(store.path, read_only=True)
    assert set(acknowledged) <= set(reader.revisions()["revision"])
    assert_whole(reader)
    assert commit(store, "event", ["e-1"]).revision == store.revision()


def test_the_uploaded_bytes_are_kept_under_their_sha256(store: Store) -> None:
    batch = commit(store, "event", ["e-1"])
    _, content = store.upload(batch.batch_id)
    assert sha256(content).hexdigest() == batch.sha256
    with pytest.raises(StoreError, match="no batch 2"):
        store.upload(2)
