"""From text to typed values: each distinct text is read once, and what cannot be read is said, never guessed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.cells import Cells, Column, Conventions
from data.clean_dates import clean_dates, clean_days, clean_period
from data.clean_numbers import clean_exact, clean_quantities
from data.clean_points import clean_points
from data.issues import join_findings
from data.plain import is_missing, plain
from data.schema import (
    DATE_FIELD,
    DISTANCE_M,
    LATITUDE,
    LONGITUDE,
    MATCH_METHOD,
    PERIOD_COLUMNS,
    PROVINCE_CODE,
    PROVINCE_CODES,
    Field,
    Kind,
    record_dtypes,
    split_list,
)

QUANTITY_COLUMNS = {
    "claim": ("low", "best", "high", "qualifier"),
    "event": ("people_low", "people_best", "people_high", "qualifier"),
}
"""Where a worded number such as "more than 200" in the second column fills the others."""


@dataclass(frozen=True)
class Cleaned:
    """Typed rows and what was found on the way.

    Attributes
    ----------
    records : DataFrame
        The rows given, with ``schema.record_dtypes``; a value that could not be read is missing and has a finding.
    findings : DataFrame
        ``issues.FINDING_COLUMNS``.
    """

    records: pd.DataFrame
    findings: pd.DataFrame


def clean_cells(texts: pd.DataFrame, kind: Kind, conventions: Conventions) -> Cleaned:
    """Return the typed values of text cells.

    Parameters
    ----------
    texts : DataFrame
        Index ``row_number``; str columns named as in the schema, not necessarily all of them.
    kind : Kind
        What one row is.
    conventions : Conventions
        What holds for the whole file.
    """
    dtypes = record_dtypes(kind)
    if conventions.swap_coordinates and {LATITUDE, LONGITUDE} <= set(dtypes):
        texts = texts.rename(columns={LATITUDE: LONGITUDE, LONGITUDE: LATITUDE})
    absent = frozenset(dtypes) - set(texts.columns)
    empty = pd.Series("", texts.index, dtype="str")
    texts = pd.DataFrame({name: texts.get(name, empty) for name in dtypes}, texts.index, copy=False)
    cells = Cells(texts, absent=absent)
    date_field = DATE_FIELD.get(kind.name, "")
    quantity = QUANTITY_COLUMNS.get(kind.name)
    together = {date_field, *PERIOD_COLUMNS.get(kind.name, ()), *(quantity or ()), LATITUDE, LONGITUDE} - {"qualifier"}
    columns = {
        field.name: _clean_column(cells, field, conventions) for field in kind.fields if field.name not in together
    }
    if quantity:
        columns |= clean_quantities(cells, kind, quantity, columns["qualifier"], conventions)
    if date_field:
        columns |= clean_period(cells, kind, columns["date_precision"], conventions)
    if LATITUDE in dtypes:
        columns |= clean_points(cells, columns, conventions)
    if kind.placed:
        columns |= _clean_place_result(cells, conventions)
    records = pd.DataFrame({name: columns[name] for name in dtypes}, texts.index).astype(dtypes)
    return Cleaned(records, join_findings(cells.findings))


def _clean_column(cells: Cells, field: Field, conventions: Conventions) -> pd.Series:
    if field.dtype == "choice":
        return _clean_choice(cells, field)
    if field.dtype in ("integer", "number"):
        return clean_exact(cells, field, conventions)
    if field.dtype == "edtf":
        return clean_dates(cells, field.name, conventions)
    if field.dtype == "date":
        return clean_days(cells, field.name, conventions)
    if field.dtype == "list":
        # Province codes and names have no markers of "not known": NA may be one.
        parts: Column[str] = cells.read(
            field.name, lambda text: ";".join(split_list(text)) or None, markers=field.name != PROVINCE_CODES
        )
        return parts.take(str, "str")
    trimmed = field.name.endswith("_id") or field.name in ("part_of", PROVINCE_CODE)
    return cells.read_text(field.name, trimmed=trimmed)


def _clean_choice(cells: Cells, field: Field) -> pd.Series:
    allowed = {_fold_choice(choice): choice for choice in field.choices}
    column: Column[str] = cells.read(field.name, lambda text: allowed.get(_fold_choice(text), ""), markers=False)
    _, texts = cells.distinct(field.name)
    listed = f": {', '.join(field.choices)}"
    unknown = {
        number: listed
        for number, (text, value) in enumerate(zip(texts, column.values, strict=True))
        if value == "" and not is_missing(text)
    }
    cells.find_values(field.name, column.codes, "choice_unknown", unknown)
    return column.take(lambda value: value or None, "str")


def _clean_place_result(cells: Cells, conventions: Conventions) -> dict[str, pd.Series]:
    """Take how a province was found from a file that we exported; it is checked when the record is placed."""
    method: Column[str] = cells.read(MATCH_METHOD, plain)
    # What stands in these two columns is only ever taken from us, so an unreadable distance is no one's mistake.
    unseen = Cells(cells.texts[[DISTANCE_M]], absent=cells.absent)
    distance = clean_exact(unseen, Field(DISTANCE_M, "number", ""), conventions)
    return {MATCH_METHOD: method.take(str, "str"), DISTANCE_M: distance}


def _fold_choice(text: str) -> str:
    return plain(text).casefold().replace(" ", "").replace("_", "").replace("-", "")
