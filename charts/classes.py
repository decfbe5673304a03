"""Class breaks that mean the same in every period.

Breaks are found once over the pooled values of all periods that a reader can choose, so that a colour stays the same
when the period changes. The schemes are those of mapclassify (https://pysal.org/mapclassify/).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import mapclassify
import numpy as np
import pandas as pd

from charts.labels import format_number
from charts.palette import SEQUENTIAL
from locales import later, say

Scheme = Literal["quantiles", "natural", "equal", "manual"]
SCHEMES: dict[Scheme, str] = {
    "quantiles": later("Equal numbers of provinces in each class"),
    "natural": later("Natural breaks (Fisher and Jenks)"),
    "equal": later("Equal steps"),
    "manual": later("Own breaks"),
}
_CLASSIFIERS = {
    "quantiles": mapclassify.Quantiles,
    "natural": mapclassify.FisherJenks,
    "equal": mapclassify.EqualInterval,
}


@dataclass(frozen=True)
class Classes:
    """Breaks and colours of a choropleth.

    Attributes
    ----------
    upper : tuple of float
        Upper bound of each class, inclusive, ascending; empty when there is nothing to classify.
    lowest : float
        Smallest pooled value.
    scheme : Scheme
        How the breaks were found.
    """

    upper: tuple[float, ...]
    lowest: float
    scheme: Scheme

    @property
    def colors(self) -> tuple[str, ...]:
        """One colour for each class, light to dark."""
        k = len(self.upper)
        if k >= 3:
            return SEQUENTIAL[k]
        return SEQUENTIAL[3][1 : 1 + k]

    @property
    def labels(self) -> tuple[str, ...]:
        """Range of each class in words; bounds are the values at which the class ends."""
        lower = (self.lowest, *self.upper[:-1])
        return tuple(
            format_number(top)
            if bottom == top
            else f"{say('over ') if i else ''}{format_number(bottom)} – {format_number(top)}"
            for i, (bottom, top) in enumerate(zip(lower, self.upper, strict=True))
        )

    def index(self, values: pd.Series) -> pd.Series:
        """Return the class of each value (0 is the lowest), missing where the value is missing.

        Parameters
        ----------
        values : Series of float

        Returns
        -------
        Series of Int64
            With the index of `values`. A value beyond the pooled ones falls into the first or last class.
        """
        numbers = values.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
        found = np.minimum(np.searchsorted(np.array(self.upper), numbers), max(len(self.upper) - 1, 0))
        return pd.Series(found, index=values.index, dtype="Int64").mask(np.isnan(numbers))


def classify(
    pooled: Iterable[float], scheme: Scheme = "quantiles", k: int = 5, breaks: Sequence[float] = ()
) -> Classes:
    """Return class breaks over pooled values.

    Parameters
    ----------
    pooled : iterable of float
        The values of every place in every period that a reader can choose; missing ones are left out.
    scheme : Scheme
    k : int
        Number of classes, 2 to 7; fewer come back when there are fewer distinct values.
    breaks : sequence of float
        Upper ends of the classes, ascending, for the scheme ``manual``: at most six, since a last class is added for
        values above them. Without any, manual classes are quantiles.

    Returns
    -------
    Classes
        Breaks are rounded outwards to two decimals, so that the legend is true.
    """
    values = np.array([value for value in pooled if value is not None and not pd.isna(value)], dtype=float)
    if values.size == 0:
        return Classes((), 0.0, scheme)
    distinct = np.unique(values)
    if scheme == "manual" and len(breaks):
        ends = [float(edge) for edge in breaks[:6]]
        last = float(np.ceil(distinct[-1] * 100) / 100)
        return Classes((*ends, last) if last > ends[-1] else tuple(ends), min(0.0, float(distinct[0])), scheme)
    k = max(1, min(k, 7, distinct.size))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # numba is absent, ties leave fewer classes: both fine
        upper = (
            distinct
            if distinct.size <= k
            else np.unique(_CLASSIFIERS.get(scheme, mapclassify.Quantiles)(values, k=k).bins)
        )
    rounded = np.unique(np.ceil(upper * 100) / 100)
    return Classes(tuple(float(edge) for edge in rounded), float(np.floor(distinct[0] * 100) / 100), scheme)
