"""What stands under the ladder of claims: how many are drawn, and how to read its marks."""

from __future__ import annotations

import pandas as pd

from charts.claims_chart import drawn_numbers, is_logarithmic
from locales import say, say_many


def describe_ladder(table: pd.DataFrame, total: int) -> str:
    """Return the caption: how many claims are drawn, how to read the marks, and when the axis is logarithmic.

    Parameters
    ----------
    table : DataFrame
        As `tabulate_ladder` gives it.
    total : int
        Claims of the metric in view.
    """
    notes = [say_many("{n} claim drawn", "{n} claims drawn", len(table))]
    if total > len(table):
        notes.append(say("{n} more in the ledger below", n=total - len(table)))
    reading = []
    if table["best"].notna().any():
        near = table["about"].any()
        reading.append(
            say("A dot is a number as stated; a soft ring around it means “about”.")
            if near
            else say("A dot is a number as stated.")
        )
    if (table[["low", "high"]].notna().any(axis=1) & (table["low"] != table["high"])).any():
        reading.append(say("A bar is what the words leave possible; it runs on to the arrow where nothing ends it."))
    if table["disputes"].any():
        reading.append(
            say("A cross stands at the number that is denied or doubted; it is no number of the speaker's own.")
        )
    if table["contested"].any():
        reading.append(say("Stripes or a white centre: contested."))
    if table["repeats"].any():
        reading.append(say("“Repeat”: the number of the claim above, in other words; not a second count."))
    if is_logarithmic(table):
        reading.append(say("The axis is logarithmic, because the numbers differ widely: equal steps multiply by ten."))
    elif len(drawn_numbers(table)):
        reading.append(say("The axis begins at zero."))
    return say(
        "{notes}. {reading} Numbers of different claims are never added.",
        notes="; ".join(notes),
        reading=" ".join(reading),
    )
