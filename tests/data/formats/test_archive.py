from __future__ import annotations

import io
import zipfile

import pytest

from data.formats.archive import unpack
from errors import FileTooLargeError, UnreadableFileError
from tests.attacks.made_files import archive


def _stored(data: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as made:
        made.writestr("a", data)
    return content.getvalue()


def test_files_come_out_by_their_names_folders_left_out():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.mkdir("folder")
        made.writestr("folder/a", b"1")
        made.writestr("b", b"2")
    assert unpack(content.getvalue(), "x.zip", entries=2) == {"folder/a": b"1", "b": b"2"}
    assert unpack(content.getvalue(), "x.zip", entries=2, wanted="b".__eq__) == {"b": b"2"}


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (archive({"a": b"1", "b": b"2", "c": b"3"}), FileTooLargeError, "3 files"),
        (archive({"a": b"1", "A": b"2"}), UnreadableFileError, "same name"),
        (archive({"/a": b"1"}), UnreadableFileError, "leads out"),
        (archive({"a": archive({"b": b"1"})}), UnreadableFileError, "within the archive"),
        (archive({"a": b"1"})[:-10], UnreadableFileError, "damaged"),
        (_stored(b"12345").replace(b"12345", b"12346"), UnreadableFileError, "damaged"),
        (b"no archive", UnreadableFileError, "damaged"),
    ],
    # An archive holds the time at which it was made, so its bytes would name the test differently in each process.
    ids=["three files", "one name twice", "absolute path", "archive within", "cut off", "wrong checksum", "no archive"],
)
def test_what_is_refused(content, error, said):
    with pytest.raises(error, match=said) as caught:
        unpack(content, "x.zip", entries=2)
    assert caught.value.hint


def test_a_locked_archive_is_refused():
    content = bytearray(archive({"a": b"1"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    with pytest.raises(UnreadableFileError, match="password"):
        unpack(bytes(content), "x.zip", entries=2)


def test_a_table_of_blanks_packs_well_and_is_no_bomb(monkeypatch):
    blanks = {"a": b" " * 4 * 2**20}
    assert unpack(archive(blanks), "x.zip", entries=2) == blanks
    monkeypatch.setenv("ATLAS_MAX_UNPACKED_MB", "3")
    with pytest.raises(FileTooLargeError, match="3 MB"):
        unpack(archive(blanks), "x.zip", entries=2)
