"""The text cells of a file, read column by column: each distinct text once, problems collected as findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.dates import DateProblem
from data.degrees import DegreesProblem
from data.issues import find_rows
from data.numbers import NumberProblem
from data.plain import is_missing
from data.text_columns import find_blank, from_arrow, leave_out, no_texts, strip

Problem = DateProblem | NumberProblem | DegreesProblem
_PROBLEMS = (DateProblem, NumberProblem, DegreesProblem)

Value = TypeVar("Value")


@dataclass(frozen=True)
class Conventions:
    """What holds for a whole file because a person said so, or because of how it is written.

    Attributes
    ----------
    day_first : bool or None
        How ``03/04/2025`` is read. Without it a column tells by itself where all its dates that have one reading only
        agree.
    swap_coordinates : bool
        Whether the two coordinates are exchanged.
    decimal_comma : bool or None
        Whether ``1,5`` is one and a half.
    semicolons : bool
        Whether cells are separated by ``;``, as spreadsheets do where the comma is the decimal mark.
    buddhist_era, excel_dates : bool or None
        Whether years such as 2566 and day numbers such as 45352 are converted; see ``data/eras.py``.
    crs : str or None
        Map projection of coordinates in metres, a key of ``options.CRS``.
    """

    day_first: bool | None = None
    swap_coordinates: bool = False
    decimal_comma: bool | None = None
    semicolons: bool = False
    buddhist_era: bool | None = None
    excel_dates: bool | None = None
    crs: str | None = None


@dataclass(frozen=True)
class Column(Generic[Value]):
    """A column as read: `codes` says for each row which of the distinct `values` it holds (None: says nothing)."""

    index: pd.Index
    codes: NDArray[np.int64]
    values: list[Value | None]

    def take(self, pick: Callable[[Value], object], dtype: str) -> pd.Series:
        """Return per row what `pick` takes from its value; missing where there is none."""
        picked = pd.Series([None if value is None else pick(value) for value in self.values], dtype=dtype)
        if not picked.notna().any():
            return nothing(self.index, dtype)
        return picked.take(self.codes).set_axis(self.index)


@dataclass
class Cells:
    """The cells of a file under the names of the schema, and what is found in them.

    Attributes
    ----------
    texts : DataFrame
        Index ``row_number``; str columns, all those of the kind.
    findings : list of DataFrame
        ``issues.FINDING_COLUMNS``; the methods add to it.
    absent : frozenset of str
        Columns that the file does not have; their texts are empty.
    """

    texts: pd.DataFrame
    findings: list[pd.DataFrame] = field(default_factory=list)
    absent: frozenset[str] = frozenset()
    _distinct: dict[str, tuple[NDArray[np.int64], list[str]]] = field(default_factory=dict, repr=False)

    def read(self, name: str, parse: Callable[[str], Value | Problem | None], *, markers: bool = True) -> Column[Value]:
        """Return what each distinct text of a column means; problems that `parse` returns become findings.

        With `markers`, texts such as ``N/A`` and ``-`` say nothing, as an empty cell does.
        """
        codes, texts = self.distinct(name)
        values: list[Value | None] = []
        problems: dict[str, dict[int, str]] = {}
        for number, text in enumerate(texts):
            says_nothing = is_missing(text) if markers else not text.strip()
            value = None if says_nothing else parse(text)
            if isinstance(value, _PROBLEMS):
                problems.setdefault(value.code, {})[number] = value.detail
                value = None
            values.append(value)
        for code, details in problems.items():
            self.find_values(name, codes, code, details)
        return Column(self.texts.index, codes, values)

    def distinct(self, name: str) -> tuple[NDArray[np.int64], list[str]]:
        """Return which of the distinct texts of a column each row holds, and these texts."""
        if name not in self._distinct:
            if name in self.absent:
                self._distinct[name] = np.zeros(len(self.texts), np.int64), [""] if len(self.texts) else []
            else:
                codes, texts = pd.factorize(self.texts[name])
                self._distinct[name] = codes, texts.tolist()
        return self._distinct[name]

    def read_text(self, name: str, *, trimmed: bool) -> pd.Series:
        """Return a column of free text as it stands, or without the white space around it; missing where blank."""
        if name in self.absent:
            return nothing(self.texts.index, "str")
        texts = strip(self.texts[name]) if trimmed else self.texts[name]
        return leave_out(texts, find_blank(texts))

    def map(self, name: str, measure: Callable[[str], float | None]) -> pd.Series:
        """Return what `measure` makes of each distinct text of a column, as float64; NaN for None."""
        codes, texts = self.distinct(name)
        return pd.Series([measure(text) for text in texts], dtype="float64").take(codes).set_axis(self.texts.index)

    def is_given(self, name: str) -> pd.Series:
        """Return a mask of the rows in which a column says something."""
        codes, texts = self.distinct(name)
        given = np.array([not is_missing(text) for text in texts], dtype=bool)
        return pd.Series(given[codes], self.texts.index)

    def find_values(self, name: str, codes: NDArray[np.int64], code: str, details: Mapping[int, str]) -> None:
        """Find `code` in all rows whose distinct text is one of the keys of `details`."""
        if details:
            rows = np.isin(codes, list(details))
            self.find(rows, code, name, [details[number] for number in codes[rows]])

    def find(self, rows: pd.Series | NDArray[np.bool_], code: str, name: str, details: list[str] | str = "") -> None:
        """Find `code` in the rows of a mask; `details` holds one text per row found, or one for all."""
        mask = np.asarray(rows, dtype=bool)
        if mask.any():
            values = self.texts[name].array[mask]
            self.findings.append(find_rows(code, self.texts.index[mask], name, values, details))


def nothing(index: pd.Index, dtype: str) -> pd.Series:
    """Return a column without any value."""
    if dtype == "str":
        return from_arrow(no_texts(len(index)), index)
    return pd.Series(None, index, dtype=dtype)
