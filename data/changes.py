"""What differs between two data versions: records that came, went, or say something else, and who did it and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa

from data.answers import plain_value
from data.history import latest_revision, read_revisions
from data.rows import EXTRA, read_rows
from data.schema import KINDS, LATITUDE, LONGITUDE, PROVINCE_CODE, PROVINCE_CODES, record_dtypes
from data.store import Store
from data.tables import LIVE, RECORDS
from errors import StoreError
from locales import say

WHO = ("revision", "at", "by", "action", "reason")
"""Of the last revision up to the later version that touched a record: number, time (UTC), who, what and why."""
CHANGED_COLUMNS = ("kind", "record_id", "field", "before", "after", *WHO)
TOTAL_COLUMNS = ("kind", "added", "removed", "changed")
PLACE_COLUMNS = ("kind", "record_id", "change", "province_codes", LATITUDE, LONGITUDE, "location_precision")
_AT = "datetime64[us, UTC]"


@dataclass(frozen=True)
class Changes:
    """The difference between two data versions. What changed and changed back in between is none.

    Attributes
    ----------
    from_revision, to_revision : int
        The earlier and the later version.
    added : dict of str to DataFrame
        For each kind of ``schema.KINDS`` the records that are live in the later version only: columns of
        ``schema.record_dtypes``, extra str, and `WHO`.
    removed : dict of str to DataFrame
        Likewise those that are live in the earlier version only, as they were there.
    changed : DataFrame
        `CHANGED_COLUMNS`, one row for each column of a record that differs; before and after are text (missing where
        the cell is empty), field is the column's name, or *extra* for what the file says besides.
    changed_records : dict of str to DataFrame
        For each kind the records of `changed`, as they are in the later version; columns as in `added`.
    revisions : DataFrame
        The audit list between the two versions, columns of ``history.read_revisions``.
    """

    from_revision: int
    to_revision: int
    added: dict[str, pd.DataFrame]
    removed: dict[str, pd.DataFrame]
    changed: pd.DataFrame
    changed_records: dict[str, pd.DataFrame]
    revisions: pd.DataFrame

    @property
    def totals(self) -> pd.DataFrame:
        """How many records of each kind were added, removed and changed: `TOTAL_COLUMNS` (str, then int64)."""
        parts = (self.added, self.removed, self.changed_records)
        return pd.DataFrame([(kind, *(len(part[kind]) for part in parts)) for kind in KINDS], columns=TOTAL_COLUMNS)

    @property
    def places(self) -> pd.DataFrame:
        """Every record of a placed kind that differs, for a map.

        Returns
        -------
        DataFrame
            `PLACE_COLUMNS`: kind, record_id, change str (*added*, *removed*, *changed*), province_codes str (``;``
            between several, missing when there is none), latitude, longitude Float64 (degrees, WGS 84) and
            location_precision str. Removed records stand where they stood.
        """
        parts = {"added": self.added, "removed": self.removed, "changed": self.changed_records}
        frames = [
            _place(records, kind, change)
            for kind, one in KINDS.items()
            if one.placed
            for change, frames in parts.items()
            if not (records := frames[kind]).empty
        ]
        dtypes = dict.fromkeys(PLACE_COLUMNS, "str") | {LATITUDE: "Float64", LONGITUDE: "Float64"}
        empty = pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes.items()})
        return pd.concat(frames, ignore_index=True) if frames else empty


def compare(store: Store, from_revision: int, to_revision: int) -> Changes:
    """Return what differs between two data versions; only rows that were opened or closed in between are read.

    Raises
    ------
    StoreError
        There is no such revision, or the first is later than the second.
    """
    with store.reading() as connection:
        latest = latest_revision(connection)
        for number in (from_revision, to_revision):
            if not 0 <= number <= latest:
                raise StoreError(
                    say("There is no revision {number}.", number=str(number)),
                    say("The latest is {latest}.", latest=latest),
                    revision=number,
                )
        if from_revision > to_revision:
            raise StoreError(say("The first data version is later than the second."), say("Exchange the two."))
        audit = read_revisions(connection)
        audit = audit[audit["revision"].between(from_revision + 1, to_revision)].reset_index(drop=True)
        found = {kind: _compare_kind(connection, kind, from_revision, to_revision, audit) for kind in KINDS}
    changed = [one[2] for one in found.values()]
    return Changes(
        from_revision,
        to_revision,
        {kind: one[0] for kind, one in found.items()},
        {kind: one[1] for kind, one in found.items()},
        pd.concat(changed, ignore_index=True),
        {kind: one[3] for kind, one in found.items()},
        audit,
    )


def _compare_kind(
    connection: sa.Connection, kind: str, start: int, end: int, audit: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the added and removed records of a kind, the changes of cells, and the records with such changes."""
    table, identifier = RECORDS[kind], KINDS[kind].id_field
    opened, closed = table.c.rev_in, table.c.rev_out
    names = [*record_dtypes(KINDS[kind]), EXTRA]
    before = read_rows(connection, kind, (opened <= start) & _ended(table, start, end)).set_index(identifier)
    after = read_rows(connection, kind, (opened > start) & (opened <= end) & (closed > end)).set_index(identifier)
    at = before.index.get_indexer(after.index)
    both = at >= 0
    kept = np.zeros(len(before), dtype=bool)
    kept[at[both]] = True
    removed = before[~kept]
    last = after["rev_in"]
    if len(removed):
        query = sa.select(table.c[identifier], sa.func.max(closed)).where(_ended(table, start, end))
        ended = pd.DataFrame(
            connection.execute(query.group_by(table.c[identifier])).all(), columns=[identifier, "last"]
        )
        last = pd.concat([last, ended.set_index(identifier)["last"].loc[removed.index]])

    new = after[both]
    old = before.take(at[both])
    touched = np.zeros(len(new), dtype=bool)
    cells = []
    for name in names:
        if name == identifier:
            continue
        was, now = old[name], new[name]
        differs = ((was != now).fillna(True) & ~(was.isna() & now.isna())).to_numpy(dtype=bool)
        if differs.any():
            touched |= differs
            cells.append(
                pd.DataFrame(
                    {"record_id": new.index[differs], "field": name, "before": was[differs], "after": now[differs]}
                )
            )
    changed = _join_cells(cells, kind)
    return (
        _tell(after[~both], names, last, audit),
        _tell(removed, names, last, audit),
        _add_who(changed, changed["record_id"], last, audit)[list(CHANGED_COLUMNS)],
        _tell(new[touched], names, last, audit),
    )


def _ended(table: sa.Table, start: int, end: int) -> sa.ColumnElement[bool]:
    """Return the condition that a row was live until a revision after `start`, `end` at the latest."""
    closed = table.c.rev_out
    return sa.and_(closed > start, closed <= end, closed != sa.literal(LIVE, literal_execute=True))


def _join_cells(cells: list[pd.DataFrame], kind: str) -> pd.DataFrame:
    """Return changes of cells as text, records in order."""
    columns = ["kind", "record_id", "field", "before", "after"]
    texts = [
        frame.assign(kind=kind, before=_text(frame["before"]), after=_text(frame["after"])).reset_index(drop=True)
        for frame in cells
    ]
    joined = pd.concat(texts) if texts else pd.DataFrame(columns=columns)
    return joined[columns].astype("str").sort_values("record_id", kind="stable", ignore_index=True)


def _text(cells: pd.Series) -> pd.Series:
    """Return cells as text: days as ISO, numbers without an empty decimal part."""
    if cells.dtype == "str":
        return cells
    distinct = {cell: str(plain_value(cell)) for cell in cells.dropna().unique()}
    return cells.map(distinct, na_action="ignore").astype("str")


def _tell(records: pd.DataFrame, names: list[str], last: pd.Series, audit: pd.DataFrame) -> pd.DataFrame:
    """Return records with their columns alone, and who touched them last."""
    whole = records.reset_index()[names]
    return _add_who(whole, pd.Series(records.index), last, audit)


def _add_who(frame: pd.DataFrame, ids: pd.Series, last: pd.Series, audit: pd.DataFrame) -> pd.DataFrame:
    numbers = last.reindex(ids).to_numpy()
    told = audit.set_index("revision").loc[numbers]
    values = {"revision": numbers.astype("int64"), "at": told["at"].array, "by": told["actor"].array}
    return frame.assign(**values, action=told["action"].array, reason=told["note"].array)


def _place(records: pd.DataFrame, kind: str, change: str) -> pd.DataFrame:
    """Return where records of one kind lie."""
    codes = PROVINCE_CODES if PROVINCE_CODES in records else PROVINCE_CODE
    none = pd.Series(pd.NA, records.index, dtype="Float64")
    return pd.DataFrame(
        {
            "kind": pd.Series(kind, records.index, dtype="str"),
            "record_id": records[KINDS[kind].id_field],
            "change": pd.Series(change, records.index, dtype="str"),
            "province_codes": records[codes],
            LATITUDE: records.get(LATITUDE, none),
            LONGITUDE: records.get(LONGITUDE, none),
            "location_precision": records.get("location_precision", none.astype("str")),
        }
    )
