from __future__ import annotations

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from data.digests import digest_kinds, digest_records, digest_revision, digest_revisions, digest_snapshot, renew_digests
from data.rows import digest_all, digests, insert_rows
from data.schema import KINDS, record_dtypes
from data.tables import RECORDS, revision
from errors import StoreDamagedError
from tests.data.store_files import make_records

IDS = ["c-2", "c-10", "c-1", "ខ"]
ENTRY = {"at": pd.Timestamp(2026, 1, 1).to_pydatetime(), "actor": "Dara", "action": "import", "batch_id": 1, "note": ""}


@pytest.fixture
def connection(connection: sa.Connection) -> sa.Connection:
    """Tables in which rows need no batch to belong to."""
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.commit()
    return connection


def put(connection: sa.Connection, records: pd.DataFrame, number: int, *, kind: str = "complaint") -> None:
    insert_rows(connection, kind, records, batch_id=number, revision=number)
    entry = ENTRY | {"revision": number, "rows": len(records), "rows_sha256": ""}
    connection.execute(revision.insert(), entry)


@given(st.permutations(range(len(IDS))))
def test_the_order_of_rows_and_where_they_come_from_do_not_count(order):
    records = make_records("complaint", IDS)
    shuffled = records.iloc[list(order)].assign(row_number=range(40, 40 + len(IDS)))
    assert digest_records("complaint", shuffled) == digest_records("complaint", records)


@pytest.mark.parametrize("kind", KINDS)
def test_any_changed_cell_is_another_digest(kind):
    records = make_records(kind, IDS)
    seen = {digest_records(kind, records)}
    changes = {"str": "x", "Int64": 99, "Float64": 0.5, "datetime64[us]": pd.Timestamp(2020, 1, 1)}
    names = [*record_dtypes(KINDS[kind]), "extra"]
    for name in names:
        for row in range(len(IDS)):
            changed = records.copy()
            changed.loc[row, name] = changes[str(records[name].dtype)]
            seen.add(digest_records(kind, changed))
    assert len(seen) == 1 + len(names) * len(IDS)


def test_neither_cells_nor_rows_can_change_places():
    records = make_records("complaint", IDS)
    own = digest_records("complaint", records)
    for name, cells in {"note": ["a", "b", None, "c"], "outcome": ["ab", "", "c", None]}.items():
        one = records.assign(**{name: pd.Series(cells, dtype="str")})
        other = records.assign(**{name: pd.Series([*cells[1:], cells[0]], dtype="str")})
        assert len({own, digest_records("complaint", one), digest_records("complaint", other)}) == 3
    first = records.assign(note=pd.Series(["ab", "c", None, ""], dtype="str"))
    second = records.assign(note=pd.Series(["a", "bc", None, ""], dtype="str"))
    assert digest_records("complaint", first) != digest_records("complaint", second)
    assert digest_records("complaint", records.iloc[:3]) != own


def test_a_column_that_a_later_version_adds_leaves_old_digests_as_they_are(monkeypatch):
    records = make_records("complaint", IDS).assign(note=pd.Series([None] * len(IDS), dtype="str"))
    before = digest_records("complaint", records)
    fewer = {name: dtype for name, dtype in record_dtypes(KINDS["complaint"]).items() if name != "note"}
    monkeypatch.setattr("data.digests.record_dtypes", lambda _: fewer)
    assert digest_records("complaint", records.drop(columns="note")) == before


def test_two_signs_of_zero_are_one_number():
    records = make_records("complaint", IDS)
    zeros = [records.assign(latitude=pd.array([zero] * len(IDS), dtype="Float64")) for zero in (0.0, -0.0)]
    assert digest_records("complaint", zeros[0]) == digest_records("complaint", zeros[1])


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_stored_has_the_digest_of_what_was_given(connection, kind):
    records = make_records(kind, [f"{kind}-{row}" for row in range(25)])
    put(connection, records, 1, kind=kind)
    given_digest = digest_kinds({kind: records})
    assert digest_revision(connection, 1, [kind]) == given_digest
    assert digest_snapshot(connection, 1) == given_digest
    assert digest_revisions(connection) == {1: given_digest}


def test_each_revision_has_its_own(connection):
    parts = [make_records("complaint", ids) for ids in (IDS[:2], IDS[2:], [])]
    for number, records in enumerate(parts, 1):
        put(connection, records, number)
    put(connection, make_records("event", ["e-1"]), 4, kind="event")
    found = digest_revisions(connection)
    assert found[1] == digest_kinds({"complaint": parts[0]})
    assert found[2] == digest_kinds({"complaint": parts[1]})
    assert found[3] == digest_kinds({})
    assert found[4] == digest_kinds({"event": make_records("event", ["e-1"]), "complaint": parts[2]})
    assert digest_snapshot(connection, 2) == digest_kinds({"complaint": pd.concat(parts[:2], ignore_index=True)})


def test_a_cell_that_no_longer_fits_its_column_is_an_error(connection):
    put(connection, make_records("complaint", IDS), 1)
    connection.execute(sa.update(RECORDS["complaint"]).values(people_affected=sa.literal("many", sa.Text)))
    with pytest.raises((TypeError, ValueError)):
        digest_revisions(connection)


def test_older_stores_get_their_digests_anew(connection):
    put(connection, make_records("complaint", IDS), 1)
    one_by_one = digest_all([row.sha256 for row in digests(connection, "complaint", sa.true())])
    connection.execute(revision.update().values(rows_sha256=one_by_one))
    renew_digests(connection)
    written = dict(connection.execute(sa.select(revision.c.revision, revision.c.rows_sha256)).all())
    assert written == digest_revisions(connection)


def test_rows_that_have_changed_in_an_older_store_get_none(connection):
    put(connection, make_records("complaint", IDS), 1)
    with pytest.raises(StoreDamagedError, match="revision 1"):
        renew_digests(connection)
