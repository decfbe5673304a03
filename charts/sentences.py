"""Sentences written from the data by rules: never beyond what a speaker said, always with who says so."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from charts.labels import NO_REPORT, format_range, known, plural
from data.measures import MeasureCounts
from data.metrics import METRICS


def join_names(names: Sequence[str], most: int = 3) -> str:
    """Return ``A``, ``A and B``, ``A, B and 2 others``."""
    shown = list(dict.fromkeys(names))
    if len(shown) > most:
        shown = [*shown[: most - 1], f"{len(shown) - most + 1} others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""


def lead_sentence(counts: MeasureCounts, speakers: Sequence[str]) -> str:
    """Return the sentence at the head of a page: what is seen, for which period, according to whom.

    Parameters
    ----------
    counts : MeasureCounts
    speakers : sequence of str
        Who stated or reported the figures.
    """
    period = counts.period.label()
    rows = counts.rows
    drawn = rows["best"].fillna(rows["low"]).fillna(rows["high"])
    if counts.measure.basis == "stated":
        return _stated_sentence(counts, drawn, period, speakers)
    reported = rows[drawn.notna()]
    if reported.empty:
        return f"{counts.measure.label}: no record for a province in {period}. This is not the same as none."
    top = rows.iloc[int(drawn.fillna(-1).to_numpy().argmax())]
    figure = format_range(top["low"], top["best"], top["high"])
    when = "" if counts.measure.basis == "listed" else f", {period}"
    return (
        f"{counts.measure.label}{when}: records from {plural(len(reported), 'province')}; "
        f"most from {top['province']} ({figure})."
    )


def _stated_sentence(counts: MeasureCounts, drawn: pd.Series, period: str, speakers: Sequence[str]) -> str:
    label = METRICS[counts.measure.subject].label
    equal = counts.national
    if not equal.empty:
        equal = equal[(equal["relation"] == "equal") & (equal["geography"] == "national")]
    total = ""
    if len(equal) == 1:
        claim = equal.iloc[0]
        total = format_range(claim["low"], claim["best"], claim["high"])
        speakers = [str(claim["speaker"]), *speakers]
    said = f", according to {join_names(speakers)}" if speakers else ""
    if drawn.notna().any():
        top = counts.rows.iloc[int(drawn.fillna(-1).to_numpy().argmax())]
        figure = format_range(top["low"], top["best"], top["high"])
        where = f"{figure} from {top['province']}"
        return f"{label}, {period}: {total + ' in all, ' if total else ''}{where}{said}."
    if total:
        return f"{label}, {period}: {total} in the country{said}. No figure by province."
    return f"{label}, {period}: {NO_REPORT} by province. This is not the same as none."


def count_note(counts: MeasureCounts) -> str:
    """Return the caption's account of what is shown and what cannot be: provinces, not locatable, undated."""
    shown = int(counts.rows[["low", "best", "high"]].notna().any(axis=1).sum())
    if counts.measure.basis == "stated":
        rest = f"{plural(len(counts.national), 'statement')} about the whole country or other areas"
        if counts.unlocated:
            rest += f"; {plural(counts.unlocated, 'claim')} about a place that we cannot locate"
    else:
        rest = f"{plural(counts.unlocated, 'record')} without a province; {counts.undated:,} undated"
    implied = int(counts.rows["implied"].notna().sum())
    extra = f"; {plural(implied, 'value')} implied by a total" if implied else ""
    return f"{shown} of 25 provinces with a figure; {rest}{extra}."


def claim_sentence(claim: pd.Series, figure: str, when: str) -> str:
    """Return one claim in a sentence, worded as a statement of its speaker."""
    metric = METRICS[str(claim["metric"])].label.lower()
    verb = {
        "states": "states",
        "estimates": "estimates",
        "relays": "relays",
        "acknowledges": "acknowledges",
        "doubts": "doubts",
        "denies": "denies",
    }.get(str(claim["stance"]), "states")
    speaker = claim["speaker"] if known(claim["speaker"]) and claim["speaker"] else "An unnamed speaker"
    return f"{speaker} {verb}: {figure} ({metric}; {when})"
