"""The decisions about a file in words, each with the decisions as they would be without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from charts.labels import term
from data.options import NOWHERE, ImportOptions
from geo.place_codes import find_place, label_place
from locales import language, say, say_many

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
        words = say_many(
            "{n} cell in {rows} changed, exchanged coordinates included.",
            "{n} cells in {rows} changed, exchanged coordinates included.",
            len(options.edits),
            rows=say_many("{n} row", "{n} rows", rows),
        )
        given.append(Given(words, {"edits": ()}))
    if options.leave_out:
        named = ", ".join(str(row) for row in options.leave_out[:_MOST_NAMED])
        more = len(options.leave_out) - _MOST_NAMED
        if more > 0:
            words = say("Left out as duplicates: rows {rows} and {n} more.", rows=named, n=more)
        else:
            words = say("Left out as duplicates: rows {rows}.", rows=named)
        given.append(Given(words, {"leave_out": ()}))
    return given


def tell_decisions(options: ImportOptions) -> list[str]:
    """Return every decision about a file, one sentence each: reading, columns, answers, changed cells."""
    told = []
    how = {
        say("characters"): options.encoding,
        say("separator"): options.delimiter,
        say("sheet"): options.sheet,
        say("column names in line"): options.header_row,
    }
    if any(how.values()):
        told.append(say("Read with {how}.", how=", ".join(f"{name} {value}" for name, value in how.items() if value)))
    for column, headers in options.columns.items():
        named = headers if isinstance(headers, str) else " + ".join(headers)
        if named != column:
            told.append(say("Column “{name}” is {column}.", name=named, column=column))
    if options.left_out:
        told.append(say("Kept as they are: {names}.", names=", ".join(options.left_out)))
    told += [
        say("{column} is “{value}” in every row that does not say.", column=column, value=text)
        for column, text in options.constants.items()
    ]
    told += [one.words for one in list_given(options)]
    return told + [
        say("Row {row}, “{name}” was changed to “{value}”.", row=str(one.row_number), name=one.header, value=one.text)
        for one in options.edits[:_MOST_NAMED]
    ]


def _list_wide(options: ImportOptions) -> list[Given]:
    given = []
    if options.day_first is not None:
        day = say("In dates such as 3/4/2023 the day comes first.")
        month = say("In dates such as 3/4/2023 the month comes first.")
        given.append(Given(day if options.day_first else month, {"day_first": None}))
    if options.buddhist_era is not None:
        era = say("Years such as 2566 are of the Buddhist era.")
        given.append(
            Given(era if options.buddhist_era else say("Years such as 2566 are mistakes."), {"buddhist_era": None})
        )
    if options.excel_dates is not None:
        days = say("Numbers such as 45352 are days of a spreadsheet.")
        given.append(
            Given(days if options.excel_dates else say("Numbers such as 45352 are mistakes."), {"excel_dates": None})
        )
    if options.decimal_comma is not None:
        decimal, thousands = (
            say("The comma in numbers is the decimal mark."),
            say("The comma in numbers parts thousands."),
        )
        given.append(Given(decimal if options.decimal_comma else thousands, {"decimal_comma": None}))
    if options.crs is not None:
        given.append(Given(say("Coordinates are converted from {crs}.", crs=options.crs), {"crs": None}))
    if options.swap_coordinates:
        words = say("Latitude and longitude are exchanged in the whole file.")
        given.append(Given(words, {"swap_coordinates": False}))
    return given


def _list_values(options: ImportOptions) -> list[Given]:
    given = []
    for text, code in options.places.items():
        rest = {other: one for other, one in options.places.items() if other != text}
        given.append(Given(say("“{value}” is {place}.", value=text, place=_name_place(code)), {"places": rest}))
    for column, values in options.values.items():
        for text, value in values.items():
            rest = {other: one for other, one in values.items() if other != text}
            means = _name_value(value)
            without = {"values": {**options.values, column: rest}}
            given.append(
                Given(say("“{value}” in {column} means {means}.", value=text, column=column, means=means), without)
            )
    return given


def _name_value(value: str) -> str:
    if not value:
        return say("not known")
    return term(value) if language() == "km" else value.replace("_", " ")


def _name_place(code: str) -> str:
    if code == NOWHERE:
        return say("no place that can be known")
    place = find_place(code)
    return label_place(place) if place is not None else code
