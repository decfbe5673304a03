"""Numbers of one event: they count on the day on which the event counts.

A source often gives a number and only the date of its report ("police said they released more than 1,480", reported
on 27 September). Taken alone, such a claim could be about any time before. Tied to a raid, rescue, escape, return,
arrest or closure it is a number of that event, and takes its day: the event's own, or that of the report.
"""

from __future__ import annotations

import pandas as pd

from data.slices import DATED_BY_REPORT, find_days

HAPPENINGS = ("raid", "rescue", "escape", "repatriation", "arrest", "prosecution", "closure")
"""Types of event that happen at a time and place; a statement or report sums up what came before it."""


def date_by_events(claims: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return claims with the day of their event, where the claim itself gives only an end.

    Parameters
    ----------
    claims : DataFrame
        Claim records.
    events : DataFrame
        Event records.

    Returns
    -------
    DataFrame
        The claims in their order, with ``period_start`` and ``period_end`` of those that take an event's day, and
        ``dated_by_report`` (bool): whether that day is only the day of the report.
    """
    happened = events[events["event_type"].isin(HAPPENINGS)]
    days = find_days(happened, "event").set_axis(happened["event_id"], axis=0)
    days = days[days["start"].notna() & days["end"].notna()]
    takes = claims["period_start"].isna() & claims["period_end"].notna() & claims["event_id"].isin(days.index)
    found = days.loc[claims.loc[takes, "event_id"]].set_axis(claims.index[takes], axis=0)
    dated = claims.assign(**{DATED_BY_REPORT: False})
    dated.loc[takes, "period_start"] = found["start"]
    dated.loc[takes, "period_end"] = found["end"]
    dated.loc[takes, DATED_BY_REPORT] = found[DATED_BY_REPORT]
    return dated
