"""Classes and sizes of a measure that stay the same over its periods, for the screen and for pictures alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from charts.classes import Classes, Scheme, classify
from data.measures import Measure, count_measure
from data.periods import Period
from data.presets import stated_windows
from data.snapshot import Snapshot


@dataclass(frozen=True)
class Scales:
    """What a shade and a circle mean.

    Attributes
    ----------
    classes : Classes
        Breaks of the rate.
    largest : float
        The count of the largest circle; 0 when nothing is reported.
    rates : Series of float
        The pooled rates per 100,000 residents; missing where nothing is reported.
    """

    classes: Classes
    largest: float
    rates: pd.Series


def pool_scales(
    snapshot: Snapshot,
    measure: Measure,
    chosen: Sequence[Period],
    scheme: Scheme = "quantiles",
    k: int = 5,
    breaks: Sequence[float] = (),
) -> Scales:
    """Return scales over the chosen periods, every period that was stated, and all that is dated.

    Parameters
    ----------
    snapshot : Snapshot
    measure : Measure
    chosen : sequence of Period
        What is drawn.
    scheme, k, breaks
        As for `charts.classes.classify`.
    """
    extent = snapshot.extent()
    periods = [*chosen, *stated_windows(snapshot, measure), *([extent] if extent is not None else [])]
    tables = [count_measure(snapshot, measure, each).rows for each in dict.fromkeys(periods)]
    values = pd.concat([table["best"].fillna(table["low"]).fillna(table["high"]) for table in tables])
    rates = pd.concat([table["rate_best"].fillna(table["rate_low"]).fillna(table["rate_high"]) for table in tables])
    largest = float(values.max()) if values.notna().any() else 0.0
    return Scales(classify(rates, scheme, k, breaks), largest, rates)
