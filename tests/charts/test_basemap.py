from __future__ import annotations

import math

import pytest
import shapely

from charts.basemap import bar_length_km, fit_view, load_basemap, to_plane, widen
from geo.gazetteer import PROVINCE_CODES
from tests.data.boundary_files import strip_of


@pytest.fixture(scope="module")
def base():
    return load_basemap()


def test_it_holds_the_provinces_and_names_of_the_screen(base):
    assert tuple(base.provinces) == PROVINCE_CODES
    names = {name.english: name for name in base.names}
    assert names["Preah Sihanouk"].code == "KH-18"
    assert names["Preah Sihanouk"].text("km") == "ព្រះសីហនុ"
    assert names["Thailand"].text("en") == "Thailand"
    assert {"lake", "river", "town", "sea"} <= {name.kind for name in base.names}
    assert shapely.area(base.country) / 1e6 == pytest.approx(181_000, rel=0.02)


def test_a_kilometre_is_a_kilometre(base):
    (x, y), (x2, y2) = to_plane(11.5564, 104.9282), to_plane(13.362, 103.86)
    assert math.hypot(x2 - x, y2 - y) / 1000 == pytest.approx(
        231, abs=3
    )  # Phnom Penh to Siem Reap, by the great circle


def test_a_view_shows_the_whole_extent_in_the_middle(base):
    view = fit_view(base.extent_of("KH-18"), 100, 50, 600, 400)
    west, south, east, north = base.extent_of("KH-18")
    for x, y in ((west, south), (east, north)):
        assert view.holds(*view.place(x, y), margin=-0.01)
    shape = view.bring(base.provinces["KH-18"])
    assert shapely.box(94, 44, 706, 456).buffer(0.01).covers(shape)
    assert view.place((west + east) / 2, (south + north) / 2) == (pytest.approx(400), pytest.approx(250))


def test_the_scale_bar_is_a_round_number_of_kilometres(base):
    for code in ("", "KH-23", "KH-12"):
        view = fit_view(widen(base.extent_of(code), 0.1), 0, 0, 500, 400)
        length = bar_length_km(view)
        assert length * 1000 * view.scale <= 0.2 * 500
        assert str(length).replace("0", "").replace(".", "") in ("1", "2", "5")


def test_synthetic_boundaries_are_no_part_of_it(base):
    assert not base.provinces["KH-12"].equals(strip_of())
