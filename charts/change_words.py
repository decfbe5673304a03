"""A change between two periods in words: never a direction that is not certain, never a missing report as zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.labels import format_number, format_range, known
from charts.sentences import join_names
from data.change import DOWN, SAME, UP, Change
from locales import say, write_digits

MINUS = "\N{MINUS SIGN}"


def signed(value: float) -> str:
    """Return a number with its sign: ``+4``, ``−2``, ``0``; a small one is never rounded to nothing."""
    size = abs(float(value))
    text = write_digits(f"{size:.2g}") if 0 < size < 1 else format_number(size)
    return text if not size else f"{'+' if value > 0 else MINUS}{text}"


def format_change(low: Any, best: Any, high: Any) -> str:
    """Return a change in words: ``+4``, ``no change``, ``−3 to +5``, ``at least +198``, ``cannot be compared``."""
    if known(best):
        return signed(best) if best else say("no change")
    if known(low) and known(high):
        return say("{low} to {high}", low=signed(low), high=signed(high)) if low != high else signed(low)
    if known(low):
        return say("at least {value}", value=signed(low))
    if known(high):
        return say("at most {value}", value=signed(high))
    return say("cannot be compared")


def short_change(low: Any, best: Any, high: Any) -> str:
    """Return a change for a narrow place: ``+4``, ``0``, ``−3…+5``, ``≥+198``, ``≤−2``, or nothing."""
    if known(best):
        return signed(best)
    if known(low) and known(high):
        return f"{signed(low)}…{signed(high)}"
    if known(low):
        return f"≥{signed(low)}"
    return f"≤{signed(high)}" if known(high) else ""


def both_figures(row: Any) -> tuple[str, str]:
    """Return the figures of a row of `Change` in words, before and after."""
    before, after = (
        format_range(*(row[f"{side}_{when}"] for side in ("low", "best", "high"))) for when in ("before", "after")
    )
    return before, after


def change_sentence(change: Change, speakers: Sequence[str] = ()) -> str:
    """Return the sentence at the head of a comparison: both periods, the province with most, how many rose and fell.

    Parameters
    ----------
    change : Change
    speakers : sequence of str
        Who stated the figures of either period.
    """
    rows = change.rows
    opening = say(
        "{measure}, {before} → {after}",
        measure=change.measure.label,
        before=change.before.label(),
        after=change.after.label(),
    )
    said = say(", according to {names}", names=join_names(speakers)) if speakers else ""
    sizes = rows[[f"{side}_{when}" for when in ("before", "after") for side in ("low", "best", "high")]].max(axis=1)
    if not sizes.notna().any():
        nothing = say("no report by province in either period. This is not the same as none.")
        return f"{opening}: {nothing}"
    top = rows.iloc[int(sizes.fillna(-1).astype(float).to_numpy().argmax())]
    before, after = both_figures(top)
    lead = f"{top['province']}: {before} → {after}"
    if not change.compared:
        nothing = say("No province has figures for both periods that can be compared; no report is not zero.")
        return f"{opening}. {lead}{said}. {nothing}"
    return f"{opening}. {lead}{said}. {_tally(rows)}"


def _tally(rows: pd.DataFrame) -> str:
    """Return how many provinces rose, fell, did not change, are uncertain and cannot be compared."""
    found = rows.loc[rows["compared"], "direction"].value_counts()
    parts = [
        say("{n} up", n=int(found.get(UP, 0))),
        say("{n} down", n=int(found.get(DOWN, 0))),
    ]
    if SAME in found:
        parts.append(say("{n} unchanged", n=int(found[SAME])))
    if "" in found:
        parts.append(say("{n} not certain", n=int(found[""])))
    rest = int((~rows["compared"]).sum())
    if rest:
        parts.append(say("{n} cannot be compared", n=rest))
    return say("Provinces: {parts}.", parts=", ".join(parts))
