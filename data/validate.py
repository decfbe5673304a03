"""Checks on typed rows: what a record needs, what cannot be true, what occurs twice, what must not be stored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import pandas as pd

from data.issues import find_rows, join_findings
from data.metrics import METRICS
from data.personal_data import find_personal_data
from data.plain import is_missing
from data.schema import DATE_FIELD, PERIOD_COLUMNS, PLACE_RESULT, PROVINCE_CODE, PROVINCE_CODES, Kind

EARLY = pd.Timestamp(2000, 1, 1)
_UNIT_WITH_DECIMALS = frozenset({"percent", "usd"})
_RANGES = {"claim": ("low", "best", "high"), "event": ("people_low", "people_best", "people_high")}
_NEVER_PERSONAL = frozenset(
    {"url", "archive_url", "latitude", "longitude", "source_ids", "derived_from", "responds_to", "part_of", "restates"}
    | {"same_as", PROVINCE_CODE, PROVINCE_CODES, *PLACE_RESULT}
)
"""Columns of identifiers, addresses of documents and measures: long digits are usual there and name nobody."""

_NEXT = timedelta(days=1)
"""How far ahead of today a date may lie: a report from a later time zone, or written after midnight."""


def validate_records(
    records: pd.DataFrame,
    texts: pd.DataFrame,
    kind: Kind,
    *,
    known_ids: Collection[str] = (),
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
    known_ids : collection of str
        Identifiers that are already stored.
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
            *_find_repeats(records, texts, kind, known_ids),
            *_find_personal_data(texts),
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


def _find_repeats(
    records: pd.DataFrame, texts: pd.DataFrame, kind: Kind, known_ids: Collection[str]
) -> list[pd.DataFrame]:
    ids = records[kind.id_field]
    content = pd.Series(pd.util.hash_pandas_object(texts, index=False).to_numpy(), ids.index)
    rows = pd.Series(ids.index, ids.index)
    shared = ids.notna() & ids.duplicated(keep=False)
    # Rows that agree in everything are one record, and the first of them is kept. Of rows that differ under one
    # identifier nobody can say which is the right one, so none is.
    differing = content[shared].groupby(ids[shared]).transform("nunique").reindex(ids.index, fill_value=1) > 1
    refused = shared & (differing | ids.duplicated())
    places = rows[shared].groupby(ids[shared]).agg(lambda group: ", ".join(map(str, group[:5])))
    known = ids.isin(set(known_ids))
    same = content.duplicated() & ~shared
    first = rows.groupby(content).transform("first")
    return [
        find_rows("duplicate_id", ids.index[refused], kind.id_field, ids[refused], "rows " + ids[refused].map(places)),
        find_rows("duplicate_id", ids.index[known], kind.id_field, ids[known], "it is already stored"),
        find_rows("duplicate_row", ids.index[same], details=first[same].astype("str")),
    ]


def _find_personal_data(texts: pd.DataFrame) -> list[pd.DataFrame]:
    return [
        find_rows("personal_data", rows, name, details=what)
        for name in texts.columns
        if name not in _NEVER_PERSONAL and not name.endswith("_id")
        for what, rows in find_personal_data(texts[name]).items()
    ]
