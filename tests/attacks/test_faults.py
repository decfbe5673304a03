"""Section H of the attacks: killed programs, full disks, held locks, damaged files, clocks and rights."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from data import database, drafts, ingest, revisions
from data.database import connect
from data.source_entry import SourceEntry
from data.store import Store
from errors import CancelledError, DuplicateFileError, StoreBusyError, StoreDamagedError, StoreError
from tests.data.store_files import commit, make_file

ROOT = Path(__file__).resolve().parents[2]
ENTRY = SourceEntry("Hotline log", publisher="Example NGO", published_date="2023-04")
ROWS = 2_000
posix = pytest.mark.skipif(os.name == "nt", reason="processes are forked and killed on POSIX only")

BEGIN = """
import os, signal, sqlite3, sys, time
from pathlib import Path
from data import drafts
from data.source_entry import SourceEntry
from data.store import Store
from tests.data.store_files import make_file

path = Path(sys.argv[1])
"""
KILLED = (
    BEGIN
    + """
ENTRY = SourceEntry("Hotline log", publisher="Example NGO", published_date="2023-04")
took = 0.0
for number, share in enumerate(map(float, sys.argv[2].split())):
    result, content = make_file("complaint", [f"c-{number}-{row}" for row in range(ROWS)], source_ids=None)
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        store = Store.open(path)
        os.write(theirs, b"b")
        store.commit(result, actor="Dara", content=content, source=ENTRY)
        print("kept", number, flush=True)
        os.write(theirs, b"k")
        signal.pause()
    assert os.read(ours, 1) == b"b"
    begun = time.monotonic()
    if not number:
        assert os.read(ours, 1) == b"k"
        took = time.monotonic() - begun
    time.sleep(share * took)
    os.kill(child, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
"""
)
"""Each child imports a file of its own. The first is killed after that, the others after some share of that time."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store in a folder with one batch."""
    store = Store.open(tmp_path / "var" / "atlas.sqlite")
    commit(store, "event", ["e-1", "e-2"])
    return store


def run_python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


@posix
def test_H01_an_import_killed_at_any_moment_leaves_all_of_the_batch_or_nothing(store: Store) -> None:
    chance = random.Random(20230401)
    shares = " ".join(str(chance.uniform(0.0, 1.5)) for _ in range(30))
    done = run_python(KILLED.replace("ROWS", str(ROWS)), store.path, shares)
    assert done.returncode == 0, done.stderr
    told = [line.split() for line in done.stdout.splitlines()]
    kept = {int(number) for what, number in told if what == "kept"}
    database._checked.clear()
    with Store.open(store.path) as after:
        after.verify()
        complaints, batches = after.read("complaint"), after.batches().query("kind == 'complaint'")
        numbers = complaints["complaint_id"].str.split("-").str[1].astype(int)
        assert set(numbers.value_counts()) <= {ROWS}
        assert kept <= set(numbers), "an import that was told to be done is lost"
        assert len(batches) == numbers.nunique()
        assert set(batches["source_id"]) == after.record_ids("source") == set(complaints["source_ids"])
        for batch_id in batches["batch_id"]:
            after.upload(int(batch_id))
        assert commit(after, "claim", ["m-1"]).revision == after.revision() == len(batches) + 2


FILLED = (
    BEGIN
    + """
import resource
from errors import StoreError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
result, content = make_file("complaint", [f"c-{row}" for row in range(2_000)])
store = Store.open(path)
before = store.snapshot_hash()
for more in map(int, sys.argv[2:]):
    limit = path.stat().st_size + more
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        store.commit(result, actor="Dara", content=content)
    except StoreError as error:
        print("full" if "full or fails" in error.message and error.hint else repr(error))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert (store.snapshot_hash(), store.revision()) == (before, 1)
    store.verify()
print(store.commit(result, actor="Dara", content=content).revision)
"""
)


@posix
def test_H02_a_full_disk_at_any_size_loses_nothing_and_the_import_works_when_there_is_space(store: Store) -> None:
    done = run_python(FILLED, store.path, 0, 4_096, 20_000, 100_000, 200_000)
    assert done.stdout.split() == [*["full"] * 5, "2"], done.stderr


def test_H02_a_store_that_may_not_grow_stays_as_it_was(store: Store) -> None:
    _, writer = connect(store.path, read_only=False)
    assert writer is not None
    pages = store.path.stat().st_size // 4096
    sa.event.listen(writer, "begin", lambda to: to.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}"))
    before = store.snapshot_hash()
    result, content = make_file("complaint", [f"c-{row}" for row in range(500)])
    with pytest.raises(StoreError, match="is full") as caught:
        store.commit(result, actor="Dara", content=content, source=ENTRY)
    assert caught.value.hint == "Nothing was changed; free some space."
    assert (store.snapshot_hash(), store.revision()) == (before, 1)
    store.verify()


@posix
def test_H02_a_full_disk_keeps_no_half_of_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path))
    code = BEGIN + (
        "import resource\nfrom errors import StoreError\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, resource.RLIM_INFINITY))\n"
        "try: drafts.new_draft(b'x' * 5_000, 'a.csv')\n"
        "except StoreError as error: print(error.hint)\n"
        "print(len(list((path / 'drafts').iterdir())), drafts.open_drafts())\n"
    )
    done = run_python(code, tmp_path)
    assert done.stdout.splitlines() == ["Free some space, or check the rights to the folder.", "0 []"], done.stderr


HOLDS = (
    BEGIN
    + """
connection = sqlite3.connect(path, isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline() if sys.argv[2] == "told" else time.sleep(float(sys.argv[2]))
connection.execute("COMMIT")
"""
)


def test_H03_a_lock_of_3_seconds_is_waited_for(store: Store) -> None:
    command = [sys.executable, "-c", HOLDS, str(store.path), "3"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert len(store.read("event")) == 2
        assert commit(store, "complaint", ["c-1"]).revision == 2
    assert other.returncode == 0


def test_H03_a_lock_of_15_seconds_is_told_and_nothing_is_changed(store: Store) -> None:
    """The lock is held until the one who waits has given up, which is after 10 seconds."""
    command = [sys.executable, "-c", HOLDS, str(store.path), "told"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreBusyError, match="Someone else is writing") as caught:
            commit(store, "complaint", ["c-1"])
        assert "Nothing was changed" in caught.value.hint
        assert len(store.read("event")) == 2
        assert store.revision() == 1
        other.communicate("enough\n")
    assert commit(store, "complaint", ["c-1"]).revision == 2


TWICE = (
    BEGIN
    + """
from errors import DuplicateFileError
result, content = make_file("complaint", [f"c-{row}" for row in range(500)])
store = Store.open(path)
print("ready", flush=True)
sys.stdin.readline()
try:
    print("stored", store.commit(result, actor=sys.argv[2], content=content).batch_id)
except DuplicateFileError as error:
    print("refused", error.context["batch_id"], error.context["actor"])
"""
)


def test_H04_the_same_file_from_two_programs_at_once_is_one_batch(store: Store) -> None:
    pipe = subprocess.PIPE
    commands = [[sys.executable, "-c", TWICE, str(store.path), actor] for actor in ("Dara", "Sok")]
    both = [subprocess.Popen(each, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) for each in commands]
    for each in both:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in both:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    said = sorted(each.communicate()[0].strip() for each in both)
    assert said[0] in ("refused 2 Dara", "refused 2 Sok")
    assert said[1] == "stored 2"
    assert len(store.read("complaint")) == 500
    assert len(store.batches()) == 2


def test_H05_a_second_click_finds_the_file_imported(store: Store) -> None:
    result, content = make_file("complaint", ["c-1"])
    store.commit(result, actor="Dara", content=content, source=ENTRY)
    before = store.snapshot_hash()
    with pytest.raises(DuplicateFileError, match="as batch 2"):
        store.commit(result, actor="Dara", content=content, source=ENTRY)
    assert store.snapshot_hash() == before
    assert len(store.read("source")) == 1


def test_H06_a_page_that_goes_away_in_the_middle_leaves_no_trace(store: Store) -> None:
    def go_away(share: float, _doing: str) -> None:
        if share:
            raise CancelledError("Stopped.")

    result, content = make_file("complaint", [f"c-{row}" for row in range(4_500)])
    before = store.snapshot_hash()
    with pytest.raises(CancelledError):
        store.commit(result, actor="Dara", content=content, source=ENTRY, progress=go_away)
    assert (store.snapshot_hash(), store.revision(), len(store.batches())) == (before, 1, 1)
    assert store.commit(result, actor="Dara", content=content, source=ENTRY).revision == 2


STOPPED = (
    BEGIN
    + """
result, content = make_file("complaint", [f"c-{row}" for row in range(4_500)])
def die(share, doing):
    if share:
        os.kill(os.getpid(), signal.SIGKILL)
draft = drafts.load(sys.argv[2])
Store.open(path).commit(result, actor="Dara", content=content, progress=die)
"""
)


@posix
def test_H07_a_server_killed_while_it_imports_leaves_the_draft(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_DATA_DIR", str(store.path.parent))
    result, content = make_file("complaint", [f"c-{row}" for row in range(4_500)])
    draft = drafts.new_draft(content, "march.csv", "complaint")
    before = store.snapshot_hash()
    assert run_python(STOPPED, store.path, draft.token).returncode == -signal.SIGKILL
    database._checked.clear()
    with Store.open(store.path) as after:
        after.verify()
        assert (after.snapshot_hash(), after.revision()) == (before, 1)
        found = drafts.load(draft.token)
        assert found == draft
        assert found.content() == content
        assert after.commit(result, actor="Dara", content=found.content()).revision == 2
    drafts.discard(draft.token)
    assert drafts.open_drafts() == []


def test_H08_bytes_that_are_not_those_that_were_checked_are_not_stored(store: Store) -> None:
    result, content = make_file("complaint", ["c-1"])
    with pytest.raises(ValueError, match="content is not that of"):
        store.commit(result, actor="Dara", content=content[: len(content) // 2])
    assert store.revision() == 1


Damage = Callable[[Path], object]


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def write_text(path: Path) -> None:
    path.write_text("id,date\n1,2\n" * 500)


def flip(offset: int) -> Damage:
    def flip_there(path: Path) -> None:
        there = path.read_bytes()
        flipped = bytes(byte ^ 0xFF for byte in there[offset : offset + 16])
        path.write_bytes(there[:offset] + flipped + there[offset + 16 :])

    return flip_there


@pytest.mark.parametrize("read_only", [True, False], ids=["reading", "writing"])
@pytest.mark.parametrize(
    "damage",
    [cut, empty, write_text, *(flip(offset) for offset in (0, 16, 44, 68, 100, 4096, 8192))],
    ids=["cut", "zero-bytes", "text", *(f"flipped-{offset}" for offset in (0, 16, 44, 68, 100, 4096, 8192))],
)
def test_H09_a_damaged_file_is_refused_with_what_to_do_and_left_alone(
    store: Store, damage: Damage, read_only: bool
) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage(store.path)
    database._checked.clear()
    before = store.path.read_bytes()
    with pytest.raises(StoreDamagedError) as caught:
        Store.open(store.path, read_only=read_only)
    assert "restore" in caught.value.hint
    assert store.path.read_bytes() == before


class Clock(datetime):
    """A clock that shows what it is told to."""

    shown = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)

    @classmethod
    def now(cls, tz: object = None) -> datetime:
        return cls.shown.astimezone(tz)  # type: ignore[arg-type]


def test_H10_today_is_the_day_in_phnom_penh(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 23:30 UTC on 28 February it is 1 March there: a report of 2 March is of tomorrow, of 3 March in the future."""
    monkeypatch.setattr(ingest, "datetime", Clock)
    text = (
        "complaint_id,received_date,place_text\nc-1,2026-03-01,Kampot\nc-2,2026-03-02,Kampot\nc-3,2026-03-03,Kampot\n"
    )
    result = ingest.ingest(text.encode(), "march.csv", "complaint")
    odd = result.issues[result.issues["field"] == "received_date"]
    assert set(odd["row_number"]) == {4}


def test_H11_a_clock_set_back_changes_no_order_and_no_figure(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Clock, "shown", datetime.now(UTC) - timedelta(days=1))
    monkeypatch.setattr(revisions, "datetime", Clock)
    batch = commit(store, "event", ["e-2", "e-3"], people_best=9)
    audit = store.revisions()
    assert audit["at"].iloc[1] < audit["at"].iloc[0]
    assert audit["revision"].tolist() == [1, 2]
    assert store.read("event").set_index("event_id").loc["e-2", "batch_id"] == 2
    assert store.batches()["batch_id"].tolist() == [1, 2]
    assert store.history("event", "e-2")["rev_in"].tolist() == [1, 2]
    before = store.snapshot_hash(1)
    store.revert(batch.batch_id, actor="Dara")
    assert store.snapshot_hash() == before
    store.verify()


def test_H11_a_clock_set_back_throws_no_draft_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path))
    draft = drafts.new_draft(b"x", "a.csv")
    monkeypatch.setattr(Clock, "shown", datetime.now(UTC) - timedelta(days=1))
    monkeypatch.setattr(drafts, "datetime", Clock)
    assert drafts.discard_old() == 0
    assert drafts.save(draft).changed_at < draft.changed_at
    assert [found.token for found in drafts.open_drafts()] == [draft.token]


READ_ONLY = (
    BEGIN
    + """
from errors import StoreError
Store.open(Path(sys.argv[2]))  # libraries that are loaded on demand, while everything may be read
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)  # root may write everywhere
for attempt in (lambda: Store.open(path).revert(1, actor="Dara"), lambda: drafts.new_draft(b"x", "a.csv")):
    try:
        print(attempt())
    except StoreError as error:
        print(type(error).__name__, error.hint)
"""
)


@posix
def test_H12_a_folder_that_may_only_be_read_is_told_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory() as name:  # not under a folder of pytest, which is its owner's alone
        folder = Path(name)
        commit(Store.open(folder / "atlas.sqlite"), "event", ["e-1"])
        before = (folder / "atlas.sqlite").read_bytes()
        (folder / "atlas.sqlite").chmod(0o444)
        folder.chmod(0o555)
        monkeypatch.setenv("ATLAS_DATA_DIR", name)
        done = run_python(READ_ONLY, folder / "atlas.sqlite", tmp_path / "other.sqlite")
        folder.chmod(0o755)
        assert [line.split()[0] for line in done.stdout.splitlines()] == ["StoreError", "StoreError"], done.stderr
        assert "rights to the folder" in done.stdout
        assert (folder / "atlas.sqlite").read_bytes() == before
        assert not (folder / "drafts").exists()
