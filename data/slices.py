"""Which records of a dated kind lie in a period, and to which provinces or steps of time they belong.

A date may be coarse ("March 2023"), so a record lies *inside* a slice when its half-open period is contained in it,
and *perhaps inside* when it only overlaps. A record with neither start nor end is *undated* and in no slice. Where
only the end is known, the date of the report bounds it: the record counts on its last possible day and is marked
``dated_by_report``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data import schema
from data.periods import Period
from geo import gazetteer

DATED_BY_REPORT = "dated_by_report"
"""Column that a selection adds: True where the day is the last possible one, not the stated one."""

_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Selection:
    """Records of one kind, parted by a slice; each frame has the columns of the records and ``dated_by_report``.

    Attributes
    ----------
    inside : DataFrame
        Records that certainly lie in the slice.
    perhaps : DataFrame
        Records whose coarse date overlaps the slice without lying in it.
    undated : DataFrame
        Records that lie in no slice, because nothing is known of their date.
    """

    inside: pd.DataFrame
    perhaps: pd.DataFrame
    undated: pd.DataFrame


def find_days(records: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return the period in which each record counts.

    Parameters
    ----------
    records : DataFrame
        Rows of `kind` with its two period columns.
    kind : str
        A dated kind: event, complaint or claim.

    Returns
    -------
    DataFrame
        Index of `records`; `start` and `end` (datetime, half-open; `end` missing when open, both missing when
        undated), ``dated_by_report`` (bool).

    Raises
    ------
    ValueError
        When records of that kind carry no dates.
    """
    if kind not in schema.PERIOD_COLUMNS:
        raise ValueError(f"records of kind {kind!r} carry no dates")
    start, end = (records[column] for column in schema.PERIOD_COLUMNS[kind])
    by_report = start.isna() & end.notna()
    return pd.DataFrame({"start": start.where(~by_report, end - _DAY), "end": end, DATED_BY_REPORT: by_report})


def select_records(records: pd.DataFrame, kind: str, period: Period | None) -> Selection:
    """Part records into those inside a period, those perhaps inside and those undated.

    Parameters
    ----------
    records : DataFrame
        Rows of `kind` with its two period columns.
    kind : str
        A dated kind: event, complaint or claim.
    period : Period or None
        The slice; None is all time, inside which every dated record lies.

    Returns
    -------
    Selection
        Records that lie outside the slice are in none of its frames.
    """
    days = find_days(records, kind)
    start, end = days["start"], days["end"]
    dated = start.notna()
    inside = overlapping = dated
    if period is not None:
        first, after = pd.Timestamp(period.start), pd.Timestamp(period.end)
        overlapping = dated & (start < after) & (end.isna() | (end > first))
        inside = dated & (start >= first) & (end <= after)
    marked = records.assign(**{DATED_BY_REPORT: days[DATED_BY_REPORT]})
    return Selection(marked[inside], marked[overlapping & ~inside], marked[~dated])


def find_provinces(records: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return every pair of a record and a province to which it belongs, each pair once.

    Parameters
    ----------
    records : DataFrame
        Rows of `kind`.
    kind : str
        A kind with ``province_code`` or ``province_codes``.

    Returns
    -------
    DataFrame
        `position` (int64, place of the record in `records`), `slot` (int64, place of the province in the gazetteer's
        ISO order). A record without a known province is in no row.
    """
    several = schema.PROVINCE_CODES in schema.KINDS[kind].columns
    written = records[schema.PROVINCE_CODES if several else schema.PROVINCE_CODE]
    # There are few ways to write a cell, however many records there are.
    cells, texts = pd.factorize(written)
    listed = pd.Series(texts, dtype="str").str.split(";").explode().str.strip()
    slots = pd.Index(gazetteer.PROVINCE_CODES).get_indexer(pd.Index(listed))
    meant = pd.DataFrame({"cell": listed.index.to_numpy(np.int64), "slot": slots.astype(np.int64)})
    meant = meant[meant["slot"] >= 0].drop_duplicates()
    pairs = pd.DataFrame({"position": np.arange(len(cells)), "cell": cells}).merge(meant, on="cell")
    return pairs[["position", "slot"]]


def find_steps(records: pd.DataFrame, kind: str, steps: Sequence[Period]) -> pd.DataFrame:
    """Return every pair of a record and a step of time in which it lies or may lie.

    Parameters
    ----------
    records : DataFrame
        Dated rows of `kind`.
    kind : str
        A dated kind.
    steps : sequence of Period
        Adjacent periods in order, as `data.periods.split_period` gives them.

    Returns
    -------
    DataFrame
        `position` (int64, place of the record in `records`), `slot` (int64, place of the step in `steps`), `inside`
        (bool; False where the record may also lie in another step or outside them all).
    """
    days = find_days(records, kind)
    edges = pd.DatetimeIndex([step.start for step in steps] + [step.end for step in steps[-1:]]).as_unit("us")
    if not len(edges):
        return pd.DataFrame({"position": np.array([], int), "slot": np.array([], int), "inside": np.array([], bool)})
    ends = days["end"].fillna(pd.Timestamp.max.floor("us"))
    first = edges.searchsorted(pd.DatetimeIndex(days["start"]), side="right") - 1
    last = edges.searchsorted(pd.DatetimeIndex(ends), side="left") - 1
    alone = first == last
    first, last = np.maximum(first, 0), np.minimum(last, len(steps) - 1)
    touched = np.maximum(last - first + 1, 0)
    position = np.repeat(np.arange(len(records)), touched)
    offset = np.arange(len(position)) - np.repeat(np.cumsum(touched) - touched, touched)
    return pd.DataFrame({"position": position, "slot": first[position] + offset, "inside": alone[position]})
