"""What a map or chart can show by province: stated figures, recorded counts or listed sites, in one table shape.

A measure names where its numbers come from, so that stated and recorded figures are never mixed: ``stated:METRIC``
reads claims, ``recorded:EVENT_TYPE`` and ``recorded:complaint`` count rows, ``listed:compound`` counts sites.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from data.suppression import COUNTRY
from errors import MetricError
from geo.gazetteer import PROVINCE_CODES, population, province_name
from locales import later, say, voice

Basis = Literal["stated", "recorded", "listed"]

_RECORDED: dict[str, str] = {
    "raid": later("Raids"),
    "rescue": later("Rescues"),
    "escape": later("Escapes"),
    "repatriation": later("Repatriations"),
    "arrest": later("Arrests"),
    "prosecution": later("Prosecutions"),
    "closure": later("Closures"),
    "relocation": later("Relocations"),
    "licence_action": later("Licence actions"),
    "death": later("Deaths"),
    "kidnapping": later("Kidnappings"),
    "inspection": later("Inspections"),
    "report_published": later("Reports published"),
    "official_statement": later("Official statements"),
    "rating_change": later("Rating changes"),
    "warning": later("Warnings"),
    "media_shutdown": later("Media shutdowns"),
}


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
    english : str
        Its name in English; `label` is its name on screen.
    meaning : str
        One sentence in English; `definition` is that of captions.
    """

    name: str
    basis: Basis
    subject: str
    english: str
    meaning: str

    @property
    def label(self) -> str:
        """Its name on screen."""
        if self.basis == "stated":
            return say("{metric}, as stated", metric=METRICS[self.subject].label)
        if self.subject in _RECORDED:
            return say("{events}, as recorded", events=self.things)
        return say(self.english)

    @property
    def things(self) -> str:
        """What a recorded measure counts, without where it comes from: ``Raids``."""
        return say(_RECORDED[self.subject]) if self.subject in _RECORDED else self.label

    @property
    def definition(self) -> str:
        """One sentence for captions."""
        return say(self.meaning)


def _all_measures() -> dict[str, Measure]:
    stated = [
        Measure(f"stated:{metric.name}", "stated", metric.name, f"{metric.english}, as stated", metric.meaning)
        for metric in METRICS.values()
        if metric.nature in ("flow", "stock")
    ]
    recorded = [
        Measure(
            f"recorded:{name}",
            "recorded",
            name,
            f"{_RECORDED[name]}, as recorded",
            later("Number of dated records of this kind; each says who reported it."),
        )
        for name in EVENT_TYPES
    ]
    uploaded = Measure(
        "recorded:complaint",
        "recorded",
        "complaint",
        later("Complaints, from uploaded rows"),
        later("Number of complaint records that were uploaded; a complaint is an allegation until it is checked."),
    )
    listed = Measure(
        "listed:compound",
        "listed",
        "compound",
        later("Sites named by a source"),
        later("Number of sites that a source names as alleged or identified scam compounds, whatever the period."),
    )
    return {measure.name: measure for measure in (*stated, uploaded, *recorded, listed)}


MEASURES: dict[str, Measure] = _all_measures()
"""Every measure by name, in the order of menus."""

WITHHELD = "withheld"
"""Basis of a figure that the public does not get: there may be any number of uploaded rows, also none. Its low side
counts the public records alone; it is missing when there are none."""

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
    records : int or None
        Distinct records that lie or may lie in the period, those without a province too; None unless recorded, and
        where the number is withheld from the public.
    """

    measure: Measure
    period: Period
    rows: pd.DataFrame
    national: pd.DataFrame
    unlocated: int
    undated: int
    records: int | None = None

    @property
    def withheld(self) -> int:
        """Number of provinces of which a figure is withheld from the public, in whole or in part."""
        return int((self.rows["basis"] == WITHHELD).sum())


def find_measure(name: str) -> Measure:
    """Return the measure called `name`; MetricError when there is none."""
    if name not in MEASURES:
        raise MetricError(
            say("There is no measure called “{name}”.", name=name), say("Choose one from the list."), measure=name
        )
    return MEASURES[name]


def available_measures(snapshot: Snapshot) -> list[Measure]:
    """Return the measures for which the snapshot holds at least one record, in the order of menus."""
    return snapshot.keep("available measures", lambda: _find_measures(snapshot))


def _find_measures(snapshot: Snapshot) -> list[Measure]:
    metrics, types = set(snapshot.of("claim")["metric"].unique()), set(snapshot.of("event")["event_type"].unique())
    present = {f"stated:{name}" for name in metrics} | {f"recorded:{name}" for name in types}
    present |= {"recorded:complaint"} if len(snapshot.of("complaint")) else set()
    present |= {"listed:compound"} if len(snapshot.of("compound")) else set()
    present |= {f"recorded:{subject}" for subject in snapshot.published.tables} if snapshot.published else set()
    return [measure for name, measure in MEASURES.items() if name in present]


def count_measure(snapshot: Snapshot, measure: Measure, period: Period) -> MeasureCounts:
    """Return a measure by province in a period, whatever its basis, in one shape; shared, so never change it."""
    return snapshot.keep(("measure", measure.name, period, voice()), lambda: _count(snapshot, measure, period))


def dated_claims(snapshot: Snapshot) -> pd.DataFrame:
    """Return the claims with the day of their event where they give only an end, as `date_by_events` does."""
    return snapshot.keep("dated claims", lambda: date_by_events(snapshot.of("claim"), snapshot.of("event")))


def _count(snapshot: Snapshot, measure: Measure, period: Period) -> MeasureCounts:
    national = pd.DataFrame()
    unlocated = undated = 0
    records = None
    if measure.basis == "stated":
        claims = dated_claims(snapshot)
        stated = count_stated(claims, measure.subject, period, snapshot.of("source"))
        rows, national, unlocated = stated.rows.copy(), stated.national, stated.unlocated
    elif measure.basis == "recorded":
        recorded = (
            snapshot.cube("complaint") if measure.subject == "complaint" else snapshot.cube("event", measure.subject)
        ).count(period)
        rows, unlocated, undated = recorded.rows, recorded.unlocated, recorded.undated
        records = recorded.inside + recorded.perhaps
        if snapshot.published and snapshot.published.hides(measure.subject):
            table = snapshot.published.table(measure.subject)
            told = table.of(period)
            rows = _add_published(rows, told, table.at_least)
            records = records + told[COUNTRY] if COUNTRY in told else None
            unlocated += told.get("", 0)
            undated += table.undated or 0
    else:
        rows, unlocated = _count_sites(snapshot.of("compound"))
    if measure.basis != "stated":
        nothing = rows["low"].fillna(0).eq(0) & rows["high"].fillna(0).eq(0) & (rows["basis"] != WITHHELD)
        rows.loc[nothing, ["low", "best", "high"]] = pd.NA
        rows["basis"] = rows["basis"].mask(nothing, "no_report")
        rows["implied"] = pd.Series(pd.NA, index=rows.index, dtype="Float64")
        rows["contested"] = False
        rows["claim_ids"] = [[] for _ in range(len(rows))]
    residents = pd.Series(map(population, PROVINCE_CODES), dtype="Float64")
    for bound in ("low", "best", "high"):
        rows[f"rate_{bound}"] = rows[bound].astype("Float64") / residents * 100_000
    return MeasureCounts(measure, period, rows, national, unlocated, undated, records)


def _add_published(rows: pd.DataFrame, told: Mapping[str, int], at_least: bool) -> pd.DataFrame:
    """Return counts of public records with the published counts of uploaded ones added; the others are withheld."""
    uploaded = pd.Series([told.get(code) for code in rows["province_code"]], index=rows.index, dtype="Float64")
    hidden = uploaded.isna()
    least = rows["low"].mask(rows["low"] == 0).where(hidden, rows["low"] + uploaded)
    open_end = hidden | at_least
    return rows.assign(
        low=least,
        best=(rows["best"] + uploaded).mask(open_end),
        high=(rows["high"] + uploaded).mask(open_end),
        basis=rows["basis"].mask(hidden, WITHHELD),
    )


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
