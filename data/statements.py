"""How the claims about one metric and one period are read together: figures, bounds and implied remainders.

Nothing is averaged, nothing is counted twice, and claims that cannot all be true are never merged silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from data.metrics import Nature
from data.periods import Period
from data.ranges import Range, Window, add_apart, combine_ranges
from data.repeats import Links, find_origins, find_repeats
from data.schema import PERIOD_COLUMNS, split_list
from data.slices import select_records

Relation = Literal["equal", "inside", "contains", "overlaps"]

DISPUTING_STANCES = ("doubts", "denies")
"""A claim with one of these stances disputes a number and never gives one."""


@dataclass(frozen=True)
class Statement:
    """A claim as counting sees it.

    Attributes
    ----------
    claim_id : str
    province_code : str or None
        None when it is about another area, or its place is not known.
    start, end : Timestamp
        The half-open period.
    relation : {"equal", "inside", "contains", "overlaps"}
        How that period lies to the one asked for.
    range : Range
        What it says; empty when it names no number.
    partial : bool
        Whether it is about one nationality or one compound only, so that it bounds the whole from below.
    part_of : str or None
        The claim of which it is a part.
    speaker : str
    derived : bool
        Whether its source repeats another source.
    origins : frozenset of str
        The sources at the root of its source.
    """

    claim_id: str
    province_code: str | None
    start: pd.Timestamp
    end: pd.Timestamp
    relation: Relation
    range: Range
    partial: bool
    part_of: str | None
    speaker: str
    derived: bool
    origins: frozenset[str]


@dataclass(frozen=True)
class Figure:
    """What claims say of one province: a range, on what basis (stated, bounded, no_report), and which claims."""

    range: Range = field(default_factory=Range)
    basis: str = "no_report"
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remainder:
    """What is left of a stated total for its one part without an exact number; None when the claims disagree."""

    value: float | None
    claim_ids: tuple[str, ...]

    @property
    def contested(self) -> bool:
        """Whether total and parts do not fit together."""
        return self.value is None


def relate_periods(claims: pd.DataFrame, period: Period) -> pd.Series:
    """Return how the period of each claim lies to `period`.

    Returns
    -------
    Series of str
        Index of `claims`: equal, inside (it lies in `period`), contains (`period` lies in it), overlaps; missing where
        it is not in the slice. A claim with an open side, which is in the slice on the day of its report, overlaps at
        most: nothing says when its number begins or ends.
    """
    start, end = (claims[column] for column in PERIOD_COLUMNS["claim"])
    first, after = pd.Timestamp(period.start), pd.Timestamp(period.end)
    relation = pd.Series(None, index=claims.index, dtype="str")
    selection = select_records(claims, "claim", period)
    relation[[*selection.inside.index, *selection.perhaps.index]] = "overlaps"
    relation[(start <= first) & (end >= after)] = "contains"
    relation[(start >= first) & (end <= after)] = "inside"
    relation[(start == first) & (end == after)] = "equal"
    return relation


def read_range(claim: pd.Series) -> Range:
    """Return the number that a claim states; empty when it disputes one. An exact best is its own low and high."""
    if claim["stance"] in DISPUTING_STANCES:
        return Range()
    low, best, high = (None if pd.isna(claim[side]) else float(claim[side]) for side in ("low", "best", "high"))
    if claim["qualifier"] == "exact" and best is not None:
        low, high = best if low is None else low, best if high is None else high
    return Range(low, best, high)


def read_statements(claims: pd.DataFrame, relation: pd.Series, derived_from: Links) -> list[Statement]:
    """Return the claims that are in the slice and dispute nothing, ordered by identifier.

    Parameters
    ----------
    claims : DataFrame
        Claims of one metric.
    relation : Series of str
        As `relate_periods` gives it.
    derived_from : mapping
        For a source, the sources that it repeats.
    """
    usable = claims[relation.notna() & ~claims["stance"].isin(DISPUTING_STANCES)].sort_values("claim_id")
    located = usable["geography"].fillna("province") == "province"
    statements = []
    for (_, claim), in_province, related in zip(usable.iterrows(), located, relation[usable.index], strict=True):
        origins = find_origins(claim["source_ids"], derived_from)
        province = claim["province_code"] if in_province else None
        statements.append(
            Statement(
                claim_id=str(claim["claim_id"]),
                province_code=None if pd.isna(province) else str(province),
                start=claim["period_start"],
                end=claim["period_end"],
                relation=related,
                range=read_range(claim),
                partial=bool(pd.notna(claim["nationality"]) or pd.notna(claim["compound_id"])),
                part_of=None if pd.isna(claim["part_of"]) else str(claim["part_of"]),
                speaker=str(claim["speaker"]),
                derived=not origins.issuperset(split_list(claim["source_ids"])[:1]),
                origins=origins,
            )
        )
    return statements


def drop_repeats(statements: Iterable[Statement], restates: Links) -> list[Statement]:
    """Return the statements without those that only repeat another one of them.

    A repeat is a claim that restates another one, or one by the same speaker about the same province and period whose
    source has the same origin and that gives the same number, or is at second hand where the origin itself is there.
    """
    given = sorted(statements, key=lambda statement: statement.claim_id)
    repeats = find_repeats((statement.claim_id for statement in given), restates)
    distinct = [statement for statement in given if statement.claim_id not in repeats]
    return [one for one in distinct if not any(_echoes(one, other) for other in distinct)]


def _echoes(one: Statement, other: Statement) -> bool:
    """Return whether `one` brings the same statement as `other`, which stands nearer to its origin."""
    alike = (
        one.claim_id != other.claim_id
        and one.speaker == other.speaker
        and one.province_code is not None
        and one.province_code == other.province_code
        and (one.start, one.end, one.partial) == (other.start, other.end, other.partial)
        and bool(one.origins & other.origins)
    )
    if not alike:
        return False
    if one.derived != other.derived:
        return one.derived
    return one.range == other.range and not one.partial and other.claim_id < one.claim_id


def read_figure(statements: Iterable[Statement], nature: Nature, restates: Links) -> Figure:
    """Return what the statements about one province say of it.

    Parameters
    ----------
    statements : iterable of Statement
        Those of the province.
    nature : Nature
        Of the metric: only a flow is bounded by shorter and longer periods.
    restates : mapping
        For a claim, the claims that it repeats.

    Returns
    -------
    Figure
        *stated* when a statement is about exactly this period and the whole province. Otherwise *bounded*: from below
        by the best choice of shorter periods that do not overlap, from above by the lowest high of a longer period.
    """
    telling = [statement for statement in statements if not statement.range.empty]
    exact = drop_repeats((one for one in telling if one.relation == "equal" and not one.partial), restates)
    if exact:
        return Figure(combine_ranges([one.range for one in exact]), "stated", tuple(one.claim_id for one in exact))
    if nature not in ("flow", "stock"):
        return Figure()
    narrow = [one for one in telling if one.relation == "equal" or (nature == "flow" and one.relation == "inside")]
    low = _bound_below(drop_repeats(narrow, restates))
    wide = [one for one in telling if nature == "flow" and one.relation == "contains" and not one.partial]
    high = min((one for one in wide if one.range.high is not None), key=lambda one: one.range.high or 0, default=None)
    bounds = [*([low.range] if low else []), *([Range(high=high.range.high)] if high else [])]
    if not bounds:
        return Figure()
    both = combine_ranges(bounds)
    contested = both.contested or bool(low and low.range.contested)
    claim_ids = (*(low.claim_ids if low else ()), *([high.claim_id] if high else []))
    return Figure(replace(both, contested=contested), "bounded", claim_ids)


def _bound_below(statements: list[Statement]) -> Figure | None:
    """Return the lower bound that statements about parts of the period, people or sites leave, or None."""
    groups: dict[tuple[pd.Timestamp, pd.Timestamp], list[Statement]] = {}
    for one in statements:
        groups.setdefault((one.start, one.end), []).append(one)
    joint = {}
    for window, group in groups.items():
        ranges = combine_ranges([Range(low=one.range.low) if one.partial else one.range for one in group])
        joint[window] = Figure(ranges, "bounded", tuple(one.claim_id for one in group))
    windows = [
        Window(*window, low=each.range.low, key=window) for window, each in joint.items() if each.range.low is not None
    ]
    if not windows:
        return None
    low, chosen = add_apart(windows)
    contested = any(joint[window].range.contested for window in chosen)
    claim_ids = tuple(claim_id for window in chosen for claim_id in joint[window].claim_ids)
    return Figure(Range(low=low, contested=contested), "bounded", claim_ids)


def find_remainders(statements: Iterable[Statement], nature: Nature, restates: Links) -> dict[str, Remainder]:
    """Return what stated totals imply for provinces, by province code.

    A total with an exact number, all of whose parts but one are exact, leaves the remainder for that one part. Nothing
    is implied when a part is about another period, or the metric does not add up over places. A remainder that its
    own claim rules out, or on which two totals disagree, has no value and is contested.
    """
    if nature not in ("flow", "stock"):
        return {}
    given = list(statements)
    remainders: dict[str, Remainder] = {}
    for total in given:
        if total.relation != "equal" or not total.range.exact or total.range.best is None:
            continue
        parts = drop_repeats((one for one in given if one.part_of == total.claim_id), restates)
        exact = [one for one in parts if one.range.exact]
        rest = [one for one in parts if not one.range.exact]
        if not exact or len(rest) != 1 or any(one.relation != "equal" for one in parts):
            continue
        code = rest[0].province_code
        if code is None or rest[0].partial or code in {one.province_code for one in exact}:
            continue
        left = total.range.best - sum(one.range.best or 0 for one in exact)
        value = left if left >= 0 and rest[0].range.allows(left) else None
        found = Remainder(value, (total.claim_id, *(one.claim_id for one in exact)))
        known = remainders.get(code)
        if known and known.value != found.value:
            found = Remainder(None, (*known.claim_ids, *found.claim_ids))
        remainders[code] = found
    return remainders
