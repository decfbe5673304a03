"""The four changes of the store, each on the connection of one transaction: import, revert, reapply, correct."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.batch_source import give_source, name_source, refuse_missing, refuse_used
from data.database import write_upload
from data.digests import digest_kinds, digest_revision
from data.history import Batch, find_batch, find_live_batches, latest_revision, turned
from data.progress import Progress, silent
from data.rows import digests, insert_rows, stored_value
from data.schema import KINDS, record_dtypes, split_list
from data.tables import LIVE, RECORDS, batch, ended_in, revision, upload
from errors import DuplicateFileError, StoreError
from locales import later, say

if TYPE_CHECKING:
    from data.ingest import ImportResult
    from data.source_entry import SourceEntry

_SHOWN = 5
_COUNTED = ("kind", "file_name", "sha256", "rows_read", "rows_accepted", "rows_rejected", "rows_duplicate")
_CHANGED_BY = {
    "import": "imported again",
    "correct": "corrected",
    "revert": "brought back by a revert",
    "reapply": "applied again",
    "boundaries": "placed by other boundaries",
}


def import_file(
    connection: sa.Connection,
    result: ImportResult,
    content: bytes,
    actor: str,
    note: str,
    source: SourceEntry | str | None = None,
    progress: Progress = silent,
) -> Batch:
    """Store one file, its batch, its source and its accepted rows; `Store.commit` says what is refused."""
    refuse_duplicate(connection, result.sha256, result.kind, result.file_name)
    if not connection.execute(sa.select(upload.c.sha256).where(upload.c.sha256 == result.sha256)).first():
        write_upload(connection, result.sha256, content)
    source_id, source_rows = name_source(connection, result, source)
    batch_id = connection.execute(sa.select(sa.func.coalesce(sa.func.max(batch.c.batch_id), 0) + 1)).scalar_one()
    values = {name: getattr(result, name) for name in _COUNTED} | {"batch_id": batch_id, "source_id": source_id}
    connection.execute(batch.insert(), values | {"options": result.options.to_json()})

    table, identifier = RECORDS[result.kind], KINDS[result.kind].id_field
    opened = {result.kind: give_source(result.accepted, source_id)}
    if source_rows is not None:
        opened["source"] = pd.concat([opened["source"], source_rows]) if "source" in opened else source_rows
    with _new_revision(connection, result.kind, "import", actor, batch_id, note, opened) as number:
        live = set(connection.execute(sa.select(table.c[identifier]).where(table.c.rev_out == LIVE)).scalars())
        known = live.intersection(result.accepted[identifier]) if live else live
        replaced = [{"record_id": record_id} for record_id in known]
        if replaced:
            this = (table.c[identifier] == sa.bindparam("record_id")) & (table.c.rev_out == LIVE)
            connection.execute(table.update().where(this).values(rev_out=number), replaced)
        for kind, records in opened.items():
            told = partial(_tell, progress) if kind == result.kind else None
            insert_rows(connection, kind, records, batch_id=batch_id, revision=number, progress=told)
        progress(1.0, "Storing the rows")
    return find_batch(connection, batch_id)


def _tell(progress: Progress, share: float) -> None:
    progress(share, "Storing the rows")


def revert(connection: sa.Connection, batch_id: int, actor: str, reason: str) -> Batch:
    """End a batch's rows and bring back what they had replaced; StoreError when something later builds on them."""
    found = find_batch(connection, batch_id)
    if found.status == "reverted":
        raise StoreError(
            say("Batch {batch_id} is reverted already.", batch_id=str(batch_id)),
            say("Nothing is left to do."),
            batch_id=batch_id,
        )
    applied = turned(connection, batch_id)
    for kind in _kinds(found.kind):
        table = RECORDS[kind]
        own = table.c.batch_id == batch_id
        # A row that was live ever since needs no comparing. One that was changed and changed back is no obstacle.
        before = _content(connection, kind, own & (table.c.rev_in == applied) & (table.c.rev_out != LIVE))
        now = _content(connection, kind, own & (table.c.rev_in > applied) & (table.c.rev_out == LIVE))
        changed = sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))
        _refuse_changed(connection, found, kind, changed, later("reverted"))
    refuse_used(connection, found)
    with _new_revision(connection, found.kind, "revert", actor, batch_id, reason) as number:
        for kind in _kinds(found.kind):
            table = RECORDS[kind]
            own = table.c.batch_id == batch_id
            live = own & (table.c.rev_in >= applied) & (table.c.rev_out == LIVE)
            connection.execute(table.update().where(live).values(rev_out=number))
            _copy(connection, table, ended_in(table, applied) & ~own, number)
    return find_batch(connection, batch_id)


def reapply(connection: sa.Connection, batch_id: int, actor: str, reason: str) -> Batch:
    """Bring back the rows that the revert of a batch ended; StoreError when their records were changed meanwhile."""
    found = find_batch(connection, batch_id)
    if found.status == "live":
        raise StoreError(
            say("Batch {batch_id} is live.", batch_id=str(batch_id)),
            say("Only a reverted batch can be applied again."),
            batch_id=batch_id,
        )
    refuse_duplicate(connection, found.sha256, found.kind, found.file_name)
    refuse_missing(connection, found)
    ended = turned(connection, batch_id)
    for kind in _kinds(found.kind):
        table = RECORDS[kind]
        brought_back = _content(connection, kind, table.c.rev_in == ended)
        now = _content(connection, kind, _in_the_way(kind, batch_id, ended) & (table.c.rev_in > ended))
        changed = sorted(key for key in now if brought_back.get(key) != now[key])
        _refuse_changed(connection, found, kind, changed, later("applied again"))
    with _new_revision(connection, found.kind, "reapply", actor, batch_id, reason) as number:
        for kind in _kinds(found.kind):
            table = RECORDS[kind]
            connection.execute(table.update().where(_in_the_way(kind, batch_id, ended)).values(rev_out=number))
            _copy(connection, table, (table.c.batch_id == batch_id) & ended_in(table, ended), number)
    return find_batch(connection, batch_id)


def _kinds(kind: str) -> tuple[str, ...]:
    """Return the kinds of record that a batch of one kind may hold: also the source behind it."""
    return (kind,) if kind == "source" else (kind, "source")


def _in_the_way(kind: str, batch_id: int, ended: int) -> sa.ColumnElement[bool]:
    """Return the condition that a live row is of a record which a batch, reverted in `ended`, would bring back."""
    table = RECORDS[kind]
    identifier = table.c[KINDS[kind].id_field]
    own = (table.c.batch_id == batch_id) & ended_in(table, ended)
    return identifier.in_(sa.select(identifier).where(own)) & (table.c.rev_out == LIVE)


def correct(
    connection: sa.Connection, kind: str, record_id: str, changes: Mapping[str, object], actor: str, reason: str
) -> int:
    """Give one live record a new version; StoreError when there is none, or a value does not fit its column."""
    if not reason.strip():
        raise StoreError(say("A correction needs a reason."), say("Say why, for those who read the history."))
    values = {name: _checked_value(kind, name, value) for name, value in changes.items()}
    table = RECORDS[kind]
    one = (table.c[KINDS[kind].id_field] == record_id) & (table.c.rev_out == LIVE)
    row = connection.execute(sa.select(table).where(one)).mappings().first()
    if row is None:
        raise StoreError(
            say("There is no live {kind} “{record_id}”.", kind=kind, record_id=record_id),
            say("Perhaps its batch was reverted."),
        )
    if all(row[name] == value for name, value in values.items()):
        raise StoreError(
            say("The {kind} “{record_id}” says so already.", kind=kind, record_id=record_id),
            say("Nothing was changed."),
        )
    with _new_revision(connection, kind, "correct", actor, row["batch_id"], reason) as number:
        connection.execute(table.update().where(one).values(rev_out=number))
        version = dict(row) | values | {"rev_in": number, "rev_out": LIVE}
        del version["row_id"]
        connection.execute(table.insert(), version)
    return number


def refuse_duplicate(connection: sa.Connection, sha256: str, kind: str, file_name: str) -> None:
    """Raise DuplicateFileError when a live batch of this kind came from the same bytes."""
    same = find_live_batches(connection, sha256, kind)
    if same.empty:
        return
    first = same.iloc[0]
    day = first["committed_at"]
    raise DuplicateFileError(
        say(
            "“{file_name}” was imported already as batch {batch_id} on {day} {month} (UTC) by {actor}.",
            file_name=file_name,
            batch_id=str(first["batch_id"]),
            day=day.day,
            month=f"{day:%B %Y}",
            actor=first["actor"],
        ),
        say("Revert batch {batch_id} first if it is to be imported again.", batch_id=str(first["batch_id"])),
        batch_id=int(first["batch_id"]),
        actor=first["actor"],
        committed_at=day,
    )


@contextmanager
def _new_revision(
    connection: sa.Connection,
    kind: str,
    action: str,
    actor: str,
    batch_id: int,
    note: str,
    opened: Mapping[str, pd.DataFrame] | None = None,
) -> Iterator[int]:
    """Enter the next revision in the audit list and yield its number; afterwards note what it changed.

    The rows that are `opened`, by kind, are read back when they are not given.
    """
    if not actor.strip():
        raise StoreError(say("Nobody is named as the one who makes this change."), say("Give your name."))
    number = latest_revision(connection) + 1
    entry = {"revision": number, "at": datetime.now(UTC), "actor": actor, "action": action, "batch_id": batch_id}
    connection.execute(revision.insert(), entry | {"note": note, "rows": 0, "rows_sha256": ""})
    yield number
    count = 0
    for one in _kinds(kind):
        table = RECORDS[one]
        identifier = table.c[KINDS[one].id_field]
        began = sa.select(identifier).where(table.c.rev_in == number)
        only_ended = sa.select(identifier).where(ended_in(table, number), identifier.not_in(began)).distinct()
        for changed in (began, only_ended):  # of an identifier, one row at most is opened
            count += connection.execute(sa.select(sa.func.count()).select_from(changed.subquery())).scalar_one()
    this = revision.c.revision == number
    digest = digest_revision(connection, number, _kinds(kind)) if opened is None else digest_kinds(opened)
    connection.execute(revision.update().where(this).values(rows=count, rows_sha256=digest))


def _content(connection: sa.Connection, kind: str, condition: sa.ColumnElement[bool]) -> dict[str, bytes]:
    return {row.record_id: row.sha256 for row in digests(connection, kind, condition)}


def _copy(connection: sa.Connection, table: sa.Table, condition: sa.ColumnElement[bool], number: int) -> None:
    """Add the rows that meet a condition once more, live from revision `number` on."""
    kept = [column for column in table.c if column.name not in ("row_id", "rev_in", "rev_out")]
    rows = sa.select(*kept, sa.literal(number), sa.literal(LIVE)).where(condition)
    connection.execute(table.insert().from_select([*(column.name for column in kept), "rev_in", "rev_out"], rows))


def _refuse_changed(connection: sa.Connection, found: Batch, kind: str, changed: list[str], verb: str) -> None:
    """Raise StoreError naming the records of a batch that something else has changed, and by what; none is fine."""
    if not changed:
        return
    table = RECORDS[kind]
    identifier = table.c[KINDS[kind].id_field]
    last = (
        sa.select(identifier, sa.func.max(table.c.rev_in).label("rev_in"))
        .where(identifier.in_(changed[:_SHOWN]))
        .group_by(identifier)
        .subquery()
    )
    rows = connection.execute(
        sa.select(last.c[identifier.name], revision).join(revision, revision.c.revision == last.c.rev_in)
    ).mappings()
    named = [
        f"{row[identifier.name]} ({_CHANGED_BY[row['action']]} in revision {row['revision']}, "
        f"{_name_batch(row['batch_id'])}by {row['actor']})"
        for row in rows
    ]
    more = say(" and {n} more", n=len(changed) - _SHOWN) if len(changed) > _SHOWN else ""
    raise StoreError(
        say("Batch {batch_id} cannot be {verb}: later changes build on its records: {names}{more}.",
        batch_id=str(found.batch_id), verb=say(verb), names=", ".join(named), more=more), say(
        "Revert the later batches first, or correct these records back to what batch {batch_id} says.",
        batch_id=str(found.batch_id)), batch_id=found.batch_id, record_ids=changed,
    )  # fmt: skip


def _name_batch(batch_id: int | None) -> str:
    return "" if batch_id is None else f"batch {batch_id}, "


def _checked_value(kind: str, name: str, value: object) -> object:
    """Return a corrected value as it is stored; StoreError when the column may not hold it."""
    if name not in record_dtypes(KINDS[kind]) or name == KINDS[kind].id_field:
        raise ValueError(f"{name} is not a column of {kind} that can be corrected")
    try:
        stored = stored_value(KINDS[kind], name, value)
    except (TypeError, ValueError) as error:
        raise StoreError(
            say("The new value does not fit the column “{name}”.", name=name), say("See the template for its form.")
        ) from error
    if name not in KINDS[kind].columns:
        return stored
    field = KINDS[kind].field(name)
    if stored is None and field.required:
        raise StoreError(say("“{name}” must not be empty.", name=name), say("Each {kind} needs it.", kind=kind))
    parts = split_list(stored) if field.dtype == "list" else (stored,)
    if stored is not None and field.choices and not set(parts) <= set(field.choices):
        raise StoreError(
            say("The new value is not one of those of “{name}”.", name=name),
            say("Use one of {names}.", names=", ".join(field.choices)),
        )
    return stored
