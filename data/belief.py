"""Whom to believe: the snapshot as it is when only some types of speakers and sources are taken at their word.

A claim is believed for the type of its speaker; any other record for the type of its origin, which is the first of its
sources. Nothing is deleted: belief is a view, chosen by the reader and stated on every page.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

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
        named = snapshot.of(kind)[SOURCE_IDS]
        # Thousands of records name the same sources in the same words.
        cells, texts = pd.factorize(named, use_na_sentinel=False)
        types = pd.Series([type_of.get(next(iter(split_list(text)), "")) for text in texts], dtype="str")
        found[kind] = types.take(cells).set_axis(named.index)
    return {kind: types.where(types.isin(SOURCE_TYPES), UNSTATED) for kind, types in found.items()}


def present_types(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the types of speakers and sources that occur, in the order of `SPEAKER_TYPES`."""
    return snapshot.keep("present types", lambda: _find_types(snapshot))


def _find_types(snapshot: Snapshot) -> tuple[str, ...]:
    present = set().union(*(types.unique() for types in speaker_types(snapshot).values()))
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
    kept = {kind: named.isin(set(types)) for kind, named in speaker_types(snapshot).items()}
    # A kind of which everything counts is not copied: its million rows, and what was made of them, are shared.
    parts = {kind: snapshot.of(kind)[counts] for kind, counts in kept.items() if not counts.all()}
    # Counts of uploaded rows by whose word counts would differ by a few rows: the public gets none of them.
    published = snapshot.published and snapshot.published.none("sources")
    return replace(
        snapshot,
        records=snapshot.records | parts,
        believed=tuple(sorted(types)),
        whole=snapshot,
        published=published,
        kept={},
    )
