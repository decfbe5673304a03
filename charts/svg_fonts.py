"""The letters that an SVG needs, put into it, so that its texts stay text and look the same everywhere."""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring
from fontTools import subset
from fontTools.ttLib import TTFont

from charts.lettering import FACES, KHMER, SEMIBOLD
from errors import ExportError
from locales import say

_KHMER_RANGE = "U+1780-17FF,U+19E0-19FF,U+200B-200D,U+25CC"
_COMMON = frozenset(map(chr, range(0x20, 0x7F))) | set("–—‘’“”…·©≤≥≠×−")
_KHMER_LETTERS = frozenset(map(chr, (*range(0x1780, 0x1800), *range(0x19E0, 0x1A00), 0x200B, 0x200C, 0x200D, 0x25CC)))
"""Letters that every picture gets, so that several share one cut of a font; to make one takes a second."""
_TEXT = "{http://www.w3.org/2000/svg}text"
_OPENING = re.compile(rb"<svg\b[^>]*>")


def embed_fonts(svg: bytes) -> bytes:
    """Return an SVG with the common letters of the bundled fonts and those that its texts use besides.

    Parameters
    ----------
    svg : bytes
        As Matplotlib writes it: one ``text`` element for each line, its font in the attribute ``style``.

    Raises
    ------
    ExportError
        When it is not XML.
    """
    try:
        root = fromstring(svg)
    except ParseError as error:
        raise ExportError(say("The picture could not be written as SVG."), say("Choose PNG or PDF.")) from error
    used: dict[int, set[str]] = {}
    for node in root.iter(_TEXT):
        weight = SEMIBOLD if f"font-weight: {SEMIBOLD}" in node.get("style", "") else 400
        used.setdefault(weight, set()).update("".join(node.itertext()))
    rules = [
        _face_rule(
            family,
            weight,
            "".join(sorted(_KHMER_LETTERS if family == KHMER else (used[weight] | _COMMON) - _KHMER_LETTERS)),
        )
        for family, weight in FACES
        if weight in used and (family != KHMER or any("\u1780" <= letter <= "\u17ff" for letter in used[weight]))
    ]
    style = f'<style type="text/css">{"".join(rules)}</style>'.encode()
    return _OPENING.sub(lambda found: found[0] + style, svg, count=1)


def _face_rule(family: str, weight: int, letters: str) -> str:
    limit = f"unicode-range:{_KHMER_RANGE};" if family == KHMER else ""
    data = base64.b64encode(_subset(family, weight, letters)).decode()
    return (
        f"@font-face{{font-family:'{family}';font-weight:{weight};{limit}"
        f"src:url(data:font/woff;base64,{data}) format('woff')}}"
    )


@lru_cache(maxsize=64)
def _subset(family: str, weight: int, letters: str) -> bytes:
    """Return the font with these letters only, as WOFF; everything that joins and places them stays."""
    options = subset.Options(layout_features=["*"], hinting=False, notdef_outline=True, name_IDs=[1, 2, 13, 14])
    with TTFont(FACES[family, weight], recalcTimestamp=False, lazy=True) as font:
        worker = subset.Subsetter(options)
        worker.populate(text=letters)
        worker.subset(font)
        font.flavor = "woff"
        file = io.BytesIO()
        font.save(file)
    return file.getvalue()
