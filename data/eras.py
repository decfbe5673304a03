"""Dates of the Buddhist era and day numbers of spreadsheets, converted only when a person has said what they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from data.dates import BUDDHIST_OFFSET, BUDDHIST_YEARS, SERIAL_DAYS, DateProblem, WrittenDate, parse_date
from data.plain import plain

_SERIAL_START = date(1899, 12, 30)
"""Day 0 of the 1900 system, as spreadsheets reckon from March 1900 on."""
# A year of four digits stands alone or, as in 25660105, before four more.
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?=(?:[0-9]{4})?(?![0-9]))")
_DAY_NUMBER = re.compile(r"(?<![0-9.])([0-9]{5})(?:\.[0-9]+)?(?![0-9])")


def read_date(
    text: str,
    day_first: bool | None = None,
    *,
    buddhist_era: bool | None = None,
    excel_dates: bool | None = None,
) -> WrittenDate | DateProblem:
    """Return what a written date says, with what a person has said about the eras of the file.

    Parameters
    ----------
    text, day_first
        See `data.dates.parse_date`.
    buddhist_era : bool, optional
        True: years such as 2566 are converted; False: they are unreadable; None: they are a problem that asks.
    excel_dates : bool, optional
        The same of day numbers such as 45352 (1900 system).

    Returns
    -------
    WrittenDate or DateProblem
        `WrittenDate.converted` says what was converted.
    """
    read = parse_date(text, day_first)
    for code, said, rewrite, what in (
        ("date_buddhist_era", buddhist_era, _to_common_era, "a year of the Buddhist era"),
        ("date_excel_serial", excel_dates, _to_days, "a spreadsheet's day number"),
    ):
        if not isinstance(read, DateProblem) or read.code != code or said is None:
            continue
        if not said:
            return DateProblem("date_unreadable", f": it is said not to be {what}")
        read = _converted(parse_date(rewrite(text), day_first), what)
    return read


def _converted(read: WrittenDate | DateProblem, what: str) -> WrittenDate | DateProblem:
    return replace(read, converted=f"{what}, read as {read.edtf}") if isinstance(read, WrittenDate) else read


def _to_common_era(text: str) -> str:
    return _rewrite(_YEAR, text, lambda year: str(year - BUDDHIST_OFFSET) if year in BUDDHIST_YEARS else None)


def _to_days(text: str) -> str:
    return _rewrite(_DAY_NUMBER, text, lambda day: str(_SERIAL_START + timedelta(day)) if day in SERIAL_DAYS else None)


def _rewrite(pattern: re.Pattern[str], text: str, change: Callable[[int], str | None]) -> str:
    """Return a text with the numbers that a pattern finds changed; those for which `change` has none stay."""
    return pattern.sub(lambda found: change(int(found[0].partition(".")[0])) or found[0], plain(text))
