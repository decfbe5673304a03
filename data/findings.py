"""What an audit finds: statements that do not reconcile, named with the records that make them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from locales import later

Severity = Literal["contradiction", "tension", "info"]
SEVERITIES: tuple[Severity, ...] = ("contradiction", "tension", "info")
"""From what cannot all be true, over what can be true only under conditions that nobody states, to what follows."""

KINDS: dict[str, str] = {
    "incompatible_ranges": later("Different numbers for one thing"),
    "event_and_claim": later("An event and the claim about it differ"),
    "subset_exceeds_set": later("A part larger than its whole"),
    "cumulative_falls": later("A running total that falls"),
    "nested_periods": later("Fewer in a longer period"),
    "parts_exceed_total": later("Parts that add up to more than their total"),
    "opposite_bounds": later("One number, at least and at most"),
    "implied_remainder": later("What stated numbers leave over"),
    "percent_differs": later("A percentage and the numbers behind it"),
    "unequal_windows": later("A percentage between periods of different length"),
    "places_counted_twice": later("A count of places and the places named"),
    "disputed": later("A number and who disputes it"),
    "contested_event": later("An event and who disputes it"),
    "contrary_shares": later("A share and a denial"),
    "restated_differently": later("A number repeated in another form"),
}
"""Every kind of finding, with its heading on screen."""


@dataclass(frozen=True)
class Finding:
    """Statements that do not reconcile, or what follows from them.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    severity : {"contradiction", "tension", "info"}
        *contradiction*: they cannot all be true as coded. *tension*: they can, under conditions that nobody states.
        *info*: nothing is wrong, but a number follows that a reader wants to know.
    claim_ids, event_ids : tuple of str
        The records, in order of identifier.
    explanation : str
        One or two plain sentences with the numbers, the speakers, the periods and the computed value.
    """

    kind: str
    severity: Severity
    claim_ids: tuple[str, ...]
    event_ids: tuple[str, ...]
    explanation: str


def make_finding(
    kind: str, severity: Severity, explanation: str, claim_ids: Iterable[str] = (), event_ids: Iterable[str] = ()
) -> Finding:
    """Return a finding with its records in order; KeyError when there is no such kind."""
    if kind not in KINDS:
        raise KeyError(kind)
    return Finding(kind, severity, tuple(sorted(set(claim_ids))), tuple(sorted(set(event_ids))), explanation)


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return each finding once, the gravest first, then by kind and records."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(
        set(findings),
        key=lambda one: (
            SEVERITIES.index(one.severity),
            order[one.kind],
            one.claim_ids,
            one.event_ids,
            one.explanation,
        ),
    )


def answer_findings(findings: Iterable[Finding], claims: pd.DataFrame, events: pd.DataFrame) -> list[dict[str, Any]]:
    """Return findings as plain values for programs, each with the quotes of its records by identifier.

    Parameters
    ----------
    findings : iterable of Finding
    claims, events : DataFrame
        The records that were audited; a record without a quote has None.
    """
    quotes: dict[str, str | None] = {}
    for records, identifier in ((claims, "claim_id"), (events, "event_id")):
        cells = records.reindex(columns=[identifier, "quote"])
        for name, quote in zip(cells[identifier], cells["quote"], strict=True):
            quotes[str(name)] = None if pd.isna(quote) else str(quote)
    return [
        {
            "kind": one.kind,
            "severity": one.severity,
            "claim_ids": list(one.claim_ids),
            "event_ids": list(one.event_ids),
            "explanation": one.explanation,
            "quotes": {name: quotes[name] for name in (*one.claim_ids, *one.event_ids)},
        }
        for one in findings
    ]


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a table for screens and files.

    Returns
    -------
    DataFrame
        kind, severity, claim_ids, event_ids, explanation (all str; identifiers joined by ``;``), in the given order.
    """
    rows = [
        (one.kind, one.severity, ";".join(one.claim_ids), ";".join(one.event_ids), one.explanation) for one in findings
    ]
    return pd.DataFrame(rows, columns=["kind", "severity", "claim_ids", "event_ids", "explanation"], dtype="str")
