"""What all sessions share: the opened store and the snapshot of each data version.

Frames are never arguments of a cached function (Streamlit samples large ones when it hashes them, and then answers with
the wrong one); the key is always the data version.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from data.belief import believe
from data.database import FILE_NAME, data_dir
from data.seed import prepare
from data.snapshot import Snapshot, read_snapshot
from data.store import Store
from ui.state import current_choices


@st.cache_resource(show_spinner="Opening the data store …")
def _prepared(folder: Path) -> Store:
    """Create and seed the store in `folder` when it is new, and return it opened for reading."""
    path = folder / FILE_NAME
    prepare(path).close()
    return Store.open(path, read_only=True)


@st.cache_resource(max_entries=4, show_spinner="Reading the records …")
def _snapshot(folder: Path, revision: int) -> Snapshot:
    return read_snapshot(_prepared(folder), revision)


def reading_store() -> Store:
    """Return the store, opened for reading and shared by all sessions."""
    return _prepared(data_dir())


def latest_revision() -> int:
    """Return the number of the latest data version; 0 in an empty store."""
    return reading_store().revision()


def latest_snapshot() -> Snapshot:
    """Return the records of the latest data version; shared, so never change a frame of it."""
    return _snapshot(data_dir(), latest_revision())


def _chosen_revision() -> int:
    """Return the data version that this reader keeps to; the latest when none is chosen, or there is no such one."""
    latest = latest_revision()
    return min(current_choices().version or latest, latest)


def whole_snapshot() -> Snapshot:
    """Return the records of the chosen data version, whoever is believed; shared, so never change a frame of it."""
    return _snapshot(data_dir(), _chosen_revision())


@st.cache_resource(max_entries=8, show_spinner=False)
def _believed(folder: Path, revision: int, types: tuple[str, ...]) -> Snapshot:
    return believe(_snapshot(folder, revision), types)


def current_snapshot() -> Snapshot:
    """Return the chosen records of those whom this reader believes; shared, so never change a frame of it."""
    return _believed(data_dir(), _chosen_revision(), current_choices().believe)
