"""What a person decides about a file, so that the same bytes and the same decisions give the same records again.

The page and the shell hand the same `ImportOptions` to ``data/ingest.py``; kept as JSON with the batch, they say how
its records came out of its file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from errors import UploadError
from locales import later, say

CRS = {
    "EPSG:32648": later("UTM zone 48 north, WGS 84 (metres)"),
    "EPSG:3148": later("UTM zone 48 north, Indian 1960 (metres, about 44 m)"),
}
"""Map projections in which coordinates of Cambodia are written in metres."""
DEGREES = "EPSG:4326"
"""Longitude and latitude (WGS 84): may be said, too, of a map file that does not say what its coordinates are."""
NOWHERE = ""
"""Instead of a place's code: what is written names no place that can be known."""


@dataclass(frozen=True)
class Edit:
    """A cell that a person has rewritten: the row's number, the file's header and the new text."""

    row_number: int
    header: str
    text: str


@dataclass(frozen=True)
class ImportOptions:
    """What a person says about a file where it does not say so itself; None and empty leave it to the file.

    Attributes
    ----------
    encoding : str or None
        One of ``sniff.ENCODINGS``.
    delimiter : str or None
        One of ``sniff.DELIMITERS``.
    sheet : str or None
        Name of the sheet of a workbook, or of the layer of a map file.
    header_row : int or None
        Line on which the header stands, from 1.
    day_first : bool or None
        Whether ``03/04/2025`` is 3 April.
    buddhist_era : bool or None
        Whether years such as 2566 are years of the Buddhist era, to be converted.
    excel_dates : bool or None
        Whether numbers such as 45352 in columns of dates are day numbers of a spreadsheet (1900 system).
    decimal_comma : bool or None
        Whether ``1,5`` is one and a half.
    swap_coordinates : bool
        Whether latitude and longitude are exchanged.
    crs : str or None
        A key of `CRS` when coordinates are metres of a map projection; `DEGREES` where a map file does not say so.
    columns : mapping of str to (str or tuple of str)
        Column of the record → header of the file that holds it, or several whose cells are joined by ", " (first and
        last day of a period by " to "). One header may hold latitude and longitude together. Before any header is
        recognised by itself.
    left_out : tuple of str
        Headers that are no column of the record although they might be recognised; they are kept as extra.
    constants : mapping of str to str
        Column → text that holds for every row in which the file says nothing.
    values : mapping of str to mapping of str to str
        Column → text as written → what it means: one of the column's choices, or "" for "not known".
    places : mapping of str to str
        Place as written → code of the place it is (province, district, commune or town), or `NOWHERE`.
    edits : tuple of Edit
        Cells as rewritten by a person; of several for one cell the last counts.
    leave_out : tuple of int
        Numbers of rows that are duplicates in a person's judgement: read, counted as duplicates, not stored.
    """

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    day_first: bool | None = None
    swap_coordinates: bool = False
    decimal_comma: bool | None = None
    columns: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    sheet: str | None = None
    buddhist_era: bool | None = None
    excel_dates: bool | None = None
    crs: str | None = None
    left_out: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    leave_out: tuple[int, ...] = ()

    def to_json(self) -> str:
        """Return the decisions that differ from the default, as JSON with its keys in order."""
        plain = asdict(self)
        default = asdict(ImportOptions())
        return json.dumps(
            {name: value for name, value in plain.items() if value != default[name]}, ensure_ascii=False, sort_keys=True
        )

    @classmethod
    def from_json(cls, text: str) -> ImportOptions:
        """Return decisions that `to_json` wrote.

        Raises
        ------
        UploadError
            The text is not of that form.
        """
        try:
            given: Any = json.loads(text)
            known = {one.name for one in fields(cls)}
            _checked(given, dict)
            return cls(**{_known(name, known): _read(name, value) for name, value in given.items()})
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise UploadError(
                say("These decisions about a file cannot be read."),
                say("Give them as an import has written them (JSON)."),
            ) from error


AS_IT_IS = ImportOptions()
"""No decision at all."""

_TEXTS = frozenset({"encoding", "delimiter", "sheet", "crs"})
_FLAGS = frozenset({"day_first", "buddhist_era", "excel_dates", "decimal_comma", "swap_coordinates"})


def _read(name: str, value: Any) -> Any:
    """Return one decision in the type that it has here; ValueError or TypeError when it is of another."""
    if name in _TEXTS:
        return _checked(value, str)
    if name in _FLAGS:
        return _checked(value, bool)
    if name == "header_row":
        return _checked(value, int)
    if name == "leave_out":
        return tuple(_checked(row, int) for row in value)
    if name == "left_out":
        return tuple(_checked(header, str) for header in value)
    if name == "edits":
        return tuple(
            Edit(_checked(one["row_number"], int), _checked(one["header"], str), _checked(one["text"], str))
            for one in value
        )
    if name == "columns":
        return {
            column: tuple(_checked(part, str) for part in headers)
            if isinstance(headers, list)
            else _checked(headers, str)
            for column, headers in value.items()
        }
    if name == "values":
        return {column: {text: _checked(new, str) for text, new in given.items()} for column, given in value.items()}
    return {text: _checked(new, str) for text, new in value.items()}


def _known(name: str, names: set[str]) -> str:
    if name not in names:
        raise KeyError(name)
    return name


def _checked(value: Any, wanted: type) -> Any:
    if type(value) is not wanted:
        raise TypeError(f"{value!r} is no {wanted.__name__}")
    return value
