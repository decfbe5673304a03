"""What is written around a picture, from the data: the finding, every caveat, the sources and the credit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pandas as pd

from charts.citation import MOST_SOURCES, cite_source
from charts.figure import FigureText
from charts.labels import format_range, known, place_label, term
from charts.lettering import keep_together
from charts.sentences import count_note, join_names
from data.backing import backing_records, speakers_of
from data.change import DOWN, SAME, UP, Change
from data.measures import MeasureCounts
from data.metrics import METRICS
from data.periods import format_date
from data.permalink import Choices, write_address
from data.snapshot import Snapshot
from geo.boundaries import boundary_source
from locales import language, say, say_many, write_digits


def default_text(
    snapshot: Snapshot,
    counts: MeasureCounts,
    choices: Choices,
    *,
    today: date,
    change: Change | None = None,
    title: str = "",
    link: str = "",
    withheld: str = "",
    more: Sequence[str] = (),
    print_safe: bool = False,
    with_code: bool = False,
) -> FigureText:
    """Return the text of a picture of a measure by province, in the language of this run.

    Parameters
    ----------
    snapshot : Snapshot
    counts : MeasureCounts
        What is drawn; of two periods, one of them.
    choices : Choices
        The view.
    today : date
        When it is drawn.
    change : Change, optional
        Where two periods are compared.
    title : str
        Instead of the finding that is worked out.
    link : str
        Address of the view, kept to this data version; without it the path of the view alone.
    withheld : str
        A sentence on what the public profile withholds.
    more : sequence of str
        Further notes, whole sentences.
    print_safe, with_code : bool
        For printers without colour; with a code of `link` for telephones.
    """
    speakers = speakers_of(snapshot, change or counts)
    link = link or view_path("map", snapshot, counts, choices)
    return FigureText(
        title=title or finding(counts, speakers, change, place=choices.place),
        subtitle=_subtitle(counts, choices, change),
        notes=(*caveats(snapshot, counts, choices, change), *([withheld] if withheld else []), *more),
        sources=source_lines(snapshot, counts),
        credit=credit_line(snapshot, today, link),
        language=language(),
        print_safe=print_safe,
        qr=link if with_code else "",
    )


def view_path(page: str, snapshot: Snapshot, counts: MeasureCounts, choices: Choices) -> str:
    """Return page and parameters of a view, kept to its period and data version."""
    kept = replace(choices, measure=counts.measure.name, version=snapshot.revision)
    kept = kept if kept.period else replace(kept, period=counts.period)
    return f"{page}?{urlencode(write_address(kept), safe=',:;~')}"


def finding(counts: MeasureCounts, speakers: Sequence[str], change: Change | None = None, *, place: str = "") -> str:
    """Return what the picture shows in one sentence, hedged as its figures are, with who says so.

    With `place` it is about that province alone.
    """
    if change is not None:
        return _finding_of_change(change)
    what, rows = counts.measure.label, counts.rows
    rows = rows[rows["province_code"] == place] if place else rows
    drawn = rows["best"].fillna(rows["low"])
    if not drawn.notna().any():
        drawn = rows["high"]  # an upper bound alone is no finding while another province has more
    stated = counts.measure.basis == "stated"
    what = METRICS[counts.measure.subject].label if stated else what
    if not drawn.notna().any():
        if place:
            where = keep_together(place_label(place))
            return say("{what}: no report from {place}. This is not the same as none", what=what, place=where)
        total = _national_total(counts)
        if total:
            return say("{what}: {total} in the country, {said}; no figure by province",
                       what=what, total=total[0], said=_said([total[1]]))  # fmt: skip
        return say("{what}: no report by province. This is not the same as none", what=what)
    top = rows.iloc[int(drawn.fillna(-1).to_numpy().argmax())]
    figure = keep_together(format_range(top["low"], top["best"], top["high"]))
    where = keep_together(place_label(str(top["province_code"])))
    if stated:
        total = None if place else _national_total(counts)
        figure = say("{total} in all, {figure} in {place}", total=total[0], figure=figure, place=where) if total else (
            say("{figure} in {place}", figure=figure, place=where))  # fmt: skip
        said = _said(list(dict.fromkeys([total[1], *speakers])) if total else speakers)
        if top["basis"] == "bounded":
            return say("{what}: {figure}, as follows from statements by {names}",
                       what=what, figure=figure, names=join_names(speakers))  # fmt: skip
        return f"{what}: {figure}, {said}" if said else f"{what}: {figure}"
    if place:
        return say("{what}: {figure} in {place}", what=what, figure=figure, place=where)
    provinces = int(rows[["low", "best", "high"]].notna().any(axis=1).sum())
    if provinces == 1:
        return say("{what}: {figure} in {place}, no report from any other province",
                   what=what, figure=figure, place=where)  # fmt: skip
    if _is_most(rows, top):
        return say("{what}: reported from {n} of 25 provinces, most from {place}: {figure}",
                   what=what, n=provinces, place=where, figure=figure)  # fmt: skip
    return say("{what}: reported from {n} of 25 provinces", what=what, n=provinces)


def _is_most(rows: pd.DataFrame, top: pd.Series) -> bool:
    """Whether the ranges leave no doubt that no other province has as much."""
    others = rows[(rows["province_code"] != top["province_code"]) & rows[["low", "best", "high"]].notna().any(axis=1)]
    most = others["best"].fillna(others["high"])
    least = top["best"] if known(top["best"]) else top["low"]
    return known(least) and bool(most.notna().all()) and bool((most < least).all())


def caveats(snapshot: Snapshot, counts: MeasureCounts, choices: Choices, change: Change | None = None) -> list[str]:
    """Return what a reader must know, as sentences: definition, n, open ranges, no report, whose word counts."""
    notes = [counts.measure.definition, count_note(counts)]
    sides = counts.rows[["low", "best", "high"]].notna()
    at_least = sides["low"] & ~sides["best"] & ~sides["high"]
    at_most = sides["high"] & ~sides["best"] & ~sides["low"]
    if at_least.any():
        notes.append(say("“+”: at least so many; the true number is not known."))
    if at_most.any():
        notes.append(say("“≤”: at most so many; the true number is not known."))
    if counts.rows["contested"].any():
        notes.append(say("“≠”: speakers contradict each other."))
    notes.append(say("Hatched provinces have no report; that is not zero."))
    if choices.style == "shades":
        notes.append(say("Rates per 100,000 residents at the census of 2019; with few cases a rate says little."))
    if change is not None:
        notes.append(say("A change is given a direction only where the ranges leave no doubt of it."))
    if counts.measure.basis != "stated":
        notes.append(say("Reports are what is known, not all that happened; allegations are not findings of a court."))
    else:
        notes.append(say("Every figure repeats what its source says; who says so is named."))
    if snapshot.believed:
        names = ", ".join(term(name) for name in snapshot.believed)
        notes.append(say("Only these speakers and sources count: {names}.", names=names))
    rest = len(_sources_behind(snapshot, counts)) - MOST_SOURCES
    if rest > 0:
        notes.append(say_many("{n} more source is not listed.", "{n} more sources are not listed.", rest))
    return notes


def _sources_behind(snapshot: Snapshot, counts: MeasureCounts) -> pd.DataFrame:
    key = ("sources behind", counts.measure.name, counts.period)
    return snapshot.keep(key, lambda: snapshot.sources_of(backing_records(snapshot, counts)))


def source_lines(snapshot: Snapshot, counts: MeasureCounts) -> tuple[str, ...]:
    """Return the first `MOST_SOURCES` sources behind the figures; `caveats` says how many more there are."""
    sources = _sources_behind(snapshot, counts)
    lines = [cite_source(source) for _, source in sources.head(MOST_SOURCES).iterrows()]
    return tuple(lines)


def credit_line(snapshot: Snapshot, today: date, link: str) -> str:
    """Return whose boundaries they are, the data version, the profile, the day and the address."""
    parts = [
        say(
            "{boundaries} · Land and water: Natural Earth (public domain)", boundaries=boundary_source()["attribution"]
        ),
        say("Compound Atlas, data version {version}", version=write_digits(str(snapshot.revision))),
        say("public version") if snapshot.profile == "public" else say("internal version, not for publication"),
        say("drawn {day}", day=format_date(today)),
        link,
    ]
    return " · ".join(parts)


def _subtitle(counts: MeasureCounts, choices: Choices, change: Change | None) -> str:
    rate = say(", per 100,000 residents") if choices.style == "shades" else ""
    where = place_label(choices.place) if choices.place else say("by province")
    if counts.measure.basis == "listed":
        return f"{counts.measure.label}{rate}, {where}"
    period = counts.period.label()
    if change is not None:
        pair = {"before": change.before.label(), "after": change.after.label()}
        difference = choices.compare == "difference"
        period = say("change from {before} to {after}", **pair) if difference else say("{before} and {after}", **pair)
    return f"{counts.measure.label}{rate}, {where}, {period}"


def _national_total(counts: MeasureCounts) -> tuple[str, str] | None:
    """Return the one figure for the whole country that was stated for exactly this period, and its speaker."""
    equal = counts.national
    if equal.empty:
        return None
    equal = equal[(equal["relation"] == "equal") & (equal["geography"] == "national")]
    if len(equal) != 1:
        return None
    claim = equal.iloc[0]
    speaker = str(claim["speaker"]) if known(claim["speaker"]) else ""
    return format_range(claim["low"], claim["best"], claim["high"]), speaker


def _said(speakers: Sequence[str]) -> str:
    names = join_names([name for name in speakers if name])
    return say("according to {names}", names=names) if names else ""


def _finding_of_change(change: Change) -> str:
    what = change.measure.label
    if not change.compared:
        return say("{what}: no province can be compared between the two periods", what=what)
    tally = change.rows.loc[change.rows["compared"], "direction"].value_counts()
    up, down, same = (int(tally.get(name, 0)) for name in (UP, DOWN, SAME))
    unsure = change.compared - up - down - same
    parts = [
        *[say_many("more in {n} province", "more in {n} provinces", up)] * bool(up),
        *[say_many("fewer in {n} province", "fewer in {n} provinces", down)] * bool(down),
        *[say_many("no change in {n} province", "no change in {n} provinces", same)] * bool(same),
        *[say_many("not certain in {n} province", "not certain in {n} provinces", unsure)] * bool(unsure),
        *[say("{n} cannot be compared", n=len(change.rows) - change.compared)] * (change.compared < len(change.rows)),
    ]
    return f"{what}: {', '.join(parts)}"
