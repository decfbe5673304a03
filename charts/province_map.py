"""The interactive map as a folium object: the same in every run, so that the browser never has to load it again.

Nothing that depends on data enters it; only the constant words of a language other than English do. Geometry is
fetched by the frame from our own server, everything else comes as the payload of ``charts/map_payload.py``. The drawing
itself is in ``static/frame/``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from locales import frame_texts, voice

CAMBODIA = ((9.9, 102.2), (14.75, 107.75))
"""South-west and north-east corner of the first view, latitude before longitude."""

MAX_ZOOM = 12
"""Positions are known within kilometres; a closer view would show a precision that nobody has."""


SCRIPTS = (
    "parts", "days", "map", "water", "sites", "dots", "hexagons", "districts", "names",
    "frame", "view", "legend", "layers", "search", "tools", "brush", "compare",
)  # fmt: skip
"""Files of ``static/frame/``, in the order in which the browser needs them."""

STYLES = ("map", "brush", "compare", "tools")
"""Style sheets there, later ones first to count."""


class _AtlasMap(JSCSSMixin):
    """Starts ``static/frame/frame.js`` on the folium map that it is added to."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this.words }}window.atlasFrame = new AtlasFrame({{ this._parent.get_name() }}, {{ this.assets }});"
        "{% endmacro %}"
    )
    default_js = [(f"atlas_{name}", f"{name}.js") for name in SCRIPTS]  # noqa: RUF012 – folium reads it as a list
    default_css = [(f"atlas_{name}", f"{name}.css") for name in STYLES]  # noqa: RUF012

    def __init__(self, assets: Mapping[str, str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AtlasMap"
        self.assets = json.dumps(dict(assets))
        said, digits = frame_texts(), voice().digits
        words = f"window.atlasWords = {json.dumps(said, ensure_ascii=False)};"
        self.words = f'{words} window.atlasDigits = "{digits}";\n' if said or digits else ""


def draw_province_map(assets: Mapping[str, str]) -> folium.Map:
    """Return the map without any data.

    Parameters
    ----------
    assets : mapping of str to str
        Addresses of the geometry under ``neighbours``, ``provinces``, ``places`` and ``water``, as the frame sees them.

    Returns
    -------
    folium.Map
        Build it anew in every run: streamlit-folium changes the object that it is given. It speaks the language of
        the run in which it is made.
    """
    (south, west), (north, east) = CAMBODIA
    chart = folium.Map(
        location=((south + north) / 2, (west + east) / 2),
        zoom_start=7,
        tiles=None,
        zoom_control=True,
        prefer_canvas=False,
    )
    chart.options.update(
        minZoom=6, maxZoom=MAX_ZOOM, zoomSnap=0.25, zoomDelta=0.5, wheelPxPerZoomLevel=120, attributionControl=False
    )
    chart.add_child(_AtlasMap(assets))
    return chart
