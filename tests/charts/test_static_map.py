from __future__ import annotations

import io
import re
from html import unescape

import pytest
from pypdf import PdfReader

from charts.figure import render
from charts.figure_text import caveats, default_text
from charts.map_content import MapContent, Panel, describe_panel, map_content, printed_legend
from charts.map_payload import describe_legend
from charts.scales import pool_scales
from charts.static_map import counts_of, draw_maps, draw_static_map
from data.permalink import Choices
from locales import use_language
from tests.charts.map_views import MONTH, TODAY, VIEWS, full_counts
from tests.pictures import check_golden, check_texts, texts_of


@pytest.fixture(autouse=True)
def _english_again():
    yield
    use_language("en")


def _draw(snapshot, name, **about):
    choices, frame, spoken = VIEWS[name]
    use_language(spoken)
    return draw_static_map(snapshot, choices, frame, today=TODAY, **about)


def _svg_texts(svg: bytes) -> str:
    found = re.findall(r"<text\b[^>]*>(.*?)</text>", svg.decode(), re.DOTALL)
    return " ".join(unescape(text).strip() for text in found)


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u200b\u00a0]+", "", text)


@pytest.mark.parametrize("name", VIEWS)
def test_no_text_meets_another_or_leaves_the_picture(snapshot, name):
    check_texts(_draw(snapshot, name))


@pytest.mark.parametrize("name", ["circles", "shades_km", "nothing", "side", "difference_shades", "place"])
def test_svg_holds_every_caveat_source_and_the_credit(snapshot, name):
    svg = render(_draw(snapshot, name), "svg")
    choices = VIEWS[name][0]
    counts = counts_of(snapshot, choices)
    change = map_content(snapshot, counts, choices).change
    text = default_text(snapshot, counts, choices, today=TODAY, change=change)
    shown = _squeeze(_svg_texts(svg))
    for part in (text.title, text.subtitle, *text.notes, *text.sources, text.credit):
        assert _squeeze(part) in shown


def test_pdf_holds_every_caveat_in_english(snapshot):
    pdf = _squeeze(PdfReader(io.BytesIO(render(_draw(snapshot, "circles"), "pdf"))).pages[0].extract_text())
    choices = VIEWS["circles"][0]
    for note in caveats(snapshot, counts_of(snapshot, choices), choices):
        assert _squeeze(note) in pdf
    assert "201+" in pdf


def test_numbers_are_those_of_the_screen(snapshot):
    choices = Choices(period=MONTH)
    counts = counts_of(snapshot, choices)
    drawn = [text for text, *_ in texts_of(_draw(snapshot, "circles"))]
    scales = pool_scales(snapshot, counts.measure, [counts.period])
    screen = describe_panel(snapshot, counts, "circles", scales)
    labels = sorted(facts["label"] for facts in screen.values() if facts.get("label"))
    assert len(labels) == 10
    assert sorted(text for text in drawn if re.fullmatch(r"[\d,]+\+?", text))[: len(labels)]
    for label in set(labels):
        assert drawn.count(label) >= labels.count(label)


def test_one_province_is_close_up_with_the_country_in_a_corner(snapshot):
    drawn = [text for text, *_ in texts_of(_draw(snapshot, "place"))]
    assert "Preah Sihanouk" in drawn
    assert "Ratanakiri" not in drawn
    assert "Sihanoukville" in drawn
    assert any("whole" in text for text in drawn)


def test_two_periods_stand_side_by_side_with_one_legend(snapshot):
    drawn = [text for text, *_ in texts_of(_draw(snapshot, "side"))]
    assert "1 January – 31 December 2022" in drawn
    assert "1 January – 31 December 2023" in drawn
    assert drawn.count("23 | 23") == 1
    assert drawn.count("Battambang") == 2


def test_without_data_the_picture_says_so(snapshot):
    drawn = " ".join(text for text, *_ in texts_of(_draw(snapshot, "nothing")))
    assert "no report by province. This is not the same as none" in drawn
    assert "No report (this is not zero)" in drawn
    assert " 25 " in drawn


@pytest.mark.parametrize("frame", ["wide", "square", "a4", "half"])
@pytest.mark.parametrize("style", ["circles", "shades"])
def test_twenty_five_figures_of_every_kind_fit(snapshot, frame, style):
    counts = full_counts(snapshot)
    scales = pool_scales(snapshot, counts.measure, [counts.period])
    provinces = describe_panel(snapshot, counts, style, scales)
    legend = describe_legend(counts, style, classes=scales.classes, largest=scales.largest, sites=[])
    content = MapContent((Panel("", provinces),), printed_legend(legend, style), [], [], (counts,))
    text = default_text(snapshot, counts, Choices(period=MONTH, style=style), today=TODAY)
    figure = draw_maps(content, frame, text)
    check_texts(figure)
    drawn = [text for text, *_ in texts_of(figure)]
    if style == "circles":
        labels = [facts["label"] for facts in provinces.values()]
        assert len(labels) == 25
        assert not [label for label in labels if label not in drawn]


def test_without_colour_no_two_classes_look_the_same(snapshot):
    figure = _draw(snapshot, "shades", print_safe=True)
    svg = render(figure, "svg").decode()
    colors = {color for color in re.findall(r"#[0-9a-f]{6}", svg) if len({color[1:3], color[3:5], color[5:]}) > 1}
    assert colors <= {"#1d2733", "#5b6672", "#d9d4c8", "#9dbac8", "#8d8675", "#cfc8b9", "#3f4853"}


@pytest.mark.parametrize("name", ["half", "shades_km", "side_half_km", "place_half"])
def test_golden_maps(snapshot, name):
    check_golden(render(_draw(snapshot, name), "png"), f"map_{name}")


def test_golden_map_without_colour(snapshot):
    use_language("en")
    choices = Choices(period=MONTH, style="shades")
    figure = draw_static_map(snapshot, choices, "half", today=TODAY, print_safe=True)
    check_golden(render(figure, "png"), "map_grey")
