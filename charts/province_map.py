"""The interactive map as a folium object: the same in every run, so that the browser never has to load it again.

Nothing that depends on data enters it. Geometry is fetched by the frame from our own server, everything else comes as
the payload of ``charts/map_payload.py``. The drawing itself is in ``static/frame/``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

CAMBODIA = ((9.9, 102.2), (14.75, 107.75))
"""South-west and north-east corner of the first view, latitude before longitude."""

MAX_ZOOM = 12
"""Positions are known within kilometres; a closer view would show a precision that nobody has."""


SCRIPTS = ("parts", "map", "sites", "dots", "names", "frame", "legend")
"""Files of ``static/frame/``, in the order in which the browser needs them."""


class _AtlasMap(JSCSSMixin):
    """Starts ``static/frame/frame.js`` on the folium map that it is added to."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.atlasFrame = new AtlasFrame({{ this._parent.get_name() }}, {{ this.assets }});"
        "{% endmacro %}"
    )
    default_js = [(f"atlas_{name}", f"{name}.js") for name in SCRIPTS]  # noqa: RUF012 – folium reads it as a list
    default_css = [("atlas_map", "map.css")]  # noqa: RUF012

    def __init__(self, assets: Mapping[str, str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AtlasMap"
        self.assets = json.dumps(dict(assets))


def draw_province_map(assets: Mapping[str, str]) -> folium.Map:
    """Return the map without any data.

    Parameters
    ----------
    assets : mapping of str to str
        Addresses of the geometry under ``neighbours``, ``provinces`` and ``places``, as the frame sees them.

    Returns
    -------
    folium.Map
        Build it anew in every run: streamlit-folium changes the object that it is given.
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
