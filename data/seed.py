"""The public reports that the store starts with, so that the first screen shows something true."""

from __future__ import annotations

import os
from pathlib import Path

from data.ingest import ImportResult, ingest
from data.store import Store
from errors import StoreBusyError, StoreError

SEED_FOLDER = Path(__file__).parent / "files" / "seed"
SEED_FILES = {"sources.csv": "source", "compounds.csv": "compound", "events.csv": "event", "claims.csv": "claim"}
"""Which kind each seed file holds; sources first, because the others refer to them."""

_ACTOR = "Compound Atlas"


def prepare(path: Path | None = None) -> Store:
    """Open the store, made and brought up to date when needed, with the seed in it when it is empty.

    The environment variable ``ATLAS_SEED=none`` leaves an empty store empty.

    Raises
    ------
    StoreError
        See `Store.open` and `load_seed`.
    """
    store = Store.open(path)
    if os.environ.get("ATLAS_SEED") != "none":
        load_seed(store)
    return store


def load_seed(store: Store, folder: Path | None = None) -> None:
    """Import the seed files into a store that has never been written to; do nothing to any other.

    All files are stored or none, and of several programs that start at once one stores them.

    Parameters
    ----------
    store : Store
        A writable store.
    folder : Path, optional
        Where the files are; `SEED_FOLDER` when None.

    Raises
    ------
    StoreError
        A row of the seed was rejected (the message lists the issues), or a file is not there.
    """
    if store.revision():
        return
    files = [_ingest_file((folder or SEED_FOLDER) / name, kind) for name, kind in SEED_FILES.items()]
    try:
        store.commit_all(files, actor=_ACTOR, note="Seed: public reports", expected_revision=0)
    except StoreBusyError:
        if not store.revision():  # otherwise another program has loaded it meanwhile
            raise


def _ingest_file(path: Path, kind: str) -> tuple[ImportResult, bytes]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreError(f"The seed file {path} cannot be read.", "Install the program again.", path=path) from error
    result = ingest(content, path.name, kind)
    if result.rows_rejected:
        rejects = result.issues[result.issues["severity"] == "reject"]
        named = zip(rejects["row_number"], rejects["field"], rejects["code"], strict=True)
        listed = "; ".join(f"row {row}, {field or kind}: {code}" for row, field, code in named)
        raise StoreError(f"The seed file {path.name} has rejected rows: {listed}.", "Correct the file.", path=path)
    return result, content
