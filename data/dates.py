"""Dates as people write them, read without guessing.

A written date becomes an EDTF text (ISO 8601-2), a half-open period and a precision. Where two readings are possible
the answer is a problem that names both; it is never one of the two.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from data.plain import plain

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
BUDDHIST_YEARS = range(EARLIEST_YEAR + 543, LATEST_YEAR + 544)
BUDDHIST_OFFSET = 543
"""Years between the Buddhist and the common era, as calendars and forms in the region use it."""
SERIAL_DAYS = range(20_000, 80_000)
"""Day numbers of spreadsheets (1900 system) for the years 1954 to 2119."""
_SERIAL_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class WrittenDate:
    """A date that was understood.

    Attributes
    ----------
    edtf : str
        The date in EDTF, level 1 or below: ``2023-04-01``, ``2023-04``, ``2022-08-19/2022-09-19``, ``../2022-09-22``.
    start, end : date or None
        First day, and the day after the last day; None where the text leaves that side open.
    precision : str
        One of ``schema.DATE_PRECISIONS``.
    converted : str
        What was converted because a person said so (``data/eras.py``); empty for a date that was read as it stands.
    """

    edtf: str
    start: date | None
    end: date | None
    precision: str
    converted: str = ""


@dataclass(frozen=True)
class DateProblem:
    """A date that was not understood: an issue's code and what its message adds."""

    code: str
    detail: str = ""


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan មករា",
            "february feb កុម្ភៈ កុម្ភះ",
            "march mar មីនា",
            "april apr មេសា",
            "may ឧសភា",
            "june jun មិថុនា",
            "july jul កក្កដា",
            "august aug សីហា",
            "september sept sep កញ្ញា",
            "october oct តុលា",
            "november nov វិច្ឆិកា",
            "december dec ធ្នូ",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_KHMER_WORDS = re.compile("ថ្ងៃទី|ថ្ងៃ|ទី|ខែ|ឆ្នាំ|គ\\.ស\\.?")
_TIME = re.compile(r"^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}")
_DAY_MONTH_NAME = re.compile(rf"([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]?{_MONTH},?[ -]?([0-9]{{4}})")
_MONTH_NAME_DAY = re.compile(rf"{_MONTH} ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})")
_MONTH_NAME = re.compile(rf"(?:(?:early|mid|middle of|late|beginning of|end of)[ -])?{_MONTH},?[ -]?([0-9]{{4}})")
_YEAR_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{4})")
_YEAR = re.compile(r"[0-9]{4}")
_QUARTER = re.compile(r"q([1-4])[ /-]?([0-9]{4})")
_YEAR_QUARTER = re.compile(r"([0-9]{4})[ /-]?q([1-4])")
_EDTF_QUARTER = re.compile(r"([0-9]{4})-3([3-6])")
_UNSPECIFIED = re.compile(r"([0-9]{4}(?:-[0-9]{2})?)(?:-xx){1,2}")
_DOUBTED = re.compile(r"(.+)([?~%])")
_DAYS_OF_MONTH = re.compile(rf"([0-9]{{1,2}}) ?(?:-|–|—|to) ?([0-9]{{1,2}}) {_MONTH},? ([0-9]{{4}})")
_LEFT_WITHOUT_YEAR = re.compile(rf"(?:[0-9]{{1,2}} )?{_MONTH}")
_RANGE_WORDS = re.compile(r" ?(?:–|—)+ ?| - | to | until ")
_DAY_NUMBER = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")


def parse_date(text: str, day_first: bool | None = None) -> WrittenDate | DateProblem:
    """Return what a written date says, or why it cannot be told.

    Parameters
    ----------
    text : str
        The cell: ISO dates and EDTF, ``1/4/2023``, ``1 April 2023``, ``ថ្ងៃទី១ ខែមេសា ឆ្នាំ២០២៣``, months, quarters, years
        and ranges of these, with the digits of any script.
    day_first : bool, optional
        How ``03/04/2025`` is read. Without it such a date is a problem, unless it has one reading only.

    Returns
    -------
    WrittenDate or DateProblem
    """
    written = plain(_KHMER_WORDS.sub(" ", text)).casefold()
    if written.startswith("[..") and written.endswith("]"):  # EDTF's "one of the days up to"
        written = f"../{written[3:-1]}"
    if days := _DAYS_OF_MONTH.fullmatch(written):
        first, last, month, year = days.groups()
        return _join(f"{first} {month} {year}", f"{last} {month} {year}", day_first)
    single = _parse_single(written, day_first)
    if isinstance(single, WrittenDate) or single.code != "date_unreadable":
        return single
    if written.count("/") == 1:
        left, right = written.split("/")
        return _join(left, right, day_first)
    parts = _RANGE_WORDS.split(written)
    if len(parts) == 2 and all(parts):
        left, right = parts
        if _LEFT_WITHOUT_YEAR.fullmatch(left) and _YEAR.fullmatch(right[-4:]):
            left = f"{left} {right[-4:]}"
        return _join(left, right, day_first)
    return single


def order_of(text: str) -> bool | None:
    """Return whether a date such as ``25/04/2025`` proves that the day comes first; None when it proves nothing."""
    match = _YEAR_LAST.fullmatch(plain(text))
    if match is None:
        return None
    left, right = int(match[1]), int(match[3])
    if 12 < left <= 31 and 1 <= right <= 12:
        return True
    if 12 < right <= 31 and 1 <= left <= 12:
        return False
    return None


def write_period(start: date | None, end: date | None) -> str:
    """Return the EDTF text of a half-open period; empty when both sides are open."""
    if start is None and end is None:
        return ""
    last = end - timedelta(days=1) if end else None
    if start == last:
        return str(start)
    return f"{start or '..'}/{last or '..'}"


def _join(left: str, right: str, day_first: bool | None) -> WrittenDate | DateProblem:
    """Read a range whose last part is inside it; ``..`` or nothing leaves a side open."""
    sides: list[WrittenDate | None] = []
    for side in (left.strip(), right.strip()):
        if side in ("", ".."):
            sides.append(None)
            continue
        read = _parse_single(side, day_first)
        if isinstance(read, DateProblem):
            return read
        sides.append(read)
    first, last = sides
    if first is None and last is None:
        return DateProblem("date_unreadable", ": both sides are open")
    start = first.start if first else None
    end = last.end if last else None
    if start and end and end <= start:
        return DateProblem("dates_reversed", f"{left.strip()} to {right.strip()}")
    edtf = f"{first.edtf if first else '..'}/{last.edtf if last else '..'}"
    return WrittenDate(edtf, start, end, _range_precision(first, last))


def _range_precision(first: WrittenDate | None, last: WrittenDate | None) -> str:
    if first is None:
        return "before"
    if last is None or first.start is None or last.end is None:
        return "unknown"
    if {first.precision, last.precision} <= {"month", "quarter", "year"}:
        start, end = first.start, last.end
        months = (end.year - start.year) * 12 + end.month - start.month
        if months in (3, 12) and (start.month - 1) % months == 0:
            return {3: "quarter", 12: "year"}[months]
    return "day" if first.precision == "day" and first.edtf == last.edtf else "days"


def _parse_single(written: str, day_first: bool | None) -> WrittenDate | DateProblem:
    if doubted := _DOUBTED.fullmatch(written):  # EDTF: uncertain, approximate, both
        read = _parse_single(doubted[1], day_first)
        if isinstance(read, WrittenDate):
            return WrittenDate(read.edtf + doubted[2], read.start, read.end, read.precision)
        return read
    if unspecified := _UNSPECIFIED.fullmatch(written):
        read = _parse_single(unspecified[1], day_first)
        if isinstance(read, WrittenDate):
            return WrittenDate(written.upper(), read.start, read.end, read.precision)
        return read
    if time := _TIME.fullmatch(written):
        written = time[1]
    if match := _YEAR_FIRST.fullmatch(written):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT.fullmatch(written):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_LAST.fullmatch(written):
        return _day_or_month_first(int(match[1]), int(match[3]), int(match[4]), day_first)
    if _SHORT_YEAR.fullmatch(written):
        return DateProblem("date_unreadable", ": the year has two digits")
    if match := _DAY_MONTH_NAME.fullmatch(written):
        return _day(int(match[3]), _MONTHS[match[2]], int(match[1]))
    if match := _MONTH_NAME_DAY.fullmatch(written):
        return _day(int(match[3]), _MONTHS[match[1]], int(match[2]))
    if match := _QUARTER.fullmatch(written):
        return _months(int(match[2]), 3 * int(match[1]) - 2, 3)
    if match := _YEAR_QUARTER.fullmatch(written):
        return _months(int(match[1]), 3 * int(match[2]) - 2, 3)
    if match := _EDTF_QUARTER.fullmatch(written):
        return _months(int(match[1]), 3 * (int(match[2]) - 2) - 2, 3)
    if match := _MONTH_NAME.fullmatch(written):
        return _months(int(match[2]), _MONTHS[match[1]], 1)
    if match := _YEAR_MONTH.fullmatch(written):
        return _months(int(match[1]), int(match[2]), 1)
    if match := _MONTH_YEAR.fullmatch(written):
        return _months(int(match[2]), int(match[1]), 1)
    if _YEAR.fullmatch(written):
        return _months(int(written), 1, 12)
    if (match := _DAY_NUMBER.fullmatch(written)) and int(match[1]) in SERIAL_DAYS:
        return DateProblem("date_excel_serial", f"{_SERIAL_EPOCH + timedelta(days=int(match[1]))}")
    return DateProblem("date_unreadable")


def _day_or_month_first(left: int, right: int, year: int, day_first: bool | None) -> WrittenDate | DateProblem:
    as_day_first, as_month_first = _day(year, right, left), _day(year, left, right)
    if left == right or isinstance(as_month_first, DateProblem):
        if day_first is False and left != right and isinstance(as_day_first, WrittenDate):
            return DateProblem("date_order_differs", ": the month is said to come first")
        return as_day_first
    if isinstance(as_day_first, DateProblem):
        return DateProblem("date_order_differs", ": the day is said to come first") if day_first else as_month_first
    if day_first is None:
        return DateProblem("date_ambiguous", f"{as_day_first.edtf} or {as_month_first.edtf}")
    return as_day_first if day_first else as_month_first


def _check_year(year: int, rest: str) -> DateProblem | None:
    if year in BUDDHIST_YEARS:
        return DateProblem("date_buddhist_era", f"{year} is {year - BUDDHIST_OFFSET}{rest} in the common era")
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return DateProblem("date_unreadable", f": {year} is not a likely year")
    return None


def _day(year: int, month: int, day: int) -> WrittenDate | DateProblem:
    if problem := _check_year(year, f"-{month:02}-{day:02}"):
        return problem
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return DateProblem("date_unreadable", ": there is no such day")
    start = date(year, month, day)
    return WrittenDate(str(start), start, start + timedelta(days=1), "day")


def _months(year: int, month: int, length: int) -> WrittenDate | DateProblem:
    """Return a month, quarter (as the range of its months) or year."""
    if problem := _check_year(year, "" if length == 12 else f"-{month:02}"):
        return problem
    if not 1 <= month <= 12:
        return DateProblem("date_unreadable", ": there is no such month")
    start = date(year, month, 1)
    last = month + length - 1
    end = date(year + last // 12, last % 12 + 1, 1)
    edtf = {1: f"{start:%Y-%m}", 3: f"{start:%Y-%m}/{year}-{last:02}", 12: f"{year}"}[length]
    return WrittenDate(edtf, start, end, {1: "month", 3: "quarter", 12: "year"}[length])
