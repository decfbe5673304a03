"""How a line that is no Unicode would read in the encodings that spreadsheets of the region write: a person chooses."""

from __future__ import annotations

import re

from data.sniff import check_size

LIKELY = ("cp1252", "cp874", "gb18030", "cp1258", "big5", "mac-roman")
"""Western, Thai, Chinese and Vietnamese, the older Chinese, and the older Macintosh."""
LONGEST = 80


def preview_encodings(content: bytes, file_name: str) -> dict[str, str]:
    """Return, for each likely encoding in which the whole file can be read, its first line that is not plain ASCII.

    Parameters
    ----------
    content : bytes
        A file of text; one that is UTF-8 gives nothing.
    file_name : str
        For messages.

    Returns
    -------
    dict of str to str
        Encoding → the line, cut to `LONGEST` characters around its first unusual one. Encodings that read it alike are
        named once, the likelier first.

    Raises
    ------
    FileTooLargeError
        See `sniff.check_size`.
    """
    check_size(content, file_name)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        start = max(content.rfind(b"\n", 0, error.start), content.rfind(b"\r", 0, error.start)) + 1
    else:
        return {}
    found: dict[str, str] = {}
    for encoding in LIKELY:
        try:
            text = content.decode(encoding)
            line = re.split("[\r\n]", content[start : start + 20_000].decode(encoding, errors="ignore"))[0]
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and line not in found.values():
            found[encoding] = line
    return {encoding: _cut(line) for encoding, line in found.items()}


def _cut(line: str) -> str:
    first = next((place for place, character in enumerate(line) if not character.isascii()), 0)
    start = max(0, first - LONGEST // 2)
    return line[start : start + LONGEST]
