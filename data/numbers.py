"""Numbers as people write them: exact counts, "more than 200", "2,000–5,000", "about 95".

Every wording becomes low, best and high with a qualifier (see the codebook). A blank stays unknown, never 0; a text
with two readings is a problem that names both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from data.plain import plain

LARGEST = 10**15
"""Beyond this a number is not kept exactly by the tools that read our exports, and is a mistake in any case."""


@dataclass(frozen=True)
class Quantity:
    """What a written number states; None where that side is open. `qualifier` is one of ``schema.QUALIFIERS``."""

    low: Decimal | None
    best: Decimal | None
    high: Decimal | None
    qualifier: str

    @property
    def exact(self) -> Decimal | None:
        """The number when it is stated exactly."""
        return self.best if self.qualifier == "exact" else None


@dataclass(frozen=True)
class NumberProblem:
    """A number that was not understood: an issue's code and what its message adds."""

    code: str
    detail: str = ""


_WORDINGS = (
    ("more_than", "more than|over|above|exceeding|in excess of|>|ច្រើនជាង|ជាង"),
    ("at_least", "at least|no fewer than|no less than|not less than|minimum of|≥|>=|យ៉ាងតិច"),
    ("up_to", "up to|as many as|at most|no more than|not more than|maximum of|≤|<=|រហូតដល់|យ៉ាងច្រើន"),
    ("fewer_than", "fewer than|less than|under|below|<|តិចជាង"),
    ("nearly", "nearly|almost|close to|just under|ជិត"),
    ("about", "about|around|approximately|approx\\.?|roughly|some|circa|ca\\.?|~|≈|ប្រហែល|ប្រមាណ"),
)
_WORDING = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _WORDINGS))
_NUMBER = r"[0-9](?:[0-9.,'’ ]*[0-9])?(?: (?:thousand|million|billion))?"
_WORDED = re.compile(rf"(?P<wording>[^0-9]*?) ?(?P<number>{_NUMBER})(?P<plus>\+?)")
_BETWEEN = re.compile(
    rf"(?:between |from |at least )?(?P<low>{_NUMBER})"
    r"(?: ?[-–—] ?| to | and |,? (?:and )?(?:could be|up to|as many as) )"
    rf"(?P<high>{_NUMBER})"
)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([,'’ ])[0-9]{3})(?:\1[0-9]{3})*")
_DOT_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")
_TWO_READINGS = re.compile(r"([1-9][0-9]{0,2})([.,])([0-9]{3})")
_POINT_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_COMMA_DECIMAL = re.compile(r"[0-9]+,[0-9]+")
_LOOKS_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_BARE_WORDS = {"hundreds": (Decimal(100), "hundreds"), "billions": (Decimal(10**9), "billions")}


def parse_number(
    text: str, *, whole: bool, decimal_comma: bool | None = None, semicolons: bool = False
) -> Quantity | NumberProblem:
    """Return what a written number states, or why it cannot be told.

    Parameters
    ----------
    text : str
        The cell, with the digits of any script.
    whole : bool
        Whether only whole numbers make sense (people, complaints).
    decimal_comma : bool, optional
        Whether ``1,5`` means one and a half in this file. Without it, ``1.480`` is a problem that names both readings.
    semicolons : bool
        Whether the file separates its cells by ``;``, as spreadsheets do where the comma is the decimal mark. Then
        ``1,480`` too has two readings.

    Returns
    -------
    Quantity or NumberProblem
    """
    written = plain(text).casefold()
    if written in _BARE_WORDS:
        low, qualifier = _BARE_WORDS[written]
        return Quantity(low, None, None, qualifier)

    def read(part: str) -> Decimal | NumberProblem:
        return _parse_plain(part, whole, decimal_comma, semicolons)

    if match := _BETWEEN.fullmatch(written):
        low_read, high_read = read(match["low"]), read(match["high"])
        for side in (low_read, high_read):
            if isinstance(side, NumberProblem):
                return side
        assert isinstance(low_read, Decimal)
        assert isinstance(high_read, Decimal)
        if high_read < low_read:
            return NumberProblem("range_reversed", f"{match['low']} to {match['high']}")
        return Quantity(low_read, None, high_read, "between")
    match = _WORDED.fullmatch(written)
    if match is None:
        return NumberProblem("number_unreadable", _why_not(written))
    number = read(match["number"])
    if isinstance(number, NumberProblem):
        return number
    wording = match["wording"].strip()
    if not wording:
        return Quantity(number, None, None, "at_least") if match["plus"] else Quantity(number, number, number, "exact")
    known = _WORDING.fullmatch(wording)
    if known is None or match["plus"]:
        return NumberProblem("number_unreadable", _why_not(written))
    return _quantity(str(known.lastgroup), number)


def _quantity(wording: str, number: Decimal) -> Quantity | NumberProblem:
    # "More than 200" people are at least 201; of a share or a sum with decimals only the bound itself is known.
    step = Decimal(1) if number == number.to_integral_value() else Decimal(0)
    if wording in ("fewer_than", "nearly") and number - step < 0:
        return NumberProblem("number_unreadable", ": nothing is less than 0")
    return {
        "more_than": Quantity(number + step, None, None, "more_than"),
        "at_least": Quantity(number, None, None, "at_least"),
        "up_to": Quantity(None, None, number, "up_to"),
        "fewer_than": Quantity(None, None, number - step, "up_to"),
        "nearly": Quantity(None, None, number - step, "nearly"),
        "about": Quantity(None, number, None, "about"),
    }[wording]


def _parse_plain(text: str, whole: bool, decimal_comma: bool | None, semicolons: bool) -> Decimal | NumberProblem:
    digits, _, scale_word = text.strip().partition(" ")
    if scale_word not in _SCALES:
        digits, scale_word = text.strip(), ""
    number = _parse_digits(digits, decimal_comma, semicolons)
    if isinstance(number, NumberProblem):
        return number
    number *= _SCALES.get(scale_word, 1)
    if number > LARGEST:
        return NumberProblem("number_unreadable", ": it is too large")
    if whole and number != number.to_integral_value():
        return NumberProblem("number_unreadable", ": it is not a whole number")
    return number


def _parse_digits(digits: str, decimal_comma: bool | None, semicolons: bool) -> Decimal | NumberProblem:
    if len(digits) > 40:
        return NumberProblem("number_unreadable", ": it is too long")
    if digits.isdigit():
        return Decimal(digits)
    if two := _TWO_READINGS.fullmatch(digits):
        grouped, decimal = Decimal(two[1] + two[3]), Decimal(f"{two[1]}.{two[3]}")
        if decimal_comma is not None:
            is_decimal = (two[2] == ",") == decimal_comma
            return decimal if is_decimal else grouped
        if two[2] == "," and not semicolons:
            return grouped
        return NumberProblem("number_ambiguous", f"{grouped:,} or {decimal}")
    if match := _GROUPED.fullmatch(digits):
        return Decimal(digits.replace(match[1], ""))
    if _DOT_GROUPED.fullmatch(digits):
        return Decimal(digits.replace(".", ""))
    if _COMMA_DECIMAL.fullmatch(digits) and decimal_comma:
        return Decimal(digits.replace(",", "."))
    if _POINT_DECIMAL.fullmatch(digits) and not decimal_comma:
        return Decimal(digits)
    return NumberProblem("number_unreadable")


def _why_not(written: str) -> str:
    if written.startswith(("-", "−")):
        return ": it is negative"
    if "%" in written:
        return ": it is a percentage"
    if any(sign in written for sign in "$€£៛"):
        return ": it is an amount of money"
    return ""


def write_number(value: float) -> str:
    """Return the shortest digits that mean a number, without ``.0`` and without an exponent.

    12.345 is written 12.3450: as a text, it could as well be twelve thousand, and a number of a workbook could not.
    """
    digits = np.format_float_positional(value, trim="-")
    return f"{digits}0" if _LOOKS_GROUPED.fullmatch(digits) else digits
