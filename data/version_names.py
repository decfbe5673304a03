"""Names that people give to revisions, so that a report can say which data it rests on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data.history import latest_revision, to_frame
from data.store_file import StoreFile
from data.tables import revision, version_name
from errors import StoreError
from locales import say

LONGEST_NAME = 80


class VersionNames(StoreFile):
    """Named data versions. A name stays with its revision for good, so that what cites it stays true."""

    def name_version(self, name: str, *, actor: str, revision: int | None = None, note: str = "") -> int:
        """Give a revision (the latest when None) a name and return its number; a revision may have several.

        Raises
        ------
        StoreError
            The name is empty, too long or taken (small and capital letters are the same), nobody is named, or there is
            no such revision.
        """
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise StoreError(
                say("A data version needs a name."),
                say("Give one of at most {longest_name} characters.", longest_name=LONGEST_NAME),
            )
        if not actor.strip():
            raise StoreError(say("Nobody is named as the one who names this version."), say("Give your name."))
        with self.writing() as connection:
            latest = latest_revision(connection)
            number = latest if revision is None else revision
            if not 1 <= number <= latest:
                raise StoreError(
                    say("There is no revision {number}.", number=str(number)),
                    say("The latest is {latest}.", latest=latest),
                    revision=number,
                )
            for taken, where in connection.execute(sa.select(version_name.c.name, version_name.c.revision)):
                if taken.casefold() == name.casefold():
                    raise StoreError(
                        say("“{taken}” is the name of version {where}.", taken=taken, where=where),
                        say("Choose another name."),
                    )
            entry = {"name": name, "revision": number, "at": datetime.now(UTC), "actor": actor, "note": note}
            connection.execute(version_name.insert(), entry)
        return number

    def versions(self) -> pd.DataFrame:
        """Return every revision with its names, oldest first.

        Returns
        -------
        DataFrame
            revision int64, at (UTC), actor, action str, batch_id Int64, note str (of the revision), rows int64; name,
            named_by, name_note str and named_at (UTC), empty for a revision without a name. A revision with several
            names has several rows.
        """
        names = version_name.c
        columns: list[sa.ColumnElement[Any]] = [
            *(revision.c[name] for name in ("revision", "at", "actor", "action", "batch_id", "note", "rows")),
            names["name"].label("name"),
            names.actor.label("named_by"),
            names.at.label("named_at"),
            names.note.label("name_note"),
        ]
        joined = revision.outerjoin(version_name, version_name.c.revision == revision.c.revision)
        dtypes = dict.fromkeys((str(column.key) for column in columns), "str")
        dtypes |= {"revision": "int64", "batch_id": "Int64", "rows": "int64"}
        dtypes |= dict.fromkeys(("at", "named_at"), "datetime64[us, UTC]")
        with self.reading() as connection:
            chosen = sa.select(*columns).select_from(joined)
            return to_frame(connection.execute(chosen.order_by(revision.c.revision, version_name.c.at)), dtypes)

    def find_version(self, name: str) -> int:
        """Return the revision that has this name; StoreError when none has."""
        wanted = " ".join(name.split()).casefold()
        with self.reading() as connection:
            for known, number in connection.execute(sa.select(version_name.c.name, version_name.c.revision)):
                if known.casefold() == wanted:
                    return int(number)
        raise StoreError(say("No data version is called “{name}”.", name=name), say("See the list of versions."))
