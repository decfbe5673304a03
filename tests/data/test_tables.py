from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from data.schema import KINDS, PANDAS_DTYPES, record_dtypes
from data.tables import (
    ACTIONS,
    LIVE,
    RECORDS,
    VERSION_COLUMNS,
    batch,
    ended_in,
    live_at,
    metadata,
    revision,
    upload,
    version_name,
)

FILE = {"sha256": "0" * 64, "content": b"file"}
BATCH = {"batch_id": 1, "kind": "event", "file_name": "f.csv", "sha256": "0" * 64}
BATCH |= {"rows_read": 6, "rows_accepted": 2, "rows_rejected": 1, "rows_duplicate": 3}
REVISION = {"at": datetime(2023, 4, 1, tzinfo=UTC), "actor": "Dara", "action": "import", "batch_id": 1, "note": ""}
REVISION |= {"rows": 1, "rows_sha256": ""}
EVENT = {"event_id": "e-1", "row_number": 2, "extra": "{}", "batch_id": 1}


@pytest.fixture
def connection(connection: sa.Connection) -> sa.Connection:
    """Tables with one batch and the revisions 1 to 3."""
    connection.execute(upload.insert(), FILE)
    connection.execute(batch.insert(), BATCH)
    connection.execute(revision.insert(), [REVISION | {"revision": number} for number in (1, 2, 3)])
    return connection


def put(connection: sa.Connection, rev_in: int, rev_out: int = LIVE, **more: object) -> None:
    connection.execute(RECORDS["event"].insert(), EVENT | {"rev_in": rev_in, "rev_out": rev_out} | more)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_the_columns_of_its_records_and_those_of_its_versions(kind):
    table = RECORDS[kind]
    names = [column.name for column in table.columns]
    assert sorted(names) == sorted([*record_dtypes(KINDS[kind]), *VERSION_COLUMNS])
    assert {column.name for column in table.columns if not column.nullable} == {KINDS[kind].id_field, *VERSION_COLUMNS}


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_holds_what_its_dtype_promises(kind):
    python_types = {"text": str, "integer": int, "number": float, "date": date}
    expected = {PANDAS_DTYPES[dtype]: python_type for dtype, python_type in python_types.items()}
    for name, dtype in record_dtypes(KINDS[kind]).items():
        assert RECORDS[kind].c[name].type.python_type is expected[dtype], name


def test_every_kind_has_a_table_and_there_are_no_others():
    others = {"upload", "batch", "revision", "boundary_use", "version_name", "place_decision", "known_mapping"}
    assert set(metadata.tables) == {*KINDS, *others}


@pytest.mark.parametrize(
    ("at", "live"), [(0, set()), (1, {"a", "b"}), (2, {"b", "c"}), (3, {"b", "c"}), (4, {"b", "c"})]
)
def test_a_row_is_live_from_its_first_revision_until_before_its_last(connection, at, live):
    put(connection, 1, 2, event_id="a")
    put(connection, 1, event_id="b")
    put(connection, 2, event_id="c")
    table = RECORDS["event"]
    assert set(connection.execute(sa.select(table.c.event_id).where(live_at(table, at))).scalars()) == live


def test_a_row_is_ended_in_one_revision_or_in_none(connection):
    put(connection, 1, 2, event_id="a")
    put(connection, 1, 3, event_id="b")
    put(connection, 1, event_id="c")
    table = RECORDS["event"]
    for number, ended in ((1, []), (2, ["a"]), (3, ["b"]), (LIVE, [])):
        found = connection.execute(sa.select(table.c.event_id).where(ended_in(table, number))).scalars()
        assert list(found) == ended


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        (lambda table: ended_in(table, 2), "ix_event_rev_out"),
        (lambda table: table.c.rev_in == 2, "ix_event_rev_in"),
        (lambda table: table.c.event_id == "a", "ux_event_versions"),
        (lambda table: sa.and_(table.c.event_id == "a", table.c.rev_out == LIVE), "ux_event_versions"),
    ],
)
def test_few_rows_are_found_by_an_index(connection, condition, index):
    query = sa.select(RECORDS["event"]).where(condition(RECORDS["event"]))
    text = query.compile(connection, compile_kwargs={"literal_binds": False, "render_postcompile": True})
    values = [text.params[name] for name in text.positiontup]
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", tuple(values)).all()
    assert [f"USING INDEX {index} " in step[-1] for step in plan] == [True]


class TestWhatTheTablesRefuse:
    def test_two_live_rows_of_one_record(self, connection):
        put(connection, 1, 2)
        put(connection, 2)
        with pytest.raises(sa.exc.IntegrityError, match="UNIQUE"):
            put(connection, 3)

    def test_a_row_that_ends_before_it_begins(self, connection):
        with pytest.raises(sa.exc.IntegrityError, match="ck_event_revisions"):
            put(connection, 2, 2)

    @pytest.mark.parametrize("column", ["event_id", "extra", "row_number"])
    def test_a_row_without_what_names_it(self, connection, column):
        with pytest.raises(sa.exc.IntegrityError, match="NOT NULL"):
            put(connection, 1, **{column: None})

    @pytest.mark.parametrize("more", [{"batch_id": 2}, {"rev_in": 4}])
    def test_a_row_of_no_batch_or_revision(self, connection, more):
        with pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"):
            put(connection, **{"rev_in": 1} | more)

    @pytest.mark.parametrize("more", [{"rows_rejected": 2}, {"rows_duplicate": 0}, {"rows_read": 5}])
    def test_a_batch_whose_rows_do_not_add_up(self, connection, more):
        with pytest.raises(sa.exc.IntegrityError, match="ck_batch_conservation"):
            connection.execute(batch.insert(), BATCH | {"batch_id": 2} | more)

    def test_a_name_of_a_version_that_is_taken_or_of_none(self, connection):
        named = {"name": "Report", "revision": 1, "at": REVISION["at"], "actor": "Dara", "note": ""}
        connection.execute(version_name.insert(), named)
        with pytest.raises(sa.exc.IntegrityError, match="UNIQUE"):
            connection.execute(version_name.insert(), named | {"revision": 2})
        with pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"):
            connection.execute(version_name.insert(), named | {"name": "Other", "revision": 9})

    def test_a_batch_without_its_file(self, connection):
        with pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"):
            connection.execute(batch.insert(), BATCH | {"batch_id": 2, "sha256": "1" * 64})

    def test_an_action_that_is_none(self, connection):
        for number, action in enumerate(ACTIONS, start=4):
            connection.execute(revision.insert(), REVISION | {"revision": number, "action": action})
        with pytest.raises(sa.exc.IntegrityError, match="ck_revision_action"):
            connection.execute(revision.insert(), REVISION | {"revision": 9, "action": "delete"})
