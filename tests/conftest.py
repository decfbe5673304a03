"""Fixtures shared by all tests: a store with the seed data, made once, and its snapshot."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from data.seed import prepare
from data.snapshot import Snapshot, read_snapshot

# A busy machine must not fail a test: no example is timed.
settings.register_profile("atlas", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("atlas")


@pytest.fixture(scope="session")
def seeded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the seed data; copy it before writing."""
    folder = tmp_path_factory.mktemp("seeded")
    prepare(folder / "atlas.sqlite").close()
    return folder


@pytest.fixture
def data_folder(seeded_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of one's own with the seed data, named by ATLAS_DATA_DIR."""
    folder = tmp_path / "var"
    shutil.copytree(seeded_folder, folder)
    monkeypatch.setenv("ATLAS_DATA_DIR", str(folder))
    return folder


@pytest.fixture(scope="session")
def snapshot(seeded_folder: Path) -> Iterator[Snapshot]:
    """The records of the seed data; never change a frame of it."""
    with prepare(seeded_folder / "atlas.sqlite") as store:
        yield read_snapshot(store)
