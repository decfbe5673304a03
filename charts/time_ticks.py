"""Where the marks of a drawn time axis stand, and what they say."""

from __future__ import annotations

import pandas as pd

from data.periods import Period
from locales import write_digits, write_short_month

_MOST = 8
_STEPS = (1, 3, 6, 12, 24, 60, 120)


def time_ticks(period: Period) -> list[tuple[pd.Timestamp, str]]:
    """Return days at which months or years begin inside a period, at most about eight, each with its label."""
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    months = max(1, round((last - first).days / 30.4))
    step = next((one for one in _STEPS if months / one <= _MOST), _STEPS[-1])
    ticks = []
    for month in pd.period_range(first, last, freq="M"):
        day = month.start_time
        if first <= day < last and (month.year * 12 + month.month - 1) % step == 0:
            year = write_digits(str(month.year))
            ticks.append((day, year if step >= 12 else f"{write_short_month(month.month)} {year}"))
    return ticks
