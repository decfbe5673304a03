"""What a person has to decide about a file: each question once, with the rows it concerns and the answers there are.

Whatever asks (a page, a shell) draws this list as it is. An answer is one change to the `ImportOptions`, with which the
file is then read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from data.degrees import parse_metres
from data.options import CRS, NOWHERE, Edit, ImportOptions
from data.projected import propose_projections
from data.schema import KINDS, LATITUDE, LONGITUDE, PLACE_TEXT, PROVINCE_CODES, split_list
from geo.place_codes import find_candidates, label_place
from geo.resolve import Match, resolve

QuestionKind = Literal[
    "place", "choice", "date_order", "buddhist_era", "excel_dates", "crs", "swapped", "decimal_comma", "duplicates",
    "personal_data",
]  # fmt: skip
NEARLY_ALL = 0.9
"""From this share of the rows with coordinates on, exchanged ones are a matter of the whole file."""
YES, NO, LEAVE = "yes", "no", "leave"
_FOR_ALL: dict[str, QuestionKind] = {
    "date_ambiguous": "date_order",
    "date_order_differs": "date_order",
    "date_buddhist_era": "buddhist_era",
    "date_excel_serial": "excel_dates",
    "number_ambiguous": "decimal_comma",
    "coordinates_projected": "crs",
}
"""Codes of issues that one answer settles for the whole file."""
_ANSWERS: dict[str, tuple[tuple[str, str], ...]] = {
    "date_order": (("day", "The day comes first: 3/4 is 3 April"), ("month", "The month comes first: 3/4 is 4 March")),
    "buddhist_era": (
        (YES, "Years of the Buddhist era: 543 less in the common era"),
        (NO, "No: the dates are mistakes"),
    ),
    "excel_dates": ((YES, "Day numbers of a spreadsheet: 45352 is 2024-03-01"), (NO, "No: the dates are mistakes")),
    "decimal_comma": (
        (YES, "The comma parts decimals: 1,480 is nearly one and a half, 1.480 is a thousand"),
        (NO, "The point parts decimals: 1.480 is nearly one and a half, 1,480 is a thousand"),
    ),
}


@dataclass(frozen=True)
class Question:
    """One thing that a person has to decide.

    Attributes
    ----------
    kind : QuestionKind
        What is to be decided.
    field, header : str
        Column of the record and header of the file; empty where it is about the whole row.
    text : str
        What is written; one example where the answer holds for the whole file. Never personal data.
    rows : int
        How many rows it concerns.
    first_row : int
        Number of the first of them.
    candidates : tuple of (code, label)
        The answers there are, as `answer` takes them. A *place* may be given any other code, too, and *personal_data*
        is no matter of options: see ``data/redact.py``.
    row_numbers : tuple of int
        All rows it concerns, for *swapped* and *duplicates*; a page that asks row by row gives `answer` a question
        with fewer of them.
    edits : tuple of Edit
        For *swapped* in single rows: the cells as they are after the exchange.
    """

    kind: QuestionKind
    field: str
    header: str
    text: str
    rows: int
    first_row: int
    candidates: tuple[tuple[str, str], ...] = ()
    row_numbers: tuple[int, ...] = ()
    edits: tuple[Edit, ...] = ()


def list_questions(
    kind: str,
    issues: pd.DataFrame,
    pairs: pd.DataFrame,
    headers: Mapping[str, str],
    rows: pd.DataFrame,
    options: ImportOptions,
) -> list[Question]:
    """Return what a person has to decide, what concerns most rows first.

    Parameters
    ----------
    kind, issues, pairs, headers, rows, options
        Those of an `ImportResult`.
    """
    found = [
        *_ask_places(issues, headers, PROVINCE_CODES in KINDS[kind].columns),
        *_ask_choices(kind, issues, headers),
        *_ask_for_all(issues, headers, options),
        *_ask_swapped(issues, headers, rows),
        *_ask_pairs(pairs),
        *_ask_personal_data(issues, headers),
    ]
    return sorted(found, key=lambda question: (-question.rows, question.first_row, question.kind))


def answer(options: ImportOptions, question: Question, value: str) -> ImportOptions:
    """Return the options with one question answered.

    Parameters
    ----------
    options : ImportOptions
        As they were.
    question : Question
        Of `list_questions`.
    value : str
        The code of one of its candidates; for a place also any other code of a place. ``leave`` leaves a row as it is.

    Raises
    ------
    ValueError
        The question has no such answer.
    """
    allowed = {code for code, _ in question.candidates}
    if value not in allowed and question.kind != "place":
        raise ValueError(f"{value!r} is no answer to a question of {question.kind}: {sorted(allowed)}")
    if value == LEAVE:
        return options
    if question.kind == "place":
        return replace(options, places={**options.places, question.text: value})
    if question.kind == "choice":
        given = {**options.values.get(question.field, {}), question.text: value}
        return replace(options, values={**options.values, question.field: given})
    if question.kind == "date_order":
        return replace(options, day_first=value == "day")
    if question.kind == "crs":
        return replace(options, crs=value)
    if question.kind == "swapped":
        if question.edits:
            chosen = tuple(edit for edit in question.edits if edit.row_number in question.row_numbers)
            return replace(options, edits=(*options.edits, *chosen))
        return replace(options, swap_coordinates=not options.swap_coordinates)
    if question.kind == "duplicates":
        return replace(options, leave_out=tuple(dict.fromkeys((*options.leave_out, *question.row_numbers))))
    if question.kind == "buddhist_era":
        return replace(options, buddhist_era=value == YES)
    if question.kind == "excel_dates":
        return replace(options, excel_dates=value == YES)
    return replace(options, decimal_comma=value == YES)


def _ask_places(issues: pd.DataFrame, headers: Mapping[str, str], several: bool) -> Iterator[Question]:
    legacy = (issues["code"] == "legacy_khmer_font") & (issues["field"] == PLACE_TEXT)
    unknown = issues[issues["code"].isin(["place_unknown", "place_ambiguous"]) | legacy]
    asked: dict[tuple[str, str], set[int]] = {}
    for (field, text), rows in _by_text(unknown):
        for part in _unsettled(text) if several else (text,):
            asked.setdefault((field, part), set()).update(rows)
    for (field, text), numbers in asked.items():
        places = tuple((place.code, label_place(place)) for place in find_candidates(text))
        nowhere = (NOWHERE, "No place that can be known")
        yield Question("place", field, headers.get(field, ""), text, len(numbers), min(numbers), (*places, nowhere))


def _unsettled(text: str) -> tuple[str, ...]:
    """Return those of several places in one cell that are not known yet."""
    parts = split_list(text)
    return tuple(part for part in parts if not isinstance(resolve(part), Match)) or parts or (text,)


def _ask_choices(kind: str, issues: pd.DataFrame, headers: Mapping[str, str]) -> Iterator[Question]:
    for (field, text), rows in _by_text(issues[issues["code"] == "choice_unknown"]):
        choices = tuple((choice, choice.replace("_", " ")) for choice in KINDS[kind].field(field).choices)
        candidates = (*choices, ("", "Not known"))
        yield Question("choice", field, headers.get(field, ""), text, len(rows), rows[0], candidates)


def _ask_for_all(issues: pd.DataFrame, headers: Mapping[str, str], options: ImportOptions) -> Iterator[Question]:
    """Ask once for the file what no decision has settled yet."""
    open_codes = [code for code, kind in _FOR_ALL.items() if kind != "date_order" or options.day_first is None]
    asked = issues[issues["code"].isin(open_codes)]
    for kind, found in asked.groupby(asked["code"].map(_FOR_ALL), sort=False):
        first = found.sort_values("row_number", kind="stable").iloc[0]
        field, text = str(first["field"]), str(first["value"])
        candidates = _projections(text) if kind == "crs" else _ANSWERS[str(kind)]
        count = int(found["row_number"].nunique())
        name: QuestionKind = _FOR_ALL[str(first["code"])]
        yield Question(name, field, headers.get(field, ""), text, count, int(first["row_number"]), candidates)


def _projections(pair: str) -> tuple[tuple[str, str], ...]:
    """Return the projections with the place that each gives a pair of northing and easting; all where none does."""
    northing, easting = (parse_metres(text) for text in pair.rsplit(", ", 1)) if ", " in pair else (None, None)
    places = {}
    if northing is not None and easting is not None:
        places = {each.crs: f": {each}" for each in propose_projections(northing, easting)}
    return tuple((code, label + places.get(code, "")) for code, label in CRS.items() if not places or code in places)


def _ask_swapped(
    issues: pd.DataFrame,
    headers: Mapping[str, str],
    rows: pd.DataFrame,
) -> Iterator[Question]:
    found = issues[issues["code"] == "coordinates_swapped"]
    latitude, longitude = headers.get(LATITUDE, ""), headers.get(LONGITUDE, "")
    if found.empty or not (latitude in rows and longitude in rows):
        return
    given = int(((rows[latitude].str.strip() != "") & (rows[longitude].str.strip() != "")).sum())
    numbers = tuple(int(row) for row in found["row_number"].unique())
    if len(numbers) >= NEARLY_ALL * given:
        pair = ", ".join(str(rows.at[numbers[0], header]) for header in (latitude, longitude))
        swap = "Exchange latitude and longitude in the whole file"
        yield Question("swapped", LATITUDE, latitude, pair, len(numbers), numbers[0], ((YES, swap),), numbers)
        return
    cells = rows.loc[list(numbers), [latitude, longitude]]
    for (left, right), same in cells.groupby([latitude, longitude], sort=False):
        edits = tuple(
            Edit(int(row), header, str(text))
            for row in same.index
            for header, text in ((latitude, right), (longitude, left))
        )
        chosen = tuple(int(row) for row in same.index)
        candidates = ((YES, f"Exchange them: {right}, {left}"), (LEAVE, "Leave them as they are"))
        yield Question(
            "swapped", LATITUDE, latitude, f"{left}, {right}", len(chosen), chosen[0], candidates, chosen, edits
        )


def _ask_pairs(pairs: pd.DataFrame) -> Iterator[Question]:
    candidates = (("leave_out", "They are the same: leave these rows out"), (LEAVE, "Keep them all"))
    for likeness, found in pairs.groupby("likeness", sort=False):
        numbers = tuple(int(row) for row in found["row_number"].drop_duplicates())
        yield Question("duplicates", "", "", str(likeness), len(numbers), numbers[0], candidates, numbers)


def _ask_personal_data(issues: pd.DataFrame, headers: Mapping[str, str]) -> Iterator[Question]:
    for field, found in issues[issues["code"] == "personal_data"].groupby("field", sort=False):
        count, first = int(found["row_number"].nunique()), int(found["row_number"].min())
        yield Question("personal_data", str(field), headers.get(str(field), str(field)), "", count, first)


def _by_text(issues: pd.DataFrame) -> Iterable[tuple[tuple[str, str], list[int]]]:
    """Return per field and distinct text the numbers of its rows, in the file's order."""
    for (field, text), found in issues.groupby(["field", "value"], sort=False):
        yield (str(field), str(text)), sorted({int(row) for row in found["row_number"]})
