"""Checks on typed rows: what a record needs, and what cannot be true."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from data.issues import find_rows, join_findings
from data.legacy_fonts import find_legacy_khmer
from data.metrics import METRICS
from data.plain import is_missing
from data.schema import DATE_FIELD, PERIOD_COLUMNS, Kind

EARLY = pd.Timestamp(2000, 1, 1)
_UNIT_WITH_DECIMALS = frozenset({"percent", "usd"})
_RANGES = {"claim": ("low", "best", "high"), "event": ("people_low", "people_best", "people_high")}
_NEXT = timedelta(days=1)
"""How far ahead of today a date may lie: a report from a later time zone, or written after midnight."""


def validate_records(
    records: pd.DataFrame,
    texts: pd.DataFrame,
    kind: Kind,
    *,
    today: date,
) -> pd.DataFrame:
    """Return what is wrong or odd in typed rows.

    Parameters
    ----------
    records : DataFrame
        Typed rows, index ``row_number``.
    texts : DataFrame
        The same rows as text: the columns of the schema under their names, all others under their headers.
    kind : Kind
        What one row is.
    today : date
        Dates after the next day lie in the future.

    Returns
    -------
    DataFrame
        Findings, ``issues.FINDING_COLUMNS``.
    """
    return join_findings(
        [
            *_find_missing(records, texts, kind),
            *_find_odd_dates(records, texts, kind, pd.Timestamp(today + _NEXT)),
            *_find_wrong_ranges(records, kind),
            *_find_legacy_fonts(texts),
        ]
    )


def _find_missing(records: pd.DataFrame, texts: pd.DataFrame, kind: Kind) -> list[pd.DataFrame]:
    # A value that is there but unreadable has its own finding; it is not "empty".
    findings = []
    for name in kind.required:
        empty = texts.loc[records[name].isna(), name].map(is_missing).astype("bool")
        findings.append(find_rows("value_missing", empty.index[empty], name))
    return findings


def _find_odd_dates(records: pd.DataFrame, texts: pd.DataFrame, kind: Kind, last: pd.Timestamp) -> list[pd.DataFrame]:
    findings = []
    if kind.name in PERIOD_COLUMNS:
        date_field, (start, end) = DATE_FIELD[kind.name], PERIOD_COLUMNS[kind.name]
        written = texts[date_field] if date_field in texts else pd.Series("", texts.index)
        first_day = records[start].fillna(records[end] - pd.Timedelta(days=1))
        last_day = (records[end] - pd.Timedelta(days=1)).where(records["date_precision"].isin(["day", "days"]))
        ahead = (first_day > last) | (last_day > last)
        early = first_day < EARLY
        findings += [
            find_rows("date_in_future", records.index[ahead], date_field, written[ahead]),
            find_rows("date_before_2000", records.index[early], date_field, written[early]),
        ]
        reversed_ = records[end] <= records[start]
        details = [
            f"{first:%Y-%m-%d} to {after:%Y-%m-%d}"
            for first, after in zip(records.loc[reversed_, start], records.loc[reversed_, end], strict=True)
        ]
        findings.append(find_rows("dates_reversed", records.index[reversed_], end, details=details))
    for field in kind.fields:
        # When we read a source is told by our own clock; a clock that is wrong must not make the source unusable.
        if field.dtype == "edtf" and field.name not in (DATE_FIELD.get(kind.name), "accessed_date"):
            # The first part of an EDTF text sorts as a date does: 2023 < 2023-04 < 2023-04-01.
            ahead = (records[field.name].str.lstrip("./") > f"{last:%Y-%m-%d}").fillna(False)
            findings.append(
                find_rows("date_in_future", records.index[ahead], field.name, records.loc[ahead, field.name])
            )
    return findings


def _find_wrong_ranges(records: pd.DataFrame, kind: Kind) -> list[pd.DataFrame]:
    if kind.name not in _RANGES:
        return []
    low, best, high = (records[name] for name in _RANGES[kind.name])
    wrong = ((low > high) | (low > best) | (best > high)).fillna(False).astype("bool")
    details = [
        ", ".join("–" if pd.isna(value) else f"{value:,.10g}" for value in values)
        for values in zip(low[wrong], best[wrong], high[wrong], strict=True)
    ]
    findings = [find_rows("range_reversed", records.index[wrong], _RANGES[kind.name][1], details=details)]
    if kind.name == "claim":
        counted = [name for name, metric in METRICS.items() if metric.unit not in _UNIT_WITH_DECIMALS]
        for name in _RANGES["claim"]:
            broken = (records["metric"].isin(counted) & (records[name] % 1 != 0)).fillna(False).astype("bool")
            values = records.loc[broken, name].astype("str")
            findings.append(
                find_rows("number_unreadable", records.index[broken], name, values, ": this metric counts whole things")
            )
    return findings


def _find_legacy_fonts(texts: pd.DataFrame) -> list[pd.DataFrame]:
    findings = []
    for name, cells in texts.items():
        found = find_legacy_khmer(cells)
        findings.append(find_rows("legacy_khmer_font", texts.index[found], str(name), cells[found]))
    return findings
