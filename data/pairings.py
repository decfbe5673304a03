"""Who disputes what at a site: each allegation beside the statement of the party that is named as disputing it.

Two rules, both exact. An event names its opponents in ``contested_by``; an event of the same site whose ``actor`` is
written like one of them is that party's own statement. A claim that doubts or denies names the claims that it answers
in ``responds_to``.
"""

from __future__ import annotations

import pandas as pd

from data.schema import split_list
from data.statements import DISPUTING_STANCES

COLUMNS = ("site_id", "disputed_kind", "disputed_id", "by", "answer_kind", "answer_id")


def name_each(records: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each record and each compound that its ``compound_id`` names; others are in no row."""
    named = records[records["compound_id"].fillna("") != ""]
    cells = named["compound_id"].map(split_list).map(lambda names: tuple(dict.fromkeys(names)))
    each = named.assign(compound_id=cells).explode("compound_id", ignore_index=True)
    return each.astype({"compound_id": "str"})


def find_pairings(events: pd.DataFrame, claims: pd.DataFrame, sites: pd.Series) -> pd.DataFrame:
    """Return every dispute about a site: what is disputed, by whom, and that party's own record where there is one.

    Parameters
    ----------
    events, claims : DataFrame
        Records; those about no compound of `sites` are left out.
    sites : Series of str
        ``site_id`` by ``compound_id``, as `data.lifecycle.group_sites` gives it.

    Returns
    -------
    DataFrame
        `COLUMNS`, all str, sorted. `answer_id` is missing where the party is named but no record holds its words.
    """
    found = pd.concat([_event_pairings(_at_sites(events, sites)), _claim_pairings(_at_sites(claims, sites))])
    ordered = found.drop_duplicates().sort_values(list(COLUMNS), na_position="last", ignore_index=True)
    return ordered[list(COLUMNS)].astype("str")


def join_disputes(disputes: pd.DataFrame) -> pd.Series:
    """Return a number for each dispute, the same for those at one site that share an allegation or an answer.

    Parameters
    ----------
    disputes : DataFrame
        As `find_pairings` gives them.

    Returns
    -------
    Series of int64
        Index of `disputes`; numbers ascend by first appearance.
    """
    group: dict[tuple[str, str], int] = {}
    for number, row in enumerate(disputes.to_dict("records")):
        records = [(row["site_id"], row[name]) for name in ("disputed_id", "answer_id") if not pd.isna(row[name])]
        merged = {group[one] for one in records if one in group}
        first = min(merged, default=number)
        group |= {one: first for one, other in group.items() if other in merged} | dict.fromkeys(records, first)
    numbers = [group[row["site_id"], row["disputed_id"]] for row in disputes.to_dict("records")]
    return pd.Series(numbers, disputes.index, dtype="int64")


def _at_sites(records: pd.DataFrame, sites: pd.Series) -> pd.DataFrame:
    each = name_each(records)
    return each.assign(site_id=each["compound_id"].map(sites).astype("str")).dropna(subset=["site_id"])


def _event_pairings(events: pd.DataFrame) -> pd.DataFrame:
    parties = events.assign(by=events["contested_by"].map(split_list)).explode("by").dropna(subset=["by"])
    disputed = parties[["site_id", "event_id", "by"]].rename(columns={"event_id": "disputed_id"}).astype("str")
    said = events[["site_id", "actor", "event_id"]].rename(columns={"actor": "by", "event_id": "answer_id"})
    pairs = disputed.merge(said.dropna(subset=["by"]), on=["site_id", "by"], how="left")
    other = pairs["answer_id"].mask(pairs["answer_id"] == pairs["disputed_id"])
    return pairs.assign(answer_id=other, disputed_kind="event", answer_kind="event")


def _claim_pairings(claims: pd.DataFrame) -> pd.DataFrame:
    refusing = claims[claims["stance"].isin(DISPUTING_STANCES)]
    answered = refusing.assign(disputed_id=refusing["responds_to"].map(split_list)).explode("disputed_id")
    pairs = answered.dropna(subset=["disputed_id"]).rename(columns={"speaker": "by", "claim_id": "answer_id"})
    return pairs[["site_id", "disputed_id", "by", "answer_id"]].assign(disputed_kind="claim", answer_kind="claim")
