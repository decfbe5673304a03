"""Which claims count as one entry of a ledger: what only repeats a number, in whatever place, is no second claim.

A ledger folds a little more than counting does (`data.repeats`, `data.statements`): also what another speaker says at
second hand with the number of the origin. Nothing is left out by that, for repeats stand beneath their entry.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from data.repeats import Links, find_origins, find_repeats, follow
from data.schema import split_list
from data.statements import DISPUTING_STANCES

NUMBERS = ("low", "best", "high")
Key = tuple[object, ...]
_ABOUT = ["metric", "geography", "province_code", "period_start", "period_end", "nationality", "compound_id", "part_of"]


def find_entries(claims: pd.DataFrame, restates: Links, derived_from: Links) -> dict[str, str]:
    """Return for each claim the one with which it counts as one: its own identifier when it repeats none.

    Parameters
    ----------
    claims : DataFrame
        Claims with the columns of ``schema.CLAIM``.
    restates : mapping
        For a claim, the claims that it says it repeats.
    derived_from : mapping
        For a source, the sources that it repeats.
    """
    entries = {str(claim_id): str(claim_id) for claim_id in claims["claim_id"]}
    linked = entries.keys() & {*restates, *(one for targets in restates.values() for one in targets)}
    repeats = find_repeats(linked, restates)
    reached = {claim_id: follow([claim_id], restates) for claim_id in linked}
    kept = sorted(linked - repeats)
    for claim_id in repeats:
        absent = reached[claim_id] - linked
        heads = (one for one in kept if one in reached[claim_id] or absent & reached[one])
        entries[claim_id] = next(heads, claim_id)
    echoes = _find_echoes(claims[~claims["claim_id"].isin(repeats)], derived_from)
    return {claim_id: echoes.get(entry, entry) for claim_id, entry in entries.items()}


def _find_echoes(claims: pd.DataFrame, derived_from: Links) -> dict[str, str]:
    """Return the claims whose source goes back to that of another one about the same thing, with that other one.

    At second hand, a claim repeats the one at the origin with the same number or the same speaker; at one distance, the
    same speaker's with the same number, unless it is about a part only, of which there may be several alike.
    """
    found: dict[str, str] = {}
    for _, alike in claims.groupby(_ABOUT, dropna=False, sort=False):
        if len(alike) == 1:
            continue
        told = []
        for claim in alike.to_dict("records"):
            origins = find_origins(claim["source_ids"], derived_from)
            derived = not origins.issuperset(split_list(claim["source_ids"])[:1])
            told.append((derived, str(claim["claim_id"]), sorted(origins), claim))
        heads: dict[tuple[str, Key], str] = {}
        for derived, claim_id, sources, claim in sorted(told, key=lambda each: each[:2]):
            same, nearer = _list_keys(claim)
            partial = any(_given(claim[column]) for column in ("nationality", "compound_id", "part_of"))
            sought = [*([] if partial and not derived else same), *(nearer if derived else [])]
            head = next((heads[one, key] for key in sought for one in sources if (one, key) in heads), None)
            if head is not None:
                found[claim_id] = head
                continue
            for key in (*same, *([] if derived else nearer)):
                for one in sources:
                    heads.setdefault((one, key), claim_id)
    return found


def _list_keys(claim: Mapping[Hashable, object]) -> tuple[list[Key], list[Key]]:
    """Return what a repeat of a claim shares with it: at one distance, and at second hand."""
    sides = tuple(claim[side] if _given(claim[side]) else None for side in NUMBERS)
    disputing = claim["stance"] in DISPUTING_STANCES
    answered = split_list(claim["responds_to"]) if disputing else ()
    same: list[Key] = [("said", claim["speaker"], sides, disputing, answered)]
    nearer: list[Key] = [("speaker", claim["speaker"], disputing, answered)]
    return same, [("number", sides), *nearer] if any(side is not None for side in sides) and not disputing else nearer


def _given(value: object) -> bool:
    return not pd.isna(value) and value != ""  # type: ignore[call-overload]
