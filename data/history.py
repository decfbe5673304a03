"""What happened to the records: the list of revisions, the batches, the versions of one record, the proof of it all."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal, cast

import pandas as pd
import sqlalchemy as sa

from data.digests import digest_revisions, digest_snapshot
from data.rows import read_rows
from data.schema import KINDS
from data.tables import LIVE, RECORDS, batch, revision, upload
from errors import StoreDamagedError, StoreError
from locales import say

_AT = "datetime64[us, UTC]"


@dataclass(frozen=True)
class Batch:
    """One import of one file as one kind, as it stands now.

    Attributes
    ----------
    batch_id : int
        Its number.
    kind, file_name, sha256 : str
        What was imported.
    revision : int
        The revision in which it was imported.
    rows_read, rows_accepted, rows_rejected, rows_duplicate : int
        ``rows_read == rows_accepted + rows_rejected + rows_duplicate``.
    source_id : str or None
        The source behind the file, when it was given for the whole file.
    options : str
        The decisions about the file: JSON of ``ImportOptions``.
    status : {"live", "reverted"}
        Whether its rows count.
    """

    batch_id: int
    kind: str
    file_name: str
    sha256: str
    revision: int
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_duplicate: int
    source_id: str | None
    options: str
    status: Literal["live", "reverted"]


def latest_revision(connection: sa.Connection) -> int:
    """Return the number of the latest revision, 0 when there is none."""
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(revision.c.revision), 0))).scalar_one())


def read_revisions(connection: sa.Connection) -> pd.DataFrame:
    """Return the audit list, oldest first.

    Returns
    -------
    DataFrame
        revision int64, at (UTC), actor str, action (``tables.ACTIONS``), batch_id Int64 (of a correction: the batch
        that the record came from; empty for other boundaries), note str, rows int64 (records that the revision
        changed).
    """
    dtypes = {
        "revision": "int64",
        "at": _AT,
        "actor": "str",
        "action": "str",
        "batch_id": "Int64",
        "note": "str",
        "rows": "int64",
    }
    found = connection.execute(sa.select(*(revision.c[name] for name in dtypes)).order_by(revision.c.revision))
    return to_frame(found, dtypes)


def read_batches(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> pd.DataFrame:
    """Return every batch, oldest first, or those that meet conditions on the table ``batch``.

    Returns
    -------
    DataFrame
        batch_id int64, kind, file_name, sha256 str, committed_at (UTC), actor str, rows_read, rows_accepted,
        rows_rejected, rows_duplicate, revision int64, status str (live, reverted), reverted_revision Int64, note,
        source_id, options str (JSON of ``ImportOptions``).
    """
    turns = (
        sa.select(
            revision.c.batch_id,
            sa.func.min(revision.c.revision).label("first"),
            sa.func.max(revision.c.revision).label("last"),
        )
        .where(revision.c.action != "correct")
        .group_by(revision.c.batch_id)
        .subquery()
    )
    made, last = revision.alias("made"), revision.alias("last")
    reverted = last.c.action == "revert"
    columns: dict[str, tuple[sa.ColumnElement[Any], str]] = {
        "batch_id": (batch.c.batch_id, "int64"),
        "kind": (batch.c.kind, "str"),
        "file_name": (batch.c.file_name, "str"),
        "sha256": (batch.c.sha256, "str"),
        "committed_at": (made.c.at, _AT),
        "actor": (made.c.actor, "str"),
        "rows_read": (batch.c.rows_read, "int64"),
        "rows_accepted": (batch.c.rows_accepted, "int64"),
        "rows_rejected": (batch.c.rows_rejected, "int64"),
        "rows_duplicate": (batch.c.rows_duplicate, "int64"),
        "revision": (made.c.revision, "int64"),
        "status": (sa.case((reverted, "reverted"), else_="live"), "str"),
        "reverted_revision": (sa.case((reverted, last.c.revision)), "Int64"),
        "note": (made.c.note, "str"),
        "source_id": (batch.c.source_id, "str"),
        "options": (batch.c.options, "str"),
    }
    joined = (
        batch.join(turns, turns.c.batch_id == batch.c.batch_id)
        .join(made, made.c.revision == turns.c.first)
        .join(last, last.c.revision == turns.c.last)
    )
    chosen = sa.select(*(column.label(name) for name, (column, _) in columns.items())).select_from(joined)
    return to_frame(
        connection.execute(chosen.where(*conditions).order_by(batch.c.batch_id)),
        {name: dtype for name, (_, dtype) in columns.items()},
    )


def find_batch(connection: sa.Connection, batch_id: int) -> Batch:
    """Return one batch; StoreError when there is none with this number."""
    found = read_batches(connection, batch.c.batch_id == batch_id)
    if found.empty:
        raise StoreError(
            say("There is no batch {batch_id}.", batch_id=str(batch_id)),
            say("See the list of batches."),
            batch_id=batch_id,
        )
    row: Any = found[list(Batch.__dataclass_fields__)].astype(object).to_dict("records")[0]
    return Batch(**row | {"source_id": None if pd.isna(row["source_id"]) else row["source_id"]})


def find_live_batches(connection: sa.Connection, sha256: str, kind: str | None = None) -> pd.DataFrame:
    """Return the live batches with these bytes, of one kind or of any, as `read_batches` does."""
    batches = read_batches(connection, batch.c.sha256 == sha256, batch.c.kind == kind if kind else sa.true())
    return batches[batches["status"] == "live"]


def turned(connection: sa.Connection, batch_id: int) -> int:
    """Return the revision that last made a batch live or reverted it."""
    turns = sa.and_(revision.c.batch_id == batch_id, revision.c.action != "correct")
    return int(connection.execute(sa.select(sa.func.max(revision.c.revision)).where(turns)).scalar_one())


def read_history(connection: sa.Connection, kind: str, record_id: str) -> pd.DataFrame:
    """Return every version of one record, oldest first; no rows for an unknown identifier.

    Returns
    -------
    DataFrame
        Columns of ``rows.stored_dtypes(kind)``, then rev_out Int64 (empty while the version is live), and of the
        revision that made the version: at (UTC), by (who made it; an event's ``actor`` is another), action, reason.
    """
    table = RECORDS[kind]
    versions = read_rows(connection, kind, table.c[KINDS[kind].id_field] == record_id, rev_out="int64")
    audit = read_revisions(connection).set_index("revision")
    made = audit.loc[versions["rev_in"], ["at", "actor", "action", "note"]].reset_index(drop=True)
    versions = versions.assign(
        rev_out=versions["rev_out"].astype("Int64").mask(versions["rev_out"] == LIVE),
        at=made["at"],
        by=made["actor"],
        action=made["action"],
        reason=made["note"],
    )
    return versions.sort_values("rev_in", ignore_index=True)


def read_upload(connection: sa.Connection, batch_id: int) -> tuple[str, bytes]:
    """Return a batch's file name and bytes; StoreDamagedError when they are no longer those that were uploaded."""
    found = find_batch(connection, batch_id)
    content = connection.execute(sa.select(upload.c.content).where(upload.c.sha256 == found.sha256)).scalar_one()
    if sha256(content).hexdigest() != found.sha256:
        raise StoreDamagedError(
            say("The stored file of batch {batch_id} has changed.", batch_id=str(batch_id)), say("Restore a backup.")
        )
    return found.file_name, cast("bytes", content)


def snapshot_hash(connection: sa.Connection, at_revision: int) -> str:
    """Return one sha256 (hex) over the content of all rows live at a revision, whatever their order."""
    return digest_snapshot(connection, at_revision)


def verify(connection: sa.Connection) -> None:
    """Check that every row and every uploaded byte is as it was written; StoreDamagedError names what is not."""
    try:
        found = digest_revisions(connection)
    except (TypeError, ValueError) as error:  # of these classes Arrow's errors are: a cell no longer fits its column
        raise StoreDamagedError(say("Rows have changed since they were stored."), say("Restore a backup.")) from error
    written = connection.execute(sa.select(revision.c.revision, revision.c.rows_sha256)).all()
    changed = [number for number, digest in written if found[number] != digest]
    if changed:
        raise StoreDamagedError(
            say("Rows of revision {changed} have changed since.", changed=changed[0]), say("Restore a backup.")
        )
    for batch_id in connection.execute(sa.select(batch.c.batch_id)).scalars().all():
        read_upload(connection, batch_id)


def to_frame(found: sa.CursorResult[Any], dtypes: dict[str, str]) -> pd.DataFrame:
    """Return a result as a frame; times that the database gives without a zone are UTC."""
    frame = pd.DataFrame(found.all(), columns=list(dtypes))
    times = {name: pd.to_datetime(frame[name], utc=True) for name, dtype in dtypes.items() if dtype == _AT}
    return frame.assign(**times).astype(dtypes)
