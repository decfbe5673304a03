"""The store: every record, every version of it, every uploaded file, and who changed what.

Each import, correction, revert and re-application is one transaction and takes one whole-number *revision*. Nothing is
deleted or overwritten: a change closes the row versions that were live and adds new ones, so the data as of an earlier
revision stay what they were. ``data/tables.py`` draws the tables, ``data/database.py`` keeps the file.

::

    with Store.open() as store:
        batch = store.commit(result, actor="Dara", content=content)
        events = store.read("event", revision=batch.revision)

All methods raise the errors of ``StoreError``: StoreBusyError when another process is writing for too long,
StoreDamagedError when the file is damaged. A `Store` may be shared between threads. Whoever reads several tables passes
one `revision` to all of them, so that a commit in between is not seen by half.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data import history, revisions
from data.backup import copy_file
from data.boundary_uses import BoundaryUses
from data.database import check, data_dir
from data.history import Batch
from data.personal_data import refuse_personal_data
from data.progress import Progress, silent
from data.remembered import Remembering
from data.rows import check_records, read_rows
from data.schema import KINDS
from data.source_entry import SourceEntry
from data.tables import LIVE, RECORDS, live_at
from data.version_names import VersionNames
from errors import StoreBusyError, StoreError
from locales import say

if TYPE_CHECKING:
    from data.ingest import ImportResult

__all__ = ["Batch", "Store", "data_dir"]


class Store(Remembering, VersionNames, BoundaryUses):
    """A checked store; made by `Store.open`.

    Attributes
    ----------
    path : Path
        Its file.
    """

    # Reading

    def revision(self) -> int:
        """Return the latest revision (data version); 0 in an empty store."""
        with self.reading() as connection:
            return history.latest_revision(connection)

    def read(self, kind: str, *, revision: int | None = None) -> pd.DataFrame:
        """Return the rows of a kind that are live at a revision (the latest when None).

        Returns
        -------
        DataFrame
            Columns and dtypes of ``rows.stored_dtypes(kind)``: those of ``schema.record_dtypes``, then row_id,
            batch_id, row_number, rev_in int64 and extra str (JSON); ordered by batch and row number.

        Raises
        ------
        StoreError
            There is no such revision yet.
        """
        with self.reading() as connection:
            condition = live_at(RECORDS[kind], _known_revision(connection, revision))
            return read_rows(connection, kind, condition)

    def record_ids(self, kind: str) -> set[str]:
        """Return the identifiers of the live records of a kind."""
        table = RECORDS[kind]
        with self.reading() as connection:
            live = sa.select(table.c[KINDS[kind].id_field]).where(table.c.rev_out == LIVE)
            return set(connection.execute(live).scalars())

    def batches(self) -> pd.DataFrame:
        """Return every batch, oldest first; columns as in ``history.read_batches``."""
        with self.reading() as connection:
            return history.read_batches(connection)

    def revisions(self) -> pd.DataFrame:
        """Return the audit list, oldest first; columns as in ``history.read_revisions``."""
        with self.reading() as connection:
            return history.read_revisions(connection)

    def history(self, kind: str, record_id: str) -> pd.DataFrame:
        """Return every version of one record, oldest first; columns as in ``history.read_history``."""
        with self.reading() as connection:
            return history.read_history(connection, kind, record_id)

    def upload(self, batch_id: int) -> tuple[str, bytes]:
        """Return the name and the untouched bytes of the file of a batch."""
        with self.reading() as connection:
            return history.read_upload(connection, batch_id)

    def find_upload(self, sha256: str) -> list[int]:
        """Return the numbers of the live batches that came from a file with this sha256 (hex)."""
        with self.reading() as connection:
            return history.find_live_batches(connection, sha256)["batch_id"].tolist()

    def snapshot_hash(self, revision: int | None = None) -> str:
        """Return the sha256 (hex) of the content of all rows live at a revision, whatever their order or batch."""
        with self.reading() as connection:
            return history.snapshot_hash(connection, _known_revision(connection, revision))

    def verify(self) -> None:
        """Check every page, row and upload of the file against what was written; StoreDamagedError when one differs."""
        with self.reading() as connection:
            check(connection, self.path)
            history.verify(connection)

    def backup(self, target: Path) -> None:
        """Write a consistent copy of the store to a file that is not there yet, while others may go on writing."""
        copy_file(self._reader, target)

    # Writing

    def commit(
        self,
        result: ImportResult,
        *,
        actor: str,
        content: bytes,
        note: str = "",
        expected_revision: int | None = None,
        source: SourceEntry | str | None = None,
        progress: Progress = silent,
    ) -> Batch:
        """Store the accepted rows of one file as a batch, with its bytes, in one transaction.

        A record whose identifier is live already gets a new version; `revert` brings the earlier one back.

        Parameters
        ----------
        result : ImportResult
            What ``ingest`` made of the file; each accepted row has an identifier.
        actor : str
            Who imports it.
        content : bytes
            The file as it was uploaded.
        note : str
            Anything to remember.
        expected_revision : int, optional
            The revision that the file was checked against; when the data have moved on, nothing is stored.
        source : SourceEntry or str, optional
            What stands behind the file: a new source, stored with the batch and reverted with it, or the identifier of
            a stored one. Rows that name no source get it.
        progress : Progress
            Is told while rows are stored; when it raises, nothing is stored.

        Raises
        ------
        DuplicateFileError
            The same bytes are already live as this kind; names the batch, its date and who imported it.
        StoreBusyError
            The data have changed since `expected_revision`, or another process is writing.
        StoreError
            There is no such source, or the new one lacks its title, has an unreadable date, …
        """
        return self.commit_all(
            [(result, content)],
            actor=actor,
            note=note,
            expected_revision=expected_revision,
            source=source,
            progress=progress,
        )[0]

    def commit_all(
        self,
        files: Sequence[tuple[ImportResult, bytes]],
        *,
        actor: str,
        note: str = "",
        expected_revision: int | None = None,
        source: SourceEntry | str | None = None,
        progress: Progress = silent,
    ) -> list[Batch]:
        """Store several files as `commit` does, a batch and a revision each: all of them or none.

        A new source belongs to the first batch and stands behind them all.

        Raises
        ------
        PersonalDataError
            Rows of a file were rejected for personal data: the file itself is kept with its batch, so it would be too.
        """
        for result, content in files:
            if sha256(content).hexdigest() != result.sha256:
                raise ValueError(f"the content is not that of {result.file_name}")
            if result.rows_read != len(result.accepted) + result.rows_rejected + result.rows_duplicate:
                raise ValueError(f"{result.file_name}: the rows read are not those accepted, rejected and duplicate")
            check_records(KINDS[result.kind], result.accepted)
            refuse_personal_data(result.file_name, result.issues)
        with self.writing() as connection:
            if expected_revision not in (None, history.latest_revision(connection)):
                raise StoreBusyError(
                    say("The data have changed since the file was checked."),
                    say("Check the file again, then import it."),
                )
            batches: list[Batch] = []
            for result, content in files:
                told = partial(_tell_part, progress, len(batches), len(files))
                batches.append(revisions.import_file(connection, result, content, actor, note, source, told))
                source = batches[-1].source_id
            return batches

    def revert(self, batch_id: int, *, actor: str, reason: str = "") -> Batch:
        """Take a batch back: its rows end, and the versions that it had replaced are live again.

        Raises
        ------
        StoreError
            It is reverted already, or later corrections or imports build on its rows; the message names them.
        """
        with self.writing() as connection:
            return revisions.revert(connection, batch_id, actor, reason)

    def reapply(self, batch_id: int, *, actor: str, reason: str = "") -> Batch:
        """Make the rows of a reverted batch live again, as they were when it was reverted.

        Raises
        ------
        DuplicateFileError
            The same file has been imported again meanwhile.
        StoreError
            It is live, or its records were imported or corrected otherwise meanwhile; the message names them.
        """
        with self.writing() as connection:
            return revisions.reapply(connection, batch_id, actor, reason)

    def correct(self, kind: str, record_id: str, changes: dict[str, object], *, actor: str, reason: str) -> int:
        """Give one record a new version, with its batch and row number kept; return the revision.

        Parameters
        ----------
        kind, record_id : str
            Which record.
        changes : dict
            New values by column; None empties one. The columns that are found from others (the days of a date, the
            province of a place) are not found again: give them too.
        actor, reason : str
            Who corrects it, and why; neither may be empty.

        Raises
        ------
        StoreError
            There is no such live record, a value does not fit its column, or nothing would change.
        """
        with self.writing() as connection:
            return revisions.correct(connection, kind, record_id, changes, actor, reason)


def _tell_part(progress: Progress, done: int, parts: int, share: float, doing: str) -> None:
    progress((done + share) / parts, doing)


def _known_revision(connection: sa.Connection, revision: int | None) -> int:
    latest = history.latest_revision(connection)
    if revision is None:
        return latest
    if not 0 <= revision <= latest:
        raise StoreError(
            say("There is no revision {revision}.", revision=str(revision)),
            say("The latest is {latest}.", latest=latest),
            revision=revision,
        )
    return revision
