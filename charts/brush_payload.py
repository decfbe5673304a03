"""What the time brush under the map is told: bars by step of time, stated windows, the chosen period, and its words.

Part ``brush`` of the map's payload; ``static/frame/brush.js`` reads it::

    caption     what the bars count, in words; the brush's accessible name
    note        what could not be drawn, or empty
    grain       the step of the bars;   grains  [[name, word]] that may be chosen
    edges       first day of each step, then the day after the last;   counts  records of each step
    windows     [{from, to, label}] periods for which speakers stated numbers, drawn as brackets
    period      [from, to], half-open;   against  the second period of a comparison, or null
    everything  [from, to] of all records
    cumulative  whether the period grows from the start
    months      names of the months;   words  every other text of the brush
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.activity import Activity
from data.measures import MEASURES, Measure
from data.periods import Period
from locales import later, say, say_many, write_month

GRAIN_WORDS = {"month": later("Month"), "quarter": later("Quarter"), "year": later("Year")}

_WORDS = {
    "first": later("First day of the period"),
    "last": later("Last day of the period"),
    "move": later("The whole period"),
    "back": later("Back by one period"),
    "forward": later("Forward by one period"),
    "play": later("Play"),
    "pause": later("Pause"),
    "speed": later("Speed"),
    "step": later("Step"),
    "mode": later("While playing"),
    "single": later("One period at a time"),
    "growing": later("Growing from the start"),
    "stated": later("Stated for {period}"),
    "hint": later("Drag to choose a period; double click for everything."),
}


def describe_brush(
    activity: Activity,
    measure: Measure,
    period: Period,
    *,
    everything: Period,
    windows: Sequence[Period] = (),
    against: Period | None = None,
    cumulative: bool = False,
) -> dict[str, Any]:
    """Return part ``brush`` of the map's payload.

    Parameters
    ----------
    activity : Activity
    measure : Measure
        The one that is shown.
    period : Period
        The one that is chosen.
    everything : Period
        From the first to the last dated record.
    windows : sequence of Period
        For which speakers stated numbers of the measure.
    against : Period, optional
        The second period of a comparison.
    cumulative : bool
        Whether the period grows from the start.
    """
    return {
        "caption": _name_bars(activity),
        "note": _name_missing(activity),
        "grain": activity.grain,
        "grains": [[name, say(word)] for name, word in GRAIN_WORDS.items()],
        "edges": [day.isoformat() for day in activity.edges],
        "counts": list(activity.counts),
        "windows": [
            {"from": span[0], "to": span[1], "label": window.label()} for window in windows for span in [_write(window)]
        ],
        "period": _write(period),
        "against": _write(against) if against else None,
        "everything": _write(everything),
        "cumulative": cumulative,
        "measure": measure.name,
        "months": [write_month(month) for month in range(1, 13)],
        "words": {name: say(word) for name, word in _WORDS.items()},
    }


def _write(period: Period) -> list[str]:
    return [period.start.isoformat(), period.end.isoformat()]


def _name_bars(activity: Activity) -> str:
    """Return what a bar counts: ``Raids recorded per month``, ``Events and uploaded complaints per year``."""
    step = {"month": say("per month"), "quarter": say("per quarter"), "year": say("per year")}.get(activity.grain, "")
    if activity.kinds == ("complaint",):
        return say("Complaints uploaded {step}", step=step)
    if activity.kinds == ("event",):
        return say("Events recorded {step}", step=step)
    if len(activity.kinds) > 1:
        return say("Events and uploaded complaints {step}", step=step)
    measure = MEASURES[f"recorded:{activity.kinds[0]}"].label
    return say("{measure}, {step}", measure=measure, step=step)


def _name_missing(activity: Activity) -> str:
    """Return how many records stand in no bar, and why; empty when all do."""
    parts = []
    if activity.coarse:
        parts.append(say_many("{n} record dated less closely", "{n} records dated less closely", activity.coarse))
    if activity.undated:
        parts.append(say("{n} undated", n=activity.undated))
    return say("Not drawn: {parts}.", parts=", ".join(parts)) if parts else ""
