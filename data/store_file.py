"""A store that is open: its file, and the two kinds of transaction on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from data.database import FILE_NAME, connect, data_dir, refused
from errors import StoreError
from locales import say


class StoreFile:
    """A checked store file; `data.store.Store` says what can be done with it.

    Attributes
    ----------
    path : Path
        The file.
    """

    def __init__(self, path: Path, reader: sa.Engine, writer: sa.Engine | None) -> None:
        self.path = path
        self._reader = reader
        self._writer = writer

    @classmethod
    def open(cls, path: Path | None = None, *, read_only: bool = False) -> Self:
        """Open a store; make it when it is not there, bring it up to date when it is older.

        Parameters
        ----------
        path : Path, optional
            The file; ``atlas.sqlite`` in `data_dir` when None.
        read_only : bool
            For pages: never writes, never waits for a writer, costs milliseconds.

        Raises
        ------
        StoreDamagedError, MigrationError, StoreBusyError, StoreError
            See ``database.connect``.
        """
        path = data_dir() / FILE_NAME if path is None else path
        return cls(path, *connect(path, read_only=read_only))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of idle connections; SQLite's are closed after each call anyway, so others may go on using theirs."""
        for engine in (self._reader, self._writer):
            if engine is not None:
                engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Yield a connection that sees one revision throughout."""
        with refused(self.path), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Yield the connection of a transaction that is kept whole or, after any exception, not at all.

        Nothing of a page runs inside: a rerun of the page could otherwise leave the transaction open and lock everyone.
        """
        if self._writer is None:
            raise StoreError(say("The store was opened for reading only."), say("Open it with the right to write."))
        with refused(self.path), self._writer.begin() as connection:
            yield connection
