"""What is written around the figures of a briefing that are no maps: timeline, claims, histories of sites."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from charts.briefing_tables import ladder_of, lanes_of, measure_tables, small_periods
from charts.citation import MOST_SOURCES, cite_source
from charts.figure import FigureText
from charts.figure_text import credit_line, default_text
from charts.labels import place_label, term
from charts.ladder_words import describe_ladder
from charts.sentences import join_names
from data.briefing import Item
from data.briefing_views import events_of, happened, ledger_of, sites_in_view
from data.claims import select_claims
from data.metrics import METRICS
from data.periods import format_date
from data.permalink import Choices
from data.schema import KINDS
from data.slices import find_days, select_records
from data.snapshot import Snapshot
from locales import language, later, say, say_many

_BY = {
    "day": later("Recorded events by day, {place}, {period}"),
    "month": later("Recorded events by month, {place}, {period}"),
    "quarter": later("Recorded events by quarter, {place}, {period}"),
    "year": later("Recorded events by year, {place}, {period}"),
}


def text_of(snapshot: Snapshot, item: Item, *, today: date, link: str, withheld: str = "") -> FigureText:
    """Return what is written around a figure: its headline, what is drawn, every caveat, sources and credit.

    Parameters
    ----------
    snapshot : Snapshot
    item : Item
        Its view names a period.
    today : date
    link : str
        Address of the view, kept to this data version.
    withheld : str
        A sentence on what the public profile withholds.
    """
    if item.figure in ("map", "multiples", "table"):
        tables, change = measure_tables(snapshot, item.view)
        more = [say("One map for each of {n} periods.", n=len(small_periods(item.view)))]
        return default_text(
            snapshot, tables[-1], item.view, today=today, change=change, title=item.headline, link=link,
            withheld=withheld, more=more if item.figure == "multiples" else (),
        )  # fmt: skip
    subtitle, notes, records = _PARTS[item.figure](snapshot, item.view)
    return FigureText(
        title=item.headline or subtitle,
        subtitle=subtitle,
        notes=(*notes, *_believed(snapshot), *([withheld] if withheld else [])),
        sources=_source_lines(snapshot, records),
        credit=credit_line(snapshot, today, link),
        language=language(),
    )


Parts = tuple[str, list[str], Sequence[pd.DataFrame]]


def _timeline_parts(snapshot: Snapshot, view: Choices) -> Parts:
    found = happened(snapshot, view)
    undated = len(select_records(events_of(snapshot, view), "event", view.period).undated)
    subtitle = say(_BY[view.grain], place=_place(view), period=_period(view))
    notes = [
        say_many("{n} event in this period.", "{n} events in this period.", len(found)),
        say("{n} stand at the date of the report, because the day itself is not given; {undated} undated.",
            n=int(find_days(found, "event")["dated_by_report"].sum()), undated=undated),
        say("An event in several provinces counts once."),
    ]  # fmt: skip
    closed = select_records(
        snapshot.of("event")[snapshot.of("event")["event_type"] == "media_shutdown"], "event", view.period
    ).inside
    if len(closed):
        days = join_names([format_date(day.date()) for day in find_days(closed, "event")["start"]])
        notes.append(
            say("A source was shut down on {dates}: fewer reports afterwards are not fewer events.", dates=days)
        )
    notes.append(say("Reports are what is known, not all that happened; allegations are not findings of a court."))
    return subtitle, notes, [found]


def _claims_parts(snapshot: Snapshot, view: Choices) -> Parts:
    metric = METRICS[view.measure.partition(":")[2]]
    rows = select_claims(ledger_of(snapshot), view.period, metric=metric.name, place=view.place).rows
    table = ladder_of(snapshot, view)
    subtitle = say("{metric}: each speaker's number, {place}, {period}",
                   metric=metric.label, place=_place(view), period=_period(view))  # fmt: skip
    notes = [metric.definition, *([describe_ladder(table, len(rows))] if len(table) else [])]
    return subtitle, [*notes, say("Every figure repeats what its source says; who says so is named.")], [rows]


def _lane_parts(snapshot: Snapshot, view: Choices) -> Parts:
    steps, members = sites_in_view(snapshot, view)
    drawn, sites = lanes_of(snapshot, view), int(members.nunique())
    undated = int((steps["start"].isna() & steps["end"].isna()).sum())
    shown = drawn["site_id"].nunique() if len(drawn) else 0
    site = snapshot.find("compound", view.compound) if view.compound else None
    place = site["name"] if site is not None else _place(view)
    subtitle = say("What is reported of sites, in order of time, {place}", place=place)
    notes = [
        say_many("{drawn} of {n} site has a dated report.", "{drawn} of {n} sites have a dated report.",
                 sites, drawn=shown),
        *([say_many("{n} undated record cannot be drawn.", "{n} undated records cannot be drawn.", undated)]
          if undated else []),
        say("An arrow to the left: the day is not known, only that of the report. A bar: the date is known to the "
            "month or year. A white centre: a named party disputes it."),
        say("Signs of activity are reports, testimonies, escapes, rescues and complaints about a site; they are "
            "allegations. That no later sign is reported does not mean that activity stopped: fewer reports are not "
            "fewer events."),
    ]  # fmt: skip
    records = [
        snapshot.of(kind)[snapshot.of(kind)[KINDS[kind].id_field].isin(set(named))]
        for kind, named in ((kind, steps.loc[steps["record_kind"] == kind, "record_id"]) for kind in KINDS)
    ]
    return subtitle, notes, records


_PARTS = {"timeline": _timeline_parts, "claims": _claims_parts, "lanes": _lane_parts}


def _place(view: Choices) -> str:
    return place_label(view.place) if view.place else say("Cambodia")


def _period(view: Choices) -> str:
    return view.period.label() if view.period else ""


def _believed(snapshot: Snapshot) -> list[str]:
    if not snapshot.believed:
        return []
    names = ", ".join(term(name) for name in snapshot.believed)
    return [say("Only these speakers and sources count: {names}.", names=names)]


def _source_lines(snapshot: Snapshot, records: Sequence[pd.DataFrame]) -> tuple[str, ...]:
    named = [snapshot.sources_of(part) for part in records if len(part)]
    if not named:
        return ()
    sources = pd.concat(named).drop_duplicates("source_id")
    lines = [cite_source(source) for _, source in sources.head(MOST_SOURCES).iterrows()]
    rest = len(sources) - len(lines)
    return (*lines, *([say_many("and {n} more source", "and {n} more sources", rest)] if rest else []))
