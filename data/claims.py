"""The ledger of claims: which of them count as one, which are contested and by whom, and which answer which.

A ledger repeats what was said. Claims of one origin are one entry; nothing is added, averaged or left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from data.entries import find_entries
from data.findings import Finding
from data.metrics import METRICS
from data.periods import Period
from data.repeats import Links, follow, read_links
from data.schema import GEOGRAPHIES, SOURCE_TYPES, split_list
from data.slices import select_records
from data.statements import DISPUTING_STANCES

_AREAS = ("national", *(area for area in GEOGRAPHIES if area != "national"))
_LATE = "9999"  # sorts claims of unknown date after all others


@dataclass(frozen=True)
class LedgerView:
    """The claims that fit a reader's choices.

    Attributes
    ----------
    rows : DataFrame
        Rows of a ledger, in its order.
    undated : int
        How many of them have no period; they are in every period.
    elsewhere : int
        Claims that fit all choices but the province, because they are about no single province.
    """

    rows: pd.DataFrame
    undated: int
    elsewhere: int


@dataclass(frozen=True)
class LedgerCounts:
    """What a view of the ledger holds.

    Attributes
    ----------
    claims : int
        Entries: claims of one origin count as one.
    repeats : int
        Claims that only repeat another one of the view.
    speakers : int
        Distinct speakers, also of repeats.
    contested : int
        Entries of which somebody doubts or denies the number, or that cannot be true beside another claim.
    disputing : int
        Entries that doubt or deny a number.
    """

    claims: int
    repeats: int
    speakers: int
    contested: int
    disputing: int


def read_ledger(claims: pd.DataFrame, sources: pd.DataFrame, findings: Iterable[Finding] = ()) -> pd.DataFrame:
    """Return every claim with its place in the ledger.

    Parameters
    ----------
    claims, sources : DataFrame
        All records with the columns of ``schema.CLAIM`` and ``schema.SOURCE``; identifiers are unique.
    findings : iterable of Finding
        What does not reconcile; claims named in a contradiction are contested.

    Returns
    -------
    DataFrame
        The columns of `claims` and

        - entry (str): the claim with which it counts as one; its own identifier when it repeats none;
        - thread (str): the claim at the root of what it repeats, answers or is a part of;
        - disputes (bool): whether it doubts or denies a number;
        - contested (bool): whether its number, or the one that it repeats, is doubted or denied, or cannot be true
          beside another claim;
        - contested_by (tuple of str): the speakers who doubt or deny it.

        Ordered by metric and area (the country first), then by thread, so that repeats, parts and answers stand
        beneath what they belong to.
    """
    restates = read_links(claims, "claim_id", "restates")
    entries = find_entries(claims, restates, read_links(sources, "source_id", "derived_from"))
    disputes = claims["stance"].isin(DISPUTING_STANCES)
    opponents = _find_opponents(claims[disputes])
    contrary = {one for finding in findings if finding.severity == "contradiction" for one in finding.claim_ids}
    named = [_gather(claim_id, restates, opponents) for claim_id in claims["claim_id"]]
    ledger = claims.assign(
        entry=claims["claim_id"].map(entries),
        thread=_find_threads(claims),
        disputes=disputes,
        contested=[bool(speakers) or one in contrary for speakers, one in zip(named, claims["claim_id"], strict=True)],
        contested_by=pd.Series(named, index=claims.index, dtype="object"),
    )
    return _order(ledger)


def _find_opponents(disputing: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return for each claim the speakers who doubt or deny it, each once."""
    opponents: dict[str, tuple[str, ...]] = {}
    for claim_id, speaker, cell in disputing[["claim_id", "speaker", "responds_to"]].itertuples(index=False):
        for answered in split_list(cell):
            if answered != claim_id:
                opponents[answered] = tuple(dict.fromkeys((*opponents.get(answered, ()), str(speaker))))
    return opponents


def _gather(claim_id: object, restates: Links, opponents: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return who disputes a claim or one that it repeats."""
    reached = sorted(follow([str(claim_id)], restates))
    return tuple(dict.fromkeys(speaker for one in reached for speaker in opponents.get(one, ())))


def _find_threads(claims: pd.DataFrame) -> list[str]:
    """Return for each claim the root of what it repeats, answers or is a part of; a circle has its first as root."""
    known = set(claims["claim_id"])
    parent: dict[str, str] = {}
    for claim_id, *cells in claims[["claim_id", "restates", "responds_to", "part_of"]].itertuples(index=False):
        named = (one for cell in cells for one in split_list(cell) if one in known and one != claim_id)
        before = next(named, None)
        if before is not None:
            parent[claim_id] = before
    roots: dict[str, str] = {}
    for claim_id in claims["claim_id"]:
        path = {claim_id: None}
        last = claim_id
        while last not in roots and last in parent and parent[last] not in path:
            last = parent[last]
            path[last] = None
        circle = list(path)[list(path).index(parent[last]) :] if last in parent and last not in roots else [last]
        roots |= dict.fromkeys(path, roots.get(last, min(circle)))
    return [roots[claim_id] for claim_id in claims["claim_id"]]


def _order(ledger: pd.DataFrame) -> pd.DataFrame:
    size = ledger["best"].fillna(ledger["low"]).fillna(ledger["high"]).fillna(0).astype(float)
    roots = ledger.assign(size=size).set_index("claim_id").loc[ledger["thread"]]
    place = ledger["claim_id"] != ledger["thread"]
    answers = ledger["responds_to"].notna() & (ledger["claim_id"] == ledger["entry"])
    keys = pd.DataFrame(
        {
            "metric": ledger["metric"].map({name: order for order, name in enumerate(METRICS)}),
            "area": ledger["geography"].fillna("province").map({name: order for order, name in enumerate(_AREAS)}),
            "date": roots["stated_date"].fillna(_LATE).to_numpy(),
            "thread_size": -roots["size"].to_numpy(),
            "thread": ledger["thread"],
            "place": place.astype(int) + answers,
            "size": -size,
            "claim_id": ledger["claim_id"],
        }
    )
    return ledger.loc[keys.sort_values(list(keys.columns)).index].reset_index(drop=True)


def select_claims(
    ledger: pd.DataFrame,
    period: Period | None,
    *,
    metric: str = "",
    speaker_type: str = "",
    place: str = "",
    contested_only: bool = False,
) -> LedgerView:
    """Return the claims that fit; an empty text means all.

    Parameters
    ----------
    ledger : DataFrame
        As `read_ledger` gives it.
    period : Period or None
        Claims that touch it, and those without a period; None is all time.
    metric, speaker_type : str
    place : str
        Province code.
    contested_only : bool
        Only claims that are contested, and those that doubt or deny a number.
    """
    fits = pd.Series(True, index=ledger.index)
    if metric:
        fits &= ledger["metric"] == metric
    if speaker_type:
        fits &= ledger["speaker_type"] == speaker_type
    if contested_only:
        fits &= ledger["contested"] | ledger["disputes"]
    selection = select_records(ledger[fits], "claim", period)
    index = selection.inside.index.union(selection.perhaps.index).union(selection.undated.index)
    rows, elsewhere = ledger.loc[index], 0
    if place:
        elsewhere = int(rows["province_code"].isna().sum())
        rows = rows[rows["province_code"] == place]
    return LedgerView(rows, len(rows.index.intersection(selection.undated.index)), elsewhere)


def count_ledger(rows: pd.DataFrame) -> LedgerCounts:
    """Return what rows of a ledger amount to."""
    entries = rows.groupby("entry").agg(contested=("contested", "any"), disputes=("disputes", "any"))
    return LedgerCounts(
        claims=len(entries),
        repeats=len(rows) - len(entries),
        speakers=int(rows["speaker"].nunique()),
        contested=int(entries["contested"].sum()),
        disputing=int(entries["disputes"].sum()),
    )


def number_entries(rows: pd.DataFrame) -> pd.Series:
    """Return for each row of a view the number of its entry, from 1 in order; missing for a repeat of a row above."""
    heads = ~rows["entry"].duplicated()
    return heads.cumsum().astype("Int64").where(heads)


def list_answers(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return which claims answer which.

    Returns
    -------
    DataFrame
        claim_id, answer_id (str), in the order of the ledger; claims that are not recorded are left out.
    """
    place = {claim_id: order for order, claim_id in enumerate(ledger["claim_id"])}
    pairs = [
        (answered, claim_id)
        for claim_id, cell in ledger[["claim_id", "responds_to"]].itertuples(index=False)
        for answered in dict.fromkeys(split_list(cell))
        if answered in place and answered != claim_id
    ]
    ordered = sorted(pairs, key=lambda pair: (place[pair[0]], place[pair[1]]))
    return pd.DataFrame(ordered, columns=["claim_id", "answer_id"], dtype="str")


def busiest_metric(rows: pd.DataFrame) -> str:
    """Return the metric of which most is contested or disputed, then said by most speakers; empty without rows."""
    if rows.empty:
        return ""
    found = rows.assign(heat=rows["contested"] | rows["disputes"]).groupby("metric")
    ranked = found.agg(heat=("heat", "sum"), speakers=("speaker", "nunique")).reset_index()
    ranked["order"] = ranked["metric"].map({name: order for order, name in enumerate(METRICS)})
    best = ranked.sort_values(["heat", "speakers", "order"], ascending=[False, False, True])
    return str(best["metric"].iloc[0])


def speaker_types(ledger: pd.DataFrame) -> list[str]:
    """Return the types of speaker that occur, in the order of the schema."""
    present = set(ledger["speaker_type"].dropna())
    return [name for name in SOURCE_TYPES if name in present]
