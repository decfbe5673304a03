from __future__ import annotations

import pytest

from charts.classes import classify
from charts.compare_payload import change_classes, describe_change
from charts.map_content import map_content, printed_legend, style_of
from charts.map_payload import describe_legend, describe_provinces
from data.backing import speakers_of
from data.change import compare_counts
from data.measures import MEASURES, count_measure
from data.periods import Period
from data.permalink import Choices
from data.presets import stated_windows
from tests.charts.map_views import MONTH, NEXT, YEAR

COMPLAINTS = MEASURES["stated:complaints_received"]


def _pooled(snapshot, measure, periods: list[Period]):
    """Values and rates over all periods, put together here once more, as a check of their own."""
    periods = dict.fromkeys([*periods, *stated_windows(snapshot, measure), snapshot.extent()])
    rows = [row for period in periods for row in count_measure(snapshot, measure, period).rows.to_dict("records")]

    def first(row, prefix):
        found = [row[prefix + side] for side in ("best", "low", "high")]
        return next(
            (float(value) for value in found if value == value and value is not None and str(value) != "<NA>"), None
        )

    return [first(row, "") for row in rows], [first(row, "rate_") for row in rows]


@pytest.mark.parametrize("style", ["circles", "shades"])
def test_figures_classes_and_sizes_are_those_of_the_screen(snapshot, style):
    counts = count_measure(snapshot, COMPLAINTS, MONTH)
    values, rates = _pooled(snapshot, COMPLAINTS, [MONTH])
    classes, largest = classify(rates, "natural", 4), max(value for value in values if value is not None)
    choices = Choices(period=MONTH, style=style, scheme="natural", classes=4)
    content = map_content(snapshot, counts, choices)
    sources = speakers_of(snapshot, counts)
    screen = describe_provinces(counts, style, classes=classes, largest=largest, sources=sources)
    assert content.panels[0].provinces == screen
    legend = describe_legend(counts, style, classes=classes, largest=largest, sites=content.sites)
    assert content.legend["classes"] == legend["classes"]
    assert content.legend["circles"] == legend["circles"]
    assert content.legend["symbols"] == legend["symbols"]


def test_two_periods_share_classes_and_the_difference_is_that_of_the_screen(snapshot):
    raids = MEASURES["recorded:raid"]
    after, before = (count_measure(snapshot, raids, period) for period in (NEXT, YEAR))
    side = map_content(snapshot, after, Choices(period=NEXT, compare="side"))
    assert [panel.heading for panel in side.panels] == [YEAR.label(), NEXT.label()]
    assert side.legend["classes"][-1]["n"] == "23 | 23"
    swiped = map_content(snapshot, after, Choices(period=NEXT, compare="swipe"))
    assert swiped.panels == side.panels
    one = map_content(snapshot, after, Choices(period=NEXT, compare="difference"))
    values, rates = _pooled(snapshot, raids, [NEXT, YEAR])
    screen = describe_change(
        compare_counts(before, after), "circles", classes=change_classes(rates), largest=max(v for v in values if v)
    )
    assert one.panels[0].provinces == screen
    assert one.change.before == YEAR


def test_sites_may_be_left_out_and_a_list_of_sites_needs_no_badges(snapshot):
    counts = count_measure(snapshot, MEASURES["listed:compound"], MONTH)
    assert map_content(snapshot, counts, Choices()).badges == []
    assert map_content(snapshot, counts, Choices(style="shades")).badges
    without = map_content(snapshot, counts, Choices(), with_sites=False)
    assert (without.sites, without.legend["symbols"]) == ([], [])
    assert style_of(Choices(style="shades")) == "shades"


def test_the_printed_legend_has_no_words_of_the_screen_alone(snapshot):
    counts = count_measure(snapshot, COMPLAINTS, MONTH)
    content = map_content(snapshot, counts, Choices(period=MONTH, place="KH-18"))
    notes = " ".join(content.legend["footnotes"])
    assert "(n) = number" not in notes
    assert "Dashed circle: the site lies somewhere inside." in notes
    assert "whole country" in notes
    pair = printed_legend({"footnotes": [], "classes": []}, "shades", pair=True)
    assert pair["note"].startswith("Per 100,000")
    assert any("earlier period" in note for note in pair["footnotes"])
