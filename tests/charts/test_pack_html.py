from __future__ import annotations

import base64
import json
import re
from hashlib import sha256

import pytest

from charts.map_payload import circle_radius
from charts.pack_html import make_page
from data.measures import count_measure, find_measure
from tests.charts.briefing_case import HOSTILE, WINDOW, caveats_of, make_case


@pytest.fixture(scope="module")
def page(snapshot):
    context, plates = make_case(snapshot, kinds=("map", "claims"))
    return plates, make_page(context, plates).decode()


def _data(page: str) -> dict:
    return json.loads(re.search(r'id="atlas-data">(.*?)</script>', page, re.DOTALL)[1])


def test_its_policy_allows_its_own_script_and_style_and_nothing_else(page):
    _, html = page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    script, style = (re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1] for tag in ("script", "style"))
    for name, text in (("script-src", script), ("style-src", style)):
        assert rules[name] == f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == rules["font-src"] == "data:"
    assert "connect-src" not in rules
    assert html.index("Content-Security-Policy") < html.index("<style>") < html.index("<script")


def test_it_names_no_address_to_fetch(page):
    _, html = page
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    assert not re.search(r"url\((?!data:|#)", style)
    head = html.split('id="atlas-data"')[0]
    assert not re.search(r"<(?:link|iframe|img|object|base)\b|src=|@import", head)


def test_the_map_has_the_numbers_of_the_screen(page, snapshot):
    plates, html = page
    data = _data(html)
    payload = data["maps"][0]["payload"]
    rows = count_measure(snapshot, find_measure("stated:complaints_received"), WINDOW).rows.set_index("province_code")
    assert payload["provinces"]["KH-18"]["label"] == "201+"
    assert payload["provinces"]["KH-2"]["fill"] is None
    assert payload["provinces"]["KH-8"]["radius"] == round(circle_radius(rows.loc["KH-8", "best"], 201), 1)
    assert {feature["properties"]["province_code"] for feature in data["geometry"]["provinces"]["features"]} == set(
        rows.index
    )
    assert data["plates"][0]["rows"] == plates[0].words.to_numpy().tolist()


def test_every_figure_stands_in_it_with_its_caveats(page):
    plates, html = page
    for plate, told in zip(plates, _data(html)["plates"], strict=True):
        written = [told["title"], told["shows"], *told["notes"], *told["sources"], told["credit"]]
        assert written == caveats_of(plate)
        assert base64.b64decode(told["images"][0].partition(",")[2]) == plate.pictures("svg")[0]


def test_hostile_words_never_become_html(snapshot):
    context, plates = make_case(snapshot, kinds=("claims",), hostile=True)
    html = make_page(context, plates).decode()
    assert "<script>alert" not in html
    data = _data(html)
    assert data["title"] == data["plates"][0]["title"] == HOSTILE.replace("\u202e", "[U+202E]")


def test_a_briefing_without_a_map_shows_the_sites(snapshot):
    context, plates = make_case(snapshot, kinds=("claims",))
    (only,) = _data(make_page(context, plates).decode())["maps"]
    assert "Sites named by a source" in only["label"]


def test_what_a_map_says_is_no_html_either(page):
    _, html = page
    script = html[html.rindex("<script>") :]
    assert "innerHTML = told" not in script
    assert "L.DivOverlay.include" in script
