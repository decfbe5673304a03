"""Which measure and period of the map show the records of a file."""

from __future__ import annotations

import pandas as pd

from data.measures import MEASURES
from data.periods import Period
from data.schema import PERIOD_COLUMNS

_ATTRIBUTE = {"event": ("recorded", "event_type"), "claim": ("stated", "metric")}
_WHOLE = {"complaint": "recorded:complaint", "compound": "listed:compound"}


def find_measure(kind: str, records: pd.DataFrame) -> str | None:
    """Return the measure that shows most of the records; None when no map shows this kind.

    Parameters
    ----------
    kind : str
        Key into ``schema.KINDS``.
    records : DataFrame
        Of that kind.
    """
    if kind in _WHOLE:
        return _WHOLE[kind]
    if kind not in _ATTRIBUTE:
        return None
    basis, column = _ATTRIBUTE[kind]
    names = (f"{basis}:{value}" for value in records[column].value_counts().index)
    return next((name for name in names if name in MEASURES), None)


def find_period(kind: str, records: pd.DataFrame) -> Period | None:
    """Return the period from the first to the last dated record; None when none has both ends."""
    if kind not in PERIOD_COLUMNS:
        return None
    start, end = (records[name].dropna() for name in PERIOD_COLUMNS[kind])
    return None if start.empty or end.empty else Period(start.min().date(), end.max().date())
