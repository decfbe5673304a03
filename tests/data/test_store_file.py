from __future__ import annotations

import pytest
import sqlalchemy as sa

from data.store import Store
from data.store_file import StoreFile
from data.tables import upload
from errors import StoreError


def write_and_fail(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(upload.insert(), {"sha256": "0" * 64, "content": b"x"})
        raise KeyError


def test_what_raises_in_a_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(KeyError):
        write_and_fail(store)
    with store.reading() as connection:
        assert connection.execute(sa.select(upload)).all() == []


def test_a_reader_keeps_seeing_what_it_began_with(store: Store) -> None:
    with store.reading() as reader:
        assert reader.execute(sa.select(upload)).all() == []
        with store.writing() as writer:
            writer.execute(upload.insert(), {"sha256": "0" * 64, "content": b"x"})
        assert reader.execute(sa.select(upload)).all() == []
    with store.reading() as reader:
        assert len(reader.execute(sa.select(upload)).all()) == 1


def test_a_store_for_reading_hands_out_no_transaction_that_writes(store: Store) -> None:
    with StoreFile.open(store.path, read_only=True) as reader:
        assert isinstance(reader, StoreFile)
        with pytest.raises(StoreError, match="for reading only"), reader.writing():
            pass
