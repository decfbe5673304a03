"""Time on the map page: the brush below the map, and what it sends back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from charts.brush_payload import GRAIN_WORDS, describe_brush
from charts.compare_payload import (
    Mode,
    change_classes,
    describe_change,
    describe_change_legend,
    describe_comparison,
    merge_legends,
)
from charts.map_payload import Style
from data.activity import count_activity
from data.change import Change, compare_counts
from data.comparing import second_period
from data.measures import MeasureCounts, count_measure
from data.periods import Grain, Period
from data.permalink import Choices
from data.presets import stated_windows
from data.snapshot import Snapshot
from errors import PeriodError

EARLIEST, LATEST = 1900, 2200
"""Years between which a period may lie that comes from a browser."""


View = dict[str, Any]
"""What of the payload belongs to one period: provinces, dots, hexagons."""


def brush_part(snapshot: Snapshot, counts: MeasureCounts, choices: Choices) -> dict[str, Any] | None:
    """Return the part of the payload that draws the time brush; None when no record is dated.

    Parameters
    ----------
    snapshot : Snapshot
    counts : MeasureCounts
        What the map shows.
    choices : Choices
    """
    everything = snapshot.extent()
    if everything is None:
        return None
    grain: Grain = choices.grain if choices.grain in GRAIN_WORDS else "month"  # type: ignore[assignment]
    key = ("activity", counts.measure.name, grain)
    return describe_brush(
        snapshot.keep(key, lambda: count_activity(snapshot, counts.measure, everything, grain)),
        counts.measure,
        counts.period,
        everything=everything,
        windows=stated_windows(snapshot, counts.measure),
        against=second_period(choices, counts.measure, counts.period),
        cumulative=choices.cumulative,
    )


def find_change(snapshot: Snapshot, counts: MeasureCounts, choices: Choices) -> Change | None:
    """Return how the measure changed from the earlier to the later of two periods; None when one is shown."""
    against = second_period(choices, counts.measure, counts.period)
    if against is None:
        return None
    second = count_measure(snapshot, counts.measure, against)
    return compare_counts(*sorted((counts, second), key=lambda one: one.period))


def compare_parts(
    snapshot: Snapshot,
    counts: MeasureCounts,
    choices: Choices,
    draw: Callable[[MeasureCounts], tuple[View, dict[str, Any]]],
    *,
    rates: pd.Series,
    largest: float,
) -> tuple[View, dict[str, Any], dict[str, Any] | None]:
    """Return what the map shows, its legend and part ``compare`` of the payload (None when one period is shown).

    Parameters
    ----------
    snapshot : Snapshot
    counts : MeasureCounts
        Of the chosen period.
    choices : Choices
    draw : callable
        Gives view and legend of one period, in classes and sizes that are the same for all periods.
    rates : Series of float
        Rates of all periods that a reader can choose.
    largest : float
        Largest count of all periods.
    """
    change = find_change(snapshot, counts, choices)
    own, legend = draw(counts)
    if change is None:
        return own, legend, None
    mode: Mode = choices.compare  # type: ignore[assignment]
    labels = [{"label": period.label()} for period in (change.before, change.after)]
    if mode == "difference":
        style: Style = "shades" if choices.style == "shades" else "circles"
        classes = change_classes(rates)
        legend = describe_change_legend(change, style, classes=classes, legend=legend)
        provinces = describe_change(change, style, classes=classes, largest=largest)
        view = {"provinces": provinces, "dots": [], "hexagons": None}
        return view, legend, describe_comparison(mode, *labels)
    first = change.before == counts.period
    other, its_legend = draw(count_measure(snapshot, counts.measure, change.after if first else change.before))
    # What belongs to the chosen period stands in the payload already; the other side brings its own.
    if first:
        compare = describe_comparison(mode, labels[0], labels[1] | other)
        return own, merge_legends(legend, its_legend), compare
    return own, merge_legends(its_legend, legend), describe_comparison(mode, labels[0] | other, labels[1])


def read_time(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the brush changes among the choices: period, cumulative, grain; only what is valid.

    Parameters
    ----------
    sent : mapping
        From the browser, never trusted: ``period`` (two ISO dates, half-open, from `EARLIEST` to `LATEST`),
        ``cumulative`` (bool) and ``grain``.
    """
    changes: dict[str, Any] = {}
    if (period := _read_period(sent.get("period"))) is not None:
        changes["period"] = period
    if isinstance(sent.get("cumulative"), bool):
        changes["cumulative"] = sent["cumulative"]
    grain = sent.get("grain")
    if isinstance(grain, str) and grain in GRAIN_WORDS:
        changes["grain"] = grain
    return changes


def _read_period(sent: object) -> Period | None:
    if not isinstance(sent, list) or len(sent) != 2 or not all(isinstance(day, str) for day in sent):
        return None
    try:
        period = Period(date.fromisoformat(sent[0]), date.fromisoformat(sent[1]))
    except (ValueError, PeriodError):
        return None
    return period if period.start.year >= EARLIEST and period.last_day.year < LATEST else None
