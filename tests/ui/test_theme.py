from __future__ import annotations

import re

from charts.palette import INK, MUTED, RULE
from ui import theme


def test_the_style_sheet_is_whole():
    style = theme._STYLE.strip()
    assert style.startswith("<style>")
    assert style.endswith("</style>")
    assert style.count("{") == style.count("}")
    assert "{{" not in style
    assert "None" not in style


def test_it_takes_its_colours_from_the_palette():
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", theme._STYLE)) <= {INK, MUTED, RULE}


def test_it_asks_for_nothing():
    assert not re.search(r"url\(|@import|https?:|expression\(|<script", theme._STYLE)


def test_it_is_applied_as_it_is(monkeypatch):
    given = []
    monkeypatch.setattr(theme.st, "html", given.append)
    theme.apply_theme()
    theme.apply_theme()
    assert given == [theme._STYLE] * 2
