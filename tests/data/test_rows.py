from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from pandas.testing import assert_frame_equal

from data import rows
from data.rows import check_records, digest_all, digests, insert_rows, read_rows, stored_dtypes, stored_value
from data.schema import COMPLAINT, EVENT, KINDS, empty_records
from data.tables import LIVE, RECORDS
from tests.data.store_files import make_records

EVERY = sa.true()
IDS = ["c-1", "c-2", "c-3"]


@pytest.fixture
def connection(connection: sa.Connection) -> sa.Connection:
    """Tables in which rows need no batch and no revision to belong to."""
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.commit()
    return connection


def put(connection: sa.Connection, records: pd.DataFrame, *, kind: str = "complaint", batch_id: int = 1) -> None:
    insert_rows(connection, kind, records, batch_id=batch_id, revision=batch_id)


def digests_of(connection: sa.Connection, records: pd.DataFrame, *, batch_id: int = 1) -> dict[str, bytes]:
    """Return the digest of each of these records, stored alone."""
    connection.execute(RECORDS["complaint"].delete())
    put(connection, records, batch_id=batch_id)
    return {each.record_id: each.sha256 for each in digests(connection, "complaint", EVERY)}


@pytest.mark.parametrize("at_once", [2_000, 7])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_is_what_was_accepted(
    connection: sa.Connection, kind: str, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "_ROWS_AT_ONCE", at_once)
    accepted = make_records(kind, [f"{kind}-{row}" for row in range(25)])
    put(connection, accepted, kind=kind, batch_id=3)
    frame = read_rows(connection, kind, EVERY)
    assert frame.dtypes.astype(str).to_dict() == stored_dtypes(kind)
    assert_frame_equal(frame[list(accepted.columns)], accepted)
    assert (frame[["batch_id", "rev_in"]] == 3).all(axis=None)
    assert not frame["row_id"].duplicated().any()


def test_of_no_rows_the_columns_are_typed(connection: sa.Connection) -> None:
    frame = read_rows(connection, "claim", EVERY, rev_out="int64")
    assert frame.empty
    assert frame.dtypes.astype(str).to_dict() == stored_dtypes("claim") | {"rev_out": "int64"}


def test_rows_come_in_the_order_of_batches_and_files(connection: sa.Connection) -> None:
    put(connection, make_records("complaint", ["c-4"]), batch_id=2)
    put(connection, make_records("complaint", IDS).iloc[[2, 0, 1]])
    frame = read_rows(connection, "complaint", EVERY)
    assert frame["complaint_id"].tolist() == [*IDS, "c-4"]
    assert frame.index.tolist() == [0, 1, 2, 3]


def test_only_what_meets_the_condition_is_read_with_more_columns_where_wanted(connection: sa.Connection) -> None:
    put(connection, make_records("complaint", IDS))
    one = RECORDS["complaint"].c.complaint_id == "c-2"
    frame = read_rows(connection, "complaint", one, rev_out="int64")
    assert frame["complaint_id"].tolist() == ["c-2"]
    assert frame["rev_out"].tolist() == [LIVE]
    assert [each.record_id for each in digests(connection, "complaint", one)] == ["c-2"]


class TestCheck:
    def test_what_keeps_the_contract_passes(self) -> None:
        check_records(COMPLAINT, make_records("complaint", IDS))

    @pytest.mark.parametrize(
        ("change", "named"),
        [
            (lambda records: records.assign(complaint_id=pd.Series(["c-1", "c-1", "c-3"], dtype="str")), "twice"),
            (lambda records: records.assign(complaint_id=pd.Series(["c-1", None, "c-3"], dtype="str")), "missing"),
            (lambda records: records.assign(extra=pd.Series(["{}", None, "{}"], dtype="str")), "extra is missing"),
            (lambda records: records.drop(columns="outcome"), "outcome"),
            (lambda records: records.assign(more=1), "more"),
            (lambda records: records.assign(latitude=1.5), "latitude"),
            (lambda records: records.astype({"row_number": "Int64"}), "row_number"),
            (lambda _: empty_records(COMPLAINT), "row_number"),
        ],
        ids=["id twice", "id missing", "extra missing", "column missing", "column too many", "dtype", "nullable row",
             "no row numbers"],
    )  # fmt: skip
    def test_what_does_not_is_a_programming_mistake(
        self, change: Callable[[pd.DataFrame], pd.DataFrame], named: str
    ) -> None:
        with pytest.raises(ValueError, match=f"accepted complaint records.*{named}"):
            check_records(COMPLAINT, change(make_records("complaint", IDS)))


class TestSingleValues:
    @pytest.mark.parametrize(
        ("name", "value", "stored"),
        [
            ("people_best", 12, 12),
            ("people_best", 12.0, 12),
            ("people_best", np.int64(12), 12),
            ("latitude", 11, 11.0),
            ("date_start", datetime(2023, 4, 1), date(2023, 4, 1)),
            ("date_start", pd.Timestamp("2023-04-01"), date(2023, 4, 1)),
            ("date_start", "2023-04-01", date(2023, 4, 1)),
            ("quote", " =1+1 ", " =1+1 "),
            ("quote", "", ""),
            ("quote", None, None),
            ("people_best", pd.NA, None),
            ("date_start", pd.NaT, None),
            ("latitude", float("nan"), None),
        ],
    )
    def test_are_stored_as_their_column_has_them(self, name: str, value: object, stored: object) -> None:
        found = stored_value(EVENT, name, value)
        assert found == stored
        assert type(found) is type(stored)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("people_best", "twelve"),
            ("people_best", 1.5),
            ("latitude", "north"),
            ("date_start", "31 April 2023"),
            ("note", 5),
        ],
    )
    def test_are_refused_when_they_do_not_fit(self, name: str, value: object) -> None:
        with pytest.raises((TypeError, ValueError)):
            stored_value(EVENT, name, value)


class TestDigests:
    def test_are_the_same_whatever_the_order_and_the_batch(self, connection: sa.Connection) -> None:
        records = make_records("complaint", IDS)
        own = digests_of(connection, records)
        assert digests_of(connection, records.iloc[::-1].assign(row_number=[5, 6, 7]), batch_id=9) == own

    @pytest.mark.parametrize(
        ("column", "value"), [("note", ""), ("people_affected", 9), ("latitude", 0.2), ("extra", "{}")]
    )
    def test_differ_with_every_content(self, connection: sa.Connection, column: str, value: object) -> None:
        records = make_records("complaint", IDS)
        changed = records.copy()
        changed.loc[0, column] = value
        own, now = digests_of(connection, records), digests_of(connection, changed)
        assert {name for name in IDS if own[name] != now[name]} == {"c-1"}

    def test_of_a_column_that_is_empty_nothing_is_told(self, connection: sa.Connection) -> None:
        """A column that a later version adds leaves the digests of older rows as they are."""
        records = make_records("complaint", IDS)
        before = digests_of(connection, records.assign(note=pd.Series([None] * 3, dtype="str")))
        content = {name: cell for name, cell in records.iloc[0].items() if name not in ("row_number", "note")}
        told = {name: cell for name, cell in content.items() if not pd.isna(cell)}
        told |= {name: cell.date() for name, cell in told.items() if isinstance(cell, pd.Timestamp)}
        written = json.dumps(["complaint", told], sort_keys=True, separators=(",", ":"), default=date.isoformat)
        assert before["c-1"] == sha256(written.encode()).digest()

    def test_name_the_revision_of_each_row(self, connection: sa.Connection) -> None:
        put(connection, make_records("complaint", ["c-1"]))
        put(connection, make_records("complaint", ["c-2"]), batch_id=2)
        found = digests(connection, "complaint", EVERY)
        assert {(each.record_id, each.rev_in) for each in found} == {("c-1", 1), ("c-2", 2)}

    def test_together_make_one_whatever_their_order(self) -> None:
        assert digest_all([b"a", b"b"]) == digest_all([b"b", b"a"])
        assert len({digest_all(each) for each in ([], [b"a"], [b"a", b"a"], [b"b"])}) == 4
