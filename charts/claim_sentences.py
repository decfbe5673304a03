"""What the page of claims says in words: figures, places, answers, what a view holds, what totals the claims allow."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from charts.labels import claim_value, format_number, format_span, known, plural, term
from charts.sentences import join_names
from data.bounds import Bounds
from data.claims import LedgerCounts
from data.metrics import METRICS
from geo.gazetteer import PROVINCE_CODES, province_name

Claim = Mapping[Hashable, Any]

DISPUTED = {"denies": "denied", "doubts": "doubted"}
_ANSWERS = {
    "denies": "with a denial",
    "doubts": "with a doubt",
    "acknowledges": "by acknowledging it",
    "estimates": "with an estimate",
    "relays": "with a number of others",
    "states": "with a statement",
}
NO_LIMIT = "no upper limit is stated"


def claim_figure(claim: Claim) -> str:
    """Return the number of a claim in words; “of which” for a part, “denied” where a number is only disputed."""
    if claim["stance"] in DISPUTED:
        return DISPUTED[str(claim["stance"])]
    figure = claim_value({str(name): value for name, value in claim.items()})
    if METRICS[str(claim["metric"])].unit == "tier":
        figure = f"Tier {figure}"
    return f"of which {figure}" if known(claim["part_of"]) and claim["part_of"] else figure


def claim_place(claim: Claim) -> str:
    """Return what area and which people a claim is about: ``Cambodia``, ``Kandal, Vietnamese``."""
    code, text = claim["province_code"], claim["place_text"]
    if known(code) and code in PROVINCE_CODES:
        place = province_name(str(code))
    elif claim["geography"] == "national":
        place = "Cambodia"
    else:
        place = str(text) if known(text) and text else term(claim["geography"])
    people = claim["nationality"]
    return f"{place}, {people}" if known(people) and people else place


def claim_period(claim: Claim) -> str:
    """Return the period of a claim in words."""
    return format_span(claim["period_start"], claim["period_end"], str(claim["date_precision"]))


def claim_words(claim: Claim) -> str:
    """Return figure, metric and speaker of a claim in one line, for menus."""
    return f"{claim_figure(claim)} · {METRICS[str(claim['metric'])].label} · {claim_place(claim)} · {claim['speaker']}"


def answer_words(claim: Claim, answer: Claim) -> str:
    """Return how one claim answers another: ``answers with a denial``; says when it is about something else."""
    words = f"answers {_ANSWERS.get(str(answer['stance']), 'with a statement')}"
    if answer["metric"] != claim["metric"]:
        words += f", as to “{METRICS[str(answer['metric'])].label}”"
    return words


def repeat_words(head: Claim, repeat: Claim) -> str:
    """Return how a claim repeats another one: whose words it is, and what became of the number."""
    figure = claim_figure(repeat)
    changed = "" if figure == claim_figure(head) else f", as “{figure}”"
    return f"{_repeat_verb(repeat)} by {repeat['speaker']}{changed}"


def _repeat_verb(repeat: Claim) -> str:
    return "acknowledged" if repeat["stance"] == "acknowledges" else "repeated"


def repeat_speaker(repeat: Claim) -> str:
    """Return who repeats the claim in the row above, for tables."""
    return f"↳ {_repeat_verb(repeat)} by {repeat['speaker']}"


def contest_words(row: Claim) -> str:
    """Return by whom a row of the ledger is contested; empty when it is not."""
    if not row["contested"]:
        return ""
    if not row["contested_by"]:
        return "contested: cannot be true beside another claim"
    return f"contested by {join_names(row['contested_by'])}"


def ledger_sentence(counts: LedgerCounts, *, about: str = "", where: str = "") -> str:
    """Return what a view of the ledger holds: claims, speakers, repeats, contested ones.

    Parameters
    ----------
    counts : LedgerCounts
    about : str
        Label of the metric, or nothing for all.
    where : str
        Province, or nothing for all.
    """
    subject = f"{f' about “{about}”' if about else ''}{f' in {where}' if where else ''}"
    if not counts.claims:
        return f"No claim{subject} fits these choices. That does not mean that nothing happened."
    opening = f"{plural(counts.claims, 'claim')}{subject} by {plural(counts.speakers, 'speaker')}"
    counted = "is" if counts.repeats == 1 else "are"
    repeats = f" ({counts.repeats:,} that only repeat another {counted} not counted again)" if counts.repeats else ""
    if counts.contested:
        does = "is" if counts.contested == 1 else "are"
        contested = f"{counts.contested:,} {does} contested"
    else:
        contested = "None is contested"
    disputing = ""
    if counts.disputing:
        one = counts.disputing == 1
        disputing = f"; {counts.disputing:,} {'doubts or denies' if one else 'doubt or deny'} what another one says"
    return f"{opening}{repeats}. {contested}{disputing}."


def bounds_sentence(bounds: Bounds, metric: str, where: Sequence[str], when: str) -> str:
    """Return what totals the claims allow.

    Parameters
    ----------
    bounds : Bounds
        As `data.bounds.bound_total` gives it.
    metric : str
        Its name.
    where : sequence of str
        Names of the places; none for the whole country.
    when : str
        The period in words.
    """
    about = f"{METRICS[metric].label}, {join_names(where, most=5) or 'Cambodia'}, {when}"
    if bounds.conflicts:
        count = f"{plural(len(bounds.conflicts), 'set')}{' or more' if bounds.more_conflicts else ''}"
        relaxed = _range_words(bounds.relaxed_low, bounds.relaxed_high, metric)
        return (
            f"{about}: no total is possible, because {count} of claims cannot all be true. "
            f"If their numbers give way by as little as possible: {relaxed}."
        )
    return f"{about}: {_range_words(bounds.low, bounds.high, metric)}."


def _range_words(low: float | None, high: float | None, metric: str) -> str:
    if not low and high is None:
        return "the claims state neither a lower nor an upper limit"
    currency = "US$ " if METRICS[metric].unit == "usd" else ""
    least, most = (None if not side else f"{currency}{format_number(side)}" for side in (low, high))
    if high is None:
        return f"at least {least}; {NO_LIMIT}"
    if not low:
        return f"at most {most or 0}"
    return f"exactly {most}" if least == most else f"between {least} and {most}"
