"""Periods worth choosing: the windows that speakers stated their numbers for, and the calendar."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from data.measures import Measure
from data.periods import Period, split_period
from data.schema import split_list
from data.slices import find_days
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES, province_name

LONGEST_LIST = 40
TURNING_POINTS = ("raid", "closure", "media_shutdown")
"""Types of event before and after which a reader may want to look."""


def stated_windows(snapshot: Snapshot, measure: Measure) -> list[Period]:
    """Return the closed periods for which the claims of a stated measure were made, the richest in provinces first."""
    if measure.basis != "stated":
        return []
    claims = snapshot.of("claim")
    claims = claims[
        (claims["metric"] == measure.subject) & claims["period_start"].notna() & claims["period_end"].notna()
    ]
    if claims.empty:
        return []
    found = claims.groupby(["period_start", "period_end"])["province_code"].agg(["nunique", "size"]).reset_index()
    found = found.sort_values(["nunique", "size", "period_start"], ascending=[False, False, True])
    return [
        Period(start.date(), end.date()) for start, end in zip(found["period_start"], found["period_end"], strict=True)
    ]


def default_period(snapshot: Snapshot, measure: Measure | None = None) -> Period:
    """Return the period to begin with: the richest stated window of a measure, else everything that is dated."""
    windows = stated_windows(snapshot, measure) if measure else []
    if windows:
        return windows[0]
    today = pd.Timestamp.now("Asia/Phnom_Penh").date()
    return snapshot.extent() or Period(today.replace(day=1), (today + pd.Timedelta(days=1)))


def preset_periods(snapshot: Snapshot, measure: Measure) -> dict[str, Period]:
    """Return periods by label: everything, stated windows, quarters, before and after turning points, months."""
    extent = snapshot.extent()
    presets = {} if extent is None else {f"Everything · {extent.short_label()}": extent}
    presets |= {f"{window.short_label()} · stated": window for window in stated_windows(snapshot, measure)}
    if extent is not None:
        wide = Period(
            pd.Timestamp(extent.start).to_period("Q").start_time.date(),
            (pd.Timestamp(extent.last_day).to_period("Q") + 1).start_time.date(),
        )
        quarters = list(split_period(wide, "quarter"))[-LONGEST_LIST:]
        presets |= {
            f"Q{(one.start.month + 2) // 3} {one.start.year} · {one.start:%b} – {one.last_day:%b}": one
            for one in reversed(quarters)
        }
        presets |= _around_events(snapshot.of("event"), extent)
        months = list(split_period(wide, "month"))[-LONGEST_LIST:]
        presets |= {f"{month.start:%B %Y}": month for month in reversed(months)}
    return presets


def _around_events(events: pd.DataFrame, extent: Period) -> dict[str, Period]:
    """Return what lies before and after each turning point: a raid, a closure, the end of a source."""
    turning = events[events["event_type"].isin(TURNING_POINTS)]
    days = find_days(turning, "event")["start"].dropna().sort_values(ascending=False)
    found = {}
    for event, stamp in zip(turning.loc[days.index].to_dict("records"), days, strict=True):
        day = stamp.date()
        places = [province_name(code) for code in split_list(event["province_codes"]) if code in PROVINCE_CODES]
        kind = str(event["event_type"]).replace("_", " ")
        name = f"{Period(day, day + timedelta(days=1)).short_label()} · {kind} reported"
        name += f", {places[0]}" if len(places) == 1 else ""
        if extent.start < day:
            found[f"Before {name}"] = Period(extent.start, day)
        if day < extent.last_day:
            found[f"After {name}"] = Period(day + timedelta(days=1), extent.end)
    return found
