"""Answers as plain values for programs: numbers without a decimal part are integers, unknown is None, days are ISO."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from data import schema
from data.counts import RecordedCounts, StatedCounts, count_recorded
from data.guard import guard
from data.measures import MeasureCounts
from geo.resolve import Ambiguous, Match, resolve

if TYPE_CHECKING:
    from data.ingest import ImportResult
    from data.store import Batch, Store

Answer = dict[str, Any]


def plain_value(value: object) -> object:
    """Return one cell as JSON knows it."""
    if isinstance(value, list | tuple):
        return [plain_value(part) for part in value]
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() and value.tz is None else value.isoformat()
    item = value.item() if hasattr(value, "item") else value
    return int(item) if isinstance(item, float) and item.is_integer() else item


def plain_rows(frame: pd.DataFrame) -> list[Answer]:
    """Return the rows of a frame as dictionaries of plain values."""
    columns = [[plain_value(value) for value in frame[name].to_list()] for name in frame.columns]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def answer_stated(counts: StatedCounts) -> Answer:
    """Return stated counts as one dictionary; an implied number stands apart from the stated ones, with its origin."""
    rows = plain_rows(counts.rows)
    for row in rows:
        claim_ids = row.pop("implied_from")
        if row["implied"] is not None:
            row["implied"] = {"value": row["implied"], "basis": "implied", "claim_ids": claim_ids}
    return {
        "metric": counts.metric,
        "from": counts.period.start.isoformat(),
        "to": counts.period.end.isoformat(),
        "rows": rows,
        "national": plain_rows(counts.national),
        "unlocated": counts.unlocated,
        "undated": counts.undated,
    }


def answer_recorded(counts: RecordedCounts, *, with_ids: bool = False) -> Answer:
    """Return recorded counts as one dictionary, the identifiers of the records only when they are asked for."""
    rows = counts.rows if with_ids else counts.rows.drop(columns="record_ids")
    return {
        "records": counts.kind,
        "by": counts.by,
        "value": counts.value,
        "from": counts.period.start.isoformat() if counts.period else None,
        "to": counts.period.end.isoformat() if counts.period else None,
        "rows": plain_rows(rows),
        "inside": counts.inside,
        "perhaps": counts.perhaps,
        "located": counts.located,
        "unlocated": counts.unlocated,
        "undated": counts.undated,
        "in_several_provinces": counts.shared,
        "dated_by_report": counts.dated_by_report,
    }


def answer_public(counts: MeasureCounts) -> Answer:
    """Return recorded counts of the public version as one dictionary; what is withheld has no upper side."""
    rows = counts.rows[["province_code", "province", "low", "best", "high", "basis"]]
    return {
        "measure": counts.measure.name,
        "profile": "public",
        "from": counts.period.start.isoformat(),
        "to": counts.period.end.isoformat(),
        "rows": plain_rows(rows),
        "records": counts.records,
        "withheld_provinces": counts.withheld,
    }


def answer_import(result: ImportResult, batch: Batch | None, *, dry_run: bool) -> Answer:
    """Return the totals of an import and its issues grouped by code, each with its first row."""
    issues = [
        {
            "code": code,
            "severity": found["severity"].iloc[0],
            "rows": int(found["row_number"].nunique()),
            "first_row": int(found["row_number"].min()),
            "message": found["message"].iloc[0],
            "hint": found["hint"].iloc[0],
        }
        for code, found in result.issues.groupby("code", sort=True)
    ]
    return {
        "file": result.file_name,
        "kind": result.kind,
        "rows_read": result.rows_read,
        "rows_accepted": result.rows_accepted,
        "rows_rejected": result.rows_rejected,
        "rows_duplicate": result.rows_duplicate,
        "dry_run": dry_run,
        "batch_id": batch.batch_id if batch else None,
        "data_version": batch.revision if batch else None,
        "issues": issues,
    }


def answer_place(text: str) -> Answer:
    """Return which province a written place means: ``match``, ``ambiguous`` or ``no_match``."""
    found = resolve(text)
    answer: Answer = {"text": text, "result": "no_match", "province_code": None, "method": None, "candidates": []}
    if isinstance(found, Match):
        return answer | {"result": "match", "province_code": found.province_code, "method": found.method}
    if isinstance(found, Ambiguous):
        listed = [{"province_code": c.province_code, "place": c.place, "level": c.level} for c in found.candidates]
        return answer | {"result": "ambiguous", "candidates": listed}
    return answer | {"suggestions": list(found.suggestions)}


def answer_verification(store: Store) -> Answer:
    """Check a whole store, and that every row of every file and every dated record is accounted for once.

    Raises
    ------
    StoreDamagedError
        The file is not what was written.
    """
    store.verify()
    version = store.revision()
    live = {kind: store.read(kind, revision=version) for kind in schema.KINDS}
    batches = store.batches()
    accounted = batches[["rows_accepted", "rows_rejected", "rows_duplicate"]].sum(axis=1)
    conserved = bool((batches["rows_read"] == accounted).all())
    counted = {}
    for kind in ("event", "complaint"):
        counts = count_recorded(live[kind], kind, None, by="province")
        counted[kind] = {"located": counts.located, "unlocated": counts.unlocated, "undated": counts.undated}
        conserved &= sum(counted[kind].values()) == len(live[kind])
    return {
        "ok": conserved,
        "data_version": version,
        "snapshot_hash": store.snapshot_hash(version),
        "batches": len(batches),
        "records": {kind: len(records) for kind, records in live.items()},
        "counted": counted,
    }


def flat_table(rows: Sequence[Answer]) -> pd.DataFrame:
    """Return rows of plain values as a table of text: lists joined by ``;``, an implied number without its origin."""

    def flat(value: object) -> str:
        if isinstance(value, dict):
            value = value["value"]
        if isinstance(value, list):
            return "; ".join(map(str, value))
        return "" if value is None else str(value)

    return pd.DataFrame([{name: flat(value) for name, value in row.items()} for row in rows], dtype="str")


def flat_csv(rows: Sequence[Answer]) -> str:
    """Return rows of plain values as CSV that no spreadsheet takes for formulas."""
    table = flat_table(rows)
    numbers = {name: table[name].str.fullmatch(r"-?[0-9.]*") for name in table.columns}
    safe = table.apply(lambda column: column.where(numbers[column.name], column.map(guard)))
    return str(safe.to_csv(index=False, lineterminator="\n"))
