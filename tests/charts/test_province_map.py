from __future__ import annotations

import re

from charts.province_map import MAX_ZOOM, draw_province_map

ASSETS = {"neighbours": "a.json", "provinces": "b.json", "places": "c.json", "water": "d.json"}


def _script(chart) -> str:
    return re.sub(r"map_[0-9a-f]{32}", "map_x", chart.get_root().render())


def test_the_map_is_the_same_in_every_run():
    first = re.sub(r"[0-9a-f]{32}", "x", _script(draw_province_map(ASSETS)))
    second = re.sub(r"[0-9a-f]{32}", "x", _script(draw_province_map(ASSETS)))
    assert first == second


def test_the_map_starts_our_script_and_asks_for_no_tiles():
    script = _script(draw_province_map(ASSETS))
    assert 'new AtlasFrame(map_x, {"neighbours": "a.json"' in script
    assert "tile" not in script.split("<body")[-1].lower()


def test_one_cannot_zoom_closer_than_positions_are_known():
    assert draw_province_map(ASSETS).options["maxZoom"] == MAX_ZOOM <= 12
