"""Which header of a file is which column of a record.

A header is compared without case, spaces, punctuation and accents: first with the names of the columns, then with
their other spellings in ``data/schema.py``. A header that merely seems to fit, by its words and by what its cells
hold, is suggested in the message, never taken; a person may say which header is meant.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.likeness import MOST_TRIED, compare_cells, compare_words
from data.plain import fold_header, is_missing
from data.schema import LATITUDE, LONGITUDE, PLACE_RESULT, PLACE_TEXT, PROVINCE_CODE, PROVINCE_CODES, Field, Kind
from errors import AmbiguousColumnError, MissingColumnError
from locales import say

PAIR = (LATITUDE, LONGITUDE)
"""The only two columns that one header may hold together."""
Given = Mapping[str, str | tuple[str, ...]]
"""Column → the header, or the headers, that hold it."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_CLOSE = 0.75  # below it a suggestion would rather mislead
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
        Header of the file → column of the record, for those that were recognised; ``latitude, longitude`` where one
        header holds the `PAIR`.
    """

    fields: pd.DataFrame
    others: pd.DataFrame
    extra: pd.Series
    mapping: dict[str, str]


def name_columns(
    rows: pd.DataFrame,
    kind: Kind,
    given: Given = _NOTHING,
    left_out: Collection[str] = (),
    constants: Mapping[str, str] = _NOTHING,
    hxl: Mapping[str, str] = _NOTHING,
) -> NamedCells:
    """Return the rows with their columns named as in the schema, and everything else as `extra`.

    Parameters
    ----------
    rows : DataFrame
        Text cells under the file's own headers.
    kind : Kind
        What one row is.
    given : mapping of str to (str or tuple of str)
        Column → header, as a person says; the filled cells of several headers are joined by ``, ``, in columns of
        dates by ``to``. Where one header is given for the `PAIR`, both columns hold its whole text.
    left_out : collection of str
        Headers that are no column of the record, whatever they are called.
    constants : mapping of str to str
        Column → text that it holds wherever the file says nothing.
    hxl : mapping of str to str
        Header → column, as ``hxl.hxl_columns`` gives it: for headers that nothing else names.

    Raises
    ------
    AmbiguousColumnError
        Two headers mean one column, or one header is given for two.
    MissingColumnError
        A required column, a header that was given, or anything that says where the records are, is not there.
    """
    headers = list(rows.columns)
    mapping = map_headers(headers, kind, given, left_out, hxl)
    for column in constants:
        _check_column(column, kind.columns, kind, headers)
    _check_complete(rows, mapping, constants, kind)
    parts: dict[str, list[str]] = {}
    for header, columns in mapping.items():
        for column in _parted(columns):
            parts.setdefault(column, []).append(header)
    dates = {field.name for field in kind.fields if field.dtype == "edtf"}
    joined = {name: _join_cells(rows[held], " to " if name in dates else ", ") for name, held in parts.items()}
    fields = pd.DataFrame(joined, rows.index, dtype="str")
    for column, text in constants.items():
        fields[column] = _fill(fields[column], kind.field(column), text) if column in fields else text
    others = rows[[header for header in headers if header not in mapping]]
    return NamedCells(fields.astype("str"), others, _pack_extra(others), mapping)


def map_headers(
    headers: Sequence[str],
    kind: Kind,
    given: Given = _NOTHING,
    left_out: Collection[str] = (),
    hxl: Mapping[str, str] = _NOTHING,
) -> dict[str, str]:
    """Return header → column for the headers that mean a column of `kind`.

    A header that is a column's name takes it; another spelling of the same column beside it is then an extra column,
    so that a file which names its columns in our way is never in doubt. Of several identifiers (a case number beside a
    running number) the one whose spelling stands first in the schema is taken, the
    others stay as extra columns. What is `given` (column → header or headers) goes before both, and what is
    `left_out` is never taken. Tags (`hxl`, header → column) name only what is not named by then.

    Raises
    ------
    AmbiguousColumnError
        Two headers mean one column, or one header is given for two, or given and left out.
    MissingColumnError
        A header that is given or left out is not in the file, or its column is none of this kind.
    """
    by_name = {fold_header(name): name for name in (*kind.columns, *(PLACE_RESULT if kind.placed else ()))}
    by_alias = {fold_header(alias): field.name for field in kind.fields for alias in field.aliases}
    mapping = _take_given(headers, kind, given, left_out)
    ranks = {fold_header(alias): rank for rank, alias in enumerate(kind.field(kind.id_field).aliases)}
    free = [header for header in headers if header not in mapping and header not in left_out]
    best = min((ranks[text] for header in free if (text := fold_header(header)) in ranks), default=0)
    by_alias = {text: column for text, column in by_alias.items() if ranks.get(text, best) == best}
    for known in (by_name, by_alias):
        taken = {column for columns in mapping.values() for column in _parted(columns)}
        for header in free:
            column = known.get(fold_header(header))
            if header in mapping or column is None or column in taken:
                continue
            rivals = [other for other, name in mapping.items() if name == column]
            if rivals:
                raise AmbiguousColumnError(
                    say("“{rivals}” and “{header}” both mean the column “{column}”.", rivals=rivals[0], header=header,
                    column=column), say("Rename one of them; call the one that is meant “{column}”.", column=column),
                    column=column, headers=[rivals[0], header],
                )  # fmt: skip
            mapping[header] = column
    taken = {column for columns in mapping.values() for column in _parted(columns)}
    tagged = {header: hxl[header] for header in free if header in hxl and header not in mapping}
    return mapping | {header: column for header, column in tagged.items() if column not in taken}


def _take_given(headers: Sequence[str], kind: Kind, given: Given, left_out: Collection[str]) -> dict[str, str]:
    """Return header → column for what a person says."""
    mapping: dict[str, str] = {}
    for header in left_out:
        _check_header(header, "which is said to be left out", headers)
    for column, held in given.items():
        _check_column(column, (*kind.columns, *(PLACE_RESULT if kind.placed else ())), kind, headers)
        for header in (held,) if isinstance(held, str) else held:
            _check_header(header, f"which is said to hold “{column}”", headers)
            if header in left_out:
                raise AmbiguousColumnError(
                    say("“{header}” is said to hold “{column}”, and to be left out.", header=header, column=column),
                    say("Say one of the two."),
                )
            other = mapping.setdefault(header, column)
            if {other, column} == set(PAIR) and given[PAIR[0]] == given[PAIR[1]]:
                mapping[header] = ", ".join(PAIR)
            elif other != column:
                raise AmbiguousColumnError(
                    say(
                        "“{header}” is said to hold both “{other}” and “{column}”.",
                        header=header,
                        other=other,
                        column=column,
                    ),
                    say("Say one header for each column."),
                )
    return mapping


def _parted(columns: str) -> Sequence[str]:
    """Return the columns that one value of a mapping names."""
    return PAIR if columns == ", ".join(PAIR) else (columns,)


def _check_column(column: str, known: Collection[str], kind: Kind, headers: Sequence[str]) -> None:
    if column not in known:
        raise MissingColumnError(
            say("A {name} has no column “{column}”.", name=kind.name, column=column),
            say("Say one of: {names}.", names=", ".join(kind.columns)),
            headers=list(headers),
        )


def _check_header(header: str, said: str, headers: Sequence[str]) -> None:
    if header not in headers:
        raise MissingColumnError(
            say("The file has no column “{header}”, {said}; it has {list}.", header=header, said=said,
            list=_list(headers)), say("Say a header as it stands in the file."), headers=list(headers),
        )  # fmt: skip


def _join_cells(cells: pd.DataFrame, between: str) -> pd.Series:
    """Return per row the filled cells in the order of the columns, joined; of one column, its cells as they are."""
    first, *others = (cells.iloc[:, position] for position in range(cells.shape[1]))
    if not others:
        return first
    joined = first.str.strip()
    for other in others:
        stripped = other.str.strip()
        signs = pd.Series("", cells.index, dtype="str").mask((joined != "") & (stripped != ""), between)
        joined = joined + signs + stripped
    return joined


def _fill(cells: pd.Series, field: Field, text: str) -> pd.Series:
    """Return the cells with `text` in those that say nothing; in text columns a dash is a word like any other."""
    codes, distinct = pd.factorize(cells)
    says_nothing = [not cell.strip() if field.dtype == "text" else is_missing(cell) for cell in distinct]
    return cells.mask(np.array(says_nothing, dtype=bool)[codes], text)


def _check_complete(rows: pd.DataFrame, mapping: dict[str, str], constants: Collection[str], kind: Kind) -> None:
    headers = list(rows.columns)
    found = {column for columns in mapping.values() for column in _parted(columns)} | set(constants)
    missing = [name for name in kind.required if name not in found]
    if missing:
        spare = [header for header in headers if header not in mapping]
        hints = [hint for name in missing if (hint := _suggest(kind.field(name), rows[spare]))]
        names = ", ".join(f"“{name}”" for name in missing)
        raise MissingColumnError(
            say("The file has no column {names}; it has {list}.", names=names, list=_list(headers)),
            " ".join([*hints, say("Rename the header, or start from the template.")]),
            missing=missing,
            headers=list(headers),
        )
    says_where = {PLACE_TEXT, PROVINCE_CODE, PROVINCE_CODES} & found or {LATITUDE, LONGITUDE} <= found
    if kind.name in _PLACED_KINDS and not says_where:
        raise MissingColumnError(
            say("The file does not say where: it has {list}.", list=_list(headers)), say(
            "Add a column “{place_text}”, or “{latitude}” and “{longitude}”, or the province's code.",
            place_text=PLACE_TEXT, latitude=LATITUDE, longitude=LONGITUDE), missing=[PLACE_TEXT],
            headers=list(headers),
        )  # fmt: skip


def _list(headers: Sequence[str]) -> str:
    """Return the headers for a message; whole survey questions, as some tools write them, are cut."""
    shown = [f"“{shorten(header, _LONG)}”" for header in headers[:_MANY]]
    return ", ".join(shown) + (f" and {len(headers) - _MANY} more" if len(headers) > _MANY else "")


def _suggest(field: Field, spare: pd.DataFrame) -> str:
    """Return which unused header may have been meant, as a sentence; empty when none fits well enough."""
    scores = {str(header): _score(field, str(header), spare[header]) for header in spare}
    best = max(scores, key=lambda header: scores[header], default="")
    words = say("If “{header}” is meant, call it “{column}”.", header=best, column=field.name)
    return words if scores.get(best, 0) >= _CLOSE else ""


def _score(field: Field, header: str, cells: pd.Series) -> float:
    """Return how well a header fits a column, 0 to 1: by its words, and as much by its cells where those can tell."""
    words = compare_words(field, header)
    if field.dtype not in ("date", "edtf", "choice"):
        return words
    fitting = compare_cells(field, cells.head(MOST_TRIED).tolist())
    if fitting is None:
        return words / 2
    return 0.0 if fitting < 1 / 2 else (words + fitting) / 2


def _pack_extra(rows: pd.DataFrame) -> pd.Series:
    """Return per row one JSON object of the filled cells, its keys in order; each distinct row is packed once."""
    alike = np.zeros(len(rows), dtype=np.int64)
    pieces = []
    for header in sorted(rows.columns):
        name = json.dumps(header, ensure_ascii=False)
        codes, cells = pd.factorize(rows[header])
        pieces.append(
            (
                [f"{name}: {json.dumps(cell, ensure_ascii=False)}" if cell.strip() else "" for cell in cells.tolist()],
                codes,
            )
        )
        alike, _ = pd.factorize(alike * len(cells) + codes)
    first = np.flatnonzero(~pd.Series(alike).duplicated())
    parts = [[encoded[code] for code in codes[first]] for encoded, codes in pieces]
    packed = ["{" + ", ".join(filter(None, each)) + "}" for each in zip(*parts, strict=True)] or ["{}"]
    return pd.Series(packed, dtype="str").take(alike).set_axis(rows.index)
