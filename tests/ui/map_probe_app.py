"""A page with one map that shows whatever hostile text says; driven by tests/browser/test_map_probe.py.

It doubles as the example of how a map is written: constant folium code, data in the payload, clicks by `atlas.send`.
"""

from __future__ import annotations

import json
import os

import folium
import streamlit as st
from folium.elements import MacroElement
from folium.template import Template

from ui.map_assets import st_map

# Two lists of texts, one for each payload; the test decides what they say.
TEXTS = json.loads(os.environ.get("PROBE_TEXTS", '[["first"], ["second"]]'))


class ProbeLayer(MacroElement):
    """Circles that show the payload's texts; a click is sent to Python."""

    _template = Template("""{% macro script(this, kwargs) %}
    (function (map) {
      const layer = L.layerGroup().addTo(map);
      window.atlasMap = map;
      atlas.onPayload((payload) => {
        layer.clearLayers();
        payload.sites.forEach((site) => {
          L.circleMarker([site.lat, site.lon], {radius: 9, className: "site"})
            .bindTooltip(site.text, {permanent: true, className: "site-text"})
            .on("click", () => atlas.send({site: site.id}))
            .addTo(layer);
        });
      });
    })({{ this._parent.get_name() }});
    {% endmacro %}""")


st.title("Map probe")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
texts = TEXTS[st.toggle("Other payload")]

folium_map = folium.Map([12.6, 105.0], zoom_start=7, tiles=None)
folium_map.add_child(ProbeLayer())
sites = [{"id": n, "lat": 13.6 - 0.6 * n, "lon": 104.0, "text": text} for n, text in enumerate(texts)]
picked = st_map(folium_map, payload={"sites": sites}, key="probe", height=420)

st.text(f"picked: {picked and picked['site']}")
st.text(f"runs: {st.session_state['runs']}")
st.download_button("Download", "id,text\n1,probe\n", "probe.csv", on_click="ignore")
