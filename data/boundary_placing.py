"""The rows of the store that other boundaries place anew, and their new versions."""

from __future__ import annotations

from typing import Any

import pandas as pd
import sqlalchemy as sa

from data.boundary_moves import FROM_POINT, PLACED_KINDS, codes_column, find_placings, label_record, no_placings
from data.rows import read_rows
from data.schema import DISTANCE_M, KINDS, LATITUDE, MATCH_METHOD
from data.tables import LIVE, RECORDS, ended_in, revision

LEFT_COLUMNS = ("kind", "record_id", "label", "province")
_AT_ONCE = 500
_AFRESH = frozenset({"import", "reapply", "revert"})
"""Actions that bring a version of a record in which its place was found by the boundaries of that time."""


def _live(kind: str) -> sa.ColumnElement[bool]:
    table = RECORDS[kind]
    return sa.and_(table.c.rev_out == LIVE, table.c[MATCH_METHOD].in_(FROM_POINT), table.c[LATITUDE].is_not(None))


def find_all(connection: sa.Connection) -> pd.DataFrame:
    """Return every live record that the boundaries in use here and now place otherwise (`find_placings`)."""
    found = [find_placings(read_rows(connection, kind, _live(kind)), kind) for kind in PLACED_KINDS]
    return pd.concat([no_placings(), *(each for each in found if len(each))], ignore_index=True)


def find_inverse(connection: sa.Connection, undone: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what going back to the boundaries in use here and now changes, and what it leaves.

    Parameters
    ----------
    connection : Connection
        In the transaction that goes back.
    undone : int
        The revision that is taken back.

    Returns
    -------
    tuple of two DataFrame
        ``boundary_moves.PLACING_COLUMNS``; `LEFT_COLUMNS`.
    """
    placed: list[pd.DataFrame] = []
    left: list[dict[str, str]] = []
    for kind in PLACED_KINDS:
        table, codes = RECORDS[kind], codes_column(kind)
        identifier = table.c[KINDS[kind].id_field]
        closed = read_rows(connection, kind, ended_in(table, undone)).set_index(identifier.name, drop=False)
        since: dict[str, set[str]] = {}
        later = sa.select(identifier, revision.c.action).join(revision, revision.c.revision == table.c.rev_in)
        for record_id, action in connection.execute(later.where(table.c.rev_in > undone).distinct()):
            since.setdefault(record_id, set()).add(action)
        live = sa.and_(table.c.rev_out == LIVE, identifier.in_(sa.select(identifier).where(ended_in(table, undone))))
        for row in read_rows(connection, kind, live).to_dict("records"):
            record_id, former = str(row[identifier.name]), closed.loc[row[identifier.name]]
            actions = since.get(record_id, set())
            same = all(_plain(row[name]) == _plain(former[name]) for name in (codes, MATCH_METHOD, DISTANCE_M))
            label = label_record(row, kind)
            if "correct" in actions and not same:
                stays = _plain(row[codes]) or ""
                left.append({"kind": kind, "record_id": record_id, "label": label, "province": str(stays)})
            elif not actions & (_AFRESH | {"correct"}) and not same:
                placed.append(
                    pd.DataFrame(
                        [[kind, row["row_id"], record_id, label, _plain(row[codes]) or "", _plain(former[codes]) or "",
                          former[MATCH_METHOD], _plain(former[DISTANCE_M]), None]],
                        columns=list(no_placings().columns),
                    )
                )  # fmt: skip
        fresh = {record_id for record_id, actions in since.items() if actions & _AFRESH and "correct" not in actions}
        again = find_placings(read_rows(connection, kind, sa.and_(_live(kind), table.c.rev_in > undone)), kind)
        placed.append(again[again["record_id"].isin(fresh)])
        corrected = again[[row not in fresh and row not in closed.index for row in again["record_id"]]]
        for row in corrected.to_dict("records"):
            left.append({name: str(row[name]) for name in LEFT_COLUMNS[:3]} | {"province": str(row["before"])})
    kept = [each.astype(object) for each in placed if len(each)]
    return (
        pd.concat([no_placings(), *kept], ignore_index=True),
        pd.DataFrame(left, columns=list(LEFT_COLUMNS)),
    )


def no_left() -> pd.DataFrame:
    """Return the table of what is left, without rows."""
    return pd.DataFrame(columns=list(LEFT_COLUMNS))


def give_versions(connection: sa.Connection, kind: str, placed: pd.DataFrame, number: int) -> None:
    """Close the rows of a kind that are placed anew and open their new versions in revision `number`."""
    table = RECORDS[kind]
    new = {
        int(row["row_id"]): {
            codes_column(kind): row["after"] or None,
            MATCH_METHOD: row["match_method"],
            DISTANCE_M: _plain(row["distance_m"]),
        }
        for row in placed.to_dict("records")
    }
    ids = sorted(new)
    for start in range(0, len(ids), _AT_ONCE):
        these = table.c.row_id.in_(ids[start : start + _AT_ONCE])
        rows = [dict(row) for row in connection.execute(sa.select(table).where(these)).mappings()]
        connection.execute(table.update().where(these).values(rev_out=number))
        versions = [row | new[row["row_id"]] | {"rev_in": number, "rev_out": LIVE} for row in rows]
        for version in versions:
            del version["row_id"]
        connection.execute(table.insert(), versions)


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else value
