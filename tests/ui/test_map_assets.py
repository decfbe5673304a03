from __future__ import annotations

import importlib
import json

import folium
import pytest
import streamlit_folium
from folium.plugins import HeatMap, MarkerCluster
from streamlit.testing.v1 import AppTest

from ui import map_assets
from ui.map_assets import STATIC, asset_url, self_hosted, st_map


@pytest.fixture
def sent(monkeypatch):
    """What reaches the browser, instead of sending it; `answer` is what the browser is said to have sent back."""

    class Sent(dict):
        answer: object = None

    caught = Sent()

    def component(**args):
        caught.update(args)
        return caught.answer if caught.answer is not None else args["default"]

    monkeypatch.setattr(streamlit_folium, "_component_func", map_assets._gated(component))
    return caught


def a_map() -> folium.Map:
    return folium.Map([12.6, 105.0], zoom_start=7, tiles=None)


def test_every_link_of_a_map_is_ours(sent):
    st_map(a_map(), payload={}, key="m", height=300)
    assert [link.split("?")[0] for link in sent["js_links"]] == [
        "../../app/static/vendor/leaflet.js",
        "../../app/static/frame/atlas.js",
    ]
    assert [link.split("?")[0] for link in sent["css_links"]] == [
        "../../app/static/vendor/leaflet.css",
        "../../app/static/frame/frame.css",
    ]


def test_a_vendored_plugin_is_served_in_order(sent):
    folium_map = a_map()
    folium_map.add_child(MarkerCluster())
    st_map(folium_map, payload={}, key="m", height=300)
    names = [link.split("/")[-1].split("?")[0] for link in sent["js_links"]]
    assert names == ["leaflet.js", "leaflet.markercluster.js", "atlas.js"]


def test_a_plugin_that_is_not_vendored_is_refused(sent):
    folium_map = a_map()
    folium_map.add_child(HeatMap([[12.6, 105.0]]))
    with pytest.raises(ValueError, match=r"'leaflet_heat\.min\.js', which is not vendored"):
        st_map(folium_map, payload={}, key="m", height=300)
    assert not sent


def test_the_scripts_of_a_colour_scale_are_refused():
    with pytest.raises(ValueError, match=r"'d3\.v4\.min\.js'"):
        self_hosted(["https://d3js.org/d3.v4.min.js"])


@pytest.mark.parametrize("link", ["", "https://cdn.example/", "https://cdn.example/..", "../index.json", "README.md"])
def test_links_without_a_copy_are_refused(link):
    with pytest.raises(ValueError, match=r"not vendored|No file"):
        self_hosted([link])


def test_the_default_tiles_are_refused(sent):
    with pytest.raises(ValueError, match=r"https://tile\.openstreetmap\.org"):
        st_map(folium.Map([12.6, 105.0]), payload={}, key="m", height=300)
    assert not sent


def test_the_payload_travels_beside_the_map_and_not_in_it(sent):
    payload = {"sites": [{"text": "{{7*1234567}} ${x} </script> ព្រះសីហនុ", "lat": 10.6}]}
    st_map(a_map(), payload=payload, key="m", height=300)
    assert sent["atlas"] == payload
    assert "1234567" not in json.dumps({name: sent[name] for name in ("script", "header", "html", "feature_group")})


def test_the_component_is_the_same_for_another_payload(sent):
    st_map(a_map(), payload={"n": 1}, key="m", height=300)
    first = sent["key"]
    st_map(a_map(), payload={"n": 2}, key="m", height=300)
    assert sent["key"] == first
    st_map(a_map(), payload={"n": 2}, key="other", height=300)
    assert sent["key"] != first


def test_pan_zoom_and_clicks_report_nothing(sent):
    st_map(a_map(), payload={}, key="m", height=300)
    assert sent["returned_objects"] == []
    assert sent["default"] == {}


def test_the_value_is_what_the_frame_sent_or_none(sent):
    assert st_map(a_map(), payload={}, key="m", height=300) is None
    sent.answer = {"site": 3, "at": 1}
    assert st_map(a_map(), payload={}, key="m", height=300) == {"site": 3, "at": 1}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_json_cannot_say_are_refused(sent, number):
    with pytest.raises(ValueError, match="JSON compliant"):
        st_map(a_map(), payload={"lat": number}, key="m", height=300)
    assert not sent


def test_a_payload_does_not_outlive_its_call(sent):
    folium_map = a_map()
    folium_map.add_child(HeatMap([[12.6, 105.0]]))
    with pytest.raises(ValueError, match="not vendored"):
        st_map(folium_map, payload={"secret": 1}, key="m", height=300)
    streamlit_folium.st_folium(a_map(), key="m", returned_objects=[])
    assert sent["atlas"] is None


def test_importing_twice_wraps_once():
    gate = streamlit_folium._component_func
    importlib.reload(map_assets)
    assert streamlit_folium._component_func is gate


def test_asset_url_changes_with_the_file():
    url = asset_url("vendor/leaflet.js")
    assert url.startswith("../../app/static/vendor/leaflet.js?v=")
    index = json.loads((STATIC / "vendor/index.json").read_text(encoding="utf-8"))
    assert url.endswith(index[0]["files"]["vendor/leaflet.js"][:12])


@pytest.mark.parametrize("path", ["missing.js", "../errors.py", "/etc/hostname", "vendor"])
def test_asset_url_knows_files_under_static_only(path):
    with pytest.raises(ValueError, match="under static"):
        asset_url(path)


def test_the_probe_app_runs():
    app = AppTest.from_file("map_probe_app.py", default_timeout=30).run()
    assert not app.exception
    args = json.loads(app.get("component_instance")[0].proto.json_args)
    assert args["atlas"] == {"sites": [{"id": 0, "lat": 13.6, "lon": 104.0, "text": "first"}]}
    assert not [link for link in args["js_links"] + args["css_links"] if "//" in link]
