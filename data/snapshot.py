"""All live records at one data version, so that everything on a screen is of one moment."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from data.cube import Cube, build_cube
from data.periods import Period
from data.schema import KINDS, PERIOD_COLUMNS, SOURCE_IDS, split_list
from data.store import Store


@dataclass(frozen=True)
class Snapshot:
    """The live records of every kind at one revision. Frames are shared: read them, never change them.

    Attributes
    ----------
    revision : int
        The data version.
    records : dict of str to DataFrame
        For each kind of ``schema.KINDS`` its rows as `Store.read` gives them.
    believed : tuple of str
        Types of speakers to whom the records are limited (see ``data/belief.py``); empty when they are not.
    cubes : dict
        Running totals that were asked for so far; use `cube`.
    """

    revision: int
    records: dict[str, pd.DataFrame]
    believed: tuple[str, ...] = ()
    cubes: dict[tuple[str, str], Cube] = field(default_factory=dict, compare=False, repr=False)

    @property
    def version(self) -> tuple[int, tuple[str, ...]]:
        """What tells one snapshot from another: the revision, and who is believed. For keys of caches."""
        return self.revision, self.believed

    def of(self, kind: str) -> pd.DataFrame:
        """Return the records of one kind."""
        return self.records[kind]

    def cube(self, kind: str, event_type: str = "") -> Cube:
        """Return the running totals of a dated kind, or of its events of one type; made once and kept."""
        if (kind, event_type) not in self.cubes:
            records = self.of(kind)
            chosen = records[records["event_type"] == event_type] if event_type else records
            self.cubes[kind, event_type] = build_cube(chosen, kind)
        return self.cubes[kind, event_type]

    def find(self, kind: str, record_id: str) -> pd.Series | None:
        """Return the record with this identifier, or None."""
        frame = self.records[kind]
        found = frame[frame[KINDS[kind].id_field] == record_id]
        return None if found.empty else found.iloc[0]

    def sources_of(self, records: pd.DataFrame) -> pd.DataFrame:
        """Return the source records that stand behind `records`, in the order in which they are first named."""
        named = dict.fromkeys(source for cell in records[SOURCE_IDS] for source in split_list(cell))
        sources = self.of("source").set_index("source_id", drop=False)
        return sources.loc[[source for source in named if source in sources.index]].reset_index(drop=True)

    def extent(self) -> Period | None:
        """Return the period from the first to the last dated record, or None when nothing is dated."""
        days = pd.concat(
            [self.of(kind)[column] for kind, columns in PERIOD_COLUMNS.items() for column in columns]
        ).dropna()
        return None if days.empty else Period(days.min().date(), days.max().date())


def read_snapshot(store: Store, revision: int | None = None) -> Snapshot:
    """Return every kind's live records at `revision` (the latest when None)."""
    version = store.revision() if revision is None else revision
    return Snapshot(version, {kind: store.read(kind, revision=version) for kind in KINDS})
