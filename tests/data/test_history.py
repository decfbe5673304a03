from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from data.store import Store
from errors import StoreDamagedError
from tests.data.store_files import commit


@pytest.fixture
def store(store: Store) -> Store:
    commit(store, "event", ["e-1", "e-2", "e-3"], event_type="raid", people_best=10)
    return store


def test_the_audit_list_tells_who_did_what_when_and_why(store: Store) -> None:
    begun = datetime.now(UTC)
    store.correct("event", "e-2", {"people_best": 12}, actor="Sok", reason="the ministry's figure")
    commit(store, "complaint", ["c-1"], actor="Maly")
    store.revert(2, actor="Dara", reason="uploaded by mistake")
    audit = store.revisions()
    assert audit.drop(columns="at").to_dict("records") == [
        {"revision": 1, "actor": "Dara", "action": "import", "batch_id": 1, "note": "", "rows": 3},
        {
            "revision": 2, "actor": "Sok", "action": "correct", "batch_id": 1,
            "note": "the ministry's figure", "rows": 1,
        },
        {"revision": 3, "actor": "Maly", "action": "import", "batch_id": 2, "note": "", "rows": 1},
        {
            "revision": 4, "actor": "Dara", "action": "revert", "batch_id": 2,
            "note": "uploaded by mistake", "rows": 1,
        },
    ]  # fmt: skip
    assert str(audit["at"].dtype) == "datetime64[us, UTC]"
    assert (audit["at"].iloc[1:] >= begun).all()
    assert (audit["at"] <= datetime.now(UTC)).all()


def test_batches_have_their_columns_and_tell_when_they_were_reverted(store: Store) -> None:
    commit(store, "complaint", ["c-1"], rejected=2)
    store.revert(2, actor="Dara")
    batches = store.batches()
    assert list(batches.columns) == [
        "batch_id", "kind", "file_name", "sha256", "committed_at", "actor", "rows_read", "rows_accepted",
        "rows_rejected", "rows_duplicate", "revision", "status", "reverted_revision", "note", "source_id", "options",
    ]  # fmt: skip
    assert batches["status"].tolist() == ["live", "reverted"]
    assert batches["reverted_revision"].tolist() == [pd.NA, 3]
    assert batches["rows_read"].tolist() == [3, 3]


def test_a_record_keeps_every_version_with_who_made_it_and_why(store: Store) -> None:
    store.correct("event", "e-2", {"people_best": 12, "date_start": date(2023, 4, 1)}, actor="Sok", reason="recount")
    later = commit(store, "event", ["e-2", "e-4"], event_type="rescue", people_best=15, actor="Maly")
    store.revert(later.batch_id, actor="Dara", reason="wrong file")
    versions = store.history("event", "e-2")
    assert versions["people_best"].tolist() == [10, 12, 15, 12]
    assert versions["rev_in"].tolist() == [1, 2, 3, 4]
    assert versions["rev_out"].tolist() == [2, 3, 4, pd.NA]
    assert versions["batch_id"].tolist() == [1, 1, 2, 1]
    assert versions["row_number"].tolist() == [3, 3, 2, 3]
    assert versions["action"].tolist() == ["import", "correct", "import", "revert"]
    assert versions["by"].tolist() == ["Dara", "Sok", "Maly", "Dara"]
    assert versions["actor"].dropna().unique().tolist() == ["ខេត្ត “0”, \n=1+1; x"]  # of the event
    assert versions["reason"].tolist() == ["", "recount", "", "wrong file"]
    assert store.history("event", "e-9").empty
    assert versions.dtypes.equals(store.history("event", "e-9").dtypes)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE event SET people_best = 99 WHERE event_id = 'e-2'", "Rows of revision 1"),
        ("DELETE FROM event WHERE event_id = 'e-2'", "Rows of revision 1"),
        ("UPDATE upload SET content = x'78'", "stored file of batch 1"),
        ("DELETE FROM upload", "refers to"),
    ],
)
def test_verifying_notices_what_was_changed_behind_our_back(store: Store, statement: str, message: str) -> None:
    store.verify()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute(statement)
    with pytest.raises(StoreDamagedError, match=message):
        store.verify()


def test_a_file_that_has_changed_is_not_handed_out(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE upload SET content = x'78'")
    with pytest.raises(StoreDamagedError, match="stored file of batch 1"):
        store.upload(1)
