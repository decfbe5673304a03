"""What the map's tools are told: the hexagons, the selected area, what was found, tiles, the first view."""

from __future__ import annotations

from typing import Any

from charts.point_payload import PointLayers
from data.permalink import Choices
from data.search import Found, SearchIndex, index_snapshot, search
from data.snapshot import Snapshot
from errors import AreaError
from geo.area import describe_area, outline, read_area
from ui.map_answers import searched_text
from ui.tiles import describe_tiles


def tool_parts(snapshot: Snapshot, choices: Choices, layers: PointLayers, *, tools: bool) -> dict[str, Any]:
    """Return the parts of the payload that the tools of the map read.

    Parameters
    ----------
    snapshot : Snapshot
    choices : Choices
    layers : PointLayers
    tools : bool
        Whether one can search and draw on this map, and its place stands in the address.

    Returns
    -------
    dict
        ``hexagons`` as in charts/point_payload.py, ``tiles`` as in ui/tiles.py, and with `tools`: ``area`` ({text,
        label, rings} or None), ``view`` ([latitude, longitude, zoom] or None), ``searched`` ({text, more}) and
        ``found`` ([{kind, id, label, at, province}]).
    """
    parts: dict[str, Any] = {"hexagons": layers.hexagons, "tiles": describe_tiles()}
    if tools:
        parts |= {"area": _area(choices.area), "view": list(choices.at) or None}
        text = searched_text()
        found, more = search(search_index(snapshot), text) if text else ([], 0)
        parts |= {"searched": {"text": text, "more": more}, "found": [_describe(one) for one in found]}
    return parts


def search_index(snapshot: Snapshot) -> SearchIndex:
    """Return what is searched; made once for each data version, when it is first asked for."""
    return snapshot.keep(
        "search", lambda: index_snapshot(*(snapshot.of(kind) for kind in ("compound", "event", "complaint")))
    )


def _area(text: str) -> dict[str, Any] | None:
    if not text:
        return None
    try:
        area = read_area(text)
    except AreaError:
        return None  # ui/area_form.py says so
    return {"text": text, "label": describe_area(area), "rings": outline(area)}


def _describe(found: Found) -> dict[str, Any]:
    at = list(found.at) if found.at else None
    return {"kind": found.kind, "id": found.id, "label": found.label, "at": at, "province": found.province_code}
