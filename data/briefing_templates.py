"""Templates of briefings: which views tell the situation of a period, a province or a site; their words come later.

Everything follows from the records by rules. A stated figure belongs to the period for which it was stated, so a
template for a month may take the window of a statement that reaches into that month, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pandas as pd

from data.briefing import Item
from data.briefing_views import ledger_of
from data.change import compare_counts
from data.claims import busiest_metric, select_claims
from data.comparing import period_before
from data.measures import DEFAULT_MEASURE, MEASURES, Measure, MeasureCounts, available_measures, count_measure
from data.periods import Period
from data.permalink import Choices
from data.presets import stated_windows
from data.snapshot import Snapshot
from errors import ExportError
from geo.gazetteer import PROVINCE_CODES
from locales import later, say

TEMPLATES: dict[str, str] = {
    "monthly": later("Monthly situation"),
    "province": later("One province"),
    "compound": later("One compound"),
    "before_after": later("Before and after"),
    "who_says_what": later("Who says what"),
}
"""Templates by name, with their names in English."""
MOST_LADDERS = 4
_ABOUT_REPORTING = ("report_published", "official_statement", "rating_change", "warning", "media_shutdown")
_MONTHS_BEFORE = 12


def outline(
    template: str, snapshot: Snapshot, period: Period, *, place: str = "", compound: str = ""
) -> tuple[Item, ...]:
    """Return the figures of a template without their words.

    Parameters
    ----------
    template : str
        A key of `TEMPLATES`.
    snapshot : Snapshot
    period : Period
        What the briefing is about; of ``before_after`` the later one.
    place : str
        Code of the province, for ``province``.
    compound : str
        Identifier of the site, for ``compound``.

    Raises
    ------
    ExportError
        There is no such template, or it needs a province or a site that is not given or not there.
    """
    if template not in TEMPLATES:
        raise ExportError(
            say("There is no template “{name}”.", name=template),
            say("Choose one of: {names}.", names=", ".join(TEMPLATES)),
            template=template,
        )
    if template == "province" and place not in PROVINCE_CODES:
        raise ExportError(
            say("This template is about one province, and none is chosen."), say("Choose a province."), place=place
        )
    if template == "compound" and snapshot.find("compound", compound) is None:
        raise ExportError(
            say("This template is about one site, and none is chosen."), say("Choose a site."), compound=compound
        )
    plans: dict[str, Callable[[], Iterator[Item]]] = {
        "monthly": lambda: _monthly(snapshot, period),
        "province": lambda: _province(snapshot, period, place),
        "compound": lambda: _compound(snapshot, period, compound),
        "before_after": lambda: _before_after(snapshot, period),
        "who_says_what": lambda: _who_says_what(snapshot, period, place),
    }
    return tuple(plans[template]())


def _monthly(snapshot: Snapshot, period: Period) -> Iterator[Item]:
    view = best_view(snapshot, period)
    yield Item("map", view)
    yield Item("table", view)
    if view.measure != "recorded:complaint" and _counts(snapshot, "recorded:complaint", period).records:
        yield Item("map", Choices(measure="recorded:complaint", period=period))
    yield Item("timeline", Choices(period=_year_to(period)))
    yield from (Item("claims", one) for one in _ladders(snapshot, period, "", most=1))
    if _has_sites(snapshot, ""):
        yield Item("lanes", Choices(period=period))


def _province(snapshot: Snapshot, period: Period, place: str) -> Iterator[Item]:
    view = best_view(snapshot, period, place)
    yield Item("map", view)
    yield Item("timeline", Choices(period=_year_to(period), place=place))
    yield from (Item("claims", one) for one in _ladders(snapshot, period, place, most=1))
    if _has_sites(snapshot, place):
        yield Item("lanes", Choices(period=period, place=place))


def _compound(snapshot: Snapshot, period: Period, compound: str) -> Iterator[Item]:
    site = snapshot.find("compound", compound)
    code = site["province_code"] if site is not None else None
    place = code if isinstance(code, str) and code in PROVINCE_CODES else ""
    yield Item("lanes", Choices(period=period, compound=compound))
    yield Item("map", Choices(measure="listed:compound", period=period, place=place, compound=compound))
    yield Item("timeline", Choices(period=_year_to(period), place=place))


def _before_after(snapshot: Snapshot, period: Period) -> Iterator[Item]:
    before = period_before(period)
    view = Choices(measure=_most_comparable(snapshot, before, period), period=period, against=before)
    yield Item("map", _with(view, compare="side"))
    yield Item("map", _with(view, compare="difference"))
    yield Item("table", _with(view, compare="side"))
    yield Item("timeline", Choices(period=Period(before.start, period.end)))


def _who_says_what(snapshot: Snapshot, period: Period, place: str) -> Iterator[Item]:
    found = [Item("claims", one) for one in _ladders(snapshot, period, place, most=MOST_LADDERS)]
    yield from found or [Item("claims", Choices(measure=DEFAULT_MEASURE, period=period, place=place))]
    yield Item("timeline", Choices(period=_year_to(period), place=place))


def best_view(snapshot: Snapshot, period: Period, place: str = "") -> Choices:
    """Return the measure and window that tell most of a period by province.

    A figure that was stated for a window reaching into the period comes first (the one with most provinces, then with
    most days in the period); else the recorded events with most records; else the first measure, which then says that
    there is no report.
    """
    claims = snapshot.of("claim")
    named = claims["province_code"] == place if place else claims["province_code"].isin(PROVINCE_CODES)
    claims = claims[named & claims["period_start"].notna() & claims["period_end"].notna()]
    claims = claims[claims["metric"].map(lambda name: f"stated:{name}" in MEASURES)]
    first, after = pd.Timestamp(period.start), pd.Timestamp(period.end)
    claims = claims[(claims["period_start"] < after) & (claims["period_end"] > first)]
    found: list[tuple[int, int, str, Period]] = []
    for key, group in claims.groupby(["metric", "period_start", "period_end"], sort=True):
        metric, start, end = str(key[0]), pd.Timestamp(str(key[1])), pd.Timestamp(str(key[2]))
        shared = (min(end, after) - max(start, first)).days
        window = Period(start.date(), end.date())
        if 2 * shared >= min(window.days, period.days):
            found.append((group["province_code"].nunique(), shared, metric, window))
    if found:
        *_, metric, window = max(found, key=lambda one: (one[0], one[1]))
        return Choices(measure=f"stated:{metric}", period=window, place=place)
    recorded = [one.name for one in available_measures(snapshot) if one.basis == "recorded" and _tells(one)]
    counted = {name: _records_in(_counts(snapshot, name, period), place) for name in recorded}
    most = max(counted, key=lambda name: counted[name], default="")
    return Choices(measure=most if most and counted[most] else DEFAULT_MEASURE, period=period, place=place)


def _tells(measure: Measure) -> bool:
    """Whether a measure is of what happened, not of what was published about it."""
    return measure.subject not in _ABOUT_REPORTING


def _records_in(counts: MeasureCounts, place: str) -> float:
    rows = counts.rows[counts.rows["province_code"] == place] if place else counts.rows
    return float(rows["high"].fillna(rows["low"]).fillna(0).sum())


def _counts(snapshot: Snapshot, name: str, period: Period) -> MeasureCounts:
    return count_measure(snapshot, MEASURES[name], period)


def _most_comparable(snapshot: Snapshot, before: Period, after: Period) -> str:
    """Return the measure of which most provinces can be compared, else the one with most figures in either period.

    A stated measure counts when its numbers were stated for one of the two periods.
    """
    best, name = (-1.0, -1.0), DEFAULT_MEASURE
    for measure in available_measures(snapshot):
        stated = {before, after} & set(stated_windows(snapshot, measure))
        if measure.basis == "listed" or (measure.basis == "stated" and not stated) or not _tells(measure):
            continue
        tables = [count_measure(snapshot, measure, one) for one in (before, after)]
        figures = float(sum(table.rows[["low", "best", "high"]].notna().any(axis=1).sum() for table in tables))
        rank = (float(compare_counts(*tables).compared), figures)
        if rank > best:
            best, name = rank, measure.name
    return name


def _ladders(snapshot: Snapshot, period: Period, place: str, *, most: int) -> Iterator[Choices]:
    """Yield views of the metrics about which most is disputed in the period, then of those with most speakers."""
    rows = ledger_of(snapshot)
    rows = select_claims(rows, period, place=place).rows
    rows = rows[rows["metric"].map(lambda name: f"stated:{name}" in MEASURES)]
    rows = rows[rows["period_start"].notna() | rows["period_end"].notna()]
    for _ in range(most):
        metric = busiest_metric(rows)
        if not metric:
            return
        yield Choices(measure=f"stated:{metric}", period=period, place=place)
        rows = rows[rows["metric"] != metric]


def _has_sites(snapshot: Snapshot, place: str) -> bool:
    compounds = snapshot.of("compound")
    listed = compounds[compounds["listing"].fillna("") != "context"]
    return bool((listed["province_code"] == place).any() if place else len(listed))


def _year_to(period: Period) -> Period:
    """Return the months up to the end of a period, a year of them or as many as the period has."""
    last = period.last_day
    month = last.year * 12 + last.month - _MONTHS_BEFORE
    return Period(min(period.start, date(month // 12, month % 12 + 1, 1)), period.end)


def _with(view: Choices, *, compare: str) -> Choices:
    return Choices(measure=view.measure, period=view.period, against=view.against, compare=compare)
