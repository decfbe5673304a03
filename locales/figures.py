"""Numbers and dates as they are written in the reader's language."""

from __future__ import annotations

import re
from datetime import date

from locales.voice import voice

_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_FIGURE = re.compile(r"(?<![A-Za-z0-9.:/°'{-])\d+(?:,\d{3})*(?![A-Za-z0-9:/°}-]|\.\d)")
"""A number in a sentence; not part of a code, a written date or a coordinate, which must be typed as they stand."""
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_KHMER_MONTHS = (
    "មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ",
)  # fmt: skip


def write_digits(text: str) -> str:
    """Return a text with all its digits as the reader writes them."""
    return text.translate(_KHMER_DIGITS) if voice().digits == "km" else text


def write_figures(text: str) -> str:
    """Return a sentence with its numbers in the reader's digits; codes, written dates and coordinates stay."""
    return _FIGURE.sub(lambda found: write_digits(found[0]), text) if voice().digits == "km" else text


def write_number(value: float) -> str:
    """Return a number with thousands separated by commas, in both languages, so that no point is misread."""
    return write_digits(f"{value:,}")


def write_month(month: int) -> str:
    """Return the name of a month, 1 to 12."""
    return (_KHMER_MONTHS if voice().language == "km" else _ENGLISH_MONTHS)[month - 1]


def write_short_month(month: int) -> str:
    """Return the short name of a month; Khmer has none and gives the whole."""
    return _KHMER_MONTHS[month - 1] if voice().language == "km" else _ENGLISH_MONTHS[month - 1][:3]


def write_date(day: date) -> str:
    """Return a date: ``19 September 2022``, ``១៩ កញ្ញា ២០២២``."""
    return f"{write_digits(str(day.day))} {write_month(day.month)} {write_digits(str(day.year))}"
