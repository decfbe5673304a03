"""Which boundaries count, since when, and what placing records by others changes in the store.

Installing a set and going back to the one before are each one revision of the store: the list and the records change
together or not at all. Only records that their coordinates placed are placed anew; what people, names and codes say
stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data.boundary_moves import no_placings
from data.boundary_placing import find_all, find_inverse, give_versions, no_left
from data.boundary_sets import FOLDER, LEVELS, BoundarySet, BoundarySource, check_boundary_source, keep_set
from data.digests import digest_revision
from data.history import latest_revision, to_frame
from data.schema import KINDS
from data.store_file import StoreFile
from data.tables import boundary_use, revision
from errors import BoundaryError, StoreBusyError
from geo.boundaries import try_boundaries, use_boundaries
from geo.districts import use_districts
from locales import say


@dataclass(frozen=True)
class Placing:
    """What a change of boundaries did.

    Attributes
    ----------
    revision : int
        The new data version.
    placed : DataFrame
        The records that were placed anew: ``boundary_moves.PLACING_COLUMNS``.
    left : DataFrame
        Going back only: records that somebody corrected meanwhile, which were left as they are
        (``boundary_placing.LEFT_COLUMNS``).
    """

    revision: int
    placed: pd.DataFrame
    left: pd.DataFrame


class BoundaryUses(StoreFile):
    """The boundaries of a store."""

    def boundary_uses(self) -> pd.DataFrame:
        """Return what was installed and taken back, oldest first.

        Returns
        -------
        DataFrame
            revision, level int64, at (UTC), actor, note, checksum (empty for the bundled set), source (JSON) str,
            undoes Int64 (the revision that was taken back), rows int64 (records placed anew), in_use bool.
        """
        with self.reading() as connection:
            return _read_uses(connection)

    def boundary_folder(self, level: int) -> Path | None:
        """Return the folder of the set that counts for a level; None for the bundled one, or none."""
        with self.reading() as connection:
            return self._folder(_stack(connection, level)[-1][1])

    def follow_boundaries(self) -> None:
        """Make the process use the provinces and districts that count in this store; costs about a millisecond."""
        use_boundaries(self.boundary_folder(1))
        use_districts(self.boundary_folder(2))

    def preview_boundaries(self) -> pd.DataFrame:
        """Return the live records that the boundaries in use here and now place otherwise (`find_placings`)."""
        with self.reading() as connection:
            return find_all(connection)

    def install_boundaries(
        self, found: BoundarySet, source: BoundarySource, *, actor: str, reason: str, expected_revision: int
    ) -> Placing:
        """Let a set of boundaries count from now on, and place the records by it that their coordinates placed.

        Parameters
        ----------
        found : BoundarySet
        source : BoundarySource
        actor, reason : str
            Who installs it, and why; neither may be empty.
        expected_revision : int
            The data version with which it was compared.

        Raises
        ------
        BoundaryError
            Its checks refuse it, it counts already, or something is not said.
        StoreBusyError
            The data have changed since `expected_revision`.
        """
        found.refuse_flawed()
        source = check_boundary_source(source)
        actor, reason = _check_said(actor, reason)
        level = found.checked.level
        record = _source_record(found, source, actor, reason)
        with self.writing() as connection:
            if latest_revision(connection) != expected_revision:
                raise StoreBusyError(
                    say("The data have changed since the boundaries were compared."), say("Compare them again.")
                )
            if _stack(connection, level)[-1][1] == found.checksum:
                raise BoundaryError(say("These boundaries count already."), say("Nothing was changed."))
            folder = keep_set(self.path.parent, found, record)
            placed = no_placings()
            if level == 1:
                with try_boundaries(folder):
                    placed = find_all(connection)
            note = f"Boundaries of {LEVELS[level]}: {source.title} ({source.publisher}). {reason}"
            number = _enter(connection, actor, note, level, found.checksum, record, None, placed)
        self.follow_boundaries()
        return Placing(number, placed, no_left())

    def rollback_boundaries(self, level: int, *, actor: str, reason: str) -> Placing:
        """Go back to the boundaries before those that count now, and undo what they changed.

        A record that was placed anew and that nobody has corrected since gets its earlier province; one that came
        meanwhile is placed by the earlier boundaries; one that somebody corrected is left, and listed.

        Raises
        ------
        BoundaryError
            There is nothing before, its folder is damaged, or something is not said.
        """
        actor, reason = _check_said(actor, reason)
        with self.writing() as connection:
            uses = _stack(connection, level)
            if len(uses) == 1:
                raise BoundaryError(
                    say("No boundaries of {levels} were installed.", levels=say(LEVELS[level])),
                    say("There is nothing to go back to."),
                )
            undone, checksum = uses[-1][0], uses[-2][1]
            placed, left = no_placings(), no_left()
            if level == 1:
                with try_boundaries(self._folder(checksum)):
                    placed, left = find_inverse(connection, undone)
            name = uses[-2][2].get("title") or ("the bundled set" if level == 1 else "none")
            note = f"Boundaries of {LEVELS[level]}: back to {name}. {reason}"
            number = _enter(connection, actor, note, level, checksum, uses[-2][2], undone, placed)
        self.follow_boundaries()
        return Placing(number, placed, left)

    def _folder(self, checksum: str) -> Path | None:
        return self.path.absolute().parent / FOLDER / checksum if checksum else None


def _check_said(actor: str, reason: str) -> tuple[str, str]:
    if not actor.strip() or not reason.strip():
        raise BoundaryError(say("Other boundaries need a name and a reason."), say("Say who changes them, and why."))
    return actor.strip(), " ".join(reason.split())


def _source_record(found: BoundarySet, source: BoundarySource, actor: str, reason: str) -> dict[str, Any]:
    told = [*found.notes, *(finding.message for finding in found.checked.findings)]
    return {
        **asdict(source),
        "attribution": source.attribution,
        "level": found.checked.level,
        "file_name": found.file_name,
        "file_sha256": sha256(found.content).hexdigest(),
        "installed_by": actor,
        "installed_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "reason": reason,
        "known_limits": told,
    }


def _stack(connection: sa.Connection, level: int) -> list[tuple[int, str, dict[str, Any]]]:
    """Return revision, checksum and source record of the uses that going back would meet, the one that counts last."""
    uses: list[tuple[int, str, dict[str, Any]]] = [(0, "", {})]
    rows = sa.select(boundary_use).where(boundary_use.c.level == level).order_by(boundary_use.c.revision)
    for row in connection.execute(rows):
        if row.undoes is None:
            uses.append((row.revision, row.checksum, json.loads(row.source)))
        else:
            uses.pop()
    return uses


def _read_uses(connection: sa.Connection) -> pd.DataFrame:
    columns = {
        boundary_use.c.revision: "int64",
        boundary_use.c.level: "int64",
        revision.c.at: "datetime64[us, UTC]",
        revision.c.actor: "str",
        revision.c.note: "str",
        boundary_use.c.checksum: "str",
        boundary_use.c.source: "str",
        boundary_use.c.undoes: "Int64",
        revision.c.rows: "int64",
    }
    joined = boundary_use.join(revision, revision.c.revision == boundary_use.c.revision)
    chosen = sa.select(*columns).select_from(joined).order_by(boundary_use.c.revision)
    uses = to_frame(connection.execute(chosen), {str(column.key): dtype for column, dtype in columns.items()})
    last = uses.groupby("level")["revision"].transform("max")
    return uses.assign(in_use=uses["revision"] == last)


def _enter(
    connection: sa.Connection,
    actor: str,
    note: str,
    level: int,
    checksum: str,
    record: Mapping[str, Any],
    undoes: int | None,
    placed: pd.DataFrame,
) -> int:
    """Enter the use and its revision, and give the records their new versions; return the revision."""
    number = latest_revision(connection) + 1
    entry = {"revision": number, "at": datetime.now(UTC), "actor": actor, "action": "boundaries", "batch_id": None}
    connection.execute(revision.insert(), entry | {"note": note, "rows": len(placed), "rows_sha256": ""})
    use = {"revision": number, "level": level, "checksum": checksum, "undoes": undoes}
    connection.execute(boundary_use.insert(), use | {"source": json.dumps(dict(record), ensure_ascii=False)})
    for kind, rows in placed.groupby("kind"):
        give_versions(connection, str(kind), rows, number)
    digest = digest_revision(connection, number, KINDS)
    connection.execute(revision.update().where(revision.c.revision == number).values(rows_sha256=digest))
    return number
