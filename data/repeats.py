"""Which claims only repeat another one: ten articles that repeat one number are one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from data.schema import split_list

Links = Mapping[str, tuple[str, ...]]


def read_links(records: pd.DataFrame, id_column: str, link_column: str) -> dict[str, tuple[str, ...]]:
    """Return, for each record that has any, the identifiers in its list column `link_column`."""
    linked = records[records[link_column].notna()]
    return {
        str(identifier): split_list(cell)
        for identifier, cell in zip(linked[id_column], linked[link_column], strict=True)
        if split_list(cell)
    }


def follow(start: Iterable[str], links: Links) -> frozenset[str]:
    """Return `start` and everything that can be reached from it; circles are followed once."""
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        step = waiting.pop()
        if step not in reached:
            reached.add(step)
            waiting.extend(links.get(step, ()))
    return frozenset(reached)


def find_repeats(claim_ids: Iterable[str], restates: Links) -> set[str]:
    """Return those of the claims that repeat another one of them, or the same absent one.

    Parameters
    ----------
    claim_ids : iterable of str
        The claims that are read together.
    restates : mapping
        For a claim, the claims that it says it repeats; claims outside `claim_ids` are followed too.

    Returns
    -------
    set of str
        What to leave out, so that each statement remains once: the original where it is there, otherwise, and where
        claims repeat each other in a circle, the first by identifier.
    """
    ordered = sorted(set(claim_ids))
    before = {claim_id: follow(restates.get(claim_id, ()), restates) for claim_id in ordered}
    repeats = {
        claim_id
        for claim_id in ordered
        for original in ordered
        if original != claim_id
        and original in before[claim_id]
        and not (claim_id in before[original] and claim_id < original)
    }
    kept: list[str] = []
    for claim_id in ordered:
        if claim_id in repeats:
            continue
        absent = before[claim_id] - set(ordered)
        if any(absent & before[other] for other in kept):
            repeats.add(claim_id)
        else:
            kept.append(claim_id)
    return repeats


def find_origins(source_ids: object, derived_from: Links) -> frozenset[str]:
    """Return the sources at the root of a claim: its first source, or what that one is derived from."""
    first = split_list(source_ids)[:1]
    reached = follow(first, derived_from)
    roots = frozenset(source for source in reached if not derived_from.get(source))
    return roots or reached
