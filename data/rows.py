"""Frames of records to rows of the store and back, and the digest by which two rows are the same record content."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from data.schema import KINDS, PANDAS_DTYPES, Kind, record_dtypes
from data.tables import LIVE, RECORDS

EXTRA = "extra"
_ROWS_AT_ONCE = 2_000  # few enough to stay in the processor's cache: half the time of 50,000
_ARROW_TYPES = {"str": pa.string(), "Int64": pa.int64(), "Float64": pa.float64(), "datetime64[us]": pa.date32()}
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=date.isoformat).encode


class Digest(NamedTuple):
    """What one stored row says, as 32 bytes."""

    rev_in: int
    record_id: str
    sha256: bytes


def stored_dtypes(kind: str) -> dict[str, str]:
    """Return the columns and dtypes of a frame read from the store: the record, then where its row comes from."""
    where = dict.fromkeys(("row_id", "batch_id", "row_number", "rev_in"), "int64")
    return record_dtypes(KINDS[kind]) | where | {EXTRA: "str"}


def read_rows(connection: sa.Connection, kind: str, condition: sa.ColumnElement[bool], **more: str) -> pd.DataFrame:
    """Return the stored rows that meet a condition, in the order of batches and of the rows in their files.

    Parameters
    ----------
    connection : Connection
        An open connection.
    kind : str
        Name of the kind.
    condition : ColumnElement
        Which rows of ``RECORDS[kind]``.
    **more : str
        Further columns of the table and their dtypes.

    Returns
    -------
    DataFrame
        Columns and dtypes of `stored_dtypes`, then those of `more`; index 0…n-1.
    """
    table = RECORDS[kind]
    dtypes = stored_dtypes(kind) | more
    schema = pa.schema([(name, _ARROW_TYPES.get(dtype, pa.int64())) for name, dtype in dtypes.items()])
    chosen = [_unread(table.c[name]).label(name) for name in dtypes]
    found = connection.execute(sa.select(*chosen).where(condition))
    batches = [
        pa.record_batch(
            [_to_arrow(cells, one.type) for cells, one in zip(zip(*rows, strict=True), schema, strict=True)],
            schema=schema,
        )
        for rows in found.partitions(_ROWS_AT_ONCE)
    ]
    rows = pa.Table.from_batches(batches, schema).combine_chunks()
    frame = pd.DataFrame({name: _column(rows[name], dtype) for name, dtype in dtypes.items()}, copy=False)
    order = np.lexsort((frame["row_id"], frame["row_number"], frame["batch_id"]))
    return frame if (np.diff(order) == 1).all() else frame.take(order).reset_index(drop=True)


def insert_rows(
    connection: sa.Connection,
    kind: str,
    records: pd.DataFrame,
    *,
    batch_id: int,
    revision: int,
    progress: Callable[[float], object] | None = None,
) -> None:
    """Store accepted records as live rows.

    Parameters
    ----------
    connection : Connection
        A connection in a writing transaction.
    kind : str
        Name of the kind.
    records : DataFrame
        Columns as `check_records` wants them.
    batch_id, revision : int
        Where the rows come from, and from which revision on they are live.
    progress : callable, optional
        Is told before each chunk which share of the rows is stored; what it raises passes.
    """
    names = [name for name in (*record_dtypes(KINDS[kind]), "row_number", EXTRA) if records[name].notna().any()]
    # Tuples straight to the driver: a statement of SQLAlchemy's would make a dict of each row and look at each cell.
    # What a driver does for an empty cell it does a million times: a column without any value is not named at all.
    quote = connection.dialect.identifier_preparer.quote
    listed = ", ".join(quote(name) for name in (*names, "batch_id", "rev_in", "rev_out"))
    signs = ", ".join(["?" if connection.dialect.paramstyle == "qmark" else "%s"] * len(names))
    statement = f"INSERT INTO {quote(kind)} ({listed}) VALUES ({signs}, {batch_id:d}, {revision:d}, {LIVE:d})"
    bound = [_bind(records[name]) for name in names]
    cursor = connection.connection.cursor()
    for start in range(0, len(records), _ROWS_AT_ONCE):
        if progress is not None:
            progress(start / len(records))
        cells = [take(start, start + _ROWS_AT_ONCE) for take in bound]
        # One tuple at a time, which the next one reuses; drivers take an iterator, SQLAlchemy's types a sequence.
        cursor.executemany(statement, zip(*cells, strict=True))  # type: ignore[arg-type]
    cursor.close()


def check_records(kind: Kind, records: pd.DataFrame) -> None:
    """Raise ValueError unless a frame of accepted records can be stored as it is.

    It must have the columns and dtypes of ``schema.record_dtypes(kind)``, `row_number` (int64) and `extra` (str), and
    an identifier in each row that no other row has.
    """
    wanted = record_dtypes(kind) | {"row_number": "int64", EXTRA: "str"}
    given = {str(name): str(dtype) for name, dtype in records.dtypes.items()}
    wrong = sorted(name for name in wanted.keys() | given.keys() if wanted.get(name) != given.get(name))
    if wrong:
        raise ValueError(f"accepted {kind.name} records: wrong, missing or unknown columns {wrong}")
    identifiers = records[kind.id_field]
    if identifiers.isna().any() or identifiers.duplicated().any() or records[EXTRA].isna().any():
        raise ValueError(f"accepted {kind.name} records: an identifier is missing or occurs twice, or extra is missing")


def stored_value(kind: Kind, name: str, value: object) -> str | int | float | date | None:
    """Return a single value as the column `name` of `kind` stores it; ValueError or TypeError when it does not fit."""
    dtype = record_dtypes(kind)[name]
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return None
    if dtype == PANDAS_DTYPES["text"]:
        if not isinstance(value, str):
            raise TypeError(f"{name} is text")
        return value
    array = pd.array([value], dtype=dtype)  # type: ignore[call-overload]
    stored: str | int | float | date | None = _cells(pd.Series(array))[0]
    return stored


def digests(connection: sa.Connection, kind: str, condition: sa.ColumnElement[bool]) -> Iterator[Digest]:
    """Yield the digest of each stored row that meets a condition, in no order.

    It covers every column of the record that is not empty and `extra`, but not where the row comes from: the same
    content imported again has the same digest, and a column that is added later leaves old digests as they are.
    """
    table = RECORDS[kind]
    names = (*record_dtypes(KINDS[kind]), EXTRA)
    identifier = names.index(KINDS[kind].id_field)
    found = connection.execute(sa.select(table.c.rev_in, *(table.c[name] for name in names)).where(condition))
    for rows in found.partitions(_ROWS_AT_ONCE):
        for rev_in, *cells in rows:
            content = {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}
            yield Digest(rev_in, cells[identifier], sha256(_encode([kind, content]).encode()).digest())


def digest_all(rows: list[bytes]) -> str:
    """Return one sha256 over the digests of rows, whatever their order."""
    return sha256(b"".join(sorted(rows))).hexdigest()


def _cells(column: pd.Series[Any]) -> list[Any]:
    """Return a column as plain Python values, None where empty and dates as dates."""
    array = pa.array(column)
    cells: list[Any] = (array.cast(pa.date32()) if pa.types.is_timestamp(array.type) else array).to_pylist()
    return cells


def _bind(column: pd.Series[Any]) -> Callable[[int, int], list[Any]]:
    """Return what gives the cells from one row to another as a driver takes them.

    They are as `_cells` returns them, but dates are ISO texts, which every database reads. Of a column in which few
    values stand again and again, each is made once.
    """
    array = pa.array(column)
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    if pa.types.is_timestamp(array.type):
        array = array.cast(pa.date32())
    if pa.types.is_floating(array.type) or len(array.slice(0, _ROWS_AT_ONCE).unique()) * 2 > _ROWS_AT_ONCE:
        array = array.cast(pa.string()) if pa.types.is_date(array.type) else array
        return lambda start, stop: list(array[start:stop].to_pylist())
    encoded = array.dictionary_encode()
    distinct = encoded.dictionary
    cells = distinct.cast(pa.string()).to_pylist() if pa.types.is_date(array.type) else distinct.to_pylist()
    values = np.empty(len(cells) + 1, dtype=object)  # the last one is None, for -1
    values[:-1] = cells
    codes = encoded.indices.fill_null(-1).to_numpy()
    return lambda start, stop: list(values[codes[start:stop]].tolist())


def _unread(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """Return a column so that dates come as the driver gives them, ISO texts or dates; Arrow reads both at once."""
    return sa.type_coerce(column, sa.Text) if isinstance(column.type, sa.Date) else column


def _to_arrow(cells: tuple[Any, ...], wanted: pa.DataType) -> pa.Array:
    return pa.array(cells).cast(wanted) if wanted == pa.date32() else pa.array(cells, wanted)


def _column(cells: pa.ChunkedArray, dtype: str) -> Any:
    """Return an Arrow column as an array of a pandas dtype; for text, without copying a byte."""
    if dtype.startswith("datetime64"):
        return cells.cast(pa.timestamp("us")).to_numpy()
    if dtype == "int64":
        return cells.to_numpy()
    extension: Any = pd.api.types.pandas_dtype(dtype)
    return extension.__from_arrow__(cells)
