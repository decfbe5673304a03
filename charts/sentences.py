"""Sentences written from the data by rules: never beyond what a speaker said, always with who says so."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from charts.labels import NO_REPORT, format_range, format_span, known, plural
from data.measures import MeasureCounts
from data.metrics import METRICS

_FEW = 3
"""So many provinces are named one by one."""


def join_names(names: Sequence[str], most: int = 3) -> str:
    """Return ``A``, ``A and B``, ``A, B and 2 others``."""
    shown = list(dict.fromkeys(names))
    if len(shown) > most:
        shown = [*shown[: most - 1], f"{len(shown) - most + 1} others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""


def lead_sentence(
    counts: MeasureCounts, speakers: Sequence[str], *, records: int | None = None, claims: pd.DataFrame | None = None
) -> str:
    """Return the sentence at the head of a page: what is seen, for which period, according to whom.

    Parameters
    ----------
    counts : MeasureCounts
    speakers : sequence of str
        Who stated or reported the figures.
    records : int, optional
        Distinct records in the period, those without a province included; not needed for stated figures. Without it
        those of the provinces and the others are added, where a record with several provinces counts in each.
    claims : DataFrame, optional
        Claim records, to say from which period and speaker a bound follows.
    """
    period = counts.period.label()
    rows = counts.rows
    drawn = rows["best"].fillna(rows["low"]).fillna(rows["high"])
    if counts.measure.basis == "stated":
        return _stated_sentence(counts, drawn, period, speakers, claims)
    reported = rows[drawn.notna()].assign(drawn=drawn)
    placed = int(drawn.sum()) if records is None else records - counts.unlocated
    total = placed + counts.unlocated
    if not total:
        return f"{counts.measure.label}: no record in {period}. This is not the same as none."
    noun = "site" if counts.measure.basis == "listed" else "record"
    when = "" if counts.measure.basis == "listed" else f", {period}"
    parts = [f"{placed:,} {_agree('name', placed)} a province ({_name_provinces(reported)})"] if placed else []
    parts += [f"{counts.unlocated:,} {_agree('name', counts.unlocated)} none"] if counts.unlocated else []
    return f"{counts.measure.label}{when}: {plural(total, noun)}; {', '.join(parts)}."


def _agree(verb: str, count: int) -> str:
    return f"{verb}s" if count == 1 else verb


def _name_provinces(reported: pd.DataFrame) -> str:
    """Return the provinces of a count: by name when they are few, else how many and the one with most."""
    if len(reported) == 1:
        return str(reported["province"].iloc[0])
    ordered = reported.sort_values("drawn", ascending=False, kind="stable")
    figures = [format_range(*row) for row in ordered[["low", "best", "high"]].to_numpy()]
    named = [f"{name}: {figure}" for name, figure in zip(ordered["province"], figures, strict=True)]
    if len(named) <= _FEW:
        return ", ".join(named)
    leads = ordered["drawn"].iloc[0] > ordered["drawn"].iloc[1]
    return f"{len(named)} of them, most in {named[0]}" if leads else f"{len(named)} of them"


def _stated_sentence(
    counts: MeasureCounts, drawn: pd.Series, period: str, speakers: Sequence[str], claims: pd.DataFrame | None
) -> str:
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
        if top["basis"] == "bounded":
            stated = f"{total} in all, according to {speakers[0]}; " if total else ""
            return f"{label}, {period}: {stated}{where}, {_follows_from(top, speakers, claims)}."
        return f"{label}, {period}: {total + ' in all, ' if total else ''}{where}{said}."
    if total:
        return f"{label}, {period}: {total} in the country{said}. No figure by province."
    return f"{label}, {period}: {NO_REPORT} by province. This is not the same as none."


def _follows_from(row: pd.Series, speakers: Sequence[str], claims: pd.DataFrame | None) -> str:
    """Return from which statements a bound follows; nobody made them about the period that is shown."""
    if claims is None:
        return f"which follows from statements about other periods or parts, by {join_names(speakers)}"
    behind = claims[claims["claim_id"].isin(set(row["claim_ids"]))]
    spans = [format_span(one["period_start"], one["period_end"]) for _, one in behind.iterrows()]
    said = join_names([str(name) for name in behind["speaker"].dropna()])
    what = "a statement" if len(behind) == 1 else f"{len(behind)} statements"
    return f"which follows from {what} about {join_names(spans)}{f' by {said}' if said else ''}"


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
