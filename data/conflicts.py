"""Which claims contradict each other: the smallest sets that cannot all be true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from data.programme import Programme

MOST_STEPS = 200
"""So many sets of claims are tried at most while all conflicts of a programme are sought."""


def shrink(
    claim_ids: Iterable[str], find_spare: Callable[[Sequence[str], Sequence[str]], Sequence[bool]]
) -> tuple[str, ...]:
    """Return claims of which none can be spared (a deletion filter).

    Parameters
    ----------
    claim_ids : iterable of str
        Claims that together have some property, which more claims never take away.
    find_spare : callable
        Says for each claim of its second argument whether the first has the property without that one.
    """
    kept = sorted(claim_ids)
    unsure = kept[:]
    while unsure:
        spare = [one for one, spared in zip(unsure, find_spare(kept, unsure), strict=True) if spared]
        if not spare:
            break
        kept.remove(spare[0])
        unsure = spare[1:]  # what could not be spared before cannot be spared from fewer
    return tuple(kept)


def find_conflicts(programme: Programme) -> tuple[list[tuple[str, ...]], bool]:
    """Return all smallest sets of claims of one block that contradict each other, and whether the search was finished.

    Each set is impossible, and possible without any one of its claims. One set is found from the dual values of the
    programme whose claims may give way, and shrunk; the others by taking one claim of a known set away at a time
    (Reiter, *A theory of diagnosis from first principles*, 1987).
    """
    slack = programme.slacken()
    everything = {claim_id for claim_id in programme.claims if claim_id is not None}
    found: list[tuple[str, ...]] = []
    waiting: list[frozenset[str]] = [frozenset()]
    seen = set(waiting)
    cured: list[frozenset[str]] = []
    for step, removed in enumerate(waiting):  # grows while it is read
        if step == MOST_STEPS:
            return _sorted(found), False
        if any(cure <= removed for cure in cured):
            continue
        conflict = next((each for each in found if removed.isdisjoint(each)), None)
        if conflict is None:
            conflict = _find_conflict(slack, everything - removed)
            if conflict is None:
                cured.append(removed)
                continue
            found.append(conflict)
        for claim_id in conflict:
            fewer = removed | {claim_id}
            if fewer not in seen:
                seen.add(fewer)
                waiting.append(fewer)
    return _sorted(found), True


def _sorted(conflicts: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return sorted(conflicts, key=lambda conflict: (len(conflict), conflict))


def _find_conflict(slack: Programme, claim_ids: set[str]) -> tuple[str, ...] | None:
    """Return one smallest contradiction among the claims, or None."""

    def find_spare(kept: Sequence[str], tested: Sequence[str]) -> list[bool]:
        solved = slack.only(kept).without_each(tested).solve_possible()
        return [total > slack.tolerance for total in solved.totals]

    solved = slack.only(claim_ids).solve_possible()
    if solved.totals[0] <= slack.tolerance:
        return None
    support = slack.only(solved.support[0]).solve_possible()
    return shrink(solved.support[0] if support.totals[0] > slack.tolerance else claim_ids, find_spare)
