from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from data.store import Store
from errors import StoreDamagedError, StoreError
from tests.data.store_files import commit


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "atlas.sqlite")
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
        "rows_rejected", "revision", "status", "reverted_revision", "note",
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
    assert versions["actor"].tolist() == ["Dara", "Sok", "Maly", "Dara"]
    assert versions["reason"].tolist() == ["", "recount", "", "wrong file"]
    assert store.history("event", "e-9").empty
    assert versions.dtypes.equals(store.history("event", "e-9").dtypes)


def test_a_correction_changes_one_record_and_nothing_else(store: Store) -> None:
    before = store.read("event").set_index("event_id")
    revision = store.correct(
        "event",
        "e-2",
        {
            "people_best": 12.0,
            "latitude": 11,
            "date_start": datetime(2023, 4, 1),
            "province_codes": "KH-1;KH-2",
            "match_method": "manual",
            "quote": None,
        },
        actor="Sok",
        reason="recount",
    )
    after = store.read("event").set_index("event_id")
    assert revision == store.revision() == 2
    row = after.loc["e-2"]
    assert (row["people_best"], row["latitude"], row["date_start"]) == (12, 11.0, pd.Timestamp(2023, 4, 1))
    assert (row["province_codes"], row["match_method"]) == ("KH-1;KH-2", "manual")
    assert pd.isna(row["quote"])
    untouched = ["e-1", "e-3"]
    pd.testing.assert_frame_equal(after.loc[untouched], before.loc[untouched])
    assert row["batch_id"] == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"event_type": "party"}, "not one of those"),
        ({"event_type": None}, "must not be empty"),
        ({"people_best": "twelve"}, "does not fit"),
        ({"people_best": 1.5}, "does not fit"),
        ({"latitude": "north"}, "does not fit"),
        ({"date_start": "31 April 2023"}, "does not fit"),
        ({"note": 5}, "does not fit"),
        ({"people_best": 10}, "says so already"),
        ({}, "says so already"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(store: Store, changes: dict[str, object], message: str) -> None:
    with pytest.raises(StoreError, match=message):
        store.correct("event", "e-2", changes, actor="Sok", reason="recount")
    assert store.revision() == 1


@pytest.mark.parametrize("name", ["event_id", "row_id", "rev_out", "no_such_column", "extra"])
def test_only_the_columns_of_a_record_can_be_corrected(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="not a column of event that can be corrected"):
        store.correct("event", "e-2", {name: "x"}, actor="Sok", reason="recount")


def test_a_correction_needs_a_live_record_a_name_and_a_reason(store: Store) -> None:
    with pytest.raises(StoreError, match="no live event “e-9”"):
        store.correct("event", "e-9", {"people_best": 1}, actor="Sok", reason="recount")
    with pytest.raises(StoreError, match="needs a reason"):
        store.correct("event", "e-1", {"people_best": 1}, actor="Sok", reason=" ")
    with pytest.raises(StoreError, match="Nobody is named"):
        store.correct("event", "e-1", {"people_best": 1}, actor="", reason="recount")
    store.revert(1, actor="Dara")
    with pytest.raises(StoreError, match="Perhaps its batch was reverted"):
        store.correct("event", "e-1", {"people_best": 1}, actor="Sok", reason="recount")


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
