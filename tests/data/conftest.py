"""Fixtures for tests of records: empty stores, copied rather than made anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.store import Store
from data.tables import metadata


@pytest.fixture(scope="session")
def empty_store_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store without records; copy it before writing."""
    path = tmp_path_factory.mktemp("empty") / "atlas.sqlite"
    Store.open(path).close()
    return path


@pytest.fixture
def store(empty_store_file: Path, tmp_path: Path) -> Store:
    """An empty store of one's own."""
    return Store.open(Path(shutil.copy(empty_store_file, tmp_path)))


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    """An open transaction on empty tables in memory."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.commit()
        yield connection
    engine.dispose()
