"""Which column of the record each header of a file may be: proposals that a person confirms, never applied unasked.

What is remembered of an earlier file goes before what a known layout says, that before tags of the Humanitarian
Exchange Language (HXL), those before the names of the columns and their other spellings. Only then words that come
close and what the cells hold are weighed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from types import MappingProxyType

import pandas as pd

from data.candidates import BOTH, CERTAIN, TIED, Why, choose, find_alike, find_certain
from data.columns import PAIR
from data.hxl import hxl_columns
from data.layouts import Layout, find_layout
from data.likeness import MOST_TRIED
from data.options import AS_IT_IS, ImportOptions
from data.personal_data import name_personal_data
from data.plain import fold_header
from data.schema import KINDS, Kind

MOST_SAMPLES, SAMPLE_LENGTH = 5, 60

_WORTH_NAMING = 0.3
_FIRST_ROWS = 10_000
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Suggestion:
    """What one header may be.

    Attributes
    ----------
    header : str
        As it stands in the file.
    column : str or None
        Column of the record, or `BOTH`; None when the header is kept beside the record.
    confidence : float
        0 to 1; 1 for a column's own name and for what a person has said before.
    why : str
        remembered, layout, hxl, name, spelling, similar (words come close), values (by the cells alone) or none.
    samples : tuple of str
        The first distinct filled cells, cut; where a cell seems to hold personal data, only that it does.
    others : tuple of (str, float)
        Other columns that it may be, the likeliest first; one that went to another header is among them.
    order : int
        Where several headers hold the column together: they are joined from the lowest to the highest.
    """

    header: str
    column: str | None
    confidence: float
    why: Why
    samples: tuple[str, ...] = ()
    others: tuple[tuple[str, float], ...] = ()
    order: int = 0


def suggest_columns(
    rows: pd.DataFrame,
    kind: Kind,
    *,
    hxl: Mapping[str, str] = _NOTHING,
    layout: Layout | None = None,
    remembered: Mapping[str, str] = _NOTHING,
) -> list[Suggestion]:
    """Return a suggestion for each header, in the order of the file.

    Parameters
    ----------
    rows : DataFrame
        Text cells under the file's own headers.
    kind : Kind
        What one row is.
    hxl : mapping of str to str
        Header → tag, as in ``Reading.hxl``.
    layout : Layout, optional
        See `layouts.find_layout`.
    remembered : mapping of str to str
        Header → column (or `BOTH`), as a person said of an earlier file with these headers; "" for none.

    Returns
    -------
    list of Suggestion
        No column is suggested for two headers, unless the layout, or what is remembered, joins them.
    """
    headers = [str(header) for header in rows.columns]
    tagged = hxl_columns(hxl, kind)
    cells = {header: _distinct_cells(rows[header]) for header in headers}
    certain = {header: find_certain(header, kind, tagged, layout, remembered) for header in headers}
    found = {
        header: [sure] if (sure := certain[header]) else list(find_alike(header, cells[header], kind))
        for header in headers
        if not _is_set_aside(header, layout, remembered)
    }
    chosen = choose(found)
    suggestions = []
    for header in headers:
        one = chosen.get(header)
        others = sorted(
            (
                (other.column, round(other.confidence, 2))
                for other in found.get(header, ())
                if other.column != (one and one.column)
            ),
            key=lambda other: -other[1],
        )
        why: Why = one.why if one else "none"
        if header not in found:
            why = "remembered" if header in remembered else "layout"
        suggestions.append(
            Suggestion(
                header,
                one.column if one else None,
                round(one.confidence, 2) if one else CERTAIN.get(why, 0.0),
                why,
                tuple(_sample(cell) for cell in cells[header][:MOST_SAMPLES]),
                tuple(other for other in others if other[1] >= _WORTH_NAMING),
                one.order if one else 0,
            )
        )
    return suggestions


def accept_suggestions(suggestions: Sequence[Suggestion], options: ImportOptions = AS_IT_IS) -> ImportOptions:
    """Return the decisions with these suggestions as they stand: every header is either given or left out.

    Parameters
    ----------
    suggestions : sequence of Suggestion
        As a person has confirmed or changed them.
    options : ImportOptions
        The other decisions; columns and headers left out are replaced.
    """
    held: dict[str, list[str]] = {}
    for one in sorted(suggestions, key=lambda one: one.order):
        for column in PAIR if one.column == BOTH else filter(None, (one.column,)):
            held.setdefault(column, []).append(one.header)
    return replace(
        options,
        columns={column: headers[0] if len(headers) == 1 else tuple(headers) for column, headers in held.items()},
        left_out=tuple(one.header for one in suggestions if one.column is None),
    )


def recall_columns(options: ImportOptions, headers: Sequence[str]) -> dict[str, str]:
    """Return header → column (`BOTH`, or "" for none) as decisions about an earlier file with these headers say.

    Headers that hold a column together come in the order in which they are joined.

    Parameters
    ----------
    options : ImportOptions
        The earlier decisions.
    headers : sequence of str
        Of the file at hand; they may be written otherwise (case, spaces, punctuation), as for `fingerprint`.
    """
    said = dict.fromkeys(options.left_out, "")
    for column, held in options.columns.items():
        for header in (held,) if isinstance(held, str) else held:
            said[header] = BOTH if {said.get(header), column} == set(PAIR) else column
    written: dict[str, list[str]] = {}
    for header in headers:
        written.setdefault(fold_header(header), []).append(header)
    recalled = {}
    for header, column in said.items():
        alike = written.get(fold_header(header), [])
        if header in alike or len(alike) == 1:
            recalled[header if header in alike else alike[0]] = column
    return recalled


def suggest_kind(headers: Sequence[str], rows: pd.DataFrame) -> list[tuple[str, float, str]]:
    """Return each kind of record with how well the headers fit it (0 to 1) and why, the likeliest first.

    Parameters
    ----------
    headers : sequence of str
        Of the file.
    rows : DataFrame
        Text cells under these headers.
    """
    layout = find_layout(headers)
    rated = []
    for kind in KINDS.values():
        suggestions = suggest_columns(rows[list(headers)], kind, layout=layout)
        fitting = {one.column: one.confidence for one in suggestions if one.column}
        share = sum(one.confidence for one in suggestions if one.column) / max(len(suggestions), 1)
        there = [name for name in kind.required if fitting.get(name, 0.0) >= TIED]
        missing = [name for name in kind.required if name not in there]
        named = any(kind.name in _words(header) for header in headers)
        score = 0.5 * share + 0.4 * len(there) / len(kind.required) + 0.1 * named
        why = f"{len(fitting)} of {len(suggestions)} headers fit"
        rated.append((kind.name, round(score, 2), f"{why}; missing: {', '.join(missing)}" if missing else why))
    return sorted(rated, key=lambda one: -one[1])


def _is_set_aside(header: str, layout: Layout | None, remembered: Mapping[str, str]) -> bool:
    """Whether a header is known to be no column of the record."""
    if header in remembered:
        return not remembered[header]
    return layout is not None and header in layout.kept


def _words(header: str) -> list[str]:
    return header.casefold().replace("_", " ").split()


def _distinct_cells(cells: pd.Series) -> list[str]:
    """Return the first distinct filled cells, no more than are looked at; of a long file, where it begins."""
    for part in (cells.head(_FIRST_ROWS), cells):
        distinct = [cell for cell in part.drop_duplicates() if cell.strip()][:MOST_TRIED]
        if distinct:
            return distinct
    return []


def _sample(cell: str) -> str:
    personal = name_personal_data(cell)
    return f"({personal})" if personal else shorten(cell, SAMPLE_LENGTH, placeholder=" …")
