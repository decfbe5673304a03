"""Finding personal data before anything is stored: e-mail addresses, telephone and passport numbers.

The patterns lean towards finding too much: a row that is set aside by mistake can be corrected, a telephone number of
a person in danger that was stored and exported cannot be called back. Names of people are not looked for; no pattern
tells them from names of places.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from data.plain import plain
from data.text_columns import to_arrow
from errors import PersonalDataError
from locales import say

_MOST_NAMED = 10
_HEAD, _OFTEN = 10_000, 4
"""Where a text of the first rows stands there so often, on average, the distinct texts are gathered first."""

_SUSPECT = re.compile(r"@|\d(?:[\s().-]*\d){5}")
"""Cheap test on every text: only those with an at sign or six digits close together are looked at further."""
_UNSEEN = r"[\s\x0b\x1c-\x1f\x85\p{Z}\p{Cf}().-]"
_MAY_BE_SUSPECT = rf"@|\p{{Nd}}(?:{_UNSEEN}*\p{{Nd}}){{5}}"
"""Finds every text that `_SUSPECT` finds once it is made plain, in a column at once."""
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DAY_OR_MONTH = r"(?:0?[1-9]|[12]\d|3[01])"
_ONE_DATE = rf"{_DAY_OR_MONTH}(?:\.{_DAY_OR_MONTH}\.|-{_DAY_OR_MONTH}-)(?:19|20)\d\d"
_DATE = re.compile(rf"(?<!\d)(?<!\d[ .-]){_ONE_DATE}(?:[ -]{{1,3}}{_ONE_DATE})*(?![ .-]?\d)")
"""``08.09.2021``, ``08-09-2021``: no telephone number has these groups, but every such file has them in each row."""
_BEFORE = r"(?:^|(?<=[^\w.,/=-]))"
_KINDS = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    "a telephone number": re.compile(
        rf"\+[1-9](?:[ ().-]*\d){{7,14}}"  # with the country's code
        rf"|{_BEFORE}00[1-9]\d(?:[ .-]?\d){{7,12}}\b"
        rf"|{_BEFORE}\(?0[1-9]\d?\)?[ .-]?\d{{2,3}}[ .-]?\d{{3,4}}\b"  # as dialled in Cambodia and around it
        rf"|{_BEFORE}\(?855\)?(?:[ .-]?\d){{8,9}}\b"
        rf"|{_BEFORE}1[3-9]\d{{9}}\b"  # Chinese mobile telephones
    ),
    "a passport or identity number": re.compile(
        r"\b[A-Z]{1,2}\d{7,9}[A-Z]?\b|(?i:passport|identity card|national id|លិខិតឆ្លងដែន)\D{0,20}\d{6,12}"
    ),
}


def find_personal_data(texts: pd.Series) -> dict[str, pd.Index]:
    """Return which rows of a column hold which kind of personal data.

    Parameters
    ----------
    texts : Series of str
        Each distinct text that may hold some is looked at once.

    Returns
    -------
    dict of str to Index
        What was found, such as ``a telephone number``, and the index of the rows; only what occurs.
    """
    column = to_arrow(texts)
    codes = None
    if len(column.slice(0, _HEAD).unique()) * _OFTEN < min(len(column), _HEAD):
        encoded = column.dictionary_encode()
        column, codes = encoded.dictionary, encoded.indices.to_numpy()
    suspects = np.flatnonzero(compute.match_substring_regex(column, _MAY_BE_SUSPECT).to_numpy(zero_copy_only=False))
    if not len(suspects):
        return {}
    written = column.take(pa.array(suspects)).to_pylist()
    named = {text: name_personal_data(text) for text in dict.fromkeys(written)}
    kinds = [None, *_KINDS]
    found = np.zeros(len(column), dtype=np.int8)
    found[suspects] = [kinds.index(named[text]) for text in written]
    held = found if codes is None else found[codes]
    return {what: texts.index[held == kinds.index(what)] for what in _KINDS if what in named.values()}


def name_personal_data(text: str) -> str | None:
    """Return what kind of personal data a text seems to hold; None for none."""
    readable = plain(text)
    if not _SUSPECT.search(readable):
        return None
    rest = _DATE.sub(" ", _WEB_ADDRESS.sub(" ", readable))
    return next((what for what, pattern in _KINDS.items() if pattern.search(rest)), None)


def refuse_personal_data(file_name: str, issues: pd.DataFrame) -> None:
    """Refuse a file in which rows hold personal data.

    Parameters
    ----------
    file_name : str
    issues : DataFrame
        With ``issues.ISSUE_COLUMNS``.

    Raises
    ------
    PersonalDataError
        When there is such a row; the message names the rows, never what stands in them.
    """
    rows = issues.loc[issues["code"] == "personal_data", "row_number"].unique()
    if len(rows):
        named = ", ".join(str(row) for row in rows[:_MOST_NAMED]) + (" …" if len(rows) > _MOST_NAMED else "")
        raise PersonalDataError(
            say(
                "“{file_name}” seems to hold personal data in {n} of its rows ({named}); nothing was stored.",
                file_name=file_name,
                n=len(rows),
                named=named,
            ),
            say(
                "Files are kept as they came: take names, telephone, passport and e-mail details out and upload it "
                "again."
            ),
            rows=len(rows),
        )
