"""Claims as constraints: at least so many, at most so many, in a place and a time.

Which claims bound a number, and on which side:

- The number is its `low` and `high`; an exact `best` is both, any other `best` ("about 95") bounds nothing. "Nearly
  8,000" bounds from above only.
- A claim about one nationality, one compound, a part of another claim whose note begins with ``subset:``, or a province
  that is not known bounds only from below: the part says nothing of the rest.
- So does a flow whose start or end is not known: "707 so far" lies somewhere before its end, but no fixed time is known
  that holds no more. The level of a stock with one known end holds on that day alone.
- A claim that doubts or denies, is about another area than Cambodia, or only repeats another claim bounds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from data import schema
from data.metrics import find_metric
from data.repeats import Links, find_origins, find_repeats, read_links
from data.schema import split_list
from data.statements import DISPUTING_STANCES
from geo import gazetteer

COUNTRY = "KH"
"""The place of a claim about the whole of Cambodia."""
NEVER = 10**9
"""The day of an open end, and with a minus sign of an open start: further off than any date."""
SUBSET_NOTE = "subset:"
"""How the note of a claim begins that is about some of the people of the claim of which it is a part."""

_COLUMNS = [
    "claim_id", "low", "best", "high", "qualifier", "period_start", "period_end", "province_code", "geography",
    "nationality", "compound_id", "part_of", "note", "speaker", "source_ids",
]  # fmt: skip


@dataclass(frozen=True, order=True)
class Constraint:
    """``low <= number of the metric in place and [start, end) <= high``, says the claim called `claim_id`.

    Attributes
    ----------
    claim_id : str
    place : str
        Province code, or `COUNTRY`.
    start, end : int
        Half-open, in days since 1970-01-01; ``-NEVER`` and `NEVER` when open.
    low, high : float
        0 and infinity when that side is open.
    """

    claim_id: str
    place: str
    start: int
    end: int
    low: float
    high: float


def read_constraints(
    claims: pd.DataFrame,
    metric: str,
    *,
    speakers: Iterable[str] | None = None,
    sources: pd.DataFrame | None = None,
) -> list[Constraint]:
    """Return what the claims of one metric say as constraints, ordered by claim.

    Parameters
    ----------
    claims : DataFrame
        Claims with the columns of ``schema.CLAIM``.
    metric : str
        Name of the metric; those of another nature than flow and stock have no constraints that add up.
    speakers : iterable of str, optional
        Types of speaker to believe, as in ``schema.SOURCE_TYPES``; all when not given.
    sources : DataFrame, optional
        The sources, so that what comes from one origin counts once.

    Raises
    ------
    MetricError
        When there is no such metric.
    """
    is_stock = find_metric(metric).nature == "stock"
    usable = (claims["metric"] == metric) & ~claims["stance"].isin(DISPUTING_STANCES)
    if speakers is not None:
        usable &= claims["speaker_type"].isin(list(speakers))
    stated = claims.loc[usable, _COLUMNS].sort_values("claim_id", ignore_index=True)
    known = stated["province_code"].isin(gazetteer.PROVINCE_CODES)
    in_province = (stated["geography"] == "province") | (stated["geography"].isna() & known)
    unlocated = in_province & ~known
    partial = stated["nationality"].notna() | stated["compound_id"].notna() | unlocated
    partial |= stated["part_of"].notna() & stated["note"].str.startswith(SUBSET_NOTE).fillna(False)
    start, end = (stated[column] for column in schema.PERIOD_COLUMNS["claim"])
    if is_stock:
        day = pd.Timedelta(days=1)
        start, end = start.fillna(end - day), end.fillna(start + day)
    best = stated["best"].where(stated["qualifier"] == "exact")
    low = stated["low"].fillna(best).mask(stated["qualifier"] == "nearly")
    high = stated["high"].fillna(best).mask(partial | start.isna() | end.isna())
    read = pd.DataFrame(
        {
            "claim_id": stated["claim_id"],
            "place": stated["province_code"].where(in_province & known, COUNTRY),
            "start": _days(start, -NEVER),
            "end": _days(end, NEVER),
            "low": low.astype(float).fillna(0).clip(lower=0),
            "high": high.astype(float).fillna(np.inf),
        }
    )
    telling = (in_province | (stated["geography"] == "national")) & ((read["low"] > 0) | np.isfinite(read["high"]))
    if is_stock:
        telling &= start.notna()
    read, stated, partial = read[telling], stated[telling], partial[telling]
    constraints = [Constraint(*row) for row in zip(*(read[name].tolist() for name in read), strict=True)]
    told = [
        _Told(constraint, *rest)
        for constraint, *rest in zip(constraints, partial, stated["speaker"], stated["source_ids"], strict=True)
    ]
    derived_from = {} if sources is None else read_links(sources, "source_id", "derived_from")
    repeats = _find_repeats(told, read_links(claims, "claim_id", "restates"), derived_from)
    return [one for one in constraints if one.claim_id not in repeats]


def _days(dates: pd.Series, missing: int) -> np.ndarray:
    """Return dates as days since 1970-01-01."""
    days = dates.to_numpy("datetime64[D]")
    return np.where(np.isnat(days), missing, days.astype(np.int64))


@dataclass(frozen=True)
class _Told:
    """A constraint, whether it is about a part only, who says it, and the list of its sources."""

    constraint: Constraint
    partial: bool
    speaker: str
    source_ids: object


def _find_repeats(told: list[_Told], restates: Links, derived_from: Links) -> set[str]:
    """Return the claims that bring nothing of their own.

    A claim that restates another one; and of those by one speaker about one place and period that share an origin, the
    one at second hand where the origin itself is there, and the later of two that give the same number.
    """
    linked = {*restates, *(claim_id for targets in restates.values() for claim_id in targets)}
    repeats = find_repeats((each.constraint.claim_id for each in told if each.constraint.claim_id in linked), restates)
    twins: dict[tuple[object, ...], list[_Told]] = {}
    for each in told:
        one = each.constraint
        if one.claim_id not in repeats:
            twins.setdefault((each.speaker, one.place, one.start, one.end, each.partial), []).append(each)
    for group in twins.values():
        for first, second in combinations(group, 2):
            origins = [find_origins(each.source_ids, derived_from) for each in (first, second)]
            if origins[0].isdisjoint(origins[1]):
                continue
            derived = [
                not origin.issuperset(split_list(each.source_ids)[:1])
                for origin, each in zip(origins, (first, second), strict=True)
            ]
            same = (first.constraint.low, first.constraint.high) == (second.constraint.low, second.constraint.high)
            if derived[0] != derived[1]:
                repeats.add((first if derived[0] else second).constraint.claim_id)
            elif same and not first.partial:
                repeats.add(second.constraint.claim_id)
    return repeats
