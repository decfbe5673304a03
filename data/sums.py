"""Adding stated numbers, where that may be done at all.

Two claims may be added when they are of one metric that adds up, say nothing about the same people twice, and are
about places of one stated total, or about one place at times that do not overlap. Everything else is refused,
with the reason: the answer to such a question is a bound (``data/bounds.py``), not a sum.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations
from typing import Any

import pandas as pd

from data.metrics import check_addable, find_metric
from data.ranges import Range
from data.schema import split_list
from data.statements import DISPUTING_STANCES, read_range
from errors import MetricError
from locales import later, say

Claim = dict[Hashable, Any]
_INSTEAD = later("Ask for the bounds instead: they take what overlaps into account.")


def add_claims(claims: pd.DataFrame) -> Range:
    """Return the sum of stated numbers; a side is known only when it is known of every claim.

    Parameters
    ----------
    claims : DataFrame
        The claims to add, two or more, with the columns of ``schema.CLAIM``.

    Raises
    ------
    MetricError
        When they must not be added; the message says why.
    """
    rows = claims.sort_values("claim_id").to_dict("records")
    if len(rows) < 2:
        raise MetricError(say("A sum needs two claims or more."), say("Choose another claim."))
    metrics = list(dict.fromkeys(str(row["metric"]) for row in rows))
    if len(metrics) > 1:
        check_addable(metrics)
    for row in rows:
        if row["stance"] in DISPUTING_STANCES:
            raise MetricError(
                say("{claim} disputes a number and gives none.", claim=_name(row)),
                say("Leave it out."),
                metric=metrics[0],
            )
    for first, second in combinations(rows, 2):
        _check_pair(first, second)
    ranges = [read_range(pd.Series(row)) for row in rows]
    total = {}
    for side in ("low", "best", "high"):
        values = [getattr(each, side) for each in ranges]
        total[side] = None if None in values else float(sum(values))
    return Range(total["low"], total["best"], total["high"])


def _check_pair(first: Claim, second: Claim) -> None:
    names = say("{names} and {last}", names=_name(first), last=_name(second))
    metric = find_metric(str(first["metric"]))
    ids = (first["claim_id"], second["claim_id"])
    if ids[1] in split_list(first["restates"]) or ids[0] in split_list(second["restates"]):
        raise MetricError(
            say("{names} are one number said twice.", names=names), say("Take one of them."), claim_ids=ids
        )
    if first["part_of"] == ids[1] or second["part_of"] == ids[0]:
        raise MetricError(
            say("One of {names} is a part of the other.", names=names),
            say("Take the whole, or all of its parts."),
            claim_ids=ids,
        )
    if _group(first) != _group(second):
        raise MetricError(
            say("{names} are about different groups of people, which may overlap.", names=names),
            say(_INSTEAD),
            claim_ids=ids,
        )
    if _place(first) == _place(second):
        check_addable([metric.name], over="periods")
        if _overlap(first, second):
            raise MetricError(
                say(
                    "{names} are about periods that overlap; the same {unit} may be in both.",
                    names=names,
                    unit=metric.unit,
                ),
                say(_INSTEAD),
                claim_ids=ids,
            )
        return
    check_addable([metric.name], over="places")
    family = first["part_of"]
    if not isinstance(family, str) or not family or family != second["part_of"]:
        raise MetricError(
            say("{names} are about different places and are not parts of one stated total.", names=names),
            say(_INSTEAD),
            claim_ids=ids,
        )


def _name(claim: Claim) -> str:
    said = claim["value_verbatim"] if isinstance(claim["value_verbatim"], str) else claim["claim_id"]
    return f"“{said}” ({claim['speaker']})"


def _place(claim: Claim) -> tuple[object, object]:
    code = claim["province_code"]
    return (claim["geography"], code if isinstance(code, str) else "")


def _group(claim: Claim) -> tuple[object, ...]:
    return tuple(claim[name] if isinstance(claim[name], str) else "" for name in ("nationality", "compound_id"))


def _overlap(first: Claim, second: Claim) -> bool:
    """Whether two periods share a day, or may: an open side may reach anywhere."""
    return not (_ends_before(first, second) or _ends_before(second, first))


def _ends_before(first: Claim, second: Claim) -> bool:
    end, start = first["period_end"], second["period_start"]
    return bool(pd.notna(end) and pd.notna(start) and end <= start)
