from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from data import boundary_uses
from data.database import connect
from data.ingest import ingest
from data.store import Store
from errors import BoundaryError, MigrationError, StoreBusyError
from geo.boundaries import boundary_source, boundary_version, load_provinces, use_boundaries
from tests.data.boundary_files import SOURCE, strip_of, synthetic_set
from tests.data.store_files import commit

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _bundled_again():
    yield
    use_boundaries(None)


def add(store: Store, *ids: str, shift: float = 0.05) -> None:
    """Complaints in the strip that changes hands, and one elsewhere."""
    point = strip_of(shift).representative_point()
    rows = [f"{name},2023-01-02,{point.y},{point.x}" for name in ids]
    content = "\n".join(["complaint_id,received_date,latitude,longitude", *rows]).encode()
    store.commit(ingest(content, "synthetic.csv", "complaint"), actor="T", content=content)


def install(store: Store, shift: float = 0.05):
    return store.install_boundaries(
        synthetic_set(shift=shift), SOURCE, actor="Dara", reason="official set", expected_revision=store.revision()
    )


def provinces_of(store: Store) -> dict[str, str]:
    return dict(store.read("complaint")[["complaint_id", "province_code"]].to_numpy().tolist())


def test_installing_and_going_back_are_one_revision_each_and_leave_no_trace(store: Store):
    add(store, "a", "b")
    before = store.snapshot_hash()
    done = install(store)
    assert done.revision == store.revision() == 2
    assert done.placed["record_id"].tolist() == ["a", "b"]
    assert provinces_of(store) == {"a": "KH-12", "b": "KH-12"}
    assert boundary_source()["attribution"] == "Boundaries: Nobody, Synthetic provinces (2026); CC0-1.0"
    assert boundary_version() == synthetic_set().checksum
    last = store.revisions().iloc[-1]
    assert (last["action"], last["rows"], last["actor"]) == ("boundaries", 2, "Dara")
    assert last["note"] == "Boundaries of provinces: Synthetic provinces (Nobody). official set"
    assert store.history("complaint", "a")["action"].tolist() == ["import", "boundaries"]
    assert store.read("complaint", revision=1)["province_code"].tolist() == ["KH-8", "KH-8"]
    store.verify()
    undone = store.rollback_boundaries(1, actor="Dara", reason="tried")
    assert len(undone.placed) == 2
    assert undone.left.empty
    assert store.snapshot_hash() == before
    assert boundary_version() == "bundled"
    store.verify()
    uses = store.boundary_uses()
    assert uses["undoes"].isna().tolist() == [True, False]
    assert uses["in_use"].tolist() == [False, True]
    with pytest.raises(BoundaryError, match="No boundaries"):
        store.rollback_boundaries(1, actor="Dara", reason="again")


def test_two_sets_are_taken_back_one_after_the_other(store: Store):
    add(store, "a")
    hashes = [store.snapshot_hash()]
    for shift in (0.05, 0.03):
        install(store, shift)
        hashes.append(store.snapshot_hash())
    assert provinces_of(store) == {"a": "KH-12"} or provinces_of(store) == {"a": "KH-8"}
    for expected in (hashes[1], hashes[0]):
        store.rollback_boundaries(1, actor="Dara", reason="back")
        assert store.snapshot_hash() == expected


def test_what_came_meanwhile_is_placed_anew_and_what_was_corrected_is_left(store: Store):
    add(store, "a", "b")
    install(store)
    add(store, "later")
    assert provinces_of(store)["later"] == "KH-12"
    store.correct("complaint", "b", {"note": "asked again"}, actor="Vanna", reason="a call")
    undone = store.rollback_boundaries(1, actor="Dara", reason="tried")
    assert provinces_of(store) == {"a": "KH-8", "later": "KH-8", "b": "KH-12"}
    assert undone.left[["record_id", "province"]].to_numpy().tolist() == [["b", "KH-12"]]


def test_a_batch_that_was_taken_back_comes_again_with_the_places_of_the_set_in_use(store: Store):
    add(store, "a")
    install(store)
    with pytest.raises(Exception, match="placed by other boundaries in revision 2, by Dara"):
        store.revert(1, actor="T")


def test_nothing_is_stored_by_half(store: Store, monkeypatch):
    add(store, "a")
    before = store.snapshot_hash()

    def fail(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(boundary_uses, "give_versions", fail)
    with pytest.raises(OSError, match="disk"):
        install(store)
    assert (store.revision(), store.snapshot_hash()) == (1, before)
    assert store.boundary_uses().empty
    assert boundary_version() == "bundled"


def test_other_data_than_were_compared_or_a_set_that_counts_are_refused(store: Store):
    found = synthetic_set()
    add(store, "a")
    with pytest.raises(StoreBusyError, match="have changed"):
        store.install_boundaries(found, SOURCE, actor="D", reason="r", expected_revision=0)
    with pytest.raises(BoundaryError, match="a reason"):
        store.install_boundaries(found, SOURCE, actor="D", reason=" ", expected_revision=1)
    install(store)
    with pytest.raises(BoundaryError, match="count already"):
        install(store)


def test_another_process_is_followed_and_a_damaged_set_is_named(store: Store):
    install(store)
    use_boundaries(None)
    other = Store.open(store.path, read_only=True)
    other.follow_boundaries()
    folder = other.boundary_folder(1)
    assert folder is not None
    assert boundary_version() == folder.name
    (folder / "boundaries.geojson").write_text("{}")
    use_boundaries(folder.parent / "x" / ".." / folder.name)  # as a process that has not read it yet
    with pytest.raises(BoundaryError, match="not as they were installed"):
        load_provinces()
    store.rollback_boundaries(1, actor="D", reason="damaged")
    assert len(load_provinces()) == 25


def test_districts_are_installed_without_changing_a_record(store: Store):
    add(store, "a")
    before = store.snapshot_hash()
    done = store.install_boundaries(
        synthetic_set(level=2), SOURCE, actor="D", reason="districts", expected_revision=store.revision()
    )
    assert done.placed.empty
    assert store.snapshot_hash() == before
    assert store.boundary_folder(2) is not None
    assert store.boundary_folder(1) is None
    store.rollback_boundaries(2, actor="D", reason="back")
    assert store.boundary_folder(2) is None


def test_a_store_of_the_second_version_is_brought_up_to_date(store: Store):
    commit(store, "complaint", ["c-1"])
    before = store.snapshot_hash()
    config = Config()
    config.set_main_option("script_location", str(ROOT / "data" / "migrations"))
    _, writer = connect(store.path, read_only=False)
    assert writer is not None
    with writer.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            config.attributes["connection"] = connection
            command.downgrade(config, "0002")
    with closing(sqlite3.connect(store.path)) as old:
        assert "boundary_use" not in {name for (name,) in old.execute("SELECT name FROM sqlite_master")}
        with pytest.raises(sqlite3.IntegrityError, match="ck_revision_action"):
            old.execute("INSERT INTO revision VALUES (9, '2026-01-01', 'a', 'boundaries', 1, '', 0, '')")
    with pytest.raises(MigrationError):
        Store.open(store.path, read_only=True)
    new = Store.open(store.path)
    assert new.snapshot_hash() == before
    new.verify()
    install(new)
    new.verify()
