"""One digest over the content of many records, column by column, whatever their order and wherever they come from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import sqlalchemy as sa
from pyarrow import compute

from data.rows import EXTRA, digest_all, digests, read_rows
from data.schema import KINDS, record_dtypes
from data.tables import RECORDS, live_at, revision
from errors import StoreDamagedError
from locales import say

_REVISION = "rev_in"


def digest_records(kind: str, records: pd.DataFrame) -> bytes:
    """Return the digest of records.

    It covers every column of the record that is not empty, and `extra`, but not where a row comes from: the same
    content imported again has the same digest, and a column that is added later leaves old digests as they are.

    Parameters
    ----------
    kind : str
        Name of the kind.
    records : DataFrame
        With the columns and dtypes of ``schema.record_dtypes(kind)`` and `extra`; no identifier occurs twice.
    """
    return _digest(kind, _sort(_to_arrow(kind, records), [KINDS[kind].id_field]))


def digest_kinds(records: Mapping[str, pd.DataFrame]) -> str:
    """Return one digest (hex) over the records of several kinds; a kind without any counts for nothing."""
    return digest_all([digest_records(kind, rows) for kind, rows in records.items() if len(rows)])


def digest_revision(connection: sa.Connection, number: int, kinds: Iterable[str]) -> str:
    """Return the digest (hex) of the rows of some kinds that a revision opened."""
    return digest_kinds({kind: read_rows(connection, kind, RECORDS[kind].c.rev_in == number) for kind in kinds})


def digest_snapshot(connection: sa.Connection, at_revision: int) -> str:
    """Return the digest (hex) of all rows live at a revision."""
    return digest_kinds({kind: read_rows(connection, kind, live_at(RECORDS[kind], at_revision)) for kind in RECORDS})


def digest_revisions(connection: sa.Connection) -> dict[int, str]:
    """Return the digest (hex) of the rows that each revision opened, as they stand now.

    Raises
    ------
    TypeError, ValueError
        A cell holds what its column cannot hold.
    """
    parts: dict[int, list[bytes]] = {
        number: [] for number in connection.execute(sa.select(revision.c.revision)).scalars()
    }
    for kind in RECORDS:
        rows = read_rows(connection, kind, sa.true())
        if rows.empty:
            continue
        table = _sort(_to_arrow(kind, rows, _REVISION), [_REVISION, KINDS[kind].id_field])
        numbers = table[_REVISION].to_numpy()
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
        for start, stop in zip(starts, np.append(starts[1:], len(numbers)), strict=True):
            part = _digest(kind, table.slice(start, stop - start).drop_columns(_REVISION))
            parts.setdefault(int(numbers[start]), []).append(part)
    return {number: digest_all(each) for number, each in parts.items()}


def renew_digests(connection: sa.Connection) -> None:
    """Write the digest of each revision anew: for stores of the first version, in which it was made row by row.

    Raises
    ------
    StoreDamagedError
        Rows of a revision are not those that were written, by the digest that they were written with.
    """
    renewed = digest_revisions(connection)
    for number, written in connection.execute(sa.select(revision.c.revision, revision.c.rows_sha256)).all():
        rows = [
            row.sha256 for kind, table in RECORDS.items() for row in digests(connection, kind, table.c.rev_in == number)
        ]
        if digest_all(rows) != written:
            raise StoreDamagedError(
                say("Rows of revision {number} have changed since.", number=str(number)), say("Restore a backup.")
            )
        this = revision.c.revision == number
        connection.execute(revision.update().where(this).values(rows_sha256=renewed[number]))


def _to_arrow(kind: str, records: pd.DataFrame, *more: str) -> pa.Table:
    """Return the content of records with the columns in the order of their names; days as numbers."""
    columns: dict[str, Any] = {}
    for name in (*more, *sorted((*record_dtypes(KINDS[kind]), EXTRA))):
        column = pa.array(records[name])
        if pa.types.is_timestamp(column.type):
            column = column.cast(pa.date32()).cast(pa.int32())
        columns[name] = column
    return pa.table(columns)


def _sort(table: pa.Table, keys: list[str]) -> pa.Table:
    if len(keys) == 1:
        column = table[keys[0]]
        if not len(column) or compute.all(compute.less(column[:-1], column[1:])).as_py() is not False:
            return table
    return table.take(compute.sort_indices(table, [(key, "ascending") for key in keys])).combine_chunks()


def _digest(kind: str, table: pa.Table) -> bytes:
    """Return the digest of sorted content: per column which cells are filled, how long they are, and what they hold."""
    found = sha256(json.dumps([kind, len(table)]).encode())
    for name in table.column_names:
        column = table[name].combine_chunks()
        if column.null_count == len(column):
            continue
        found.update(f"{name}\n".encode())
        found.update(np.packbits(column.is_valid().to_numpy(zero_copy_only=False)).data)
        for part in _parts(column.drop_null()):
            found.update(np.ascontiguousarray(part).data)
    return found.digest()


def _parts(cells: pa.Array) -> list[Any]:
    """Return the bytes of filled cells; of text the lengths first."""
    if pa.types.is_floating(cells.type):
        return [cells.to_numpy().astype("<f8") + 0.0]  # zero has two signs, of which a database may keep one
    if pa.types.is_integer(cells.type):
        return [cells.to_numpy().astype("<i8")]
    cells = cells.cast(pa.large_string())
    offsets = np.frombuffer(cells.buffers()[1], np.int64)[cells.offset : cells.offset + len(cells) + 1]
    letters = cells.buffers()[2] or pa.py_buffer(b"")
    return [np.diff(offsets).astype("<i8"), np.frombuffer(letters, np.uint8)[offsets[0] : offsets[-1]]]
