"""Which header of a file is which column of a record.

A header is compared without case, spaces, punctuation and accents: first with the names of the columns, then with
their other spellings in ``data/schema.py``. A header that merely seems to fit, by its words and by what its cells
hold, is suggested in the message, never taken; a person may say which header is meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from types import MappingProxyType

import pandas as pd
from rapidfuzz import fuzz

from data.dates import WrittenDate, parse_date
from data.plain import fold_header, is_missing
from data.schema import LATITUDE, LONGITUDE, PLACE_RESULT, PLACE_TEXT, PROVINCE_CODE, PROVINCE_CODES, Field, Kind
from errors import AmbiguousColumnError, MissingColumnError

_CLOSE = 75  # of 100; below it a suggestion would rather mislead
_SAMPLE = 50  # cells that are tried
_EMPTY_WORDS = frozenset(("a", "an", "at", "by", "for", "how", "in", "is", "it", "of", "on", "or", "the", "to", "was"))
"""Words of headers that say nothing of what the column holds."""
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


def name_columns(rows: pd.DataFrame, kind: Kind, given: Mapping[str, str] = MappingProxyType({})) -> NamedCells:
    """Return the rows with their columns named as in the schema, and everything else as `extra`.

    Parameters
    ----------
    rows : DataFrame
        Text cells under the file's own headers.
    kind : Kind
        What one row is.
    given : mapping of str to str
        Column → header, as a person says.

    Raises
    ------
    AmbiguousColumnError
        Two headers mean one column, or one header is given for two.
    MissingColumnError
        A required column, a header that was given, or anything that says where the records are, is not there.
    """
    headers = list(rows.columns)
    mapping = map_headers(headers, kind, given)
    _check_complete(rows, mapping, kind)
    fields = rows[list(mapping)].rename(columns=mapping)
    others = rows[[header for header in headers if header not in mapping]]
    return NamedCells(fields, others, _pack_extra(others), mapping)


def map_headers(headers: Sequence[str], kind: Kind, given: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Return header → column for the headers that mean a column of `kind`.

    A header that is a column's name takes it; another spelling of the same column beside it is then an extra column,
    so that a file which names its columns in our way is never in doubt. Of several identifiers (a case number beside a
    running number) the one whose spelling stands first in the schema is taken, the
    others stay as extra columns. What is `given` (column → header) goes before both.

    Raises
    ------
    AmbiguousColumnError
        Two headers mean one column, or one header is given for two.
    MissingColumnError
        A header that is given is not in the file, or its column is none of this kind.
    """
    by_name = {fold_header(name): name for name in (*kind.columns, *(PLACE_RESULT if kind.placed else ()))}
    by_alias = {fold_header(alias): field.name for field in kind.fields for alias in field.aliases}
    mapping = _take_given(headers, kind, given)
    ranks = {fold_header(alias): rank for rank, alias in enumerate(kind.field(kind.id_field).aliases)}
    best = min((ranks[text] for header in headers if (text := fold_header(header)) in ranks), default=0)
    by_alias = {text: column for text, column in by_alias.items() if ranks.get(text, best) == best}
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


def _take_given(headers: Sequence[str], kind: Kind, given: Mapping[str, str]) -> dict[str, str]:
    """Return header → column for what a person says."""
    mapping: dict[str, str] = {}
    for column, header in given.items():
        if column not in kind.columns:
            raise MissingColumnError(
                f"A {kind.name} has no column “{column}”.",
                f"Say one of: {', '.join(kind.columns)}.",
                headers=list(headers),
            )
        if header not in headers:
            raise MissingColumnError(
                f"The file has no column “{header}”, which is said to hold “{column}”; it has {_list(headers)}.",
                "Say a header as it stands in the file.",
                headers=list(headers),
            )
        if header in mapping:
            raise AmbiguousColumnError(
                f"“{header}” is said to hold both “{mapping[header]}” and “{column}”.",
                "Say one header for each column.",
            )
        mapping[header] = column
    return mapping


def _check_complete(rows: pd.DataFrame, mapping: dict[str, str], kind: Kind) -> None:
    headers = list(rows.columns)
    found = set(mapping.values())
    missing = [name for name in kind.required if name not in found]
    if missing:
        spare = [header for header in headers if header not in mapping]
        hints = [hint for name in missing if (hint := _suggest(kind.field(name), rows[spare]))]
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


def _suggest(field: Field, spare: pd.DataFrame) -> str:
    """Return which unused header may have been meant, as a sentence; empty when none fits well enough."""
    scores = {str(header): _score(field, str(header), spare[header]) for header in spare}
    best = max(scores, key=lambda header: scores[header], default="")
    return f"If “{best}” is meant, call it “{field.name}”." if scores.get(best, 0) >= _CLOSE else ""


def _score(field: Field, header: str, cells: pd.Series) -> float:
    """Return how well a header fits a column, of 100: by its words, and as much by its cells where those can tell."""
    words = max(
        fuzz.token_sort_ratio(_meaningful(header), _meaningful(spelling)) for spelling in (field.name, *field.aliases)
    )
    filled = [cell for cell in cells.head(_SAMPLE) if not is_missing(cell)]
    if field.dtype not in ("date", "edtf", "choice"):
        return float(words)
    if not filled:
        return words / 2
    fitting = sum(_fits(field, cell) for cell in filled) / len(filled)
    return 0.0 if fitting < 1 / 2 else (words + 100 * fitting) / 2


def _fits(field: Field, cell: str) -> bool:
    if field.dtype == "choice":
        return fold_header(cell) in {fold_header(choice) for choice in field.choices}
    read = parse_date(cell)
    # A bare number such as 2022 may as well count something; a date of two readings is a date all the same.
    return not cell.strip().isdecimal() and (isinstance(read, WrittenDate) or read.code == "date_ambiguous")


def _meaningful(header: str) -> str:
    """Return the words of a header that say something, each without accents and signs, parted by spaces."""
    words = [fold_header(word) for word in re.split(r"[\s_\W]+", header)]
    return " ".join(word for word in words if word and word not in _EMPTY_WORDS)


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
