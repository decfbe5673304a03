"""How well a header and the cells below it fit a column of the record: for suggestions, never for decisions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from rapidfuzz import fuzz

from data.dates import WrittenDate, parse_date
from data.degrees import Axis, Degrees, parse_degrees
from data.numbers import NumberProblem, parse_number
from data.plain import fold_header, is_missing, plain
from data.schema import PLACE_TEXT, PROVINCE_CODE, PROVINCE_CODES, Field
from geo.resolve import resolve_values

MOST_TRIED = 50
"""Distinct filled cells that are looked at."""
CAMBODIA: dict[Axis, tuple[float, float]] = {"latitude": (9.5, 15.0), "longitude": (102.0, 108.0)}
"""Degrees between which the country lies, with a margin for its surroundings."""

_FIRST = 10
_EMPTY_WORDS = frozenset(("a", "an", "at", "by", "for", "how", "in", "is", "it", "of", "on", "or", "the", "to", "was"))
"""Words of headers that say nothing of what the column holds."""
_PROVINCE_CODE = re.compile(r"kh-?[0-9]{1,2}", re.IGNORECASE)
_PAIR = re.compile(r"[(\[]?\s*(?P<first>[^,;\s()\[\]]+)\s*[,;\s]\s*(?P<second>[^,;\s()\[\]]+)\s*[)\]]?")


def compare_words(field: Field, header: str) -> float:
    """Return how close a header comes to a column's name or one of its other spellings, 0 to 1."""
    words = meaningful_words(header)
    spellings = (field.name, *field.aliases)
    return max(fuzz.token_sort_ratio(words, meaningful_words(spelling)) for spelling in spellings) / 100


@lru_cache(maxsize=4096)
def meaningful_words(header: str) -> str:
    """Return the words of a header that say something, each without accents and signs, parted by spaces."""
    words = [fold_header(word) for word in re.split(r"[\s_\W]+", header)]
    return " ".join(word for word in words if word and word not in _EMPTY_WORDS)


_HINTS: dict[str, tuple[str, ...]] = {
    "actor": ("who did", "done by", "accused", "perpetrator", "suspect", "offender", "authority", "carried out by"),
    "operator_as_reported": ("who did", "done by", "accused", "perpetrator", "suspect", "boss", "company", "run by"),
    "people_affected": ("heads", "headcount", "pax", "how many"),
    "people_best": ("heads", "headcount", "pax", "how many"),
}
"""Words of headers that may mean a column without being a spelling of it."""
_NO_COUNT = re.compile(
    r"\b(?:age|aged|years?|month|day|week|hours?|date|time|no|number|nr|id|code|ref|case|phone|tel|room|floor|price|cost|"
    r"usd|amount|salary|fee|ransom|debt|index|serial|row|km|distance|score|rating|grade)\b"
)
"""Words of headers whose numbers are not of people."""
_MOST_PEOPLE = 5_000


def hints_at(field: Field, header: str) -> bool:
    """Whether a header reads like what a column is said to mean, or holds a word that may mean it."""
    words = meaningful_words(header)
    return bool(words) and (
        words == meaningful_words(field.meaning)
        or any(re.search(rf"\b{re.escape(meaningful_words(hint))}", words) for hint in _HINTS.get(field.name, ()))
    )


def are_people(header: str, cells: Sequence[str]) -> float:
    """Return which share of the cells may be numbers of people, 0 to 1: small whole numbers that number nothing else.

    0 for rows that are counted up, for years, for what has leading zeros, and where the header says otherwise.
    """
    filled = [plain(cell) for cell in cells if not is_missing(cell)][:MOST_TRIED]
    if not filled or _NO_COUNT.search(meaningful_words(header)):
        return 0.0
    numbers = [int(cell) for cell in filled if cell.isdecimal() and len(cell) <= 6]
    steps = {later - earlier for earlier, later in itertools.pairwise(numbers)}
    counted_up = len(numbers) > 2 and len(steps) == 1
    years = all(1900 <= number <= 2100 for number in numbers)
    if counted_up or years or any(cell.startswith("0") and len(cell) > 1 for cell in filled):
        return 0.0
    return sum(number <= _MOST_PEOPLE for number in numbers) / len(filled)


def compare_cells(field: Field, cells: Sequence[str]) -> float | None:
    """Return which share of the cells is such as the column holds, 0 to 1; None where cells cannot tell.

    Parameters
    ----------
    field : Field
        The column.
    cells : sequence of str
        Distinct cells; of those that say something, the first `MOST_TRIED` are looked at.
    """
    filled = [cell for cell in cells if not is_missing(cell)][:MOST_TRIED]
    if not filled:
        return None
    count = _count_places if field.name == PLACE_TEXT else _counter_of(field)
    if count is None:
        return None
    # Most columns are seen by a few cells not to fit.
    first = count(filled[:_FIRST])
    return (first + count(filled[_FIRST:])) / len(filled) if first else 0.0


def are_pairs(cells: Sequence[str]) -> float:
    """Return which share of the cells is a latitude and a longitude in Cambodia, in one cell; 0 to 1."""
    filled = [cell for cell in cells if not is_missing(cell)][:MOST_TRIED]
    return sum(map(_is_pair, filled)) / len(filled) if filled else 0.0


def _count_places(cells: Sequence[str]) -> int:
    # A number of two digits is a province's, too; where no header says so, it mostly counts something.
    named = [cell for cell in cells if not plain(cell).isdecimal()]
    return int((resolve_values(named)["result"] == "match").sum()) if named else 0


def _counter_of(field: Field) -> Callable[[Sequence[str]], int] | None:
    fits = _test_of(field)
    return None if fits is None else lambda cells: sum(map(fits, cells))


def _test_of(field: Field) -> Callable[[str], bool] | None:
    if field.dtype in ("date", "edtf"):
        return _is_date
    for axis in CAMBODIA:
        if field.name == axis:
            return partial(_lies_in_cambodia, axis=axis)
    if field.dtype in ("integer", "number"):
        return lambda cell: not isinstance(parse_number(cell, whole=field.dtype == "integer"), NumberProblem)
    if field.name in (PROVINCE_CODE, PROVINCE_CODES):
        return lambda cell: all(_PROVINCE_CODE.fullmatch(part.strip()) for part in cell.split(";"))
    if field.choices:
        choices = {fold_header(choice) for choice in field.choices}
        return lambda cell: fold_header(cell) in choices
    return None


def _is_date(cell: str) -> bool:
    read = parse_date(cell)
    # A bare number such as 2022 may as well count something; a date of two readings is a date all the same.
    return not plain(cell).isdecimal() and (isinstance(read, WrittenDate) or read.code == "date_ambiguous")


def _lies_in_cambodia(cell: str, axis: Axis) -> bool:
    read = parse_degrees(cell, axis)
    low, high = CAMBODIA[axis]
    # Whole numbers between 10 and 15 are mostly counts.
    return isinstance(read, Degrees) and read.decimals > 0 and low <= read.value <= high


def _is_pair(cell: str) -> bool:
    parts = _PAIR.fullmatch(plain(cell))
    return (
        parts is not None
        and _lies_in_cambodia(parts["first"], "latitude")
        and _lies_in_cambodia(parts["second"], "longitude")
    )
