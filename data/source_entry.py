"""The source behind a file, as a person enters it: checked, given an identifier, and made a record like any other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlsplit

import pandas as pd

from data.dates import DateProblem, parse_date
from data.schema import SOURCE, empty_records
from errors import StoreError
from locales import say

MAX_LENGTH = 2_000
"""Characters of one answer; a longer text is not the name of anything."""
NO_ROW = 0
"""Row number of a record that comes from no row of a file."""
_LONGEST_SLUG = 40


@dataclass(frozen=True)
class SourceEntry:
    """Who says so, before it is stored; all but the title may stay empty.

    Attributes
    ----------
    title, publisher, author : str
        As they stand on the document.
    published_date : str
        EDTF, or any date that ``dates.parse_date`` reads.
    url : str
        Address (http or https); shown, never fetched.
    source_type : str
        One of ``schema.SOURCE_TYPES``.
    source_reliability : str
        Admiralty letter, A to F.
    licence, language : str
        Terms of use, and the code of the language.
    """

    title: str
    publisher: str = ""
    author: str = ""
    published_date: str = ""
    url: str = ""
    source_type: str = ""
    source_reliability: str = ""
    licence: str = ""
    language: str = ""


def check_source(entry: SourceEntry) -> SourceEntry:
    """Return the entry as it is stored: white space single, the date in EDTF.

    Raises
    ------
    StoreError
        There is no title, an answer is none of those allowed, too long, or not readable as what it should be.
    """
    cells = {name: " ".join(text.split()) for name, text in asdict(entry).items()}
    if not cells["title"]:
        raise StoreError(
            say("The source has no title."), say("Say what the document, statement or data set is called.")
        )
    for name, text in cells.items():
        choices = SOURCE.field(name).choices
        if text and choices and text not in choices:
            raise StoreError(
                say("“{name}” of the source is not one of its values.", name=name),
                say("Use one of {names}.", names=", ".join(choices)),
            )
        if len(text) > MAX_LENGTH or any(unicodedata.category(one) in ("Cc", "Cs") for one in text):
            raise StoreError(
                say("“{name}” of the source is too long, or holds characters that cannot be shown.", name=name),
                say("Write at most {max_length} characters.", max_length=MAX_LENGTH),
            )
    if cells["url"] and not _is_address(cells["url"]):
        raise StoreError(
            say("The address of the source is no web address."), say("Give it with https:// in front, or none.")
        )
    if cells["published_date"]:
        read = parse_date(cells["published_date"])
        if isinstance(read, DateProblem):
            raise StoreError(
                say("The date of the source cannot be read, or has two readings."),
                say("Write it as 2023-04-01, 2023-04 or 2023."),
            )
        cells["published_date"] = read.edtf
    return replace(entry, **cells)


def make_source_id(entry: SourceEntry, taken: Collection[str]) -> str:
    """Return ``src-<publisher>-<date>`` in small letters and digits, with a number behind it when that is taken.

    A publisher whose name has no Latin letters gives ``src-source-…``; the title stands in for a missing publisher.
    """
    name = _slug(entry.publisher or entry.title) or "source"
    digits = re.findall(r"\d{4}(?:-\d{2}){0,2}", entry.published_date)
    stem = "-".join(["src", name, *(digits[0].replace("-", "") for _ in digits[:1])])
    number, source_id = 1, stem
    while source_id in taken:
        number += 1
        source_id = f"{stem}-{number}"
    return source_id


def source_record(entry: SourceEntry, source_id: str) -> pd.DataFrame:
    """Return a checked entry as one accepted record of the kind ``source``, as ``rows.insert_rows`` wants it."""
    cells = {name: text for name, text in asdict(entry).items() if text} | {"source_id": source_id}
    empty = empty_records(SOURCE)
    record = pd.DataFrame([cells], columns=list(empty.columns)).astype(empty.dtypes.to_dict())
    return record.assign(row_number=pd.Series([NO_ROW], dtype="int64"), extra=pd.Series(["{}"], dtype="str"))


def _slug(text: str) -> str:
    letters = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    words = re.findall(r"[a-z0-9]+", letters.lower())
    kept: list[str] = []
    for word in words:
        if kept and len("-".join([*kept, word])) > _LONGEST_SLUG:
            break
        kept.append(word)
    return "-".join(kept)[:_LONGEST_SLUG]


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in text
