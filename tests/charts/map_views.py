"""Varied views of the seed data, and of synthetic rows, to draw as pictures."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.measures import MEASURES, MeasureCounts, count_measure
from data.periods import Period, parse_period
from data.permalink import Choices

TODAY = date(2026, 11, 22)
MONTH = parse_period("2022-08-19", "2022-09-19")
YEAR, NEXT = parse_period("2022-01-01", "2023-01-01"), parse_period("2023-01-01", "2024-01-01")
EMPTY = parse_period("2010-01-01", "2010-02-01")

VIEWS: dict[str, tuple[Choices, str, str]] = {
    "circles": (Choices(period=MONTH), "wide", "en"),
    "circles_km": (Choices(period=MONTH), "wide", "km"),
    "shades": (Choices(period=MONTH, style="shades"), "wide", "en"),
    "shades_km": (Choices(period=MONTH, style="shades"), "half", "km"),
    "shades_7": (Choices(period=MONTH, style="shades", classes=7), "a4", "en"),
    "half": (Choices(period=MONTH, style="circles"), "half", "en"),
    "square": (Choices(period=MONTH), "square", "en"),
    "square_km": (Choices(period=MONTH), "square", "km"),
    "across": (Choices(period=MONTH, style="shades"), "a4_landscape", "km"),
    "raids": (Choices(measure="recorded:raid", period=YEAR), "a4", "en"),
    "raids_half": (Choices(measure="recorded:raid", period=YEAR), "half", "en"),
    "sites": (Choices(measure="listed:compound"), "square", "en"),
    "sites_km": (Choices(measure="listed:compound"), "a4", "km"),
    "nothing": (Choices(measure="recorded:death", period=EMPTY), "half", "en"),
    "place": (Choices(period=MONTH, place="KH-18"), "wide", "en"),
    "small_place_km": (Choices(period=MONTH, place="KH-24", style="shades"), "square", "km"),
    "place_half": (Choices(measure="recorded:raid", period=YEAR, place="KH-12"), "half", "en"),
    "side": (Choices(measure="recorded:raid", period=NEXT, compare="side"), "wide", "en"),
    "side_half_km": (Choices(measure="recorded:raid", period=NEXT, compare="side"), "half", "km"),
    "difference": (Choices(measure="recorded:raid", period=NEXT, compare="difference"), "square", "en"),
    "difference_shades": (
        Choices(measure="recorded:raid", period=NEXT, compare="difference", style="shades"), "a4", "km",
    ),
}  # fmt: skip


def full_counts(snapshot, period: Period = MONTH) -> MeasureCounts:
    """Return synthetic counts with a figure of every kind in all 25 provinces."""
    counts = count_measure(snapshot, MEASURES["stated:complaints_received"], period)
    rows = counts.rows.copy()
    numbers = pd.Series([float((7 * i) % 23 + 1) * (40 if i % 6 == 0 else 1) for i in range(25)], dtype="Float64")
    kind = pd.Series(range(25)) % 4
    rows["low"] = numbers.where(kind != 2)
    rows["best"] = numbers.where(kind == 0)
    rows["high"] = (numbers * 3).where((kind == 2) | (kind == 3)).where(kind != 0, numbers)
    rows["contested"] = kind == 3
    for side in ("low", "best", "high"):
        rows[f"rate_{side}"] = rows[side] / 2.0
    return MeasureCounts(counts.measure, period, rows, counts.national, 3, 2)
