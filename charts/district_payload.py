"""Installed districts as the map shades them: each by its number of recorded rows.

``districts`` in the payload (``static/frame/districts.js`` reads it); null on a map by province::

    address   where the browser gets their shapes, as the frame sees it
    areas     {code: {fill, n, tip: [lines]}}   of those with a record; names stand with the shapes
    empty     [lines] of all others, which are hatched

There are no rates: how many people live in an installed district is not known.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from charts.classes import Classes, Scheme, classify
from charts.labels import format_range, place_label
from data.district_counts import DistrictCounts
from data.measures import Measure
from locales import language, say, say_many, write_number


def classify_districts(
    pooled: Iterable[float], scheme: Scheme = "quantiles", k: int = 5, breaks: Sequence[float] = ()
) -> Classes:
    """Return classes of whole numbers, from one record on, over the counts of all periods together.

    Parameters
    ----------
    pooled : iterable of float
        As `data.district_counts.DistrictIndex.pooled` gives them.
    scheme, k, breaks
        As for `charts.classes.classify`.
    """
    found = classify(pooled, scheme, k, breaks)
    upper = sorted({max(1, math.floor(edge)) for edge in found.upper})
    return Classes(tuple(map(float, upper)), 1.0, scheme)


def label_classes(classes: Classes) -> list[str]:
    """Return the range of each class of whole numbers in words: ``1``, ``2 – 5``."""
    upper = [int(edge) for edge in classes.upper]
    lower = [1, *(edge + 1 for edge in upper)][: len(upper)]
    return [
        write_number(low) if low == top else f"{write_number(low)} – {write_number(top)}"
        for low, top in zip(lower, upper, strict=True)
    ]


def describe_districts(counts: DistrictCounts, measure: Measure, classes: Classes) -> dict[str, Any]:
    """Return how each district is drawn, without the address of the shapes.

    A district is shaded by all records that lie or may lie in the period, as are hexagons.
    """
    rows = counts.rows[counts.rows["high"] > 0]
    shade = classes.index(rows["high"].astype("Float64"))
    areas = {
        row["district_code"]: {
            "fill": classes.colors[int(place)],
            "n": int(row["high"]),
            "tip": [f"{measure.label}: {_figure(row)}"],
        }
        for row, place in zip(rows.to_dict("records"), shade, strict=True)
    }
    return {"areas": areas, "empty": [no_record()]}


def describe_district_legend(
    legend: Mapping[str, Any], counts: DistrictCounts, classes: Classes, *, credit: str, period: str = ""
) -> dict[str, Any]:
    """Return the legend of a map by district.

    Parameters
    ----------
    legend : mapping
        That of the same map by province, with circles.
    counts : DistrictCounts
    classes : Classes
    credit : str
        Whose the districts are.
    period : str
        Where there are two periods, that of these counts.
    """
    high = counts.rows["high"]
    tally = classes.index(high[high > 0].astype("Float64")).value_counts()
    entries: list[dict[str, Any]] = [
        {"fill": color, "label": label, "n": int(tally.get(i, 0))}
        for i, (color, label) in enumerate(zip(classes.colors, label_classes(classes), strict=True))
    ]
    entries.append({"fill": None, "label": no_record(), "n": int((high == 0).sum())})
    note = say("{period}; number of records by district, not a rate", period=legend["note"])
    apart = not_in_districts(counts)
    footnotes = [
        *([f"{period}: {' '.join(apart)}"] if period and apart else apart),
        *legend["footnotes"],
        say("Populations of districts are not known, so there are no rates."),
        say("District boundaries: {credit}.", credit=credit),
    ]
    return {**legend, "note": note, "classes": entries, "circles": [], "footnotes": footnotes}


def no_record() -> str:
    """Return what is said of a district without a record."""
    return say("No record located here (this is not zero)")


def not_in_districts(counts: DistrictCounts) -> list[str]:
    """Return a sentence on each group of records that no district counts, and on those that only perhaps count."""
    told = []
    if n := counts.to_province:
        told.append(
            say_many(
                "{n} record is placed only to its province and stands in no district.",
                "{n} records are placed only to their province and stand in no district.",
                n,
            )
        )
    if n := counts.elsewhere:
        told.append(say_many("{n} record lies outside every district.", "{n} records lie outside every district.", n))
    if n := counts.unlocated:
        told.append(say_many("{n} record has no known place.", "{n} records have no known place.", n))
    if n := counts.perhaps:
        told.append(
            say_many(
                "{n} of the records only perhaps lies in the period.",
                "{n} of the records only perhaps lie in the period.",
                n,
            )
        )
    return told


def district_name(row: Mapping[Any, Any]) -> str:
    """Return a district's name in the language that is spoken, as far as the installed set has it."""
    return str(row["name_km"] if language() == "km" and row["name_km"] else row["name_en"])


def list_districts(counts: DistrictCounts) -> list[dict[str, str]]:
    """Return the districts with a record in words, the largest number first."""
    rows = counts.rows[counts.rows["high"] > 0].sort_values("high", ascending=False, kind="stable")
    return [
        {
            say("District"): district_name(row),
            say("Province"): place_label(row["province_code"]),
            say("Code"): row["district_code"],
            say("Records"): _figure(row),
        }
        for row in rows.to_dict("records")
    ]


def _figure(row: Mapping[Any, Any]) -> str:
    return format_range(row["low"], pd.NA, row["high"])
