"""Every exception that the product raises, and nothing else.

::

    AtlasError(message, hint, **context)
    ├─ UploadError      a file cannot be taken in
    │  ├─ UnreadableFileError   its bytes are not a table we can read
    │  ├─ EmptyFileError        it holds no rows
    │  ├─ FileTooLargeError     it passes a stated limit
    │  ├─ MissingColumnError    a required column is not there
    │  ├─ AmbiguousColumnError  two columns claim the same field
    │  └─ PersonalDataError     it names people, so not even its bytes are kept
    ├─ PlaceDataError   the bundled or installed places are damaged
    │  ├─ BoundaryError
    │  ├─ GazetteerError
    │  └─ AreaError              an area on the map that is not understood, or cannot be
    ├─ CountError       a figure was asked for that must not be given
    │  ├─ MetricError
    │  └─ PeriodError
    ├─ StoreError       the data store cannot do what was asked
    │  ├─ DuplicateFileError
    │  ├─ StoreBusyError
    │  ├─ StoreDamagedError
    │  └─ MigrationError
    ├─ AccessError      the person may not do this
    │  ├─ SignInRequiredError
    │  └─ RoleError
    ├─ ExportError      a picture or file cannot be written
    └─ CancelledError   the person has stopped it; nothing was changed

A problem in one row of a file is not an exception but an `Issue` (``data/issues.py``).
Programming mistakes stay ``ValueError`` and ``TypeError``.
"""

from __future__ import annotations

from typing import Any


class AtlasError(Exception):
    """Something a person can understand and act upon.

    Parameters
    ----------
    message : str
        Where it happened and what was found, as one plain sentence.
    hint : str
        What to do about it; empty when there is nothing to do.
    **context
        The values behind the message (file name, line, limit …), kept as `context` for tests, logs and translation.
        Never the contents of a cell.
    """

    def __init__(self, message: str, hint: str = "", **context: Any) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.context = context

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UploadError(AtlasError):
    """A file cannot be taken in; nothing of it was stored."""


class UnreadableFileError(UploadError):
    """The bytes are not a table that we can read."""


class EmptyFileError(UploadError):
    """The file holds no rows."""


class FileTooLargeError(UploadError):
    """The file passes a stated limit of size, rows, columns or cell length."""


class MissingColumnError(UploadError):
    """A column that this kind of record needs is not in the file."""


class AmbiguousColumnError(UploadError):
    """Two columns of the file claim the same field, or have the same name."""


class PersonalDataError(UploadError):
    """The file seems to hold personal data; not even its bytes were kept."""


class PlaceDataError(AtlasError):
    """The bundled or installed places are damaged."""


class BoundaryError(PlaceDataError):
    """A set of boundaries fails its checks."""


class GazetteerError(PlaceDataError):
    """The place-name list fails its checks."""


class AreaError(PlaceDataError):
    """An area on the map, drawn or from an address, that is not understood or cannot be."""


class CountError(AtlasError):
    """A figure was asked for that must not be given."""


class MetricError(CountError):
    """An unknown metric, or a sum over things that must not be added."""


class PeriodError(CountError):
    """A period that is empty, reversed or not understood."""


class StoreError(AtlasError):
    """The data store cannot do what was asked."""


class DuplicateFileError(StoreError):
    """The same bytes were already imported."""


class StoreBusyError(StoreError):
    """Someone else is writing; try again shortly."""


class StoreDamagedError(StoreError):
    """The store file is not ours, or damaged; nothing was overwritten."""


class MigrationError(StoreError):
    """The store's schema is newer than this program, or could not be brought up to date."""


class AccessError(AtlasError):
    """The person may not do this."""


class SignInRequiredError(AccessError):
    """Sign in first."""


class RoleError(AccessError):
    """The person's role does not allow this."""


class ExportError(AtlasError):
    """A picture or file cannot be written."""


class CancelledError(AtlasError):
    """The person has stopped the work; nothing was changed."""
