"""A briefing for tests: every kind of figure, with texts that want to be code wherever a person can write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from charts.briefing_sentences import draft_item
from charts.plates import Context, Plate, make_plates
from data.briefing import Briefing, Item
from data.periods import Period
from data.permalink import Choices
from data.snapshot import Snapshot

MONTH = Period(date(2022, 9, 1), date(2022, 10, 1))
WINDOW = Period(date(2022, 8, 19), date(2022, 9, 19))
TODAY = date(2026, 11, 22)
HOSTILE = "{{7*7}} <script>alert(1)</script> $x^2$ \u202eabc &amp; ${7*7}"
FORMULA = "=cmd|' /C calc'!A0"
ITEMS = (
    Item("map", Choices(period=WINDOW)),
    Item("table", Choices(period=WINDOW)),
    Item("timeline", Choices(period=Period(date(2022, 1, 1), date(2023, 1, 1)))),
    Item("claims", Choices(measure="stated:people_rescued", period=MONTH)),
    Item("lanes", Choices(period=MONTH)),
)


def make_briefing(snapshot: Snapshot, *, kinds: tuple[str, ...] = (), hostile: bool = False) -> Briefing:
    """Return a briefing of these kinds of figures, all without any; its words drafted, or hostile."""
    items = tuple(draft_item(snapshot, item, MONTH) for item in ITEMS if not kinds or item.figure in kinds)
    if hostile:
        items = tuple(replace(item, headline=HOSTILE, text=f"{FORMULA} {HOSTILE}") for item in items)
    return Briefing(HOSTILE if hostile else "Cambodia, September 2022", "en", snapshot.profile, MONTH, items)


def make_case(
    snapshot: Snapshot, *, kinds: tuple[str, ...] = (), hostile: bool = False
) -> tuple[Context, tuple[Plate, ...]]:
    """Return what the formats of a briefing are made from."""
    context = Context(snapshot, make_briefing(snapshot, kinds=kinds, hostile=hostile), TODAY, "http://atlas.test/")
    return context, make_plates(context)


def caveats_of(plate: Plate) -> list[str]:
    """Return every sentence that must stand in a picture, as it is drawn."""
    text = plate.text
    return [text.title, text.subtitle, *text.notes, *text.sources, text.credit]
