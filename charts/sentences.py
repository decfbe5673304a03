"""Sentences written from the data by rules: never beyond what a speaker said, always with who says so."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from charts.labels import format_range, format_span, known, place_label, stance_word
from data.measures import MeasureCounts
from data.metrics import METRICS
from data.suppression import smallest_cell
from locales import say, say_many

_FEW = 3
"""So many provinces are named one by one."""


def join_names(names: Sequence[str], most: int = 3) -> str:
    """Return ``A``, ``A and B``, ``A, B and 2 others``."""
    shown = list(dict.fromkeys(names))
    if len(shown) > most:
        shown = [*shown[: most - 1], say("{n} others", n=len(shown) - most + 1)]
    if len(shown) < 2:
        return "".join(shown)
    return say("{names} and {last}", names=", ".join(shown[:-1]), last=shown[-1])


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
    reported = rows.assign(drawn=drawn)[drawn.notna()]  # the other way round an empty frame would grow
    if counts.withheld:
        return _withheld_sentence(counts, reported, period)
    placed = int(drawn.sum()) if records is None else records - counts.unlocated
    total = placed + counts.unlocated
    if not total:
        return say(
            "{what}: no record in {period}. This is not the same as none.", what=counts.measure.label, period=period
        )
    named = _name_provinces(reported) if placed else ""
    parts = [
        *[say_many("{n} names a province ({named})", "{n} name a province ({named})", placed, named=named)]
        * bool(placed),
        *[say_many("{n} names none", "{n} name none", counts.unlocated)] * bool(counts.unlocated),
    ]
    what, rest = counts.measure.label, ", ".join(parts)
    if counts.measure.basis == "listed":
        return say_many("{what}: {n} site; {rest}.", "{what}: {n} sites; {rest}.", total, what=what, rest=rest)
    return say_many(
        "{what}, {period}: {n} record; {rest}.", "{what}, {period}: {n} records; {rest}.",
        total, what=what, period=period, rest=rest,
    )  # fmt: skip


def _withheld_sentence(counts: MeasureCounts, reported: pd.DataFrame, period: str) -> str:
    """Return the sentence of a measure of which the public does not get every figure."""
    named = _name_provinces(reported) if len(reported) else ""
    about = {"what": counts.measure.label, "period": period, "named": named}
    n = counts.withheld
    if counts.records is not None and not named:
        return say_many(
            "{what}, {period}: {total} in the country; {n} province withheld.",
            "{what}, {period}: {total} in the country; {n} provinces withheld.",
            n, total=counts.records, **about,
        )  # fmt: skip
    if counts.records is not None:
        return say_many(
            "{what}, {period}: {total} in the country ({named}); {n} province withheld.",
            "{what}, {period}: {total} in the country ({named}); {n} provinces withheld.",
            n, total=counts.records, **about,
        )  # fmt: skip
    if not named:
        return say_many(
            "{what}, {period}: withheld for {n} province. This is not the same as none.",
            "{what}, {period}: withheld for {n} provinces. This is not the same as none.",
            n, **about,
        )  # fmt: skip
    return say_many(
        "{what}, {period}: {named}; {n} province withheld.",
        "{what}, {period}: {named}; {n} provinces withheld.", n, **about,
    )  # fmt: skip


def _name_provinces(reported: pd.DataFrame) -> str:
    """Return the provinces of a count: by name when they are few, else how many and the one with most."""
    if len(reported) == 1:
        return place_label(str(reported["province_code"].iloc[0]))
    ordered = reported.sort_values("drawn", ascending=False, kind="stable")
    figures = [format_range(*row) for row in ordered[["low", "best", "high"]].to_numpy()]
    places = map(place_label, ordered["province_code"])
    named = [f"{name}: {figure}" for name, figure in zip(places, figures, strict=True)]
    if len(named) <= _FEW:
        return ", ".join(named)
    leads = ordered["drawn"].iloc[0] > ordered["drawn"].iloc[1]
    if leads:
        return say("{n} of them, most in {place}", n=len(named), place=named[0])
    return say("{n} of them", n=len(named))


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
    about = say("{metric}, {period}", metric=label, period=period)
    names = join_names(speakers)
    if drawn.notna().any():
        top = counts.rows.iloc[int(drawn.fillna(-1).to_numpy().argmax())]
        figure = format_range(top["low"], top["best"], top["high"])
        where = say("{figure} from {place}", figure=figure, place=place_label(str(top["province_code"])))
        if top["basis"] == "bounded":
            follows = _follows_from(top, speakers, claims)
            if total:
                return say(
                    "{about}: {total} in all, according to {name}; {where}, {follows}.",
                    about=about, total=total, name=speakers[0], where=where, follows=follows,
                )  # fmt: skip
            return say("{about}: {where}, {follows}.", about=about, where=where, follows=follows)
        where = say("{total} in all, {where}", total=total, where=where) if total else where
        if not names:
            return f"{about}: {where}."
        return say("{about}: {where}, according to {names}.", about=about, where=where, names=names)
    if total:
        return say(
            "{about}: {total} in the country, according to {names}. No figure by province.",
            about=about, total=total, names=names,
        )  # fmt: skip
    return say("{about}: no report by province. This is not the same as none.", about=about)


def _follows_from(row: pd.Series, speakers: Sequence[str], claims: pd.DataFrame | None) -> str:
    """Return from which statements a bound follows; nobody made them about the period that is shown."""
    if claims is None:
        return say("which follows from statements about other periods or parts, by {names}", names=join_names(speakers))
    behind = claims[claims["claim_id"].isin(set(row["claim_ids"]))]
    spans = [format_span(one["period_start"], one["period_end"]) for _, one in behind.iterrows()]
    said = join_names([str(name) for name in behind["speaker"].dropna()])
    what = say_many("which follows from a statement about {periods}",
                    "which follows from {n} statements about {periods}",
                    len(behind), periods=join_names(spans))  # fmt: skip
    return say("{what} by {names}", what=what, names=said) if said else what


def count_note(counts: MeasureCounts) -> str:
    """Return the caption's account of what is shown and what cannot be: provinces, not locatable, undated."""
    shown = int(counts.rows[["low", "best", "high"]].notna().any(axis=1).sum())
    if counts.measure.basis == "stated":
        rest = [say_many("{n} statement about the whole country or other areas",
                         "{n} statements about the whole country or other areas", len(counts.national))]  # fmt: skip
        if counts.unlocated:
            rest.append(say_many("{n} claim about a place that we cannot locate",
                                 "{n} claims about a place that we cannot locate", counts.unlocated))  # fmt: skip
    elif counts.withheld:
        rest = [say("{n} withheld from the public, because fewer than {k} uploaded rows lie behind it or would follow "
                    "from it", n=counts.withheld, k=smallest_cell())]  # fmt: skip
    else:
        rest = [say_many("{n} record without a province", "{n} records without a province", counts.unlocated),
                say("{n} undated", n=counts.undated)]  # fmt: skip
    implied = int(counts.rows["implied"].notna().sum())
    if implied:
        rest.append(say_many("{n} value implied by a total", "{n} values implied by a total", implied))
    return say("{n} of 25 provinces with a figure; {rest}.", n=shown, rest="; ".join(rest))


def claim_sentence(claim: pd.Series, figure: str, when: str) -> str:
    """Return one claim in a sentence, worded as a statement of its speaker."""
    metric = METRICS[str(claim["metric"])].label.lower()
    speaker = claim["speaker"] if known(claim["speaker"]) and claim["speaker"] else say("An unnamed speaker")
    return f"{speaker} {stance_word(claim['stance'])}: {figure} ({metric}; {when})"
