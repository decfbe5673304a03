from __future__ import annotations

import re
from dataclasses import replace

import pytest

from charts.briefing_sentences import draft_briefing, draft_item
from charts.plates import speaking
from data.briefing import Item
from data.briefing_templates import TEMPLATES
from data.measures import available_measures, count_measure
from data.periods import Period, parse_period
from data.permalink import Choices
from tests.charts.briefing_case import MONTH, WINDOW


def test_a_stated_number_is_hedged_and_has_its_speaker(snapshot):
    item = draft_item(snapshot, Item("map", Choices(period=WINDOW)), MONTH)
    assert item.text.startswith(
        "At least 201 complaints were reported for Preah Sihanouk between 19 August 2022 and 18 September 2022, "
        "according to Sar Kheng, Minister of Interior."
    )
    assert "For 15 provinces there is no report; that is not the same as none." in item.text
    assert "289 in all" in item.headline
    assert not item.headline.endswith(".")


def test_another_province_is_told_alone(snapshot):
    item = draft_item(snapshot, Item("map", Choices(period=WINDOW, place="KH-8")), MONTH)
    assert item.text == (
        "18 complaints were reported for Kandal between 19 August 2022 and 18 September 2022, "
        "according to Sar Kheng, Minister of Interior."
    )


def test_a_single_one_needs_no_wrong_plural(snapshot):
    item = draft_item(snapshot, Item("map", Choices(period=WINDOW, place="KH-24")), MONTH)
    assert item.text.startswith("Complaints received: 1 for Pailin between")


@pytest.mark.parametrize("figure", ["map", "table", "timeline", "claims"])
def test_nothing_is_not_zero(snapshot, figure):
    long_ago = parse_period("1999-01-01", "1999-02-01")
    item = draft_item(snapshot, Item(figure, Choices(period=long_ago, measure="stated:complaints_received")), long_ago)
    assert re.search(r"not the same as none|does not mean that nothing happened", item.text)


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_every_template_is_told(snapshot, template):
    site = snapshot.of("compound")["compound_id"].iloc[0]
    briefing = draft_briefing(template, snapshot, MONTH, place="KH-18", compound=site)
    assert "September 2022" in briefing.title or template == "compound"
    for item in briefing.items:
        assert item.headline
        assert item.text.endswith((".", "!"))
        assert "{" not in item.headline + item.text


def test_no_sentence_goes_beyond_the_numbers(snapshot):
    """Every number in the words of a map is in its table, in a date, or counts provinces."""
    for measure in available_measures(snapshot):
        if measure.basis != "recorded":
            continue
        period = Period(parse_period("2022-01-01", "2023-01-01").start, parse_period("2022-01-01", "2023-01-01").end)
        item = draft_item(snapshot, Item("map", Choices(measure=measure.name, period=period)), period)
        counts = count_measure(snapshot, measure, period)
        known = {25, 31, 1, 2022, len(counts.rows), counts.unlocated, counts.records}
        known |= {int(value) for side in ("low", "best", "high") for value in counts.rows[side].dropna()}
        figures = counts.rows[["low", "best", "high"]].notna().any(axis=1).sum()
        known |= {int(figures), 25 - int(figures), (counts.records or 0) - counts.unlocated}
        assert {int(number) for number in re.findall(r"\d+", item.text)} <= known, item.text


def test_the_words_follow_the_language(snapshot):
    item = Item("map", Choices(period=WINDOW))
    khmer = speaking("km", lambda: draft_item(snapshot, item, MONTH))
    assert re.search("[\u1780-\u17ff]", khmer.headline)
    assert replace(khmer, headline="", text="") == item
