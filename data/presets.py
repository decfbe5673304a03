"""Periods worth choosing: the windows that speakers stated their numbers for, and the calendar."""

from __future__ import annotations

import pandas as pd

from data.measures import Measure
from data.periods import Period, split_period
from data.snapshot import Snapshot

LONGEST_LIST = 40


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
    """Return periods by label: everything, the stated windows of the measure, then quarters, latest first."""
    extent = snapshot.extent()
    presets = {} if extent is None else {f"Everything: {extent.label()}": extent}
    presets |= {f"Stated window: {window.label()}": window for window in stated_windows(snapshot, measure)}
    if extent is not None:
        wide = Period(
            pd.Timestamp(extent.start).to_period("Q").start_time.date(),
            (pd.Timestamp(extent.last_day).to_period("Q") + 1).start_time.date(),
        )
        quarters = list(split_period(wide, "quarter"))[-LONGEST_LIST:]
        presets |= {
            f"Q{(quarter.start.month + 2) // 3} {quarter.start.year}: {quarter.label()}": quarter
            for quarter in reversed(quarters)
        }
    return presets
