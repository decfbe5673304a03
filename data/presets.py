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
from locales import language, later, say, voice, write_digits, write_month, write_short_month

LONGEST_LIST = 40
_REPORTED = {
    "raid": later("raid reported"),
    "closure": later("closure reported"),
    "media_shutdown": later("media shutdown reported"),
}
TURNING_POINTS = tuple(_REPORTED)
"""Types of event before and after which a reader may want to look."""


def stated_windows(snapshot: Snapshot, measure: Measure) -> list[Period]:
    """Return the closed periods for which the claims of a stated measure were made, the richest in provinces first."""
    return snapshot.keep(("stated windows", measure.name), lambda: _find_windows(snapshot, measure))


def _find_windows(snapshot: Snapshot, measure: Measure) -> list[Period]:
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
    published = snapshot.published.table(measure.subject).latest_year() if measure and snapshot.published else None
    if published:
        return published
    today = pd.Timestamp.now("Asia/Phnom_Penh").date()
    return snapshot.extent() or Period(today.replace(day=1), (today + pd.Timedelta(days=1)))


def preset_periods(snapshot: Snapshot, measure: Measure) -> dict[str, Period]:
    """Return periods by label: everything, stated windows, quarters, before and after turning points, months."""
    return snapshot.keep(("presets", measure.name, voice()), lambda: _list_periods(snapshot, measure))


def _list_periods(snapshot: Snapshot, measure: Measure) -> dict[str, Period]:
    extent = snapshot.extent()
    presets = {} if extent is None else {say("Everything · {period}", period=extent.short_label()): extent}
    presets |= {
        say("{period} · stated", period=window.short_label()): window for window in stated_windows(snapshot, measure)
    }
    if extent is not None:
        wide = Period(
            pd.Timestamp(extent.start).to_period("Q").start_time.date(),
            (pd.Timestamp(extent.last_day).to_period("Q") + 1).start_time.date(),
        )
        quarters = list(split_period(wide, "quarter"))[-LONGEST_LIST:]
        presets |= {_name_quarter(one): one for one in reversed(quarters)}
        presets |= _around_events(snapshot.of("event"), extent)
        months = list(split_period(wide, "month"))[-LONGEST_LIST:]
        presets |= {
            f"{write_month(month.start.month)} {write_digits(str(month.start.year))}": month
            for month in reversed(months)
        }
    if snapshot.published:
        fixed = sorted(snapshot.published.table(measure.subject).counts, key=lambda one: (one.days, one), reverse=True)
        presets |= {one.short_label(): one for one in fixed if one not in presets.values()}
    return presets


def _name_month(month: Period) -> str:
    return f"{write_month(month.start.month)} {write_digits(str(month.start.year))}"


def _name_quarter(quarter: Period) -> str:
    number, year = (write_digits(str(one)) for one in ((quarter.start.month + 2) // 3, quarter.start.year))
    first, last = (write_short_month(day.month) for day in (quarter.start, quarter.last_day))
    return say("Q{number} {year} · {first} – {last}", number=number, year=year, first=first, last=last)


def _around_events(events: pd.DataFrame, extent: Period) -> dict[str, Period]:
    """Return what lies before and after each turning point: a raid, a closure, the end of a source."""
    turning = events[events["event_type"].isin(TURNING_POINTS)]
    days = find_days(turning, "event")["start"].dropna().sort_values(ascending=False)
    found = {}
    for event, stamp in zip(turning.loc[days.index].to_dict("records"), days, strict=True):
        day = stamp.date()
        places = [
            province_name(code, language()) for code in split_list(event["province_codes"]) if code in PROVINCE_CODES
        ]
        name = f"{Period(day, day + timedelta(days=1)).short_label()} · {say(_REPORTED[event['event_type']])}"
        name += f", {places[0]}" if len(places) == 1 else ""
        if extent.start < day:
            found[say("Before {event}", event=name)] = Period(extent.start, day)
        if day < extent.last_day:
            found[say("After {event}", event=name)] = Period(day + timedelta(days=1), extent.end)
    return found
