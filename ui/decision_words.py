"""The decisions about a file in words, each with the decisions as they would be without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from charts.labels import plural
from data.options import NOWHERE, ImportOptions
from geo.place_codes import find_place, label_place

_MOST_NAMED = 12


@dataclass(frozen=True)
class Given:
    """One answer in words, and the decisions as they are without it."""

    words: str
    without: dict[str, Any]


def list_given(options: ImportOptions) -> list[Given]:
    """Return the answers to questions about a file, those for the whole file first."""
    given = [*_list_wide(options), *_list_values(options)]
    if options.edits:
        rows = len({edit.row_number for edit in options.edits})
        cells = f"{plural(len(options.edits), 'cell')} in {plural(rows, 'row')}"
        given.append(Given(f"{cells} changed, exchanged coordinates included.", {"edits": ()}))
    if options.leave_out:
        named = ", ".join(str(row) for row in options.leave_out[:_MOST_NAMED])
        more = f" and {len(options.leave_out) - _MOST_NAMED} more" if len(options.leave_out) > _MOST_NAMED else ""
        given.append(Given(f"Left out as duplicates: rows {named}{more}.", {"leave_out": ()}))
    return given


def tell_decisions(options: ImportOptions) -> list[str]:
    """Return every decision about a file, one sentence each: reading, columns, answers, changed cells."""
    told = []
    how = {
        "characters": options.encoding,
        "separator": options.delimiter,
        "sheet": options.sheet,
        "column names in line": options.header_row,
    }
    if any(how.values()):
        told.append("Read with " + ", ".join(f"{name} {value}" for name, value in how.items() if value) + ".")
    for column, headers in options.columns.items():
        named = headers if isinstance(headers, str) else " + ".join(headers)
        if named != column:
            told.append(f"Column “{named}” is {column}.")
    if options.left_out:
        told.append(f"Kept as they are: {', '.join(options.left_out)}.")
    told += [f"{column} is “{text}” in every row that does not say." for column, text in options.constants.items()]
    told += [one.words for one in list_given(options)]
    return told + [
        f"Row {one.row_number}, “{one.header}” was changed to “{one.text}”." for one in options.edits[:_MOST_NAMED]
    ]


def _list_wide(options: ImportOptions) -> list[Given]:
    given = []
    if options.day_first is not None:
        first = "day" if options.day_first else "month"
        given.append(Given(f"In dates such as 3/4/2023 the {first} comes first.", {"day_first": None}))
    if options.buddhist_era is not None:
        are = "of the Buddhist era" if options.buddhist_era else "mistakes"
        given.append(Given(f"Years such as 2566 are {are}.", {"buddhist_era": None}))
    if options.excel_dates is not None:
        are = "days of a spreadsheet" if options.excel_dates else "mistakes"
        given.append(Given(f"Numbers such as 45352 are {are}.", {"excel_dates": None}))
    if options.decimal_comma is not None:
        does = "is the decimal mark" if options.decimal_comma else "parts thousands"
        given.append(Given(f"The comma in numbers {does}.", {"decimal_comma": None}))
    if options.crs is not None:
        given.append(Given(f"Coordinates are converted from {options.crs}.", {"crs": None}))
    if options.swap_coordinates:
        given.append(Given("Latitude and longitude are exchanged in the whole file.", {"swap_coordinates": False}))
    return given


def _list_values(options: ImportOptions) -> list[Given]:
    given = []
    for text, code in options.places.items():
        rest = {other: one for other, one in options.places.items() if other != text}
        given.append(Given(f"“{text}” is {_name_place(code)}.", {"places": rest}))
    for column, values in options.values.items():
        for text, value in values.items():
            rest = {other: one for other, one in values.items() if other != text}
            means = value.replace("_", " ") or "not known"
            without = {"values": {**options.values, column: rest}}
            given.append(Given(f"“{text}” in {column} means {means}.", without))
    return given


def _name_place(code: str) -> str:
    if code == NOWHERE:
        return "no place that can be known"
    place = find_place(code)
    return label_place(place) if place is not None else code
