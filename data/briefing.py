"""What a briefing is: a title, a period, and views in order, each drawn as one kind of figure and told in words.

A briefing holds no figure and no number of its own: its pictures and tables are made from the records when it is
written out, so that they always agree with the screen. As JSON it holds each view as the parameters of its address,
which are read with the same distrust (`data.permalink.read_address`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from data.periods import Period
from data.permalink import Choices, read_address, write_address
from data.privacy import PROFILES
from errors import ExportError, PeriodError
from locales import LANGUAGES, later, say

FigureKind = Literal["map", "multiples", "timeline", "claims", "lanes", "table"]
FIGURES: dict[FigureKind, str] = {
    "map": later("Map"),
    "multiples": later("One small map for each period"),
    "timeline": later("Timeline"),
    "claims": later("Claims: each speaker's number"),
    "lanes": later("After the raid: histories of sites"),
    "table": later("Table by province"),
}
"""Kinds of figures, with their names in English."""
PAGES: dict[FigureKind, str] = {
    "map": "map", "multiples": "map", "timeline": "timeline", "claims": "claims", "lanes": "compounds", "table": "map",
}  # fmt: skip
"""The page of the screen on which the same figures stand."""
FORMATS: dict[str, str] = {
    "pptx": later("Presentation (PPTX)"),
    "docx": later("Fact sheet (DOCX)"),
    "pdf": later("For print (PDF)"),
    "html": later("Page with the map, works offline (HTML)"),
    "zip": later("Pictures and data (ZIP)"),
}
"""Formats of a briefing by name, with their names in English."""
MOST_ITEMS = 24
LONGEST_TITLE, LONGEST_HEADLINE, LONGEST_TEXT = 200, 300, 4_000
_FORMAT = 1


@dataclass(frozen=True)
class Item:
    """One figure of a briefing.

    Attributes
    ----------
    figure : FigureKind
        How the view is drawn.
    view : Choices
        What is drawn; measure, period, place and the rest, as in a link.
    headline : str
        States the finding; the title of the picture.
    text : str
        A few sentences; stand beside the picture.
    """

    figure: FigureKind
    view: Choices
    headline: str = ""
    text: str = ""


@dataclass(frozen=True)
class Briefing:
    """A briefing.

    Attributes
    ----------
    title : str
    language : str
        One of `LANGUAGES`.
    profile : str
        A key of `data.privacy.PROFILES`: for whom it is.
    period : Period
        The period that it is about; a view may have one of its own, such as that of a statement.
    items : tuple of Item
        In order.
    """

    title: str
    language: str
    profile: str
    period: Period
    items: tuple[Item, ...] = ()


def move_item(briefing: Briefing, place: int, steps: int) -> Briefing:
    """Return the briefing with one item moved by so many places, as far as there are any."""
    items = list(briefing.items)
    item = items.pop(place)
    items.insert(min(max(place + steps, 0), len(items)), item)
    return replace(briefing, items=tuple(items))


def change_item(briefing: Briefing, place: int, **changes: Any) -> Briefing:
    """Return the briefing with one item changed."""
    items = list(briefing.items)
    items[place] = replace(items[place], **changes)
    return replace(briefing, items=tuple(items))


def drop_item(briefing: Briefing, place: int) -> Briefing:
    """Return the briefing without one item."""
    return replace(briefing, items=(*briefing.items[:place], *briefing.items[place + 1 :]))


def add_item(briefing: Briefing, item: Item) -> Briefing:
    """Return the briefing with an item at its end; ExportError when there are `MOST_ITEMS`."""
    if len(briefing.items) >= MOST_ITEMS:
        raise ExportError(say("A briefing holds {n} figures at most.", n=MOST_ITEMS), say("Take one out first."))
    return replace(briefing, items=(*briefing.items, item))


def describe_briefing(briefing: Briefing) -> dict[str, Any]:
    """Return a briefing as JSON can hold it."""
    return {
        "briefing": _FORMAT,
        "title": briefing.title,
        "language": briefing.language,
        "profile": briefing.profile,
        "from": briefing.period.start.isoformat(),
        "to": briefing.period.end.isoformat(),
        "items": [
            {
                "figure": item.figure,
                "view": write_address(item.view),
                "headline": item.headline,
                "text": item.text,
            }
            for item in briefing.items
        ],
    }


def write_briefing(briefing: Briefing) -> str:
    """Return a briefing as JSON; `read_briefing` gives the same again."""
    return json.dumps(describe_briefing(briefing), ensure_ascii=False, indent=2)


def read_briefing(text: str | bytes) -> Briefing:
    """Return the briefing that JSON describes.

    Raises
    ------
    ExportError
        When it describes none. Of the views, what is not valid is left at its default, as in a broken link.
    """
    try:
        return _read(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, PeriodError) as error:
        raise ExportError(
            say("This file is not a briefing that can be read."),
            say("Choose one that this program wrote, or begin from a template."),
        ) from error


def _read(given: Mapping[str, Any]) -> Briefing:
    if given["briefing"] != _FORMAT or len(given["items"]) > MOST_ITEMS:
        raise ValueError("another format, or too many items")
    return Briefing(
        title=_text(given["title"], LONGEST_TITLE),
        language=_one_of(given["language"], LANGUAGES),
        profile=_one_of(given["profile"], PROFILES),
        period=Period(date.fromisoformat(given["from"]), date.fromisoformat(given["to"])),
        items=tuple(_read_item(one) for one in given["items"]),
    )


def _read_item(given: Mapping[str, Any]) -> Item:
    view = {name: value for name, value in given["view"].items() if isinstance(value, str)}
    return Item(
        figure=_one_of(given["figure"], FIGURES),  # type: ignore[arg-type]
        view=read_address(view),
        headline=_text(given["headline"], LONGEST_HEADLINE),
        text=_text(given["text"], LONGEST_TEXT),
    )


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError("no text")
    return value


def _one_of(value: object, known: Any) -> str:
    if not isinstance(value, str) or value not in known:
        raise ValueError("unknown value")
    return value


def view_of(item: Item, briefing: Briefing, revision: int) -> Choices:
    """Return what a figure draws: the view with the briefing's period where it names none, and its profile.

    Parameters
    ----------
    item : Item
    briefing : Briefing
    revision : int
        The data version; it stands in every link.
    """
    period = item.view.period or briefing.period
    return replace(item.view, period=period, version=revision, profile=briefing.profile)
