"""The figures of a briefing, ready to be drawn in any frame, each with its words, numbers, sources and link.

Every format of a briefing is made from the same plates, so that they agree with each other and with the screen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar
from urllib.parse import urlencode

import pandas as pd

from charts.briefing_drawing import draw_view
from charts.briefing_tables import measure_tables, values_of, words_of
from charts.briefing_text import text_of
from charts.figure import FigureText, Frame, Kind, render
from data.briefing import PAGES, Briefing, Item, view_of
from data.permalink import write_address
from data.privacy import withheld
from data.snapshot import Snapshot
from locales import use_language, voice

# isort: split
# Only after charts.lettering has readied it.
from matplotlib.figure import Figure

Made = TypeVar("Made")

SLIDE = "wide"
PICTURE_SCALE = 2
_LONGEST_STEM, _LONGEST_TITLE = 40, 60


@dataclass(frozen=True)
class Context:
    """What all figures of a briefing share.

    Attributes
    ----------
    snapshot : Snapshot
        In the profile of the briefing.
    briefing : Briefing
    today : date
        Stands in every credit.
    link : str
        Address of the atlas before the name of a page, with a slash at its end; empty for links without a place.
    internal : Snapshot or None
        The same data version with everything, to say what a public briefing withholds.
    """

    snapshot: Snapshot
    briefing: Briefing
    today: date
    link: str = ""
    internal: Snapshot | None = None


@dataclass(frozen=True)
class Plate:
    """One figure.

    Attributes
    ----------
    number : int
        From 1.
    item : Item
        Its view names period, data version and profile.
    context : Context
    drawn : dict
        Pictures that were made so far; use `pictures`.
    """

    number: int
    item: Item
    context: Context
    drawn: dict[str, list[bytes]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        """Its name in file names: ``01-map-complaints-received``."""
        subject = self.item.view.measure.partition(":")[2] if self.item.figure != "timeline" else "events"
        subject = "sites" if self.item.figure == "lanes" else subject
        place = self.item.view.place.lower()
        stem = "-".join(part for part in (self.item.figure, subject.replace("_", "-"), place) if part)
        return f"{self.number:02d}-{stem[:_LONGEST_STEM]}"

    @property
    def link(self) -> str:
        """Address of the view on screen, at this data version."""
        parameters = write_address(self.item.view)
        if self.context.briefing.language != "en":
            parameters["lang"] = self.context.briefing.language
        return f"{self.context.link}{PAGES[self.item.figure]}?{urlencode(parameters, safe=',:;~')}"

    @cached_property
    def text(self) -> FigureText:
        """What is written around it: the headline as title, and every caveat."""
        return text_of(self.context.snapshot, self.item, today=self.context.today, link=self.link, withheld=self.hidden)

    @cached_property
    def hidden(self) -> str:
        """What the public profile withholds, in a sentence; empty in the internal one."""
        if self.context.internal is None or self.context.briefing.profile != "public":
            return ""
        by_province = self.item.figure in ("map", "table")
        counts = measure_tables(self.context.snapshot, self.item.view)[0][-1] if by_province else None
        return withheld(self.context.internal, self.context.snapshot, counts).sentence()

    @cached_property
    def values(self) -> pd.DataFrame:
        """Its numbers, for files."""
        return values_of(self.context.snapshot, self.item)

    @cached_property
    def words(self) -> pd.DataFrame:
        """Its numbers in words, for tables that people read."""
        return words_of(self.context.snapshot, self.item)

    def pictures(self, kind: Kind) -> list[bytes]:
        """Return the figure in the frame of a slide as PNG, twice its pixels, or as SVG; drawn once for all formats."""
        if kind not in self.drawn:
            scale = PICTURE_SCALE if kind == "png" else 1
            self.drawn[kind] = [render(figure, kind, scale) for figure in self.wide]
        return self.drawn[kind]

    @cached_property
    def wide(self) -> list[Figure]:
        """The figure in the frame of a slide."""
        return self.draw(SLIDE)

    def draw(self, frame: Frame | str = SLIDE, *, print_safe: bool = False) -> list[Figure]:
        """Return the figure in a frame; a long table is several."""
        text = replace(self.text, print_safe=print_safe)
        return draw_view(self.context.snapshot, self.item, frame, text, today=self.context.today)


def make_plates(context: Context) -> tuple[Plate, ...]:
    """Return the figures of a briefing, in order."""
    briefing = context.briefing
    items = [replace(item, view=view_of(item, briefing, context.snapshot.revision)) for item in briefing.items]
    return tuple(Plate(number, item, context) for number, item in enumerate(items, 1))


def speaking(language: str, make: Callable[[], Made]) -> Made:
    """Return what `make` gives when it speaks this language; the run that asks keeps its own."""

    def run() -> Made:
        if language != voice().language:
            use_language(language)
        return make()

    return copy_context().run(run)


def file_stem(title: str) -> str:
    """Return a title as the name of a file: small letters, their signs and digits of any script, joined by hyphens."""
    plain = unicodedata.normalize("NFC", title).lower()
    spaced = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in plain)
    return "-".join(spaced.split())[:_LONGEST_TITLE].strip("-") or "briefing"
