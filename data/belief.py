"""Whom to believe: the snapshot as it is when only some types of speakers and sources are taken at their word.

A claim is believed for the type of its speaker; any other record for the type of its origin, which is the first of its
sources. Nothing is deleted: belief is a view, chosen by the reader and stated on every page.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from data.schema import SOURCE_IDS, SOURCE_TYPES, split_list
from data.snapshot import Snapshot

UNSTATED = "unstated"
"""Type of a speaker or source of which the type is not given."""
SPEAKER_TYPES = (*SOURCE_TYPES, UNSTATED)


def speaker_types(snapshot: Snapshot) -> dict[str, pd.Series]:
    """Return for each kind of record that says something the type of who says it.

    Returns
    -------
    dict of str to Series
        Kind → one value of `SPEAKER_TYPES` for each row, with the index of the records.
    """
    sources = snapshot.of("source")
    type_of = dict(zip(sources["source_id"], sources["source_type"], strict=True))
    found = {"claim": snapshot.of("claim")["speaker_type"]}
    for kind in ("compound", "event", "complaint"):
        records = snapshot.of(kind)
        origins = [next(iter(split_list(cell)), "") for cell in records[SOURCE_IDS]]
        found[kind] = pd.Series([type_of.get(origin) for origin in origins], index=records.index, dtype="str")
    return {kind: types.where(types.isin(SOURCE_TYPES), UNSTATED) for kind, types in found.items()}


def present_types(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the types of speakers and sources that occur, in the order of `SPEAKER_TYPES`."""
    present = set().union(*(set(types) for types in speaker_types(snapshot).values()))
    return tuple(name for name in SPEAKER_TYPES if name in present)


def believe(snapshot: Snapshot, types: Collection[str]) -> Snapshot:
    """Return the snapshot with only the records that speakers or sources of these types stand behind.

    Parameters
    ----------
    snapshot : Snapshot
    types : collection of str
        Values of `SPEAKER_TYPES`; empty means everyone.
    """
    if not types or set(present_types(snapshot)) <= set(types):
        return snapshot
    kept = {kind: snapshot.of(kind)[named.isin(set(types))] for kind, named in speaker_types(snapshot).items()}
    return Snapshot(snapshot.revision, snapshot.records | kept, believed=tuple(sorted(types)))
