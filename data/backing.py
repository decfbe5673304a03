"""What stands behind the figures of a measure: the claims that state them, or the records that are counted."""

from __future__ import annotations

import pandas as pd

from data.change import Change
from data.measures import MeasureCounts
from data.sites import distinct_sites
from data.slices import select_records
from data.snapshot import Snapshot


def backing_records(snapshot: Snapshot, counts: MeasureCounts) -> pd.DataFrame:
    """Return the claims, records or sites from which `counts` was made, those without a province too.

    Returns
    -------
    DataFrame
        Rows of one kind: claims of a stated measure, events or complaints of a recorded one (those that only may lie
        in the period at the end), compounds of a listed one.
    """
    measure = counts.measure
    if measure.basis == "stated":
        claims = snapshot.of("claim")
        named = {claim for cell in counts.rows["claim_ids"] for claim in cell}
        if "claim_id" in counts.national:
            named |= set(counts.national["claim_id"])
        return claims[claims["claim_id"].isin(named)]
    if measure.basis == "listed":
        compounds = snapshot.of("compound")
        return distinct_sites(compounds[compounds["listing"].fillna("") != "context"])
    kind = "complaint" if measure.subject == "complaint" else "event"
    records = snapshot.of(kind)
    if kind == "event":
        records = records[records["event_type"] == measure.subject]
    selection = select_records(records, kind, counts.period)
    return pd.concat([selection.inside, selection.perhaps])


def source_names(snapshot: Snapshot) -> dict[str, str]:
    """Return a short name for each source: its publisher, else its title."""
    sources = snapshot.of("source")
    names = sources["publisher"].where(sources["publisher"].fillna("") != "", sources["title"])
    return dict(zip(sources["source_id"], names, strict=True))


def speakers_of(snapshot: Snapshot, counts: MeasureCounts | Change) -> list[str]:
    """Return who stated the figures by province, in the order of the claims."""
    named = {claim for cell in counts.rows["claim_ids"] for claim in cell}
    claims = snapshot.of("claim")
    return list(dict.fromkeys(claims.loc[claims["claim_id"].isin(named), "speaker"]))
