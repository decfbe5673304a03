"""What the page of claims says in words: figures, places, answers, what a view holds, what totals the claims allow."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from charts.labels import claim_value, format_number, format_span, known, place_label, term
from charts.sentences import join_names
from data.bounds import Bounds
from data.claims import LedgerCounts
from data.metrics import METRICS
from geo.gazetteer import PROVINCE_CODES
from locales import later, say, say_many, write_digits

Claim = Mapping[Hashable, Any]

DISPUTED = {"denies": later("denied"), "doubts": later("doubted")}
_ANSWERS = {
    "denies": later("with a denial"),
    "doubts": later("with a doubt"),
    "acknowledges": later("by acknowledging it"),
    "estimates": later("with an estimate"),
    "relays": later("with a number of others"),
    "states": later("with a statement"),
}
NO_LIMIT = later("no upper limit is stated")


def claim_figure(claim: Claim) -> str:
    """Return the number of a claim in words; “of which” for a part, “denied” where a number is only disputed."""
    if claim["stance"] in DISPUTED:
        return say(DISPUTED[str(claim["stance"])])
    figure = claim_value({str(name): value for name, value in claim.items()})
    if METRICS[str(claim["metric"])].unit == "tier":
        figure = say("Tier {figure}", figure=figure)
    return say("of which {figure}", figure=figure) if known(claim["part_of"]) and claim["part_of"] else figure


def claim_place(claim: Claim) -> str:
    """Return what area and which people a claim is about: ``Cambodia``, ``Kandal, Vietnamese``."""
    code, text = claim["province_code"], claim["place_text"]
    if known(code) and code in PROVINCE_CODES:
        place = place_label(str(code))
    elif claim["geography"] == "national":
        place = say("Cambodia")
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


def figure_words(figure: str, speaker: object, *, disputed: bool) -> str:
    """Return figure and speaker in one line, for charts: ``denied by A``, ``77 · A``."""
    return say("{figure} by {name}", figure=figure, name=speaker) if disputed else f"{figure} · {speaker}"


def answer_words(claim: Claim, answer: Claim) -> str:
    """Return how one claim answers another: ``answers with a denial``; says when it is about something else."""
    words = say("answers {how}", how=say(_ANSWERS.get(str(answer["stance"]), _ANSWERS["states"])))
    if answer["metric"] != claim["metric"]:
        return say("{words}, as to “{metric}”", words=words, metric=METRICS[str(answer["metric"])].label)
    return words


def repeat_words(head: Claim, repeat: Claim) -> str:
    """Return how a claim repeats another one: whose words it is, and what became of the number."""
    figure = claim_figure(repeat)
    if figure == claim_figure(head):
        return _repeated_by(repeat)
    return say("{words}, as “{figure}”", words=_repeated_by(repeat), figure=figure)


def _repeated_by(repeat: Claim) -> str:
    acknowledged = repeat["stance"] == "acknowledges"
    words = later("acknowledged by {name}") if acknowledged else later("repeated by {name}")
    return say(words, name=repeat["speaker"])


def repeat_speaker(repeat: Claim) -> str:
    """Return who repeats the claim in the row above, for tables."""
    return f"↳ {_repeated_by(repeat)}"


def contest_words(row: Claim) -> str:
    """Return by whom a row of the ledger is contested; empty when it is not."""
    if not row["contested"]:
        return ""
    if not row["contested_by"]:
        return say("contested: cannot be true beside another claim")
    return say("contested by {names}", names=join_names(row["contested_by"]))


def contest_reason(row: Claim) -> str:
    """Return by whom or by what a row of the ledger is contested, for a column that says so; empty when it is not."""
    if not row["contested"]:
        return ""
    return join_names(row["contested_by"]) or say("cannot be true beside another claim")


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
    subject = (say(" about “{metric}”", metric=about) if about else "") + (
        say(" in {place}", place=where) if where else ""
    )
    if not counts.claims:
        return say("No claim{subject} fits these choices. That does not mean that nothing happened.", subject=subject)
    speakers = say_many("{n} speaker", "{n} speakers", counts.speakers)
    opening = say_many("{n} claim{subject} by {speakers}", "{n} claims{subject} by {speakers}",
                       counts.claims, subject=subject, speakers=speakers)  # fmt: skip
    if counts.repeats:
        opening += say_many(" ({n} that only repeat another is not counted again)",
                            " ({n} that only repeat another are not counted again)", counts.repeats)  # fmt: skip
    contested = (
        say_many("{n} is contested", "{n} are contested", counts.contested)
        if counts.contested
        else say("None is contested")
    )
    if counts.disputing:
        contested += say_many("; {n} doubts or denies what another one says",
                              "; {n} doubt or deny what another one says",
                              counts.disputing)  # fmt: skip
    return say("{opening}. {contested}.", opening=opening, contested=contested)


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
    place = join_names(where, most=5) or say("Cambodia")
    about = say("{metric}, {place}, {period}", metric=METRICS[metric].label, place=place, period=when)
    if bounds.conflicts:
        sets = say_many("{n} set", "{n} sets", len(bounds.conflicts))
        return say(
            "{about}: no total is possible, because {sets} of claims cannot all be true. "
            "If their numbers give way by as little as possible: {range}.",
            about=about,
            sets=say("{figure} or more", figure=sets) if bounds.more_conflicts else sets,
            range=_range_words(bounds.relaxed_low, bounds.relaxed_high, metric),
        )
    return say("{about}: {range}.", about=about, range=_range_words(bounds.low, bounds.high, metric))


def _range_words(low: float | None, high: float | None, metric: str) -> str:
    if not low and high is None:
        return say("the claims state neither a lower nor an upper limit")
    currency = "US$ " if METRICS[metric].unit == "usd" else ""
    least, most = (None if not side else f"{currency}{format_number(side)}" for side in (low, high))
    if high is None:
        return say("at least {least}; {unlimited}", least=least, unlimited=say(NO_LIMIT))
    if not low:
        return say("at most {figure}", figure=most or write_digits("0"))
    if least == most:
        return say("exactly {figure}", figure=most)
    return say("between {least} and {most}", least=least, most=most)
