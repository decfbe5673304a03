"""A corrected cell, with everything that follows from it: the days of a date, the province of a place.

The record is written as a file of one row, its cell changed, and read again as any file is; so a correction obeys the
same rules as an upload, and cannot leave a record in the month or province of what it said before.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from data.clean import QUANTITY_COLUMNS
from data.export import export_csv
from data.guard import write_csv
from data.ingest import ingest
from data.read import read_table
from data.schema import (
    DATE_FIELD,
    KINDS,
    LATITUDE,
    LONGITUDE,
    MATCH_METHOD,
    PERIOD_COLUMNS,
    PLACE_RESULT,
    PLACE_TEXT,
    PROVINCE_CODE,
    PROVINCE_CODES,
    record_dtypes,
)
from errors import StoreError, UploadError
from locales import say

_FOUND_FROM_POINT = frozenset({"coordinates", "nearest", "outside"})
_NO_ALIASES: Mapping[str, str] = MappingProxyType({})


def read_correction(
    record: pd.DataFrame, kind: str, changes: Mapping[str, str], aliases: Mapping[str, str] = _NO_ALIASES
) -> dict[str, object]:
    """Return the new values of all columns that a correction changes, as ``Store.correct`` wants them.

    Parameters
    ----------
    record : DataFrame
        One row, as ``Store.read`` gives it.
    kind : str
        Key into ``schema.KINDS``.
    changes : mapping of str to str
        Column → text as in a file; empty text empties the column.
    aliases : mapping of str to str
        What a person has decided about written places, as for `ingest`.

    Returns
    -------
    dict of str to object
        Column → value; None for a column that is empty now. Empty when nothing changes.

    Raises
    ------
    StoreError
        The new text would not be accepted in a file: the message says why.
    """
    identifier = KINDS[kind].id_field
    if identifier in changes or not changes.keys() <= record_dtypes(KINDS[kind]).keys():
        raise StoreError(say("The identifier of a record cannot be corrected."), say("Take its batch back instead."))
    row = read_table(export_csv(record, kind), "record.csv").rows.iloc[0]
    cells = {str(name): str(text) for name, text in row.items()}
    cells |= dict.fromkeys(_dependents(record.iloc[0], kind, changes), "") | dict(changes)
    content = write_csv({name: [text] for name, text in cells.items()})
    try:
        result = ingest(content, "record.csv", kind, aliases=aliases)
    except UploadError as error:
        raise StoreError(error.message, error.hint) from error
    if result.rows_accepted != 1:
        first = result.issues.iloc[0]
        raise StoreError(first["message"], first["hint"])
    new, old = result.accepted.iloc[0], record.iloc[0]
    return {
        name: None if pd.isna(new[name]) else new[name]
        for name in record_dtypes(KINDS[kind])
        if not _same(old[name], new[name])
    }


def _dependents(record: pd.Series, kind: str, changes: Mapping[str, str]) -> set[str]:
    """Return the columns that were found from those that change, and are therefore found anew."""
    found: set[str] = set()
    codes = {PROVINCE_CODE, PROVINCE_CODES} & set(record.index)
    if DATE_FIELD.get(kind) in changes:
        found |= {*PERIOD_COLUMNS[kind], "date_precision"}
    if quantity := QUANTITY_COLUMNS.get(kind):
        low, best, high, qualifier = quantity
        # One exact number stands in all three; with another one, all three change.
        if best in changes and record[qualifier] == "exact" and record[low] == record[best] == record[high]:
            found |= {low, high, qualifier}
    if PLACE_TEXT in changes:
        found |= {*codes, *PLACE_RESULT, "location_precision"}
    if {LATITUDE, LONGITUDE} & changes.keys():
        found |= {*PLACE_RESULT, "location_precision"}
        if record[MATCH_METHOD] in _FOUND_FROM_POINT:
            found |= codes
    if codes & changes.keys():
        found |= set(PLACE_RESULT)
    return (found & set(record.index)) - set(changes)


def _same(old: object, new: object) -> bool:
    if pd.isna(old) or pd.isna(new):  # type: ignore[call-overload]
        return bool(pd.isna(old) and pd.isna(new))  # type: ignore[call-overload]
    return bool(old == new)
