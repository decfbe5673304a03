"""Putting a backup in the place of the data store, without ever deleting what was there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from data.database import FILE_NAME, data_dir
from data.store import Store
from errors import StoreError


def restore(backup: Path, target: Path | None = None) -> Path | None:
    """Put a checked copy of a backup in the place of the store.

    Parameters
    ----------
    backup : Path
        A file that `Store.backup` has written; it is left as it is.
    target : Path, optional
        The store; ``atlas.sqlite`` in `data_dir` when None. Nobody else may have it open.

    Returns
    -------
    Path or None
        Where the former store now is; None when there was none.

    Raises
    ------
    StoreError
        The backup is not there, is damaged or is the store itself, or the folder cannot be written; nothing was
        changed.
    """
    target = data_dir() / FILE_NAME if target is None else target
    if not backup.is_file():
        raise StoreError(f"There is no backup {backup}.", "Check the name.", path=backup)
    if target.exists() and backup.samefile(target):
        raise StoreError(f"{backup} is the data store itself.", "Name a file that `backup` has written.", path=backup)
    checked = target.with_name(f"{target.name}.restored")
    checked.unlink(missing_ok=True)
    with Store.open(backup.absolute(), read_only=True) as store:
        store.verify()
        store.backup(checked)
    former = None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    for suffix in ("-wal", "-shm", ""):
        part = target.with_name(target.name + suffix)
        if part.exists():
            former = part.rename(target.with_name(f"{target.name}.before-{stamp}{suffix}"))
    checked.rename(target)
    return former
