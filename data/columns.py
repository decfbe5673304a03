"""Which header of a file is which column of a record.

A header is compared without case, spaces, punctuation and accents: first with the names of the columns, then with
their other spellings in ``data/schema.py``. Names that are merely similar are suggested in the message, never taken.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

import pandas as pd
from rapidfuzz import fuzz, process

from data.plain import fold_header
from data.schema import LATITUDE, LONGITUDE, PLACE_RESULT, PLACE_TEXT, PROVINCE_CODE, PROVINCE_CODES, Kind
from errors import AmbiguousColumnError, MissingColumnError

_CLOSE = 75  # of 100; below it a suggestion would rather mislead
_LONG, _MANY = 60, 40
_PLACED_KINDS = frozenset({"compound", "event", "complaint"})
"""Kinds of which a file must say where its records are; a claim may be about the whole country."""


@dataclass(frozen=True)
class NamedCells:
    """The cells of a file under the names of the record's columns, still text.

    Attributes
    ----------
    fields : DataFrame
        The file's rows; str columns named as in the schema, only those that the file has. Columns of `PLACE_RESULT`,
        which our own exports hold, are among them.
    others : DataFrame
        The columns that the schema does not know, under their own headers.
    extra : Series of str
        Per row, the filled cells of `others` as one JSON object.
    mapping : dict
        Header of the file → column of the record, for those that were recognised.
    """

    fields: pd.DataFrame
    others: pd.DataFrame
    extra: pd.Series
    mapping: dict[str, str]


def name_columns(rows: pd.DataFrame, kind: Kind) -> NamedCells:
    """Return the rows with their columns named as in the schema, and everything else as `extra`.

    Parameters
    ----------
    rows : DataFrame
        Text cells under the file's own headers.
    kind : Kind
        What one row is.

    Raises
    ------
    AmbiguousColumnError
        Two headers mean one column.
    MissingColumnError
        A required column, or anything that says where the records are, is not there.
    """
    headers = list(rows.columns)
    mapping = map_headers(headers, kind)
    _check_complete(headers, mapping, kind)
    fields = rows[list(mapping)].rename(columns=mapping)
    others = rows[[header for header in headers if header not in mapping]]
    return NamedCells(fields, others, _pack_extra(others), mapping)


def map_headers(headers: Sequence[str], kind: Kind) -> dict[str, str]:
    """Return header → column for the headers that mean a column of `kind`.

    A header that is a column's name takes it; another spelling of the same column beside it is then an extra column,
    so that a file which names its columns in our way is never in doubt.

    Raises
    ------
    AmbiguousColumnError
        Two headers mean one column.
    """
    by_name = {fold_header(name): name for name in (*kind.columns, *(PLACE_RESULT if kind.placed else ()))}
    by_alias = {fold_header(alias): field.name for field in kind.fields for alias in field.aliases}
    mapping: dict[str, str] = {}
    for known in (by_name, by_alias):
        taken = set(mapping.values())
        for header in headers:
            column = known.get(fold_header(header))
            if header in mapping or column is None or column in taken:
                continue
            rivals = [other for other, name in mapping.items() if name == column]
            if rivals:
                raise AmbiguousColumnError(
                    f"“{rivals[0]}” and “{header}” both mean the column “{column}”.",
                    f"Rename one of them; call the one that is meant “{column}”.",
                    column=column,
                    headers=[rivals[0], header],
                )
            mapping[header] = column
    return mapping


def _check_complete(headers: Sequence[str], mapping: dict[str, str], kind: Kind) -> None:
    found = set(mapping.values())
    missing = [name for name in kind.required if name not in found]
    if missing:
        spare = [header for header in headers if header not in mapping]
        hints = [hint for name in missing if (hint := _suggest(name, spare, kind))]
        names = ", ".join(f"“{name}”" for name in missing)
        raise MissingColumnError(
            f"The file has no column {names}; it has {_list(headers)}.",
            " ".join([*hints, "Rename the header, or start from the template."]),
            missing=missing,
            headers=list(headers),
        )
    says_where = {PLACE_TEXT, PROVINCE_CODE, PROVINCE_CODES} & found or {LATITUDE, LONGITUDE} <= found
    if kind.name in _PLACED_KINDS and not says_where:
        raise MissingColumnError(
            f"The file does not say where: it has {_list(headers)}.",
            f"Add a column “{PLACE_TEXT}”, or “{LATITUDE}” and “{LONGITUDE}”, or the province's code.",
            missing=[PLACE_TEXT],
            headers=list(headers),
        )


def _list(headers: Sequence[str]) -> str:
    """Return the headers for a message; whole survey questions, as some tools write them, are cut."""
    shown = [f"“{shorten(header, _LONG)}”" for header in headers[:_MANY]]
    return ", ".join(shown) + (f" and {len(headers) - _MANY} more" if len(headers) > _MANY else "")


def _suggest(name: str, spare: Sequence[str], kind: Kind) -> str:
    """Return which unused header may have been meant, as a sentence; empty when none is close."""
    spellings = [fold_header(spelling) for spelling in (name, *kind.field(name).aliases)]
    folded = {header: fold_header(header) for header in spare}
    close = [
        (match[1], header)
        for header, text in folded.items()
        if (match := process.extractOne(text, spellings, scorer=fuzz.ratio, score_cutoff=_CLOSE))
    ]
    if not close:
        return ""
    best = max(close)[1]
    return f"If “{best}” is meant, call it “{name}”."


def _pack_extra(rows: pd.DataFrame) -> pd.Series:
    """Return per row one JSON object of the filled cells, its keys in order; each distinct cell is encoded once."""
    pieces = []
    for header in sorted(rows.columns):
        name = json.dumps(header, ensure_ascii=False)
        codes, cells = pd.factorize(rows[header])
        encoded = [f"{name}: {json.dumps(cell, ensure_ascii=False)}" if cell.strip() else "" for cell in cells]
        pieces.append([encoded[code] for code in codes])
    if not pieces:
        return pd.Series("{}", rows.index, dtype="str")
    packed = ["{" + ", ".join(filter(None, parts)) + "}" for parts in zip(*pieces, strict=True)]
    return pd.Series(packed, rows.index, dtype="str")
