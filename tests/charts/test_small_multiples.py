from __future__ import annotations

import pytest

from charts.figure import render
from charts.small_multiples import MOST_PERIODS, best_columns, draw_small_multiples, periods_content
from charts.static_map import counts_of
from data.measures import MEASURES, count_measure
from data.periods import parse_period, split_period
from data.permalink import Choices
from errors import PeriodError
from locales import use_language
from tests.charts.map_views import TODAY
from tests.pictures import check_golden, check_texts, texts_of

RAIDS = Choices(measure="recorded:raid")
QUARTERS = list(split_period(parse_period("2022-01-01", "2024-01-01"), "quarter"))


@pytest.fixture(autouse=True)
def _english_again():
    yield
    use_language("en")


def test_each_map_shows_the_numbers_of_its_period(snapshot):
    content = periods_content(snapshot, RAIDS, QUARTERS)
    assert [panel.heading for panel in content.panels][:2] == ["Jan – Mar 2022", "Apr – Jun 2022"]
    for panel, period in zip(content.panels, QUARTERS, strict=True):
        rows = count_measure(snapshot, MEASURES["recorded:raid"], period).rows
        reported = set(rows.loc[rows["high"].notna(), "province_code"])
        assert {code for code, facts in panel.provinces.items() if facts["fill"]} == reported


def test_a_size_means_the_same_in_every_map(snapshot):
    content = periods_content(snapshot, RAIDS, QUARTERS)
    sizes = {(facts["label"], facts["radius"]) for panel in content.panels for facts in panel.provinces.values()
             if facts.get("radius")}  # fmt: skip
    assert sizes
    assert len({label for label, _ in sizes}) == len(sizes)


@pytest.mark.parametrize("frame", ["wide", "a4", "half", "square"])
@pytest.mark.parametrize(("spoken", "style"), [("en", "circles"), ("km", "shades")])
def test_texts_neither_meet_nor_leave_the_picture(snapshot, frame, spoken, style):
    use_language(spoken)
    choices = Choices(measure="recorded:raid", style=style)
    figure = draw_small_multiples(snapshot, choices, QUARTERS, frame, today=TODAY)
    check_texts(figure)
    if spoken == "en":
        assert {"Jan – Mar 2022", "Oct – Dec 2023"} <= {text for text, *_ in texts_of(figure)}


def test_too_many_and_too_few_periods_are_refused(snapshot):
    days = list(split_period(parse_period("2022-01-01", "2022-03-01"), "day"))
    assert len(days) > MOST_PERIODS
    for periods in ([], days):
        with pytest.raises(PeriodError):
            draw_small_multiples(snapshot, RAIDS, periods, today=TODAY)


def test_maps_are_as_large_as_they_can_be():
    assert best_columns(1, 1000, 500) == 1
    assert best_columns(4, 1000, 1000) == 2
    assert best_columns(8, 1600, 600) == 4


def test_golden_small_multiples(snapshot):
    figure = draw_small_multiples(snapshot, RAIDS, QUARTERS[2:6], "half", today=TODAY)
    check_golden(render(figure, "png"), "small_multiples")


def test_the_text_is_about_the_whole_time(snapshot):
    figure = draw_small_multiples(snapshot, RAIDS, QUARTERS, today=TODAY)
    drawn = " ".join(text for text, *_ in texts_of(figure))
    assert "1 January 2022 – 31 December 2023" in drawn
    assert "Jul – Sep 2022 1" in drawn
    assert counts_of(snapshot, RAIDS).measure.label in drawn
