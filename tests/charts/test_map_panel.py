from __future__ import annotations

import pytest

from charts.basemap import fit_view, load_basemap, widen
from charts.figure import FigureText, start_figure
from charts.map_panel import MapPanel, heading
from charts.print_marks import cover
from tests.pictures import check_texts, texts_of

BARE = FigureText("", "", (), (), "")


def _draw(provinces, *, place="", badges=(), **how):
    figure, _ = start_figure("square", BARE)
    base = load_basemap()
    view = fit_view(widen(base.extent_of(place), 0.05), 40, 60, 1000, 900)
    MapPanel(cover(figure), base, view, 1.0, **how).draw(provinces, (), badges, chosen=place)
    return figure


def _facts(label="18", radius=8.0, **more):
    return {"fill": "#ffffff", "radius": radius, "label": label, "open": False, "contested": False} | more


def test_without_figures_every_province_is_named():
    drawn = {text for text, *_ in texts_of(_draw({}))}
    assert {"Battambang", "Preah Vihear", "Mondulkiri", "Thailand", "100 km"} <= drawn
    assert len(drawn & {name.english for name in load_basemap().names if name.code}) == 25


def test_a_number_stands_in_its_circle_when_it_fits_else_beside():
    figure = _draw({"KH-2": _facts("7", 30.0), "KH-13": _facts("1,000–2,000", 5.0)})
    middles = {name.code: name.at for name in load_basemap().names if name.code}
    view = fit_view(widen(load_basemap().extent_of(), 0.05), 40, 60, 1000, 900)
    boxes = {text: box for text, *box in texts_of(figure)}
    for label, code, within in (("7", "KH-2", True), ("1,000–2,000", "KH-13", False)):
        x, _ = view.place(*middles[code])
        assert bool(boxes[label][0] < x < boxes[label][2]) is within
    check_texts(figure)


def test_what_is_contested_is_marked_and_badges_are_written():
    figure = _draw({"KH-18": _facts("201+", 28.0, open=True, contested=True)},
                   badges=[{"code": "KH-15", "count": 3, "word": "sites"}])  # fmt: skip
    drawn = [text for text, *_ in texts_of(figure)]
    assert {"≠", "201+", "3 sites"} <= set(drawn)
    check_texts(figure)


def test_a_plain_map_names_only_what_has_a_figure():
    drawn = {text for text, *_ in texts_of(_draw({"KH-18": _facts()}, plain=True))}
    assert "Preah Sihanouk" in drawn
    assert "Battambang" not in drawn


def test_a_change_is_marked_beside_the_name():
    drawn = {text for text, *_ in texts_of(_draw({"KH-18": {"fill": "#ee9c5b", "mark": "+4"}}))}
    assert "Preah Sihanouk +4" in drawn


@pytest.mark.parametrize("width", [40, 400])
def test_a_heading_is_shortened_where_it_is_too_narrow(width):
    figure, _ = start_figure("half", BARE)
    heading(cover(figure), 20, 40, width, "1 January – 31 December 2022", 16)
    assert (figure.texts[-1].get_text() == "1 January – 31 December 2022") is (width == 400)
