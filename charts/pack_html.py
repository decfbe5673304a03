"""A briefing as one HTML file that works from a USB stick: with the interactive map, and without any request at all.

Everything lies in the file: Leaflet, the map's own scripts (``static/frame/``), fonts, geometry, and the data as JSON.
Its content security policy allows its one script and its one style sheet by their checksums and nothing else: no
connection, no other script, no frame. No text of data is ever HTML: it stands in JSON in which ``<`` is written as an
escape, and ``charts/pack_files/page.js`` puts it on the page with ``textContent``.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from charts.briefing_tables import measure_tables, small_periods
from charts.hedged_words import describe_months
from charts.map_content import MapContent, map_content
from charts.map_payload import build_payload
from charts.plates import Context, Plate
from charts.province_map import CAMBODIA, MAX_ZOOM, SCRIPTS
from charts.small_multiples import periods_content
from charts.visible import mark_invisible
from data.measures import count_measure, find_measure
from data.periods import format_date
from data.permalink import Choices
from data.privacy import PROFILES
from geo.boundaries import boundaries_in_use
from geo.boundary_drawing import NEIGHBOURS, PROVINCES
from locales import frame_texts, language, say, voice, write_digits

STATIC = Path(__file__).resolve().parent.parent / "static"
_OWN = Path(__file__).resolve().parent / "pack_files"
_STYLES = (
    "vendor/leaflet.css", "frame/frame.css", "frame/map.css", "frame/brush.css", "frame/compare.css", "frame/tools.css",
)  # fmt: skip
_FONT = re.compile(r"url\(\.\./fonts/([\w.-]+\.woff2)\)")
_PICTURE = re.compile(r"url\([\w/.#-]+\)")
_VIEW = {"minZoom": 5, "maxZoom": MAX_ZOOM, "zoomSnap": 0.25, "zoomDelta": 0.5, "wheelPxPerZoomLevel": 120}
_SITES = "listed:compound"


def make_page(context: Context, plates: Sequence[Plate]) -> bytes:
    """Return the briefing as an HTML file."""
    script, style = _script(), _style()
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_checksum(script)}'",
            f"style-src '{_checksum(style)}'",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    page = (
        "<!doctype html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        "<title>Compound Atlas</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
        "<noscript>This page draws its map and texts with its own script; please allow it.</noscript>\n"
        f'<script type="application/json" id="atlas-data">{_json(_describe(context, plates))}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )
    return page.encode()


def _describe(context: Context, plates: Sequence[Plate]) -> dict[str, Any]:
    briefing = context.briefing
    revision = write_digits(str(context.snapshot.revision))
    about = [
        describe_months(briefing.period),
        say(PROFILES[briefing.profile]),
        say("data version {version}", version=revision),
        format_date(context.today),
    ]
    return {
        "language": language(),
        "words": frame_texts(),
        "digits": voice().digits,
        "title": mark_invisible(briefing.title),
        "about": " · ".join(about),
        "caveat": say("Every figure repeats what its source says; allegations are not findings of a court.")
        + " "
        + say("No report is not zero."),
        "labels": {
            "map": say("The map"),
            "shown": say("What the map shows"),
            "click": say("Choose a province or a site on the map to read what is said about it."),
            "table": say("The numbers as a table"),
            "method": say("Sources and method"),
        },
        "geometry": _geometry(),
        "view": _VIEW,
        "home": CAMBODIA,
        "maps": list(_maps(context, plates)),
        "plates": [_describe_plate(plate) for plate in plates],
        "foot": say("This file works without a network: it holds everything that it shows and asks for nothing."),
    }


def _describe_plate(plate: Plate) -> dict[str, Any]:
    text, words = plate.text, plate.words
    pictures = [base64.b64encode(picture).decode() for picture in plate.pictures("svg")]
    return {
        "title": mark_invisible(text.title),
        "shows": mark_invisible(text.subtitle),
        "text": mark_invisible(plate.item.text),
        "images": [f"data:image/svg+xml;base64,{picture}" for picture in pictures],
        "columns": [mark_invisible(str(name)) for name in words.columns],
        "rows": [[mark_invisible(str(cell)) for cell in row] for row in words.itertuples(index=False)],
        "notes": [mark_invisible(note) for note in text.notes],
        "sources": [mark_invisible(source) for source in text.sources],
        "credit": text.credit,
    }


def _maps(context: Context, plates: Sequence[Plate]) -> Iterator[dict[str, Any]]:
    """Yield what the interactive map can show: each map of the briefing, each period of its own, no map twice."""
    shown: set[str] = set()
    for plate in plates:
        if plate.item.figure not in ("map", "multiples", "table"):
            continue
        view = plate.item.view
        if plate.item.figure == "multiples":
            content = periods_content(context.snapshot, view, small_periods(view))
        else:
            tables, _ = measure_tables(context.snapshot, view)
            content = map_content(context.snapshot, tables[-1], view)
        for one in _payloads(content, view, plate.text.subtitle):
            if one["payload"]["version"] not in shown:
                shown.add(one["payload"]["version"])
                yield one
    if not shown:
        measure = find_measure(_SITES)
        counts = count_measure(context.snapshot, measure, context.briefing.period)
        yield from _payloads(map_content(context.snapshot, counts, Choices(measure=_SITES)), Choices(), measure.label)


def _payloads(content: MapContent, view: Choices, label: str) -> Iterator[dict[str, Any]]:
    for panel in content.panels:
        payload = build_payload(
            provinces=panel.provinces,
            sites=content.sites,
            badges=content.badges,
            dots=[],
            legend=content.legend,
            selected=view.compound or view.place or None,
            tools={"hexagons": None, "compare": None},
        )
        named = " – ".join(part for part in (label, panel.heading if len(content.panels) > 1 else "") if part)
        yield {"label": mark_invisible(named), "payload": payload}


def _geometry() -> dict[str, Any]:
    folder = boundaries_in_use()
    paths = {name: STATIC / "geo" / f"{name}.json" for name in ("neighbours", "provinces", "places", "water")}
    if folder is not None:
        paths |= {"provinces": folder / PROVINCES, "neighbours": folder / NEIGHBOURS}
    return {name: json.loads(path.read_text(encoding="utf-8")) for name, path in paths.items()}


@cache
def _script() -> str:
    """Return every script in one: Leaflet, those of the map, that of the page."""
    files = [STATIC / "vendor" / "leaflet.js", *(STATIC / "frame" / f"{name}.js" for name in SCRIPTS), _OWN / "page.js"]
    return _inline("\n;\n".join(file.read_text(encoding="utf-8") for file in files), "script")


@cache
def _style() -> str:
    """Return every style sheet in one, with its fonts; the pictures of Leaflet, which no map of ours uses, left out."""
    sheets = [(STATIC / name).read_text(encoding="utf-8") for name in _STYLES]
    text = "\n".join([*sheets, (_OWN / "page.css").read_text(encoding="utf-8")])
    text = _PICTURE.sub(lambda found: found[0] if _FONT.fullmatch(found[0]) else "none", text)

    def embed(found: re.Match[str]) -> str:
        font = base64.b64encode((STATIC / "fonts" / found[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{font})"

    return _inline(_FONT.sub(embed, text), "style")


def _inline(text: str, tag: str) -> str:
    """Return a text as it can stand in an element; ValueError when it would end it."""
    if f"</{tag}" in text.lower() or "<!--" in text:
        raise ValueError(f"the {tag} holds what would end it")
    return text.replace("\r\n", "\n")


def _checksum(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


def _json(value: object) -> str:
    """Return JSON that cannot end or open anything in HTML."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
