"""The store's SQLite file: created whole or not at all, checked before use, one writer at a time, never re-created.

Everything that is particular to SQLite is in this module; the tables and the statements on them are plain SQLAlchemy.
The file says whose it is by its application id (`APPLICATION_ID`, the letters ``ATLS``) and which tables it has by
Alembic's ``alembic_version``. It belongs on a local disk: SQLite's locks are not reliable on network drives.
Never open the file with a second SQLite library in this process (GDAL, DuckDB, ADBC): when that one closes, it removes
the write-ahead log under our feet, and committed rows are lost.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from data.digests import renew_digests
from data.tables import upload
from errors import MigrationError, StoreBusyError, StoreDamagedError, StoreError
from locales import later, say

FILE_NAME = "atlas.sqlite"
APPLICATION_ID = 0x41544C53
BUSY_SECONDS = 10.0
"""How long a writer waits for another one before it gives up."""

_AT_ONCE = 1 << 20
_MAGIC = b"SQLite format 3\x00"
_DIGESTS_BY_ROW = "0001"
"""Version of the tables in whose stores the digest of a revision was made of those of its rows."""
_RESTORE = later(
    "Nothing was changed. Stop the app and put a backup in its place with `python cli.py restore`; to start afresh "
    "instead, move the file (and those beside it that end in -wal and -shm) to another folder first."
)
_checked: set[tuple[Path, int, int]] = set()


def data_dir() -> Path:
    """Return the folder of the data, made on demand: ``ATLAS_DATA_DIR``, or ``var`` beside the program.

    Raises
    ------
    StoreError
        The folder cannot be made.
    """
    given = os.environ.get("ATLAS_DATA_DIR")
    folder = Path(given).expanduser() if given else Path(__file__).resolve().parent.parent / "var"
    make_folder(folder)
    return folder


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """Turn what the database says into the errors of the store; anything else passes."""
    try:
        yield
    except (sa.exc.DatabaseError, sqlite3.DatabaseError) as error:
        origin = error.orig if isinstance(error, sa.exc.DatabaseError) else error
        name = getattr(origin, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise StoreBusyError(
                say("Someone else is writing to the store."), say("Nothing was changed; try again in a moment."),
                path=path) from error  # fmt: skip
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise StoreDamagedError(
                say("The store {path} is damaged ({origin}).", path=path, origin=origin), say(_RESTORE), path=path
            ) from error
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
            raise _not_writable(path) from error
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            raise StoreError(say("The disk of {path} is full or fails ({origin}).", path=path, origin=origin),
                say("Nothing was changed; free some space."), path=path) from error  # fmt: skip
        raise


def connect(path: Path, *, read_only: bool) -> tuple[sa.Engine, sa.Engine | None]:
    """Return the engines of a store that was checked: its application id, its pages and its schema version.

    Engines hold no open connection, so that any thread may use one and a replaced file is noticed. A writable store of
    an older version is brought up to date. The pages are checked once per file and process.

    Parameters
    ----------
    path : Path
        The file; made, with its folder, when it is not there and may be written.
    read_only : bool
        Open it without the right to write, for pages.

    Returns
    -------
    reader, writer : Engine
        Transactions of the reader see one revision and wait for nobody; those of the writer come one after another.
        No writer when `read_only`.

    Raises
    ------
    StoreDamagedError
        The file is empty, no SQLite file, not ours, or damaged.
    MigrationError
        Its tables are newer than this program, or older and the store was opened read-only.
    StoreBusyError
        Another process holds it for longer than `BUSY_SECONDS`.
    StoreError
        It is not there (read-only), or its folder cannot be written.
    """
    path = path.absolute()
    with refused(path):
        if not path.exists():
            if read_only:
                raise StoreError(
                    say("There is no store at {path}.", path=path), say("Make one with `python cli.py prepare`."),
                    path=path,
                )  # fmt: skip
            _create(path)
        identity = identify(path)
        reader = open_engine(path, read_only=True)
        with reader.connect() as connection:
            if identity not in _checked:
                _check_pages(connection, "quick_check", path)
            version = _schema_version(connection, path)
        if version != _scripts().get_current_head():
            if read_only:
                raise MigrationError(
                    say("The store {path} was made by an older version ({version}).", path=path, version=str(version)),
                    say("Bring it up to date with `python cli.py prepare`."), path=path)  # fmt: skip
            _migrate(path)
        _checked.add(identity)
    return reader, None if read_only else open_engine(path, read_only=False)


def check(connection: sa.Connection, path: Path) -> None:
    """Check every page, index and reference of the file; StoreDamagedError when one is wrong."""
    with refused(path):
        _check_pages(connection, "integrity_check", path)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise StoreDamagedError(
            say("The store {path} refers to {n} rows that are not there.", path=path, n=len(broken)), say(_RESTORE)
        )


def write_upload(connection: sa.Connection, sha256: str, content: bytes) -> None:
    """Store the bytes of a file under their sha256 (hex), piece by piece: a statement would copy all of them twice."""
    empty = upload.insert().values(sha256=sha256, content=sa.func.zeroblob(len(content)))
    row = connection.execute(empty).lastrowid
    file: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    with file.blobopen("upload", "content", row) as blob:
        for start in range(0, len(content), _AT_ONCE):
            blob.write(memoryview(content)[start : start + _AT_ONCE])


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may look into, unless it is there; StoreError when that cannot be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(folder) from error


def _not_writable(path: Path) -> StoreError:
    return StoreError(
        say("{path} cannot be opened or written.", path=path),
        say("Check the rights to the folder, or set ATLAS_DATA_DIR to a folder that you may write."), path=path,
    )  # fmt: skip


@cache
def open_engine(path: Path, read_only: bool) -> sa.Engine:
    """Return the engine of a file that is there, without any check of it."""
    mode = "ro" if read_only else "rw"  # never "rwc": a file that vanished must not come back empty

    def connect_file() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            # The pages of a large import would else leave the memory, and come back, before it is committed.
            connection.execute("PRAGMA cache_size = -65536")
        return connection

    engine = sa.create_engine("sqlite://", creator=connect_file, poolclass=sa.NullPool)
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _create(path: Path) -> None:
    """Make an empty store beside `path` and give it its name at last, so that nobody ever sees half of one."""
    make_folder(path.parent)
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise StoreDamagedError(
            say("{path} is gone, but its log {name} is there.", path=path, name=log.name), say(_RESTORE), path=path
        )
    with new_file(path) as new:
        with closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode = WAL")
        _migrate(new)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yield a name to write a file under; when that went well, name it `path`, unless another process was first."""
    try:
        with tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as folder:
            new = Path(folder, path.name)
            yield new
            try:
                os.link(new, path)
            except FileExistsError:
                return
            except OSError:  # a disk without hard links, such as a memory stick
                if not path.exists():
                    shutil.move(new, path)
    except OSError as error:
        raise _not_writable(path.parent) from error


def identify(path: Path) -> tuple[Path, int, int]:
    """Return the file's identity; look at its head without SQLite, which takes an empty file for a new database."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
            status = os.fstat(file.fileno())
    except OSError as error:
        raise _not_writable(path) from error
    if not header:
        raise StoreDamagedError(say("The store {path} is empty (0 bytes).", path=path), say(_RESTORE), path=path)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise StoreDamagedError(say("{path} is not a database.", path=path), say(_RESTORE), path=path)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StoreDamagedError(
            say("{path} is a database, but not a store of Compound Atlas.", path=path), say(_RESTORE), path=path
        )
    return path, status.st_dev, status.st_ino


def _check_pages(connection: sa.Connection, pragma: str, path: Path) -> None:
    try:
        found = connection.exec_driver_sql(f"PRAGMA {pragma}(1)").scalar_one()
    except sa.exc.OperationalError as error:
        if getattr(error.orig, "sqlite_errorname", "") != "SQLITE_ERROR":
            raise
        found = error.orig  # a header that SQLite does not understand is no error class of its own
    if found != "ok":
        raise StoreDamagedError(say("The store {path} is damaged ({found}).", path=path, found=found), say(_RESTORE),
            path=path)  # fmt: skip


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(__file__).parent / "migrations"))


def _schema_version(connection: sa.Connection, path: Path) -> str:
    if not sa.inspect(connection).has_table("alembic_version"):
        raise StoreDamagedError(say("The store {path} has no schema version.", path=path), say(_RESTORE), path=path)
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if version not in {script.revision for script in _scripts().walk_revisions()}:
        raise MigrationError(
            say("The store {path} was made by a newer version ({version}).", path=path, version=str(version)),
            say("Update Compound Atlas."), path=path)  # fmt: skip
    return str(version)


def _migrate(path: Path) -> None:
    """Bring the tables of `path` up to date in one transaction; of several processes, one does it."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = open_engine(path, read_only=False)
    with engine.connect() as connection:
        # Batch migrations rebuild tables, which references forbid; the pragma has no effect inside a transaction.
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            former = MigrationContext.configure(connection).get_current_revision()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if former == _DIGESTS_BY_ROW:
                renew_digests(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                raise MigrationError(
                    say("The store {path} could not be brought up to date.", path=path), say("Report this."), path=path
                )
