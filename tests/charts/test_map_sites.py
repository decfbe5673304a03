from __future__ import annotations

import pytest

from charts.basemap import fit_view, load_basemap, widen
from charts.figure import FigureText, start_figure
from charts.label_places import Places
from charts.map_sites import MOST_SYMBOLS, SiteMarks
from charts.print_marks import cover
from tests.pictures import texts_of

PHNOM_PENH, BATTAMBANG = [11.5564, 104.9282], [13.1, 103.2]


def _site(at, status="alleged_active", uncertainty=0.0):
    return {"at": at, "status": status, "uncertainty_m": uncertainty}


@pytest.fixture
def marks():
    figure, _ = start_figure("square", FigureText("", "", (), (), ""))
    view = fit_view(widen(load_basemap().extent_of(), 0.05), 0, 0, 1080, 1000)
    places = Places((0, 0, 1080, 1000))

    def make(sites):
        return SiteMarks(cover(figure), view, places, sites, 1.0, grey=False)

    return make


def _settled(marks):
    marks.settle()
    marks.draw()
    return marks


def test_a_site_alone_stands_at_its_place(marks):
    found = _settled(marks([_site(PHNOM_PENH), _site(BATTAMBANG)]))
    assert [group.tile for group in found.groups] == [None, None]
    assert len(found.places.symbols) == 2


def test_sites_at_one_place_stand_on_a_tile_and_none_is_hidden(marks):
    found = marks([_site(PHNOM_PENH) for _ in range(7)])
    before = len(found.axes.patches)
    _settled(found)
    assert len(found.groups) == 1
    left, top, right, bottom = found.groups[0].tile
    inside = [patch.get_center() for patch in found.axes.patches[before:] if hasattr(patch, "get_center")]
    circles = {tuple(center) for center in inside if left < center[0] < right and top < center[1] < bottom}
    assert len(circles) >= 7


def test_a_site_under_a_number_moves_aside(marks):
    found = marks([_site(PHNOM_PENH)])
    group = found.groups[0]
    found.places.fixed.append((group.x - 10, group.y - 6, group.x + 10, group.y + 6))
    _settled(found)
    assert group.tile is not None


def test_very_many_sites_are_counted(marks):
    found = _settled(marks([_site(PHNOM_PENH) for _ in range(MOST_SYMBOLS + 1)]))
    assert f"{MOST_SYMBOLS + 1} sites" in [text for text, *_ in texts_of(found.axes.figure)]


def test_where_a_site_may_lie_is_drawn_when_it_can_be_seen(marks):
    close, wide = marks([_site(PHNOM_PENH, uncertainty=500.0)]), marks([_site(PHNOM_PENH, uncertainty=50_000.0)])
    assert len(_settled(close).axes.patches) == 1
    assert len(_settled(wide).axes.patches) == 2


def test_sites_outside_the_view_are_left_out(marks):
    assert marks([_site([20.0, 100.0])]).groups == []
