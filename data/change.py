"""How a measure changed by province between two periods: as a range, and in a direction only where that is certain.

A figure is what is known of a number: at least `low`, at most `high`. So a change is known from ``after.low −
before.high`` to ``after.high − before.low``, and stays open on a side where one of them is open. A province without a
report in one of the periods cannot be compared: no report is not zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.measures import Measure, MeasureCounts
from data.periods import Period

SIDES = ("low", "best", "high")
UP, DOWN, SAME, UNCERTAIN = "up", "down", "same", ""


@dataclass(frozen=True)
class Change:
    """A measure in two periods.

    Attributes
    ----------
    measure : Measure
    before, after : Period
        The change is from the first to the second of them.
    rows : DataFrame
        The 25 provinces in ISO order: province_code, province; low, best, high (Float64; the change) and rate_low,
        rate_best, rate_high (the same per 100,000 residents at the 2019 census), missing where open or unknown; each
        with ``_before`` and ``_after`` for the figures themselves; reported_before, reported_after, compared (bool:
        anything is known of the change), contested (bool: in either period), direction (str: ``up``, ``down``,
        ``same``; empty when not certain or not compared), claim_ids (list: behind the figures of either period).
    """

    measure: Measure
    before: Period
    after: Period
    rows: pd.DataFrame

    @property
    def compared(self) -> int:
        """Number of provinces of which anything is known of the change."""
        return int(self.rows["compared"].sum())


def compare_counts(before: MeasureCounts, after: MeasureCounts) -> Change:
    """Return how a measure changed by province.

    Parameters
    ----------
    before, after : MeasureCounts
        The same measure in two periods.

    Raises
    ------
    ValueError
        When they are of different measures.
    """
    if before.measure != after.measure:
        raise ValueError(f"{before.measure.name} cannot be compared with {after.measure.name}")
    first, second = before.rows, after.rows
    rows = first[["province_code", "province"]].copy()
    for side in SIDES:
        for name in (side, f"rate_{side}"):
            rows[f"{name}_before"], rows[f"{name}_after"] = first[name], second[name]
    for rate in ("", "rate_"):
        rows[f"{rate}low"] = second[f"{rate}low"] - first[f"{rate}high"]
        rows[f"{rate}best"] = second[f"{rate}best"] - first[f"{rate}best"]
        rows[f"{rate}high"] = second[f"{rate}high"] - first[f"{rate}low"]
    for when, figures in (("before", first), ("after", second)):
        rows[f"reported_{when}"] = figures[list(SIDES)].notna().any(axis=1)
    rows["compared"] = rows[list(SIDES)].notna().any(axis=1)
    rows["contested"] = first["contested"].astype(bool) | second["contested"].astype(bool)
    rows["claim_ids"] = [
        list(dict.fromkeys((*mine, *its))) for mine, its in zip(first["claim_ids"], second["claim_ids"], strict=True)
    ]
    rows["direction"] = _find_directions(rows)
    return Change(before.measure, before.period, after.period, rows)


def _find_directions(rows: pd.DataFrame) -> pd.Series:
    """Return the direction of each change; a contested figure makes none certain."""
    low, high = rows["low"], rows["high"]
    found = pd.Series(UNCERTAIN, index=rows.index, dtype="str")
    found = found.mask((low > 0).fillna(False), UP).mask((high < 0).fillna(False), DOWN)
    found = found.mask(((low == 0) & (high == 0)).fillna(False), SAME)
    return found.mask(rows["contested"], UNCERTAIN)
