"""The map's payload: shown as text, renewed without a remount, answered to Python, and nothing fetched from outside."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FIRST = [
    "{{7*1234567}}",
    "${document.title=7*7}",
    "<img src=x onerror=\"window.top.document.title='hacked'\">",
    "</script><script>window.top.document.title='hacked'</script>",
]
SECOND = [
    "`+(window.top.document.title='hacked')+`",
    "C:\\1\\x41 \\u0041 'quotes' \"double\" {% raw %} {# c #}",
    "ព្រះសីហនុ\nPreah Sihanouk",
]
EVALUATED = re.compile(r"8641969|hacked|^49$")


class Probe:
    """The probe page, its map's frame, and what is read from them."""

    def __init__(self, page):
        self.page = page
        self.frame = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
        self.shows(FIRST)

    def shows(self, texts: list[str]) -> None:
        expect(self.frame.locator(".site-text")).to_have_count(len(texts), timeout=30_000)
        assert self.frame.locator(".site-text").all_inner_texts() == texts

    def in_frame(self, script: str):
        return self.frame.locator("body").evaluate(f"() => {script}")

    def says(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=True)).to_be_visible()


@pytest.fixture
def probe(serve, watched_page) -> Probe:
    page = watched_page()
    page.goto(serve("tests/ui/map_probe_app.py", env={"PROBE_TEXTS": json.dumps([FIRST, SECOND])}))
    return Probe(page)


def test_the_first_payload_arrives_and_is_text(probe):
    html = probe.page.content() + probe.in_frame("document.documentElement.outerHTML")
    assert "8641969" not in html
    assert probe.frame.locator(".site-text img, .site-text script").count() == 0
    assert not EVALUATED.search(probe.page.title())
    assert not EVALUATED.search(probe.in_frame("document.title"))
    probe.page.assert_quiet()


def test_the_page_answers_a_frame_that_asks_again(probe):
    # static/frame/atlas.js counts on it to get the arguments of the very first render.
    probe.in_frame(
        """{ window.answers = []; Streamlit.events.addEventListener("streamlit:render", (event) =>
             window.answers.push(event.detail.args.atlas.sites.length)); Streamlit.setComponentReady(); }"""
    )
    probe.page.wait_for_timeout(500)
    assert probe.in_frame("window.answers") == [4]


def test_another_payload_keeps_the_frame_and_the_view(probe):
    probe.in_frame("{ window.stillHere = true; atlasMap.setView([12, 104.5], 9, {animate: false}); }")
    probe.page.get_by_text("Other payload").click()
    probe.shows(SECOND)
    assert probe.in_frame("[window.stillHere, atlasMap.getZoom(), atlasMap.getCenter().lng]") == [True, 9, 104.5]
    assert not EVALUATED.search(probe.page.title())
    probe.page.assert_quiet()


def test_only_a_click_that_is_sent_starts_a_rerun(probe):
    probe.says("runs: 1")
    probe.in_frame("atlasMap.setView([12.5, 104], 8, {animate: false})")
    probe.in_frame("atlasMap.panBy([40, 30], {animate: false})")
    probe.frame.locator(".leaflet-container").click(position={"x": 600, "y": 380})
    probe.page.wait_for_timeout(1500)  # streamlit-folium waits 250 ms before it would report any of these
    probe.says("runs: 1")

    probe.frame.locator("path.site").nth(2).click()
    probe.says("picked: 2")
    probe.says("runs: 2")
    probe.page.get_by_text("Other payload").click()
    probe.says("runs: 3")
    probe.says("picked: 2")
    probe.page.assert_quiet()


def test_a_rerun_with_the_same_payload_leaves_the_map_alone(probe):
    probe.in_frame("{ window.calls = 0; atlas.onPayload(() => { window.calls += 1; }); }")
    probe.frame.locator("path.site").nth(0).click()
    probe.says("runs: 2")
    assert probe.in_frame("window.calls") == 1
    probe.page.get_by_text("Other payload").click()
    probe.shows(SECOND)
    assert probe.in_frame("window.calls") == 2


def test_the_frame_listens_to_its_own_page_only(probe):
    probe.in_frame(
        """{ const args = {script: "", height: 420, feature_group: "window.intruder = 1", layer_control: "",
             js_links: [], css_links: [], atlas: {sites: []}};
             window.postMessage({type: "streamlit:render", args, dfs: []}, "*"); }"""
    )
    probe.page.wait_for_timeout(500)
    assert probe.in_frame("window.intruder") is None
    probe.shows(FIRST)


def test_another_site_cannot_reach_the_page_it_opened(serve, watched_page):
    url = serve("tests/ui/map_probe_app.py", env={"PROBE_TEXTS": json.dumps([FIRST, SECOND])})
    page = watched_page()
    page.route(
        "http://elsewhere.test/", lambda route: route.fulfill(body="<h1>elsewhere</h1>", content_type="text/html")
    )
    page.goto("http://elsewhere.test/")
    with page.context.expect_page() as opened:
        page.evaluate("url => { window.victim = window.open(url); }", url)
    opened.value.get_by_text("Map probe").wait_for(timeout=30_000)
    assert page.evaluate("window.victim.closed"), "the opener still holds the app's window"
