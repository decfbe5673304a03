"""The source behind a batch: stored with it, given to its rows, and not taken away from those who name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.history import Batch, find_batch, turned
from data.schema import SOURCE_IDS, split_list
from data.source_entry import SourceEntry, check_source, make_source_id, source_record
from data.tables import LIVE, RECORDS, batch
from errors import StoreError
from locales import say

if TYPE_CHECKING:
    from data.ingest import ImportResult

_SHOWN = 5
_NAMING = {kind: table.c[SOURCE_IDS] for kind, table in RECORDS.items() if SOURCE_IDS in table.c}
_NAMING["source"] = RECORDS["source"].c["derived_from"]
"""For each kind, the column that names sources."""


def name_source(
    connection: sa.Connection, result: ImportResult, source: SourceEntry | str | None
) -> tuple[str | None, pd.DataFrame | None]:
    """Return the identifier of the source behind a file, and the record that is to be stored for it, if it is new.

    Raises
    ------
    StoreError
        There is no such live source, or the entry of a new one does not hold: see ``source_entry.check_source``.
    """
    if source is None:
        return None, None
    if isinstance(source, str):
        if not is_live(connection, source):
            raise StoreError(
                say("There is no source “{source}”.", source=source),
                say("Choose one of the stored sources, or enter a new one."),
            )
        return source, None
    entry = check_source(source)
    taken = set(connection.execute(sa.select(RECORDS["source"].c["source_id"])).scalars())
    named = "source_id" if result.kind == "source" else SOURCE_IDS
    taken |= {part for cell in result.accepted[named].dropna().unique() for part in split_list(cell)}
    source_id = make_source_id(entry, taken)
    return source_id, source_record(entry, source_id)


def give_source(records: pd.DataFrame, source_id: str | None) -> pd.DataFrame:
    """Return accepted records with a source for those that name none themselves."""
    if source_id is None or SOURCE_IDS not in records:
        return records
    named = records[SOURCE_IDS]
    return records.assign(**{SOURCE_IDS: named.mask(named.isna() | (named == ""), source_id)})


def is_live(connection: sa.Connection, source_id: str) -> bool:
    """Whether there is a live source record with this identifier."""
    table = RECORDS["source"]
    found = sa.select(table.c.row_id).where(table.c["source_id"] == source_id, table.c.rev_out == LIVE)
    return connection.execute(found).first() is not None


def refuse_used(connection: sa.Connection, found: Batch) -> None:
    """Raise StoreError when later records or batches name a source that would go with this batch."""
    applied = turned(connection, found.batch_id)
    leaving = _leaving(connection, found.batch_id, applied)
    if not leaving:
        return
    users: list[tuple[str, int]] = []
    for kind, column in _NAMING.items():
        table = RECORDS[kind]
        later = (table.c.rev_out == LIVE) & (table.c.rev_in > applied) & (table.c.batch_id != found.batch_id)
        cells = connection.execute(sa.select(column).where(later, column.is_not(None)).distinct()).scalars()
        naming = {cell for cell in cells if leaving.intersection(split_list(cell))}
        if naming:
            rows = sa.select(table.c[f"{kind}_id"], table.c.batch_id, column).where(later).order_by(table.c.row_id)
            users += [(record_id, number) for record_id, number, cell in connection.execute(rows) if cell in naming]
    others = sa.select(batch.c.batch_id, batch.c.source_id).where(batch.c.batch_id != found.batch_id)
    based = [number for number, source_id in connection.execute(others) if source_id in leaving]
    live = {number for number in based if find_batch(connection, number).status == "live"}
    if not users and not live:
        return
    named = [f"{record_id} (batch {number})" for record_id, number in users[:_SHOWN]]
    named += [f"batch {number}" for number in sorted(live - {number for _, number in users})]
    more = say(" and {n} more", n=len(users) - _SHOWN) if len(users) > _SHOWN else ""
    raise StoreError(
        say(
            "Batch {batch_id} cannot be reverted: its source stands behind later records: {names}{more}.",
            batch_id=str(found.batch_id),
            names=", ".join(named),
            more=more,
        ),
        say("Revert the later batches first, or correct these records to name another source."),
        batch_id=found.batch_id,
        record_ids=[record_id for record_id, _ in users],
        batch_ids=sorted(live | {number for _, number in users}),
    )


def refuse_missing(connection: sa.Connection, found: Batch) -> None:
    """Raise StoreError when the source behind a reverted batch is gone, and would not come back with it."""
    if found.source_id is None or is_live(connection, found.source_id):
        return
    table = RECORDS["source"]
    stored = sa.select(sa.func.max(table.c.batch_id)).where(table.c["source_id"] == found.source_id)
    brought_by = connection.execute(stored).scalar_one()
    if brought_by != found.batch_id:
        raise StoreError(
            say(
                "Batch {batch_id} cannot be applied again: its source “{source_id}” is gone.",
                batch_id=str(found.batch_id),
                source_id=found.source_id,
            ),
            say("Apply batch {brought_by}, which had brought the source, again first.", brought_by=brought_by),
            batch_id=found.batch_id,
        )


def _leaving(connection: sa.Connection, batch_id: int, applied: int) -> set[str]:
    """Return the sources that would be gone after a batch was reverted."""
    table = RECORDS["source"]
    own = table.c.batch_id == batch_id
    ids = table.c["source_id"]
    live = set(connection.execute(sa.select(ids).where(own, table.c.rev_out == LIVE)).scalars())
    return live - set(connection.execute(sa.select(ids).where(~own, table.c.rev_out == applied)).scalars())
