"""What speaks for a header being a column of the record, and which column each header gets: the surest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from data.columns import PAIR
from data.layouts import Layout
from data.likeness import are_pairs, are_people, compare_cells, compare_words, hints_at
from data.plain import fold_header
from data.schema import (
    DATE_FIELD,
    LATITUDE,
    LONGITUDE,
    PERIOD_COLUMNS,
    PLACE_RESULT,
    PLACE_TEXT,
    PROVINCE_CODE,
    PROVINCE_CODES,
    Field,
    Kind,
)

Why = Literal["remembered", "layout", "hxl", "name", "spelling", "similar", "values", "none"]
BOTH = ", ".join(PAIR)
"""As a column: the header holds latitude and longitude in one cell."""

CERTAIN: Mapping[Why, float] = {"remembered": 1.0, "layout": 0.95, "hxl": 0.95, "name": 1.0, "spelling": 0.95}
TIED = 0.5  # two headers fit equally well: whoever confirms must look
_CLOSE_WORDS = 0.8
_SIMILAR, _VALUES, _PAIRS = 0.9, 0.5, 0.8  # how sure words and cells, cells alone and pairs of degrees are at best
_HINTED = 0.4  # a word that may mean the column, or its meaning in other words: whoever confirms must look
_COUNTS = 0.3  # numbers that may count people may as well count anything else
_TELLING, _TELLING_PLACES = 0.8, 0.5  # share of cells from which on they tell by themselves what they hold
_TOLD_BY_CELLS = frozenset({LATITUDE, LONGITUDE, PLACE_TEXT, PROVINCE_CODE, PROVINCE_CODES, *DATE_FIELD.values()})
_PEOPLE = frozenset({"people_affected", "people_best"})
_NEVER_ALIKE = frozenset(
    {"outside_knowledge", "date_precision", *(name for ends in PERIOD_COLUMNS.values() for name in ends)}
)
"""Columns that only their own names mean; an “end date” of others is mostly the last day, ours is the day after."""


@dataclass(frozen=True)
class Candidate:
    """A column that a header may be, how sure that is (0 to 1), why, and its place among headers that are joined."""

    header: str
    column: str
    confidence: float
    why: Why
    order: int = 0


def find_certain(
    header: str, kind: Kind, hxl: Mapping[str, str], layout: Layout | None, remembered: Mapping[str, str]
) -> Candidate | None:
    """Return what a header is without weighing words and cells; None when nothing says so.

    `hxl` and `remembered` hold header → column; the other parameters are those of `suggestions.suggest_columns`.
    """
    folded = fold_header(header)
    names = {fold_header(name): name for name in (*kind.columns, *(PLACE_RESULT if kind.placed else ()))}
    spellings = {fold_header(alias): field.name for field in kind.fields for alias in field.aliases}
    laid_out = layout.columns.get(kind.name, {}) if layout else {}
    sources: tuple[tuple[Why, str | None], ...] = (
        ("remembered", remembered.get(header)),
        ("layout", next((column for column, held in laid_out.items() if header in held), None)),
        ("hxl", hxl.get(header)),
        ("name", names.get(folded)),
        ("spelling", spellings.get(folded)),
    )
    for why, column in sources:
        if column and (column in names.values() or (column == BOTH and LATITUDE in kind.columns)):
            said = {"remembered": tuple(remembered), "layout": laid_out.get(column, ())}.get(why, (header,))
            return Candidate(header, column, CERTAIN[why] - _rank(folded, kind, why, column), why, said.index(header))
    return None


def _rank(folded: str, kind: Kind, why: Why, column: str) -> float:
    """Return a little for spellings of the identifier that stand later: a case number goes before a running number."""
    if why != "spelling" or column != kind.id_field:
        return 0.0
    return [fold_header(alias) for alias in kind.field(column).aliases].index(folded) / 1000


def find_alike(header: str, cells: Sequence[str], kind: Kind) -> Iterator[Candidate]:
    """Yield what a header may be, by its words and its cells."""
    if LATITUDE in kind.columns and (share := are_pairs(cells)) >= _TELLING:
        yield Candidate(header, BOTH, _PAIRS * share, "values")
    for field in kind.fields:
        words = 0.0 if field.name in _NEVER_ALIKE else compare_words(field, header)
        if words >= _CLOSE_WORDS:
            fitting = compare_cells(field, cells)
            if fitting is None:
                yield Candidate(header, field.name, _SIMILAR * words, "similar")
            elif fitting >= 0.5:
                yield Candidate(header, field.name, _SIMILAR * (words + fitting) / 2, "similar")
        elif _tells(field):
            fitting = compare_cells(field, cells)
            # Spellings of places vary, but words that are no places hardly ever read like one.
            telling = _TELLING_PLACES if field.name == PLACE_TEXT else _TELLING
            if fitting is not None and fitting >= telling:
                yield Candidate(header, field.name, _VALUES * fitting + 0.1 * words, "values")
        elif hints_at(field, header) and compare_cells(field, cells) != 0.0:
            yield Candidate(header, field.name, _HINTED, "similar")
        elif field.name in _PEOPLE and (share := are_people(header, cells)) >= _TELLING:
            yield Candidate(header, field.name, _COUNTS * share, "values")


def _tells(field: Field) -> bool:
    """Whether cells alone can show that they are of this column."""
    return field.name in _TOLD_BY_CELLS or (bool(field.choices) and field.name not in _NEVER_ALIKE)


def choose(found: Mapping[str, Sequence[Candidate]]) -> dict[str, Candidate]:
    """Return for each header the candidate that is suggested: the surest first, no column twice unless joined."""
    order = {header: number for number, header in enumerate(found)}
    ranked = sorted(
        (one for candidates in found.values() for one in candidates),
        key=lambda one: (one.why not in ("remembered", "layout"), -one.confidence, order[one.header]),
    )
    chosen: dict[str, Candidate] = {}
    holders: dict[str, Candidate] = {}
    passed_over: set[str] = set()
    for one in ranked:
        if one.header in chosen:
            continue
        rivals = [holders[part] for part in _parts(one.column) if part in holders]
        joined = one.why in ("remembered", "layout") and all(rival.why == one.why for rival in rivals)
        if rivals and not joined:
            passed_over.add(one.header)
            for rival in rivals:
                if (rival.why, rival.confidence) == (one.why, one.confidence) and rival.column == one.column:
                    chosen[rival.header] = replace(rival, confidence=min(TIED, rival.confidence))
            continue
        # What lost its likeliest column is not pressed into another one by its cells alone.
        if one.header in passed_over and one.why == "values":
            continue
        chosen[one.header] = one
        holders |= {part: one for part in _parts(one.column) if part not in holders}
    return chosen


def _parts(column: str) -> tuple[str, ...]:
    return PAIR if column == BOTH else (column,)
