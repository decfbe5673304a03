"""What a printed map shows: the same tables, classes and legend as the map on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from charts.compare_payload import change_classes, describe_change, describe_change_legend, merge_legends
from charts.map_payload import Style, describe_legend, describe_provinces
from charts.scales import Scales, pool_scales
from charts.site_payload import describe_sites
from data.backing import source_names, speakers_of
from data.change import Change, compare_counts
from data.comparing import second_period
from data.measures import MeasureCounts, count_measure
from data.permalink import Choices
from data.snapshot import Snapshot
from locales import say, voice


@dataclass(frozen=True)
class Panel:
    """One map.

    Attributes
    ----------
    heading : str
        The period, where there are several maps; empty for one alone.
    provinces : dict
        As ``provinces`` in the payload of ``charts/map_payload.py``.
    """

    heading: str
    provinces: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class MapContent:
    """A map, or several in the same classes.

    Attributes
    ----------
    panels : tuple of Panel
    legend : dict
    sites, badges : list of dict
        As in the payload; the same for all panels.
    tables : tuple of MeasureCounts
        Behind the panels, the earlier period first; two for a difference.
    change : Change or None
        Where two periods are compared.
    """

    panels: tuple[Panel, ...]
    legend: dict[str, Any]
    sites: list[dict[str, Any]]
    badges: list[dict[str, Any]]
    tables: tuple[MeasureCounts, ...]
    change: Change | None = None


def style_of(choices: Choices) -> Style:
    """Return how figures are drawn."""
    return "shades" if choices.style == "shades" else "circles"


def find_sites(snapshot: Snapshot) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the sites as pins, and those of unknown place as badges of their provinces; made once per snapshot."""
    return snapshot.keep(("sites", voice()), lambda: describe_sites(snapshot.of("compound"), source_names(snapshot)))


def describe_panel(snapshot: Snapshot, counts: MeasureCounts, style: Style, scales: Scales) -> dict[str, Any]:
    """Return how the provinces are drawn in one period."""
    return describe_provinces(
        counts, style, classes=scales.classes, largest=scales.largest, sources=speakers_of(snapshot, counts)
    )


def map_content(snapshot: Snapshot, counts: MeasureCounts, choices: Choices, *, with_sites: bool = True) -> MapContent:
    """Return what the map of these choices shows: one period, two side by side, or their difference.

    Parameters
    ----------
    snapshot : Snapshot
    counts : MeasureCounts
        Of the first period.
    choices : Choices
        A divider between two maps, which needs a screen, becomes two maps side by side.
    with_sites : bool
    """
    style = style_of(choices)
    against = second_period(choices, counts.measure, counts.period)
    periods = [counts.period, *([against] if against else [])]
    scales = pool_scales(snapshot, counts.measure, periods, choices.scheme, choices.classes, choices.breaks)  # type: ignore[arg-type]
    sites, badges = find_sites(snapshot) if with_sites else ([], [])
    if style == "circles" and counts.measure.basis == "listed":
        badges = []  # each circle counts them already

    def legend_of(one: MeasureCounts) -> dict[str, Any]:
        return describe_legend(one, style, classes=scales.classes, largest=scales.largest, sites=sites)

    place = bool(choices.place)
    if against is None:
        panel = Panel("", describe_panel(snapshot, counts, style, scales))
        return MapContent((panel,), printed_legend(legend_of(counts), style, place), sites, badges, (counts,))
    tables = tuple(sorted((counts, count_measure(snapshot, counts.measure, against)), key=lambda one: one.period))
    change = compare_counts(*tables)
    if choices.compare == "difference":
        classes = change_classes(scales.rates)
        legend = describe_change_legend(change, style, classes=classes, legend=legend_of(counts))
        panel = Panel("", describe_change(change, style, classes=classes, largest=scales.largest))
        return MapContent((panel,), printed_legend(legend, style, place), sites, badges, tables, change)
    panels = tuple(Panel(one.period.label(), describe_panel(snapshot, one, style, scales)) for one in tables)
    legend = printed_legend(merge_legends(*map(legend_of, tables)), style, place, pair=True)
    return MapContent(panels, legend, sites, badges, tables, change)


def printed_legend(legend: dict[str, Any], style: Style, place: bool = False, *, pair: bool = False) -> dict[str, Any]:
    """Return the legend of the screen as it is printed: headings over the numbers, no period, which the title names.

    Parameters
    ----------
    legend : dict
        As in the payload.
    style : {"circles", "shades"}
    place : bool
        Whether the map shows one province; the numbers are those of the country all the same.
    pair : bool
        Whether each number stands for two periods.
    """
    on_screen = {
        say("Dashed circle: the site lies somewhere inside. (n) = number."): say(
            "Dashed circle: the site lies somewhere inside."
        ),
        say("≥, ≤: at least, at most. (n) = number."): say("≥, ≤: at least, at most."),
    }
    notes = [on_screen.get(note, note) for note in legend["footnotes"]]
    if pair:
        notes.append(say("Two numbers: the earlier period, then the later one."))
    if place:
        notes.append(say("The numbers in this legend are those of the whole country."))
    return legend | {
        "note": say("Per 100,000 residents (2019 census)") if style == "shades" else "",
        "footnotes": notes,
        "classes_head": say("Provinces"),
        "symbols_head": say("Alleged sites, by the status reported last"),
    }
