"""Counts by province and by time: *recorded* ones from rows, *stated* ones from claims; the two are never mixed.

Stated figures are bounds: never averaged, never added over overlapping periods, an unknown side stays unknown. What is
only computed from them is *implied*, is labelled so and never stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from data import schema
from data.metrics import find_metric
from data.periods import GRAINS, Grain, Period, split_period
from data.repeats import read_links
from data.slices import DATED_BY_REPORT, find_days, find_provinces, find_steps, select_records
from data.statements import (
    DISPUTING_STANCES,
    Figure,
    find_remainders,
    read_figure,
    read_range,
    read_statements,
    relate_periods,
)
from data.tally import SIDES, add_members, collect_members, read_people
from errors import MetricError
from geo import gazetteer
from locales import say

Value = Literal["records", "people"]

_AREA_COLUMNS = (
    "claim_id", "geography", "low", "best", "high", "qualifier", "value_verbatim", "nationality", "speaker",
    "speaker_type", "stance", "period_start", "period_end",
)  # fmt: skip
_PEOPLE_COLUMNS = ("qualifier", "people_affected", "people_low", "people_best", "people_high")


@dataclass(frozen=True)
class StatedCounts:
    """What claims state of one metric in one period.

    Every claim of the metric that touches the period is about a province, in `national` or in `unlocated`.

    Attributes
    ----------
    metric : str
        Name of the metric.
    period : Period
        The period asked for.
    rows : DataFrame
        The 25 provinces in ISO order: province_code, province (str), low, best, high (Float64, missing = unknown),
        basis (str), implied (Float64), implied_from (list of claim ids), contested (bool), claim_ids (list).
        *stated*: a claim is about this province and period. *bounded*: claims about shorter or longer periods, or one
        nationality or compound, leave only a bound. *implied*: only a remainder is known. *no_report*: nothing is.
        *contested*: the claims cannot all be true (low and high are their envelope), or someone disputes one.
    national : DataFrame
        The claims about the whole country or another area, one a row: claim_id, geography, low, best, high, qualifier,
        value_verbatim, nationality, speaker, speaker_type, stance, period_start, period_end, and relation (equal,
        inside, contains or overlaps: how its period lies to the one asked for). A number that is doubted or denied is
        left out.
    unlocated : int
        Claims about a place whose province is not known.
    undated : int
        Claims of the metric without a period; they are in no slice.
    """

    metric: str
    period: Period
    rows: pd.DataFrame
    national: pd.DataFrame
    unlocated: int
    undated: int = 0


@dataclass(frozen=True)
class RecordedCounts:
    """How many records lie in a slice, by province or by step of time.

    ``inside + perhaps == located + unlocated``; undated records are in no slice. The rows may add up to more, because a
    record with several provinces counts once in each, and one with a coarse date may lie in several steps.

    Attributes
    ----------
    kind : str
        event or complaint.
    by : str
        province, or the grain.
    value : {"records", "people"}
        What is counted.
    period : Period or None
        The slice; None is all time.
    rows : DataFrame
        One for each province (province_code, province) or step (start, end: datetime, half-open), with low, best,
        high (Float64), basis (``recorded``), n_unknown (int64: records that lack the number), record_ids (list).
        Low counts what certainly lies there, high also what perhaps does; best is missing where that differs.
        0 says that nothing was recorded, not that nothing happened.
    inside, perhaps : int
        Distinct records that lie in the slice, and that only overlap it.
    located, unlocated : int
        Of these, those with a known province and those without.
    undated : int
        Records in no slice: nothing is known of their date.
    shared : int
        Records in the slice that count in several provinces.
    dated_by_report : int
        Records in the slice that count on their last possible day.
    """

    kind: str
    by: str
    value: Value
    period: Period | None
    rows: pd.DataFrame
    inside: int
    perhaps: int
    located: int
    unlocated: int
    undated: int
    shared: int
    dated_by_report: int


def count_stated(
    claims: pd.DataFrame, metric: str, period: Period, sources: pd.DataFrame | None = None
) -> StatedCounts:
    """Read what claims state of a metric by province in a period.

    Parameters
    ----------
    claims : DataFrame
        All claims that are believed, with the columns of ``schema.CLAIM``.
    metric : str
        Name of the metric.
    period : Period
        The slice.
    sources : DataFrame, optional
        The sources, so that claims from sources with one origin count as one.

    Raises
    ------
    MetricError
        When there is no such metric.
    """
    nature = find_metric(metric).nature
    restates = read_links(claims, "claim_id", "restates")
    derived_from = {} if sources is None else read_links(sources, "source_id", "derived_from")
    stated = claims[claims["metric"] == metric]
    relation = relate_periods(stated, period)
    statements = read_statements(stated, relation, derived_from)
    remainders = find_remainders(statements, nature, restates)
    disputes = read_links(claims[claims["stance"].isin(DISPUTING_STANCES)], "claim_id", "responds_to")
    disputed = {claim_id for answered in disputes.values() for claim_id in answered}
    rows = []
    for code in gazetteer.PROVINCE_CODES:
        figure = read_figure((one for one in statements if one.province_code == code), nature, restates)
        remainder = remainders.get(code)
        implied = remainder.value if remainder else None
        rows.append(
            {
                "province_code": code,
                "province": gazetteer.province_name(code),
                "low": figure.range.low,
                "best": figure.range.best,
                "high": figure.range.high,
                "basis": "implied" if figure == Figure() and implied is not None else figure.basis,
                "implied": implied,
                "implied_from": list(remainder.claim_ids) if remainder else [],
                "contested": figure.range.contested
                or bool(remainder and remainder.contested)
                or not disputed.isdisjoint(figure.claim_ids),
                "claim_ids": list(figure.claim_ids),
            }
        )
    in_slice = stated[relation.notna()]
    elsewhere = in_slice["geography"].fillna("province") != "province"
    known = in_slice["province_code"].isin(gazetteer.PROVINCE_CODES)
    return StatedCounts(
        metric,
        period,
        pd.DataFrame(rows).astype(dict.fromkeys((*SIDES, "implied"), "Float64")),
        _list_areas(in_slice[elsewhere], relation),
        int((~elsewhere & ~known).sum()),
        int(stated[list(schema.PERIOD_COLUMNS["claim"])].isna().all(axis=1).sum()),
    )


def _list_areas(claims: pd.DataFrame, relation: pd.Series) -> pd.DataFrame:
    """Return claims about areas other than provinces, with only the numbers that they give."""
    areas = claims[list(_AREA_COLUMNS)].assign(relation=relation[claims.index])
    ranges = [read_range(claim) for _, claim in claims.iterrows()]
    for side in SIDES:
        areas[side] = pd.array([getattr(each, side) for each in ranges], dtype="Float64")
    return areas.sort_values(["period_start", "claim_id"], ignore_index=True)


def count_recorded(
    records: pd.DataFrame,
    kind: str,
    period: Period | None,
    *,
    by: Literal["province"] | Grain,
    event_type: str | None = None,
    value: Value = "records",
) -> RecordedCounts:
    """Count records, or the people in them, by province or by step of time.

    Parameters
    ----------
    records : DataFrame
        Rows of `kind`.
    kind : str
        ``event`` or ``complaint``.
    period : Period or None
        The slice; None is all time.
    by : {"province", "day", "month", "quarter", "year"}
        What a row is.
    event_type : str, optional
        Only events of this type.
    value : {"records", "people"}
        Whether to count records or to add up the people in them; by province, those of an event in several count only
        in `high`.

    Raises
    ------
    MetricError
        When there is no such type of event, or `kind` has no types.
    ValueError
        When `kind` cannot be counted, or `by` or `value` is not one of those above.
    """
    if kind not in ("event", "complaint") or by not in ("province", *GRAINS) or value not in ("records", "people"):
        raise ValueError(f"cannot count {value!r} of {kind!r} by {by!r}")
    chosen = _select_type(records, kind, event_type)
    identifier = schema.KINDS[kind].id_field
    needed = (identifier, *schema.PERIOD_COLUMNS[kind], schema.PROVINCE_CODE, schema.PROVINCE_CODES, *_PEOPLE_COLUMNS)
    selection = select_records(chosen[[name for name in needed if name in chosen]], kind, period)
    counted = pd.concat([selection.inside, selection.perhaps], ignore_index=True)
    within = np.arange(len(counted)) < len(selection.inside)
    places = find_provinces(counted, kind)
    provinces_each = np.bincount(places["position"], minlength=len(counted))
    if by == "province":
        codes = gazetteer.PROVINCE_CODES
        heads = pd.DataFrame({"province_code": codes, "province": [gazetteer.province_name(code) for code in codes]})
        certain = within & (provinces_each == 1) if value == "people" else within
        members = places.assign(inside=certain[places["position"]])
    else:
        steps = list(split_period(period, by)) if period else _split_extent(counted, kind, by)
        edges = [(pd.Timestamp(step.start), pd.Timestamp(step.end)) for step in steps]
        heads = pd.DataFrame(edges, columns=["start", "end"]).astype("datetime64[us]")
        members = find_steps(counted, kind, steps)
    numbers = read_people(counted, kind) if value == "people" else dict.fromkeys(SIDES, np.ones(len(counted)))
    sums = add_members(members, len(heads), numbers)
    sums["record_ids"] = collect_members(members, len(heads), counted[identifier])
    return RecordedCounts(
        kind=kind,
        by=by,
        value=value,
        period=period,
        rows=pd.concat([heads, sums], axis=1),
        inside=len(selection.inside),
        perhaps=len(selection.perhaps),
        located=int((provinces_each > 0).sum()),
        unlocated=int((provinces_each == 0).sum()),
        undated=len(selection.undated),
        shared=int((provinces_each > 1).sum()),
        dated_by_report=int(counted[DATED_BY_REPORT].sum()),
    )


def _select_type(records: pd.DataFrame, kind: str, event_type: str | None) -> pd.DataFrame:
    """Return the events of one type, or everything when no type is asked for."""
    if event_type is None:
        return records
    if kind != "event":
        raise MetricError(
            say("A {kind} has no event type.", kind=kind), say("Leave the type out."), kind=kind, event_type=event_type
        )
    if event_type not in schema.EVENT_TYPES:
        raise MetricError(
            say("There is no event type called “{event_type}”.", event_type=event_type),
            say("Known types: {names}.", names=", ".join(schema.EVENT_TYPES)),
            event_type=event_type,
        )
    return records[records["event_type"] == event_type]


def _split_extent(records: pd.DataFrame, kind: str, grain: Grain) -> list[Period]:
    """Return the whole steps of time from the first to the last day of dated records."""
    if records.empty:
        return []
    days = find_days(records, kind)
    after = pd.concat([days["end"], days["start"] + pd.Timedelta(days=1)]).max()
    extent = Period(days["start"].min().date(), after.date())
    years = Period(date(extent.start.year, 1, 1), date(extent.last_day.year + 1, 1, 1))
    return [step for step in split_period(years, grain) if step.overlaps(extent)]
