"""Where somebody disputes what another one says, and where a number changes its form when it is repeated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from data.assertions import Assertion, say_period
from data.findings import Finding, make_finding
from data.repeats import Links
from data.statements import DISPUTING_STANCES
from locales import later, say

_ANSWER = {"doubts": later("a doubt"), "denies": later("a denial")}


def find_disputes(assertions: Mapping[str, Assertion], responds_to: Links) -> Iterator[Finding]:
    """Yield each denial or doubt beside the claim that it answers, and beside shares by others that it contradicts."""
    for claim_id, answer in assertions.items():
        if answer.stance not in DISPUTING_STANCES:
            continue
        for answered_id in responds_to.get(claim_id, ()):
            answered = assertions.get(answered_id)
            if answered is None or answered_id == claim_id:
                continue
            differs = answer.metric != answered.metric
            text = say(
                "{speaker} says {figure} for {about}. {other} answers with {answer}{matter}{quote}.",
                speaker=answered.speaker,
                figure=answered.says(),
                about=answered.about(),
                other=answer.speaker,
                answer=say(_ANSWER[str(answer.stance)]),
                matter=say(" as to “{metric}”", metric=say(answer.metric.label)) if differs else "",
                quote=_quote(answer),
            )
            yield make_finding("disputed", "tension", text, (claim_id, answered_id))
        yield from _find_contrary_shares(answer, assertions)


def _find_contrary_shares(denial: Assertion, assertions: Mapping[str, Assertion]) -> Iterator[Finding]:
    """Yield the shares that others state and that a denial of the same share contradicts, in one area and time."""
    if denial.metric.unit != "percent" or not denial.place or denial.stance != "denies":
        return
    for one in assertions.values():
        nested = one.place and (_begins(one.place, denial.place) or _begins(denial.place, one.place))
        if (
            one.metric != denial.metric
            or one.range.empty
            or one.speaker == denial.speaker
            or not nested
            or one.disjoint(denial)
        ):
            continue
        text = say(
            "{speaker} says {figure} for {about}; {other} denies it for {denied}{quote}. They may speak of different "
            "cases; nobody states a share for both.",
            speaker=one.speaker,
            figure=one.says(),
            about=one.about(),
            other=denial.speaker,
            denied=denial.about(),
            quote=_quote(denial),
        )
        yield make_finding("contrary_shares", "tension", text, (one.claim_id, denial.claim_id))


def _quote(answer: Assertion) -> str:
    return f" (“{answer.verbatim.strip('“”')}”)" if answer.verbatim else ""


def _begins(place: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return place[: len(other)] == other


def find_contested_events(events: pd.DataFrame) -> Iterator[Finding]:
    """Yield each event that is coded as contested, with who contests it."""
    contested = events[events["contested_by"].notna() & events["event_id"].notna()]
    for _, event in contested.iterrows():
        told = event["description"] if pd.notna(event["description"]) else f"{event['event_type']}."
        when = say_period(event["date_start"], event["date_end"])
        text = say(
            "{event}. Contested by: {names}.",
            event=str(told).rstrip(".") + (f" ({when})" if when else ""),
            names=event["contested_by"],
        )
        yield make_finding("contested_event", "tension", text, event_ids=(str(event["event_id"]),))


def find_restatements(assertions: Mapping[str, Assertion], restates: Links) -> Iterator[Finding]:
    """Yield where a claim repeats another one's number in another form: "at least" becomes "some", 200 becomes 300.

    A mere assent gives no number of its own and is left out.
    """
    for claim_id, repeat in assertions.items():
        if repeat.range.empty or repeat.stance == "acknowledges":
            continue
        for original_id in restates.get(claim_id, ()):
            original = assertions.get(original_id)
            if (
                original is None
                or original.metric != repeat.metric
                or original.range in (repeat.range, type(original.range)())
            ):
                continue
            apart = max(repeat.loose[0], original.loose[0]) > min(repeat.loose[1], original.loose[1])
            said = {
                "speaker": original.speaker,
                "figure": original.says(),
                "about": original.about(),
                "repeated": repeat.says(),
            }
            text = (
                say(
                    "{speaker} says {figure} for {about}. A claim that repeats it has {repeated}, which is another "
                    "number.",
                    **said,
                )
                if apart
                else say(
                    "{speaker} says {figure} for {about}. A claim that repeats it has {repeated}, which is not the "
                    "same bound.",
                    **said,
                )
            )
            yield make_finding("restated_differently", "tension" if apart else "info", text, (claim_id, original_id))
