"""Cleaning the columns of dates: one order of day and month per column, and periods filled from what is written."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.cells import Cells, Column, Conventions
from data.dates import DateProblem, WrittenDate, order_of, write_period
from data.eras import read_date
from data.schema import DATE_FIELD, PANDAS_DTYPES, PERIOD_COLUMNS, Kind

_DAYS = PANDAS_DTYPES["date"]


def clean_dates(cells: Cells, name: str, conventions: Conventions) -> pd.Series:
    """Return a column of written dates as EDTF texts (str)."""
    return _read_dates(cells, name, conventions).take(lambda date: date.edtf, "str")


def clean_period(cells: Cells, kind: Kind, precision: pd.Series, conventions: Conventions) -> dict[str, pd.Series]:
    """Return the EDTF text, the half-open period and the precision, each filled from the others where it is empty.

    Given days are kept; where they differ from what the written date says, that is a finding.

    Parameters
    ----------
    cells, kind, conventions
        See `data.clean.clean_cells`.
    precision : Series of str
        The precision as given, cleaned.
    """
    date_field, (start_name, end_name) = DATE_FIELD[kind.name], PERIOD_COLUMNS[kind.name]
    read = _read_dates(cells, date_field, conventions)
    edtf = read.take(lambda date: date.edtf, "str")
    start, end = (clean_days(cells, name, conventions) for name in (start_name, end_name))
    written_start = read.take(lambda date: date.start, _DAYS)
    written_end = read.take(lambda date: date.end, _DAYS)
    # The date of a report bounds what happened before it: only the end is known.
    written_start = written_start.mask((precision == "before") & start.isna())
    words = read.take(lambda date: date.precision, "str")
    if not (start.notna().any() or end.notna().any()):
        return {
            date_field: edtf,
            start_name: written_start,
            end_name: written_end,
            "date_precision": precision.fillna(words) if precision.notna().any() else words,
        }
    for name, days, written in ((start_name, start, written_start), (end_name, end, written_end)):
        differs = days.notna() & edtf.notna() & (days != written)
        cells.find(differs, "dates_disagree", name, written[differs].dt.strftime("%Y-%m-%d").fillna("none").tolist())
    by_days = edtf.isna() & (start.notna() | end.notna())
    return {
        date_field: edtf.fillna(_write_periods(start[by_days], end[by_days])),
        start_name: start.fillna(written_start),
        end_name: end.fillna(written_end),
        "date_precision": precision.fillna(words).mask(by_days & precision.isna(), _precision_of_days(start, end)),
    }


def _read_dates(cells: Cells, name: str, conventions: Conventions) -> Column[WrittenDate]:
    """Read a column in one order: as said, else as all those of its dates show that have one reading only."""
    codes, texts = cells.distinct(name)
    times = np.bincount(codes, minlength=len(texts))
    orders = {text: order_of(text) for text in texts}
    shown = {
        order: sum(int(count) for text, count in zip(texts, times, strict=True) if orders[text] is order)
        for order in (True, False)
    }
    order = conventions.day_first
    if order is None and (shown[True] == 0) != (shown[False] == 0):
        order = shown[True] > 0
    # Both orders in one column: the rarer is set aside, and neither settles the dates that have two readings.
    mixed = conventions.day_first is None and shown[True] > 0 and shown[False] > 0
    kept = max(shown, key=lambda order: shown[order]) if mixed and shown[True] != shown[False] else None

    def parse(text: str) -> WrittenDate | DateProblem:
        if mixed and orders[text] is not None and orders[text] is not kept:
            return DateProblem("date_order_differs")
        return read_date(text, order, buddhist_era=conventions.buddhist_era, excel_dates=conventions.excel_dates)

    column = cells.read(name, parse)
    converted = {number: date.converted for number, date in enumerate(column.values) if date and date.converted}
    cells.find_values(name, column.codes, "date_converted", converted)
    return column


def clean_days(cells: Cells, name: str, conventions: Conventions) -> pd.Series:
    """Return a column of written dates as days (datetime); one that is no single day is a finding."""
    column = _read_dates(cells, name, conventions)
    coarse = {
        number: f": it is a {date.precision}, not a day"
        for number, date in enumerate(column.values)
        if date is not None and date.precision != "day"
    }
    cells.find_values(name, column.codes, "date_unreadable", coarse)
    return column.take(lambda date: date.start if date.precision == "day" else None, _DAYS)


def _write_periods(start: pd.Series, end: pd.Series) -> pd.Series:
    texts = [
        write_period(None if pd.isna(first) else first.date(), None if pd.isna(after) else after.date()) or None
        for first, after in zip(start, end, strict=True)
    ]
    return pd.Series(texts, start.index, dtype="str")


def _precision_of_days(start: pd.Series, end: pd.Series) -> pd.Series:
    precision = pd.Series("days", start.index, dtype="str").mask(end - start == pd.Timedelta(days=1), "day")
    return precision.mask(start.isna(), "before").mask(end.isna(), "unknown")
