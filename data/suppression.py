"""Counts of uploaded rows for the public: small ones withheld, with everything that would give them away.

What is published is decided once for a snapshot, over everything that is ever offered of it: for each subject
(complaints, or one type of event) the provinces, no province and the country, by month, quarter and year. Nothing else
may be asked of uploaded rows: no other period, no area, no list, no filter. So there is one table to defend, and
``data/disclosure.py`` defends it. The result holds published numbers only; whatever reads it cannot reveal another one.

A count that is not published is *withheld*: below `smallest_cell`, or needed to hide such a count. Nought is withheld
too. Nought is shown only where it is known from how the table is built: when no row of the kind was ever uploaded.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.disclosure import MONTHS, NATIONAL, PLACES, QUARTERS, TIMES, UNLOCATED, YEAR, Counts, choose_published
from data.periods import Period
from data.schema import EVENT_TYPES
from data.slices import find_days, find_provinces
from errors import CountError, PeriodError
from geo.gazetteer import PROVINCE_CODES
from locales import later, say

COUNTRY = "KH"
"""Key of the whole country in a table of published counts; the empty text is the key of no province."""
SUBJECTS: Mapping[str, tuple[str, ...]] = MappingProxyType({"complaint": ("complaint",), "event": EVENT_TYPES})
"""What is counted of each kind of which single rows are never published."""

_KEYS = (*PROVINCE_CODES, "", COUNTRY)
_FEWEST = 3
_YEAR_DAYS = 365
_NOT = {
    "period": later("In the public version uploaded rows are counted by whole months, quarters and years only."),
    "area": later("In the public version uploaded rows are not counted in drawn areas."),
    "hexagons": later("In the public version uploaded rows are not drawn as points or hexagons."),
    "search": later("In the public version uploaded rows are not searched."),
    "records": later("In the public version uploaded rows are not listed."),
    "people": later("In the public version the people named in uploaded rows are not counted."),
    "sources": later("In the public version uploaded rows are counted only when all sources count."),
    "day": later("In the public version uploaded rows are not counted by day."),
}


def smallest_cell() -> int:
    """Return the smallest count of uploaded rows that is published: 11, or ``ATLAS_MIN_CELL``.

    Raises
    ------
    CountError
        The variable is no whole number of at least 3: then nothing may be published.
    """
    text = os.environ.get("ATLAS_MIN_CELL", "11")
    if not (text.isascii() and text.isdigit() and int(text) >= _FEWEST):
        raise CountError(
            say("ATLAS_MIN_CELL is “{written}”.", written=text),
            say("Give a whole number of at least {fewest}; 11 is usual.", fewest=_FEWEST),
            given=text,
        )
    return int(text)


def allowed_period(period: Period) -> bool:
    """Whether uploaded rows may be counted for this period in public: one whole month, quarter or year."""
    return _find_time(period) is not None


def refuse(what: str) -> str:
    """Return why something is not given of uploaded rows in public.

    Parameters
    ----------
    what : {"period", "area", "hexagons", "search", "records", "people", "sources", "day"}
    """
    return say(_NOT[what])


def check_period(period: Period | None) -> Period:
    """Return a period for which uploaded rows may be counted in public.

    Raises
    ------
    PeriodError
        It is none of these; None is all time, which is not one either.
    """
    if period is None or not allowed_period(period):
        raise PeriodError(
            refuse("period"), say("Choose one month, quarter or year, as 2022-09-01 to 2022-10-01."), period=period
        )
    return period


@dataclass(frozen=True)
class PublishedTable:
    """The published counts of one subject.

    Attributes
    ----------
    counts : mapping of Period to mapping of str to int
        For each month, quarter or year of which something is published, the number of rows by place: a province code,
        the empty text for rows without a province, `COUNTRY` for all. What is not there is withheld.
    undated : int or None
        Rows without any date; None when withheld.
    at_least : bool
        Whether there may be more rows than are counted, because some have a coarse date.
    """

    counts: Mapping[Period, Mapping[str, int]] = field(default_factory=dict)
    undated: int | None = None
    at_least: bool = False

    def latest_year(self) -> Period | None:
        """Return the last whole year of which something is published."""
        return max((period for period in self.counts if period.days >= _YEAR_DAYS), default=None)

    def of(self, period: Period) -> Mapping[str, int]:
        """Return what is published for a period, by place; nothing for any but a month, quarter or year."""
        return self.counts.get(period, {})


@dataclass(frozen=True)
class Published:
    """What the public is told of uploaded rows; make it with `publish_counts`.

    Attributes
    ----------
    k : int
        Counts below it are withheld.
    kinds : frozenset of str
        Kinds of which rows were uploaded: of these, what is not published is withheld rather than nought.
    tables : mapping of str to PublishedTable
        By subject; only subjects of which anything is published.
    reason : str
        Why nothing is published, a key of `refuse`; empty when something may be.
    day : date
        The day for which it was decided what is under embargo.
    """

    k: int
    kinds: frozenset[str] = frozenset()
    tables: Mapping[str, PublishedTable] = field(default_factory=dict)
    reason: str = ""
    day: date = date.max

    def hides(self, subject: str) -> bool:
        """Whether rows may have been uploaded that count for a subject, so that it needs a fixed period."""
        return any(subject in SUBJECTS[kind] for kind in self.kinds)

    def table(self, subject: str) -> PublishedTable:
        """Return the counts of a subject."""
        return self.tables.get(subject, PublishedTable())

    def none(self, reason: str) -> Published:
        """Return the same with nothing published, as it is for a choice that is not offered."""
        return replace(self, tables={}, reason=reason)


def publish_counts(uploaded: Mapping[str, pd.DataFrame], k: int, day: date = date.max) -> Published:
    """Decide what is published of uploaded rows.

    Parameters
    ----------
    uploaded : mapping of str to DataFrame
        For each kind of `SUBJECTS` its uploaded rows.
    k : int
        As `smallest_cell`.
    day : date
        The day for which it was decided what is under embargo.
    """
    tables = {}
    for kind, records in uploaded.items():
        for subject in SUBJECTS[kind]:
            rows = records if kind == "complaint" else records[records["event_type"] == subject]
            table = publish_table(rows, kind, k)
            if table.counts or table.undated is not None:
                tables[subject] = table
    return Published(k, frozenset(kind for kind, rows in uploaded.items() if len(rows)), tables, day=day)


def publish_table(records: pd.DataFrame, kind: str, k: int) -> PublishedTable:
    """Return the published counts of uploaded rows of one subject."""
    years, shared, coarse, undated = tabulate_cells(records, kind)
    counts: dict[Period, dict[str, int]] = {}
    for year, cells in years.items():
        published = choose_published(cells, k, coarse=coarse, national=not shared)
        for place, time in np.argwhere(published):
            counts.setdefault(_period(year, int(time)), {})[_KEYS[place]] = int(cells[place, time])
    return PublishedTable(counts, undated if undated >= k else None, coarse)


def tabulate_cells(records: pd.DataFrame, kind: str) -> tuple[dict[int, Counts], bool, bool, int]:
    """Count rows by place and by month, quarter and year.

    A row with a coarse date counts in the shortest of these that holds it, and in those around that one.

    Parameters
    ----------
    records : DataFrame
        Rows of `kind`, a dated kind with a province.
    kind : str

    Returns
    -------
    years : dict of int to array of int64, shape (27, 17)
        As ``disclosure.choose_published`` takes them.
    shared : bool
        Whether some rows stand in several provinces, so that places do not add up to the country.
    coarse : bool
        Whether some rows count in no single month.
    undated : int
    """
    days = find_days(records, kind)
    dated = days["start"].notna().to_numpy()
    first = days["start"]
    last = (days["end"] - pd.Timedelta(days=1)).fillna(pd.Timestamp("2262-01-01"))
    same_year = (first.dt.year == last.dt.year).to_numpy()
    time = np.where(
        (first.dt.month == last.dt.month).to_numpy(),
        first.dt.month.fillna(1).to_numpy(np.int64) - 1,
        np.where(
            (first.dt.quarter == last.dt.quarter).to_numpy(),
            MONTHS - 1 + first.dt.quarter.fillna(1).to_numpy(np.int64),
            YEAR,
        ),
    )
    counted = dated & same_year
    pairs = find_provinces(records, kind)
    position, slot = pairs["position"].to_numpy(), pairs["slot"].to_numpy()
    everyone = np.arange(len(records))
    nowhere = everyone[~np.isin(everyone, position)]
    position = np.concatenate([position, nowhere, everyone])
    slot = np.concatenate([slot, np.full(len(nowhere), UNLOCATED), np.full(len(everyone), NATIONAL)])
    position, slot = position[counted[position]], slot[counted[position]]
    year, when = first.dt.year.fillna(0).to_numpy(np.int64)[position], time[position]
    years = {}
    for each in np.unique(year):
        cells = np.zeros((PLACES, TIMES), np.int64)
        here = year == each
        np.add.at(cells, (slot[here], when[here]), 1)
        cells[:, MONTHS:YEAR] += cells[:, :MONTHS].reshape(PLACES, QUARTERS, -1).sum(axis=2)
        cells[:, YEAR] += cells[:, MONTHS:YEAR].sum(axis=1)
        years[int(each)] = cells
    shared = bool(len(pairs) > pairs["position"].nunique())
    coarse = bool((dated & ~same_year).any() or (time[counted] >= MONTHS).any())
    return years, shared, coarse, int((~dated).sum())


def _find_time(period: Period) -> int | None:
    """Return the column of a whole month, quarter or year; None for any other period."""
    for time in range(TIMES):
        if period == _period(period.start.year, time):
            return time
    return None


def _period(year: int, time: int) -> Period:
    """Return the month, quarter or year that a column of a table stands for."""
    if time == YEAR:
        return Period(date(year, 1, 1), date(year + 1, 1, 1))
    months = 1 if time < MONTHS else MONTHS // QUARTERS
    first = time if time < MONTHS else (time - MONTHS) * months
    after = first + months
    return Period(date(year, first + 1, 1), date(year + after // 12, after % 12 + 1, 1))
