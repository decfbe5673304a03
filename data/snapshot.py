"""All live records at one data version, so that everything on a screen is of one moment."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import numpy as np
import pandas as pd

from data.cube import Cube, build_cube
from data.day_index import DayIndex, PlaceIndex, index_days, index_places
from data.periods import Period
from data.schema import KINDS, PERIOD_COLUMNS, SOURCE_IDS, split_list
from data.seed import seed_batches
from data.store import Store
from data.suppression import Published

Made = TypeVar("Made")

MOST_KEPT = 1_000
"""So many results are kept with a snapshot; beyond, those go that were asked for longest ago."""


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
    whole : Snapshot or None
        The snapshot of which this one is a part; what both hold is made ready once.
    profile : {"internal", "public"}
        Who may see it; see ``data/privacy.py``.
    published : Published or None
        In the public profile, the counts of uploaded rows, of which no single one is in `records`.
    seed : frozenset of int
        Batches of the public reports with which the store began; all other rows were uploaded.
    kept : dict
        What was made of the records so far; use `keep`.
    """

    revision: int
    records: dict[str, pd.DataFrame]
    believed: tuple[str, ...] = ()
    whole: Snapshot | None = field(default=None, compare=False, repr=False)
    profile: Literal["internal", "public"] = "internal"
    published: Published | None = field(default=None, compare=False, repr=False)
    seed: frozenset[int] = frozenset()
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def version(self) -> tuple[int, tuple[str, ...], str]:
        """What tells one snapshot from another: the revision, who is believed, the profile. For keys of caches."""
        profile = f"{self.profile} {self.published.day}" if self.published else self.profile
        return self.revision, self.believed, profile

    def of(self, kind: str) -> pd.DataFrame:
        """Return the records of one kind."""
        return self.records[kind]

    def keep(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` gives: made once, shared by all who ask with this key, gone with the snapshot.

        Parameters
        ----------
        key : hashable
            Everything on which the result depends besides the records: what it is, measure, period, language …
        make : callable
            Makes it from the records of this snapshot. Its result is shared: nobody may change it.
        """
        # Several sessions ask at once; each of these steps is whole, and at worst two make the same result.
        found = self.kept.pop(key, self)
        if found is self:
            found = make()
        self.kept[key] = found
        for oldest in list(self.kept)[:-MOST_KEPT]:
            self.kept.pop(oldest, None)
        return found  # type: ignore[no-any-return]

    def _home(self, kind: str) -> Snapshot:
        """Return the snapshot that keeps what is made of a kind: the whole one when all its records are here."""
        return self.whole if self.whole and self.whole.of(kind) is self.of(kind) else self

    def some(self, kind: str, event_type: str = "", *, located: bool = False) -> pd.DataFrame:
        """Return the records of one kind, or those of one type of event, or those with coordinates."""
        records = self.of(kind)

        def choose() -> pd.DataFrame:
            if event_type:
                return records[records["event_type"] == event_type]
            return records[records[["latitude", "longitude"]].notna().all(axis=1)]

        chosen = event_type or located
        return self._home(kind).keep(("some", kind, event_type, located), choose) if chosen else records

    def cube(self, kind: str, event_type: str = "") -> Cube:
        """Return the running totals of a dated kind, or of its events of one type."""
        return self._home(kind).keep(("cube", kind, event_type), lambda: build_cube(self.some(kind, event_type), kind))

    def days(self, kind: str, event_type: str = "", *, located: bool = False) -> DayIndex:
        """Return the records of `some` by day; the places that it gives are those in `some`."""
        return self._home(kind).keep(
            ("days", kind, event_type, located), lambda: index_days(self.some(kind, event_type, located=located), kind)
        )

    def places(self, kind: str) -> PlaceIndex:
        """Return the records of a kind by province; places are those in `of`."""
        return self._home(kind).keep(("places", kind), lambda: index_places(self.of(kind), kind))

    def in_province(self, kind: str, code: str) -> pd.DataFrame:
        """Return the records of a kind in a province; those of several provinces stand in each of them."""
        return self.of(kind).iloc[self.places(kind).of(code)]

    def find(self, kind: str, record_id: str) -> pd.Series | None:
        """Return the record with this identifier, or None."""
        return self.keep(("find", kind, record_id), lambda: self._look_up(kind, record_id))

    def _look_up(self, kind: str, record_id: str) -> pd.Series | None:
        frame = self.records[kind]
        found = np.flatnonzero(frame[KINDS[kind].id_field] == record_id)
        return frame.iloc[found[0]] if len(found) else None

    def sources_of(self, records: pd.DataFrame) -> pd.DataFrame:
        """Return the source records that stand behind `records`, in the order in which they are first named."""
        return self.named_sources(*records[SOURCE_IDS].unique())

    def named_sources(self, *cells: object) -> pd.DataFrame:
        """Return the source records that list cells name, in the order in which they are first named."""
        named = dict.fromkeys(source for cell in cells for source in split_list(cell))
        sources = self.keep("sources", lambda: self.of("source").set_index("source_id", drop=False))
        return sources.loc[[source for source in named if source in sources.index]].reset_index(drop=True)

    def extent(self) -> Period | None:
        """Return the period from the first to the last dated record, or None when nothing is dated."""
        return self.keep("extent", self._find_extent)

    def _find_extent(self) -> Period | None:
        days = [self.of(kind)[column] for kind, columns in PERIOD_COLUMNS.items() for column in columns]
        dated = [column for column in days if column.notna().any()]
        if not dated:
            return None
        return Period(min(column.min() for column in dated).date(), max(column.max() for column in dated).date())


def read_snapshot(store: Store, revision: int | None = None) -> Snapshot:
    """Return every kind's live records at `revision` (the latest when None)."""
    version = store.revision() if revision is None else revision
    records = {kind: store.read(kind, revision=version) for kind in KINDS}
    return Snapshot(version, records, seed=seed_batches(store))
