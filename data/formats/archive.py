"""Opening ZIP archives: nothing is written to disk, and nothing unpacks to more than it may."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath

from data.formats.detection import ZIP
from data.limits import MEGABYTE, Limits, current_limits
from errors import FileTooLargeError, UnreadableFileError
from locales import say

_HARMLESS = 5 * MEGABYTE
"""What unpacks to less is no bomb, however well it was packed: a table of blanks packs very well."""
_LOCKED = 0x1


def unpack(
    content: bytes,
    file_name: str,
    *,
    entries: int,
    wanted: Callable[[str], bool] = lambda _: True,
    limits: Limits | None = None,
) -> dict[str, bytes]:
    """Return the files of an archive by their names within it, folders left out.

    Parameters
    ----------
    content : bytes
        The archive.
    file_name : str
        For messages.
    entries : int
        How many files it may hold.
    wanted : callable
        Told a name, says whether that file is returned; every file counts towards the limits all the same.
    limits : Limits, optional
        What it may unpack to; `current_limits` when None.

    Raises
    ------
    FileTooLargeError
        It holds too many files, or they are said to unpack, or do unpack, to more than the limits allow.
    UnreadableFileError
        It is damaged or locked with a password; a name leads out of it, or occurs twice; an archive is within it.
    """
    limits = limits or current_limits()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > entries:
                raise _too_much(file_name, f"holds {len(members):,} files; the limit is {entries:,}", entries)
            _check_size(sum(member.file_size for member in members), len(content), file_name, limits)
            _check_names(members, file_name)
            if any(member.flag_bits & _LOCKED for member in members):
                raise UnreadableFileError(
                    say("“{file_name}” is locked with a password.", file_name=file_name),
                    say("Save it without a password."),
                    file_name=file_name,
                )
            unpacked: dict[str, bytes] = {}
            size = 0
            for member in members:
                with archive.open(member) as entry:  # reads no further than the declared size, then checks the sum
                    data = entry.read(limits.unpacked_bytes - size + 1)
                size += len(data)
                _check_size(size, len(content), file_name, limits)
                if wanted(member.filename):
                    if data.startswith(ZIP):
                        raise UnreadableFileError(
                            say("“{file_name}” holds an archive within the archive.", file_name=file_name),
                            say("Unpack it."),
                            file_name=file_name,
                        )
                    unpacked[member.filename] = data
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, RuntimeError) as error:
        raise UnreadableFileError(
            say("“{file_name}” is damaged: it cannot be unpacked.", file_name=file_name),
            say("Export it again."),
            file_name=file_name,
        ) from error
    return unpacked


def _check_size(unpacked: int, packed: int, file_name: str, limits: Limits) -> None:
    if unpacked > limits.unpacked_bytes:
        allowed = limits.unpacked_bytes // MEGABYTE
        raise _too_much(file_name, f"unpacks to more than {allowed} MB, which is the limit", limits.unpacked_bytes)
    if unpacked > _HARMLESS and unpacked > packed * limits.ratio:
        raise _too_much(file_name, f"unpacks to more than {limits.ratio} times its size", limits.ratio)


def _too_much(file_name: str, what: str, limit: int) -> FileTooLargeError:
    return FileTooLargeError(
        f"“{file_name}” {what}.",
        say("Save what is needed of it as a file of its own."),
        file_name=file_name,
        limit=limit,
    )


def _check_names(members: list[zipfile.ZipInfo], file_name: str) -> None:
    names = [member.orig_filename.replace("\\", "/") for member in members]
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or ":" in name or "\x00" in name:
            raise UnreadableFileError(
                say("“{file_name}” holds a file whose name leads out of the archive.", file_name=file_name),
                say("Do not trust this file; ask where it comes from."),
                file_name=file_name,
            )
    if len({name.lower() for name in names}) < len(names):
        raise UnreadableFileError(
            say("“{file_name}” holds two files of the same name.", file_name=file_name),
            say("Pack it again."),
            file_name=file_name,
        )
