from __future__ import annotations

import re
from pathlib import Path

from charts import palette
from charts.timeline_chart import EVENT_GROUPS
from data.schema import EVENT_TYPES, SOURCE_TYPES, STATUSES

FRAME = Path(__file__).parents[2] / "static" / "frame"


def test_every_status_has_a_symbol_and_shapes_tell_them_apart():
    assert set(palette.STATUS_SYMBOLS) == set(STATUSES)
    shapes = [symbol.shape for name, symbol in palette.STATUS_SYMBOLS.items() if name != "licence_granted"]
    assert len(shapes) == len(set(shapes))


def test_the_browser_knows_every_shape():
    script = (FRAME / "parts.js").read_text(encoding="utf-8")
    shapes = script.split("const SHAPES = {")[1].split("};")[0]
    known = set(re.findall(r"^\s+(\w+): \(\)", shapes, re.MULTILINE))
    assert {symbol.shape for symbol in palette.STATUS_SYMBOLS.values()} <= known


def test_every_speaker_type_has_a_colour():
    assert set(palette.SPEAKER_COLORS) == set(SOURCE_TYPES)


def test_event_groups_have_colours_and_real_types():
    assert set(EVENT_GROUPS) <= set(EVENT_TYPES)
    assert set(EVENT_GROUPS.values()) | {"Other"} == set(palette.EVENT_COLORS)


def test_the_map_uses_the_same_colours_as_print():
    style = "".join(path.read_text(encoding="utf-8") for path in FRAME.iterdir())
    for name in ("INK", "MUTED", "SEA", "LAND", "ACCENT", "RULE", "NO_REPORT", "CIRCLE", "CIRCLE_EDGE"):
        assert getattr(palette, name) in style, name


def test_dots_differ_from_circles_and_from_each_other():
    assert len({palette.COMPLAINT_DOT, palette.EVENT_DOT, palette.CIRCLE, palette.CIRCLE_EDGE}) == 4
