from __future__ import annotations

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from charts.svg_fonts import embed_fonts
from errors import ExportError


def _svg(text: str, weight: int = 400) -> bytes:
    style = f"font-weight: {weight}; font-family: 'Source Sans 3'"
    return f'<svg xmlns="http://www.w3.org/2000/svg"><text style="{style}">{text}</text></svg>'.encode()


def _fonts(svg: bytes) -> dict[tuple[str, str], TTFont]:
    found = re.findall(r"font-family:'([^']+)';font-weight:(\d+);.*?base64,([^)]+)\)", svg.decode())
    return {(name, weight): TTFont(io.BytesIO(base64.b64decode(data))) for name, weight, data in found}


def test_only_the_common_letters_and_those_in_use_are_brought():
    fonts = _fonts(embed_fonts(_svg("abcđ")))
    assert set(fonts) == {("Source Sans 3", "400")}
    brought = set(fonts["Source Sans 3", "400"].getBestCmap())
    assert {ord(letter) for letter in "abcđ"} <= brought
    assert len(brought) < 130
    assert ord("ß") not in brought


def test_khmer_brings_its_font_with_the_rules_that_join_letters():
    fonts = _fonts(embed_fonts(_svg("ខ្មែរ", 600)))
    assert set(fonts) == {("Source Sans 3", "600"), ("Noto Sans Khmer", "600")}
    assert "GSUB" in fonts["Noto Sans Khmer", "600"]


def test_the_same_picture_gives_the_same_bytes():
    assert embed_fonts(_svg("abc ក")) == embed_fonts(_svg("abc ក"))


def test_what_is_no_picture_is_refused():
    with pytest.raises(ExportError):
        embed_fonts(b"<svg")
