"""What all sessions share: the opened store and the snapshot of each data version.

Frames are never arguments of a cached function (Streamlit samples large ones when it hashes them, and then answers with
the wrong one); the key is always the data version.
"""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from data.belief import believe
from data.database import FILE_NAME, data_dir
from data.masking import read_secret
from data.privacy import public_snapshot
from data.seed import prepare
from data.snapshot import Snapshot, read_snapshot
from data.store import Store
from data.suppression import smallest_cell
from ui.state import current_choices

_COARSE_NS = 1_000_000_000
_known: dict[Path, tuple[tuple[tuple[int, int, int], ...], int]] = {}
"""For each store the changes of its file at which its latest revision was read, and that number."""


@st.cache_resource(show_spinner="Opening the data store …")
def _prepared(folder: str) -> Store:
    """Create and seed the store in `folder` when it is new, and return it opened for reading."""
    path = Path(folder, FILE_NAME)
    prepare(path).close()
    return Store.open(path, read_only=True)


@st.cache_resource(max_entries=4, show_spinner="Reading the records …")
def _snapshot(folder: str, revision: int) -> Snapshot:
    return read_snapshot(_prepared(folder), revision)


def reading_store() -> Store:
    """Return the store, opened for reading and shared by all sessions."""
    return _prepared(str(data_dir()))


def follow_boundaries() -> None:
    """Use the boundaries that count in the store, which any session or the shell may have changed."""
    reading_store().follow_boundaries()


def latest_revision() -> int:
    """Return the number of the latest data version; 0 in an empty store.

    A page asks several times in each run, and to open the file takes milliseconds; so the number is remembered for as
    long as the file and its log are what they were. Times of files are coarse, so a change of the last second is looked
    at again.
    """
    store = reading_store()
    before = _changes(store.path)
    if before != _known.get(store.path, ((), 0))[0]:
        asked = time.time_ns()
        number = store.revision()
        if asked - max(changed for *_, changed in before) < _COARSE_NS:
            return number
        _known[store.path] = (before, number)
    return _known[store.path][1]


def _changes(path: Path) -> tuple[tuple[int, int, int], ...]:
    """Return what changes with every change of the store: of its file and of its log inode, size and time."""
    files = [path, path.with_name(f"{path.name}-wal")]
    found = [file.stat() for file in files if file.exists()]
    return tuple((one.st_ino, one.st_size, one.st_mtime_ns) for one in found)


def latest_snapshot() -> Snapshot:
    """Return the records of the latest data version; shared, so never change a frame of it."""
    return _snapshot(str(data_dir()), latest_revision())


def _chosen_revision() -> int:
    """Return the data version that this reader keeps to; the latest when none is chosen, or there is no such one."""
    latest = latest_revision()
    return min(current_choices().version or latest, latest)


@st.cache_resource(max_entries=4, show_spinner="Preparing the public version …")
def _public(folder: str, revision: int, today: str, smallest: int) -> Snapshot:  # noqa: ARG001 – a part of the key
    return public_snapshot(_snapshot(folder, revision), read_secret(Path(folder)), today=date.fromisoformat(today))


def _today() -> str:
    return pd.Timestamp.now("Asia/Phnom_Penh").date().isoformat()


def _in_profile(revision: int) -> Snapshot:
    """Return the records of a data version as the chosen profile shows them."""
    if current_choices().profile != "public":
        return _snapshot(str(data_dir()), revision)
    return _public(str(data_dir()), revision, _today(), smallest_cell())


def latest_for(profile: str) -> Snapshot:
    """Return the latest records of everyone as this profile shows them, whatever the screen shows."""
    if profile != "public":
        return latest_snapshot()
    return _public(str(data_dir()), latest_revision(), _today(), smallest_cell())


def shown_snapshot() -> Snapshot:
    """Return the latest records of everyone in the chosen profile; shared, so never change a frame of it."""
    return _in_profile(latest_revision())


def internal_snapshot() -> Snapshot:
    """Return the records of the chosen data version whatever the profile: to count what is withheld, never to draw."""
    return _snapshot(str(data_dir()), _chosen_revision())


def whole_snapshot() -> Snapshot:
    """Return the records of the chosen data version and profile, whoever is believed; never change a frame of it."""
    return _in_profile(_chosen_revision())


@st.cache_resource(max_entries=8, show_spinner=False)
def _believed(folder: str, version: str, types: tuple[str, ...], _whole: Snapshot) -> Snapshot:  # noqa: ARG001
    return believe(_whole, types)


def current_snapshot() -> Snapshot:
    """Return the chosen records of those whom this reader believes; shared, so never change a frame of it."""
    whole = whole_snapshot()
    return _believed(str(data_dir()), str(whole.version), current_choices().believe, whole)
