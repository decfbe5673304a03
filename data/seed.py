"""The public reports that the store starts with, so that the first screen shows something true."""

from __future__ import annotations

import os
from pathlib import Path

from data.ingest import ImportResult, ingest
from data.store import Store
from errors import StoreBusyError, StoreError
from locales import say

SEED_FOLDER = Path(__file__).parent / "files" / "seed"
SEED_FILES = {"sources.csv": "source", "compounds.csv": "compound", "events.csv": "event", "claims.csv": "claim"}
"""Which kind each seed file holds; sources first, because the others refer to them."""

_ACTOR = "Compound Atlas"
_NOTE = "Seed: public reports"


def prepare(path: Path | None = None) -> Store:
    """Open the store, made and brought up to date when needed, with the seed in it when it is empty.

    From then on the boundaries that were installed in it count.

    The environment variable ``ATLAS_SEED=none`` leaves an empty store empty.

    Raises
    ------
    StoreError
        See `Store.open` and `load_seed`.
    """
    store = Store.open(path)
    if os.environ.get("ATLAS_SEED") != "none":
        load_seed(store)
    store.follow_boundaries()
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
        store.commit_all(files, actor=_ACTOR, note=_NOTE, expected_revision=0)
    except StoreBusyError:
        if not store.revision():  # otherwise another program has loaded it meanwhile
            raise


def seed_batches(store: Store) -> frozenset[int]:
    """Return the batches of the seed: the first ones, as `load_seed` stores them."""
    listed = store.batches().head(len(SEED_FILES))
    ours = listed["file_name"].isin(SEED_FILES) & (listed["actor"] == _ACTOR) & (listed["note"] == _NOTE)
    return frozenset(listed.loc[ours, "batch_id"].tolist())


def _ingest_file(path: Path, kind: str) -> tuple[ImportResult, bytes]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreError(
            say("The seed file {path} cannot be read.", path=path), say("Install the program again."), path=path
        ) from error
    result = ingest(content, path.name, kind)
    if result.rows_rejected:
        rejects = result.issues[result.issues["severity"] == "reject"]
        named = zip(rejects["row_number"], rejects["field"], rejects["code"], strict=True)
        listed = "; ".join(f"row {row}, {field or kind}: {code}" for row, field, code in named)
        raise StoreError(
            say("The seed file {name} has rejected rows: {listed}.", name=path.name, listed=listed),
            say("Correct the file."),
            path=path,
        )
    return result, content
