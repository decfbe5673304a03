"""From the bytes of a file to its text and its separator: by what they hold, never by the file's name, never guessed.

Where the bytes can be read in more than one way, the answer is an `UnreadableFileError` whose hint names the option
that settles it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.limits import MEGABYTE, current_limits
from errors import EmptyFileError, FileTooLargeError, UnreadableFileError
from locales import later, say

DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": later("comma"), ";": later("semicolon"), "\t": later("tab"), "|": later("vertical bar")}
ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "cp1250", "cp1251",
    "cp1258", "cp874", "cp932", "cp949", "big5", "gb18030", "mac-roman",
)  # fmt: skip
"""What may be asked for. Python knows more, but some of those run decoders that are no encodings of text."""

_OFFICE, _ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
_SIGNATURES = (
    (b"PK\x03\x04", later("a ZIP archive or a spreadsheet workbook (XLSX)")),
    (_OFFICE, later("an old Office document (XLS, DOC)")),
    (b"%PDF-", later("a PDF document")),
    (b"\x89PNG\r\n\x1a\n", later("a PNG picture")),
    (b"\xff\xd8\xff", later("a JPEG picture")),
    (b"GIF8", later("a GIF picture")),
    (b"\x7fELF", later("a program")),
    (b"\x1f\x8b", later("a gzip archive")),
    (b"7z\xbc\xaf\x27\x1c", later("a 7-Zip archive")),
    (b"Rar!\x1a\x07", later("a RAR archive")),
    (b"SQLite format 3\x00", later("an SQLite database")),
    (b"PAR1", later("a Parquet file")),
    (b"{\\rtf", later("an RTF document")),
)
_MARKUP = re.compile(r"\s*(<!doctype html|<html|<head|<body|<table|<\?xml|<!--|<kml|<svg|<OGRVRT)", re.IGNORECASE)
_JSON = re.compile(r"\s*(\{\s*\"|\[\s*[\[{\"])")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKED = {"utf-8": 1, "utf-8-sig": 2}
"""Encodings that are read as they are, and how many byte order marks are left out."""
_SAMPLE = 65_536
_SAMPLE_RECORDS = 200
_SAVE_AS_CSV = later("Open it in its own program and save the table as “CSV UTF-8”.")


@dataclass(frozen=True)
class Text:
    """The text of a file, in UTF-8 without byte order mark, and the encoding it was read with."""

    content: bytes
    encoding: str

    @property
    def text(self) -> str:
        """The whole of it decoded, which takes up to four times its size."""
        return self.content.decode()


def decode(content: bytes, file_name: str, encoding: str | None = None) -> Text:
    """Return the text of a file.

    Parameters
    ----------
    content : bytes
        The whole file.
    file_name : str
        For messages only.
    encoding : str, optional
        One of `ENCODINGS`. Without it: a byte order mark, else UTF-16 by its pattern of zero bytes, else strict UTF-8.

    Raises
    ------
    FileTooLargeError
        More bytes than the limit.
    EmptyFileError
        Nothing, or white space only.
    UnreadableFileError
        The bytes are of another kind of file, or not text in that encoding.
    """
    check_size(content, file_name)
    _refuse_other_formats(content, file_name)
    name = check_encoding(encoding) if encoding else _find_encoding(content)
    if name in _MARKED and _is_utf8(content):
        # As it is: the text of a large file need not be made only to be written again.
        for _ in range(_MARKED[name]):
            content = content.removeprefix(codecs.BOM_UTF8)
    else:
        content = _decode_strictly(content, file_name, name).removeprefix("\ufeff").encode()
    if (position := content.find(b"\x00")) >= 0:
        line = _line_of(content[:position].decode())
        raise UnreadableFileError(
            say(
                "Line {line} of “{file_name}” holds a zero byte, which text never does.",
                line=str(line),
                file_name=file_name,
            ),
            say("The file is damaged or of another encoding (encoding). Export it again."),
            file_name=file_name,
            line=line,
        )
    if not content[:_SAMPLE].decode(errors="ignore").strip() and not content.decode().strip():
        raise EmptyFileError(
            say("“{file_name}” is empty: it has no rows.", file_name=file_name),
            say("Export it again."),
            file_name=file_name,
        )
    return Text(content, name)


def check_encoding(encoding: str) -> str:
    """Return the name of an encoding as in `ENCODINGS`.

    Raises
    ------
    UnreadableFileError
        It is none of them.
    """
    name = encoding.strip().lower().replace("_", "-")
    if name not in ENCODINGS:
        raise UnreadableFileError(
            say("“{encoding}” is not an encoding that we read.", encoding=encoding),
            say("Known are {names}.", names=", ".join(ENCODINGS)),
            encoding=encoding,
        )
    return name


def check_size(content: bytes, file_name: str) -> None:
    """Refuse a file with more bytes than the limit.

    Raises
    ------
    FileTooLargeError
    """
    limit = current_limits().bytes
    if len(content) > limit:
        raise FileTooLargeError(say("“{file_name}” has {size} MB; the limit is {limit} MB.", file_name=file_name,
            size=f"{len(content) / MEGABYTE:.1f}", limit=limit // MEGABYTE),
            say("Split the file by year or by province."), file_name=file_name, limit=limit)  # fmt: skip


def find_delimiter(text: str | bytes, file_name: str, delimiter: str | None = None) -> str:
    """Return the separator that is asked for, else the one with which the lines fall into as many cells each.

    A text without any separator is a table of one column; the answer is then a comma.

    Raises
    ------
    UnreadableFileError
        When two separators do equally well, the hint naming the option `delimiter`; or what is asked for is not one
        of `DELIMITERS`.
    """
    if delimiter in DELIMITERS:
        return delimiter
    if delimiter is not None:
        raise UnreadableFileError(
            say("“{delimiter}” is not a separator that we read.", delimiter=delimiter),
            say("Use one of: {names} (delimiter).", names=", ".join(say(name) for name in DELIMITER_NAMES.values())),
            delimiter=delimiter,
        )
    if isinstance(text, bytes):  # UTF-8, of which no character has more than four
        text = text[: 4 * (_SAMPLE + 1)].decode(errors="ignore")
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:  # the last line may be cut
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    fits = {delimiter: _fit(sample, delimiter) for delimiter in DELIMITERS}
    steady = [delimiter for delimiter, fit in fits.items() if fit.quotes_fit and fit.in_header and fit.share == 1.0]
    if len(steady) > 1:
        names = say(" and ").join(say(DELIMITER_NAMES[delimiter]) for delimiter in steady)
        raise UnreadableFileError(
            say("“{file_name}” can be cut into columns at {names} alike.", file_name=file_name, names=names),
            say("Say which one separates the columns (delimiter)."),
            file_name=file_name,
            delimiters=steady,
        )
    return max(DELIMITERS, key=lambda delimiter: fits[delimiter])


class _Fit(NamedTuple):
    """How well a separator fits a text; the better one is the greater."""

    cuts: bool
    """Whether it cuts any line at all."""
    quotes_fit: bool
    """Whether closing quotation marks stand before the separator or a line's end."""
    in_header: bool
    """Whether the first line has the usual number of cells, 2 or more."""
    share: float
    """Share of the lines that have that number."""
    width: int
    """That number."""


def _fit(sample: str, delimiter: str) -> _Fit:
    counts: list[int] = []
    quotes_fit = True
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True):
            if any(cell.strip() for cell in record):
                counts.append(len(record))
            if len(counts) == _SAMPLE_RECORDS:
                break
    except csv.Error as error:
        # A cell longer than the reader's limit, or one cut by the sample's end, says nothing against the separator.
        quotes_fit = "expected after" not in str(error)
    several = Counter(count for count in counts if count > 1)
    if not several:
        return _Fit(False, quotes_fit, False, 0.0, 1)
    usual, times = max(several.items(), key=lambda item: (item[1], item[0]))
    return _Fit(True, quotes_fit, counts[0] == usual, times / len(counts), usual)


def _refuse_other_formats(content: bytes, file_name: str) -> None:
    found = next((what for signature, what in _SIGNATURES if content.startswith(signature)), None)
    if found and content.startswith(_OFFICE) and _ENCRYPTED in content:
        found = later("a workbook that is locked with a password")
    if found is None and content.startswith(b"MZ") and b"\x00" in content[:1024]:
        found = later("a Windows program")
    if found is None:
        start = content[:2048].decode("utf-8", errors="ignore").removeprefix("\ufeff")
        if markup := _MARKUP.match(start):
            found = (
                later("a web page (HTML)")
                if "xml" not in markup[1].lower() and "vrt" not in markup[1].lower()
                else "XML"
            )
        elif _JSON.match(start):
            found = later("JSON or GeoJSON")
    if found:
        raise UnreadableFileError(
            say("“{file_name}” is {found}, not a table as text.", file_name=file_name, found=say(found)),
            say(_SAVE_AS_CSV),
            file_name=file_name,
            found=found,
        )


def _find_encoding(content: bytes) -> str:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    start = content[:4096]
    even, odd = start[0::2], start[1::2]
    # Latin letters, digits and separators in UTF-16 have a zero as their upper byte, on one side only.
    for name, zeros, others in (("utf-16-be", even, odd), ("utf-16-le", odd, even)):
        if len(start) >= 4 and zeros.count(0) > 0.3 * len(zeros) and others.count(0) == 0:
            return name
    return "utf-8"


def _is_utf8(content: bytes) -> bool:
    ends = pa.py_buffer(np.array([0, len(content)], np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(content)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _decode_strictly(content: bytes, file_name: str, encoding: str) -> str:
    try:
        return content.decode(encoding, errors="strict")
    except UnicodeDecodeError as error:
        line = _line_of(content[: error.start].decode(encoding, errors="ignore"))
        raise UnreadableFileError(
            say("Line {line} of “{file_name}” is not valid {encoding}.", line=str(line), file_name=file_name,
            encoding=encoding.upper()), say(
            "Save it as “CSV UTF-8”, or say its encoding (encoding): cp1252 for Western spreadsheets, cp874 "
            "Thai, gb18030 Chinese, cp1258 Vietnamese. Khmer in a legacy font (Limon, ABC) has to be converted "
            "to Unicode first."), file_name=file_name, line=line, encoding=encoding,
        ) from error  # fmt: skip


def _line_of(text_before: str) -> int:
    return len(re.findall("\r\n|\r|\n", text_before)) + 1
