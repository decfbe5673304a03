"""Cleaning the columns of numbers: exact counts, and low, best and high with the wording behind them."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from data.cells import Cells, Column, Conventions
from data.numbers import Quantity, parse_number
from data.schema import PANDAS_DTYPES, Field, Kind


def clean_exact(cells: Cells, field: Field, conventions: Conventions) -> pd.Series:
    """Return a column of exact numbers; a wording such as "more than 5" is a finding.

    Returns
    -------
    Series of Int64 or Float64
    """
    column = _read_numbers(cells, field, conventions)
    worded = {number: "" for number, value in enumerate(column.values) if value is not None and value.exact is None}
    cells.find_values(field.name, column.codes, "number_not_exact", worded)
    return column.take(lambda value: _number(value.exact, field), PANDAS_DTYPES[field.dtype])


def clean_quantities(
    cells: Cells, kind: Kind, names: tuple[str, str, str, str], qualifier: pd.Series, conventions: Conventions
) -> dict[str, pd.Series]:
    """Return low, best, high and qualifier; a wording in the cell of the best number fills them when they are empty.

    Parameters
    ----------
    cells, kind, conventions
        See `data.clean.clean_cells`.
    names : tuple of str
        Columns of low, best, high and qualifier.
    qualifier : Series of str
        The qualifier as given, cleaned.
    """
    low, best, high, wording = names
    columns = {name: clean_exact(cells, kind.field(name), conventions) for name in (low, high)}
    field = kind.field(best)
    dtype = PANDAS_DTYPES[field.dtype]
    read = _read_numbers(cells, field, conventions)
    worded = read.take(lambda value: value.qualifier, "str")
    alone = columns[low].isna() & columns[high].isna() & (qualifier.isna() | (qualifier == worded))
    columns[low] = columns[low].mask(alone, read.take(lambda value: _number(value.low, field), dtype))
    columns[high] = columns[high].mask(alone, read.take(lambda value: _number(value.high, field), dtype))
    # "More than 200" beside other bounds says two things at once; a plain number beside bounds is the best of them.
    clash = ~alone & worded.notna() & (worded != "exact")
    cells.find(clash, "number_not_exact", best)
    return columns | {
        best: read.take(lambda value: _number(value.best, field), dtype),
        wording: qualifier.mask(alone, worded),
    }


def _read_numbers(cells: Cells, field: Field, conventions: Conventions) -> Column[Quantity]:
    return cells.read(
        field.name,
        lambda text: parse_number(
            text,
            whole=field.dtype == "integer",
            decimal_comma=conventions.decimal_comma,
            semicolons=conventions.semicolons,
        ),
    )


def _number(value: Decimal | None, field: Field) -> int | float | None:
    if value is None:
        return None
    return int(value) if field.dtype == "integer" else float(value)
