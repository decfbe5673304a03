"""What a map or chart can show by province: stated figures, recorded counts or listed sites, in one table shape.

A measure names where its numbers come from, so that stated and recorded figures are never mixed: ``stated:METRIC``
reads claims, ``recorded:EVENT_TYPE`` and ``recorded:complaint`` count rows, ``listed:compound`` counts sites.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from data.counts import count_stated
from data.event_claims import date_by_events
from data.metrics import METRICS
from data.periods import Period
from data.schema import EVENT_TYPES
from data.sites import distinct_sites
from data.snapshot import Snapshot
from errors import MetricError
from geo.gazetteer import PROVINCE_CODES, population, province_name

Basis = Literal["stated", "recorded", "listed"]


@dataclass(frozen=True)
class Measure:
    """Something that is drawn by province.

    Attributes
    ----------
    name : str
        ``basis:subject``, as it stands in links.
    basis : {"stated", "recorded", "listed"}
        Where its numbers come from.
    subject : str
        A metric, an event type, ``complaint`` or ``compound``.
    label : str
        Its name on screen.
    definition : str
        One sentence for captions.
    """

    name: str
    basis: Basis
    subject: str
    label: str
    definition: str


def _all_measures() -> dict[str, Measure]:
    stated = [
        Measure(f"stated:{metric.name}", "stated", metric.name, f"{metric.label}, as stated", metric.definition)
        for metric in METRICS.values()
        if metric.nature in ("flow", "stock")
    ]
    labels = {"licence_action": "Licence actions", "report_published": "Reports published"}
    recorded = [
        Measure(
            f"recorded:{name}",
            "recorded",
            name,
            f"{labels.get(name, name.replace('_', ' ').capitalize() + 's')}, as recorded",
            "Number of dated records of this kind; each says who reported it.",
        )
        for name in EVENT_TYPES
    ]
    uploaded = Measure(
        "recorded:complaint",
        "recorded",
        "complaint",
        "Complaints, from uploaded rows",
        "Number of complaint records that were uploaded; a complaint is an allegation until it is checked.",
    )
    listed = Measure(
        "listed:compound",
        "listed",
        "compound",
        "Sites named by a source",
        "Number of sites that a source names as alleged or identified scam compounds, whatever the period.",
    )
    return {measure.name: measure for measure in (*stated, uploaded, *recorded, listed)}


MEASURES: dict[str, Measure] = _all_measures()
"""Every measure by name, in the order of menus."""

DEFAULT_MEASURE = "stated:complaints_received"


@dataclass(frozen=True)
class MeasureCounts:
    """A measure by province in one period.

    Attributes
    ----------
    measure : Measure
    period : Period
    rows : DataFrame
        One row for each of the 25 provinces in ISO order: province_code, province, low, best, high (Float64), basis,
        implied (Float64), contested (bool), claim_ids (list), rate_low, rate_best, rate_high (Float64; per 100,000
        residents at the 2019 census).
    national : DataFrame
        Claims about the whole country or other areas, as `counts.count_stated` lists them; empty for other bases.
    unlocated : int
        Records or claims in the period that belong to no province.
    undated : int
        Records of the measure without any date; they are in no period.
    """

    measure: Measure
    period: Period
    rows: pd.DataFrame
    national: pd.DataFrame
    unlocated: int
    undated: int


def find_measure(name: str) -> Measure:
    """Return the measure called `name`; MetricError when there is none."""
    if name not in MEASURES:
        raise MetricError(f"There is no measure called “{name}”.", "Choose one from the list.", measure=name)
    return MEASURES[name]


def available_measures(snapshot: Snapshot) -> list[Measure]:
    """Return the measures for which the snapshot holds at least one record, in the order of menus."""
    metrics, types = set(snapshot.of("claim")["metric"]), set(snapshot.of("event")["event_type"])
    present = {f"stated:{name}" for name in metrics} | {f"recorded:{name}" for name in types}
    present |= {"recorded:complaint"} if len(snapshot.of("complaint")) else set()
    present |= {"listed:compound"} if len(snapshot.of("compound")) else set()
    return [measure for name, measure in MEASURES.items() if name in present]


def count_measure(snapshot: Snapshot, measure: Measure, period: Period) -> MeasureCounts:
    """Return a measure by province in a period, whatever its basis, in one shape."""
    national = pd.DataFrame()
    unlocated = undated = 0
    if measure.basis == "stated":
        claims = date_by_events(snapshot.of("claim"), snapshot.of("event"))
        stated = count_stated(claims, measure.subject, period, snapshot.of("source"))
        rows, national, unlocated = stated.rows.copy(), stated.national, stated.unlocated
    elif measure.basis == "recorded":
        recorded = (
            snapshot.cube("complaint") if measure.subject == "complaint" else snapshot.cube("event", measure.subject)
        ).count(period)
        rows, unlocated, undated = recorded.rows, recorded.unlocated, recorded.undated
    else:
        rows, unlocated = _count_sites(snapshot.of("compound"))
    if measure.basis != "stated":
        nothing = rows["high"].fillna(0) == 0
        rows.loc[nothing, ["low", "best", "high"]] = pd.NA
        rows["basis"] = rows["basis"].mask(nothing, "no_report")
        rows["implied"] = pd.Series(pd.NA, index=rows.index, dtype="Float64")
        rows["contested"] = False
        rows["claim_ids"] = [[] for _ in range(len(rows))]
    residents = rows["province_code"].map(population).astype("Float64")
    for bound in ("low", "best", "high"):
        rows[f"rate_{bound}"] = rows[bound].astype("Float64") / residents * 100_000
    return MeasureCounts(measure, period, rows, national, unlocated, undated)


def _count_sites(compounds: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    listed = distinct_sites(compounds[compounds["listing"].fillna("") != "context"])
    counted = listed["province_code"].value_counts()
    numbers = pd.Series([counted.get(code, 0) for code in PROVINCE_CODES], dtype="Float64")
    rows = pd.DataFrame(
        {
            "province_code": PROVINCE_CODES,
            "province": [province_name(code) for code in PROVINCE_CODES],
            "low": numbers,
            "best": numbers,
            "high": numbers,
            "basis": "recorded",
        }
    )
    return rows, int(listed["province_code"].isna().sum())
