"""Copies of the store: written while it is in use, put back when it was damaged or lost."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from data.database import check, connect, identify, make_folder, new_file, open_engine, refused
from data.history import verify
from errors import StoreError
from locales import say


def copy_file(engine: sa.Engine, target: Path) -> None:
    """Write a consistent copy of the store to `target`, which must not exist, while others may go on writing.

    Raises
    ------
    StoreError
        `target` exists, or cannot be written.
    """
    if target.exists():
        raise StoreError(
            say("{target} exists already.", target=target), say("Choose another name; a backup is never overwritten.")
        )
    make_folder(target.absolute().parent)
    with refused(target), new_file(target.absolute()) as new, engine.connect() as connection:
        # VACUUM may not run in a transaction: past SQLAlchemy's, on the driver's own connection.
        connection.connection.cursor().execute("VACUUM INTO ?", (str(new),))


def restore_file(backup: Path, path: Path) -> Path | None:
    """Put a backup in the place of a store that no program has open.

    Parameters
    ----------
    backup : Path
        A file that `copy_file` wrote; it stays as it is.
    path : Path
        The store's file, damaged or not; it is kept under another name, with its log.

    Returns
    -------
    Path or None
        The name under which the earlier file is kept; None when there was none.

    Raises
    ------
    StoreError
        The backup is not there, or is the store itself; nothing was moved.
    StoreDamagedError
        The backup is itself no sound store; nothing was moved.
    """
    backup, path = backup.absolute(), path.absolute()
    if not backup.is_file():
        raise StoreError(say("There is no backup {backup}.", backup=backup), say("Check the name."), path=backup)
    if path.exists() and backup.samefile(path):
        raise StoreError(
            say("{backup} is the data store itself.", backup=backup),
            say("Name a file that `backup` has written."),
            path=backup,
        )
    identify(backup)
    with refused(backup), open_engine(backup, read_only=True).connect() as connection:
        check(connection, backup)
    kept = path.with_name(f"{path.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")
    make_folder(path.parent)
    with new_file(path) as new:
        shutil.copyfile(backup, new)
        reader, _ = connect(new, read_only=False)  # a backup of an older version is brought up to date, as a copy
        with refused(backup), reader.connect() as connection:
            verify(connection)
        moved = path.exists()
        for ending in ("", "-wal", "-shm"):
            file = path.with_name(path.name + ending)
            if file.exists():
                file.rename(kept.with_name(kept.name + ending))
    return kept if moved else None
