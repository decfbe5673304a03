from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
import sqlalchemy as sa
from pandas.testing import assert_frame_equal

from data import revisions
from data.digests import digest_revision
from data.store import Store
from data.tables import LIVE, RECORDS, upload
from errors import DuplicateFileError, StoreError
from tests.data.store_files import commit, make_file, make_records


def import_complaints(connection: sa.Connection, *ids: str, **values: object) -> None:
    result, content = make_file("complaint", ids, **values)
    revisions.import_file(connection, result, content, "Dara", "")


def test_a_stored_row_is_only_ever_closed_and_once(connection: sa.Connection) -> None:
    changes = [
        lambda: import_complaints(connection, "c-1", "c-2"),
        lambda: revisions.correct(connection, "complaint", "c-1", {"people_affected": 41}, "Sok", "recount"),
        lambda: import_complaints(connection, "c-2", "c-3", people_affected=7),
        lambda: revisions.revert(connection, 2, "Sok", ""),
        lambda: revisions.reapply(connection, 2, "Sok", ""),
    ]
    before: dict[int, dict[str, object]] = {}
    for number, change in enumerate(changes, start=1):
        change()
        rows = connection.execute(sa.select(RECORDS["complaint"])).mappings()
        after = {row["row_id"]: dict(row) for row in rows}
        for row_id, row in before.items():
            closed = row["rev_out"] == LIVE and after[row_id]["rev_out"] == number
            assert after[row_id] == row | ({"rev_out": number} if closed else {})
        assert {row["rev_in"] for row_id, row in after.items() if row_id not in before} == {number}
        before = after


def test_each_revision_notes_what_it_changed(connection: sa.Connection) -> None:
    import_complaints(connection, "c-1", "c-2", "c-3")
    import_complaints(connection, "c-2", "c-4", people_affected=7)
    revisions.revert(connection, 2, "Sok", "wrong month")
    noted = connection.execute(sa.text("SELECT revision, rows, rows_sha256 FROM revision ORDER BY revision")).all()
    assert [row.rows for row in noted] == [3, 2, 2]
    for row in noted:
        assert row.rows_sha256 == digest_revision(connection, row.revision, ["complaint"])


def test_the_bytes_of_a_file_are_kept_once(connection: sa.Connection) -> None:
    result, content = make_file("complaint", ["c-1"])
    revisions.import_file(connection, result, content, "Dara", "")
    as_events = replace(result, kind="event", accepted=make_records("event", ["e-1"]))
    revisions.import_file(connection, as_events, content, "Dara", "")
    assert connection.execute(sa.select(upload)).all() == [(result.sha256, content)]


def test_a_revert_restores_exactly_what_was_there(store: Store) -> None:
    commit(store, "complaint", ["c-1", "c-2"])
    before, hash_before = store.read("complaint"), store.snapshot_hash()
    batch = commit(store, "complaint", ["c-2", "c-3"], people_affected=9, note="x")
    assert store.snapshot_hash() != hash_before
    reverted = store.revert(batch.batch_id, actor="Sok", reason="wrong month")
    assert reverted.status == "reverted"
    assert store.snapshot_hash() == hash_before
    versions = ["row_id", "rev_in"]
    assert_frame_equal(store.read("complaint").drop(columns=versions), before.drop(columns=versions))
    with pytest.raises(StoreError, match="reverted already"):
        store.revert(batch.batch_id, actor="Sok")


def test_a_reverted_batch_can_be_applied_again_and_reverted_again(store: Store) -> None:
    commit(store, "complaint", ["c-1", "c-2"])
    without = store.snapshot_hash()
    batch = commit(store, "complaint", ["c-2", "c-3"], people_affected=9)
    with_it = store.snapshot_hash()
    for _ in range(2):
        store.revert(batch.batch_id, actor="Sok")
        assert store.snapshot_hash() == without
        assert store.batches()["reverted_revision"].tolist() == [pd.NA, store.revision()]
        assert store.reapply(batch.batch_id, actor="Sok").status == "live"
        assert store.snapshot_hash() == with_it
    with pytest.raises(StoreError, match="is live"):
        store.reapply(batch.batch_id, actor="Sok")
    assert store.revisions()["action"].tolist() == ["import", "import", *["revert", "reapply"] * 2]


def test_a_batch_that_was_corrected_cannot_be_reverted_until_it_is_corrected_back(store: Store) -> None:
    empty = store.snapshot_hash()
    batch = commit(store, "complaint", ["c-1", "c-2"])
    was = store.read("complaint").set_index("complaint_id").loc["c-2", "outcome"]
    store.correct("complaint", "c-2", {"outcome": "released"}, actor="Sok", reason="heard from the embassy")
    with pytest.raises(StoreError, match=r"c-2 \(corrected in revision 2, batch 1, by Sok\)") as caught:
        store.revert(batch.batch_id, actor="Dara")
    assert "c-1" not in caught.value.message
    assert "correct these records back" in caught.value.hint
    assert store.revision() == 2
    store.correct("complaint", "c-2", {"outcome": None if pd.isna(was) else was}, actor="Sok", reason="mistaken")
    store.revert(batch.batch_id, actor="Dara")
    assert store.snapshot_hash() == empty


def test_a_batch_that_a_later_one_builds_on_is_reverted_after_it(store: Store) -> None:
    empty = store.snapshot_hash()
    first = commit(store, "complaint", [f"c-{row}" for row in range(9)])
    second = commit(store, "complaint", [f"c-{row}" for row in range(9)], people_affected=9)
    with pytest.raises(StoreError, match=r"imported again in revision 2, batch 2, by Dara\).* and 4 more"):
        store.revert(first.batch_id, actor="Dara")
    store.revert(second.batch_id, actor="Dara")
    store.revert(first.batch_id, actor="Dara")
    assert store.snapshot_hash() == empty
    with pytest.raises(StoreError, match="no batch 3"):
        store.revert(3, actor="Dara")


def test_a_batch_is_not_applied_again_over_newer_records(store: Store) -> None:
    batch = commit(store, "complaint", ["c-1"])
    store.revert(batch.batch_id, actor="Dara")
    newer = commit(store, "complaint", ["c-1", "c-2"], people_affected=5)
    with pytest.raises(StoreError, match="cannot be applied again") as caught:
        store.reapply(batch.batch_id, actor="Dara")
    assert caught.value.context["record_ids"] == ["c-1"]
    store.revert(newer.batch_id, actor="Dara")
    store.reapply(batch.batch_id, actor="Dara")
    assert store.record_ids("complaint") == {"c-1"}


def test_the_same_bytes_are_taken_once_per_kind(store: Store) -> None:
    result, content = make_file("complaint", ["c-1"], name="march.csv")
    batch = store.commit(result, actor="Dara", content=content)
    again = replace(result, file_name="march (1).csv")
    with pytest.raises(DuplicateFileError, match=r"“march \(1\).csv” was imported already as batch 1 on .+ by Dara"):
        store.commit(again, actor="Sok", content=content)
    day = store.batches()["committed_at"].iloc[0]
    with pytest.raises(DuplicateFileError, match=f"{day.day} {day:%B %Y}"):
        store.commit(again, actor="Sok", content=content)
    assert store.find_upload(result.sha256) == [1]

    other_kind = replace(result, kind="event", accepted=make_records("event", ["e-1"]))
    store.commit(other_kind, actor="Sok", content=content)
    assert store.find_upload(result.sha256) == [1, 2]

    store.revert(batch.batch_id, actor="Dara")
    assert store.find_upload(result.sha256) == [2]
    store.commit(again, actor="Sok", content=content)
    with pytest.raises(DuplicateFileError):
        store.reapply(batch.batch_id, actor="Dara")
    store.verify()
    assert store.upload(1) == ("march.csv", content)
    assert store.upload(3) == ("march (1).csv", content)


def test_a_change_without_a_name_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="Nobody is named"):
        commit(store, "event", ["e-1"], actor=" ")
    assert store.revision() == 0


def test_an_exception_in_the_middle_leaves_nothing_and_frees_the_store(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("data.revisions.insert_rows", stop)
        with pytest.raises(KeyboardInterrupt):
            commit(store, "complaint", ["c-1"])
    assert store.revision() == 0
    assert commit(store, "complaint", ["c-1"]).revision == 1


class TestCorrect:
    @pytest.fixture
    def store(self, store: Store) -> Store:
        commit(store, "event", ["e-1", "e-2", "e-3"], event_type="raid", people_best=10)
        return store

    def test_a_correction_changes_one_record_and_nothing_else(self, store: Store) -> None:
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
    def test_a_correction_that_does_not_fit_is_refused(
        self, store: Store, changes: dict[str, object], message: str
    ) -> None:
        with pytest.raises(StoreError, match=message):
            store.correct("event", "e-2", changes, actor="Sok", reason="recount")
        assert store.revision() == 1

    @pytest.mark.parametrize("name", ["event_id", "row_id", "rev_out", "no_such_column", "extra"])
    def test_only_the_columns_of_a_record_can_be_corrected(self, store: Store, name: str) -> None:
        with pytest.raises(ValueError, match="not a column of event that can be corrected"):
            store.correct("event", "e-2", {name: "x"}, actor="Sok", reason="recount")

    def test_a_correction_needs_a_live_record_a_name_and_a_reason(self, store: Store) -> None:
        with pytest.raises(StoreError, match="no live event “e-9”"):
            store.correct("event", "e-9", {"people_best": 1}, actor="Sok", reason="recount")
        with pytest.raises(StoreError, match="needs a reason"):
            store.correct("event", "e-1", {"people_best": 1}, actor="Sok", reason=" ")
        with pytest.raises(StoreError, match="Nobody is named"):
            store.correct("event", "e-1", {"people_best": 1}, actor="", reason="recount")
        store.revert(1, actor="Dara")
        with pytest.raises(StoreError, match="Perhaps its batch was reverted"):
            store.correct("event", "e-1", {"people_best": 1}, actor="Sok", reason="recount")
