"""The map under the pointer and the keyboard: what lies on top never takes what is meant for something else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WHERE = {"Mondulkiri": (12.7, 107.1), "Battambang": (13.1, 103.0)}
"""Latitude and longitude of places with neither a circle nor a pin."""


class Atlas:
    """The map page, and its map as the pointer finds it."""

    def __init__(self, page, url: str) -> None:
        self.page = page
        page.goto(f"{url}/map?measure=stated:complaints_received&from=2022-08-19&to=2022-09-19")
        self.frame = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
        expect(self.frame.locator("html[data-drawn]")).to_have_count(1, timeout=60_000)
        self.rest()

    def rest(self) -> None:
        """Wait until no script runs."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning", timeout=30_000
        )

    def run(self, script: str, argument: object = None):
        return self.frame.locator("body").evaluate(f"(body, it) => {{ {script} }}", argument)

    def view(self, place: tuple[float, float], zoom: float) -> None:
        self.run(
            "atlasFrame.main.map.getContainer().dispatchEvent(new Event('wheel'));"
            " atlasFrame.main.map.setView(it[0], it[1], {animate: false});",
            [list(place), zoom],
        )

    def spot(self, place: tuple[float, float]) -> dict[str, float]:
        """Return where a place is within the map's container, in pixels."""
        return self.run(
            "const p = atlasFrame.main.map.latLngToContainerPoint(it); return {x: p.x, y: p.y};", list(place)
        )

    def click(self, place: tuple[float, float]) -> None:
        self.frame.locator(".leaflet-container").click(position=self.spot(place), force=True)

    def add_dots(self, places: list[tuple[float, float]]) -> None:
        """Draw invented complaints, as if they had been uploaded."""
        self.run(
            "const ids = it.map((_, i) => 'd' + i);"
            " const group = {color: '#0b5a7a', hollow: false, label: 'Complaint', at: it, ids: ids};"
            " window.sent = []; atlasFrame.main.pick = (what) => window.sent.push(what);"
            " atlasFrame.main.payload.dots = [group]; atlasFrame.main.draw();",
            [list(place) for place in places],
        )


@pytest.fixture
def atlas(serve, watched_page, tmp_path: Path) -> Atlas:
    return Atlas(watched_page(), serve(env={"ATLAS_DATA_DIR": str(tmp_path / "var")}))


def test_a_province_is_picked_anywhere_within_its_borders(atlas):
    for name, place in WHERE.items():
        atlas.click(place)
        expect(atlas.page.get_by_role("heading", name=name, exact=True)).to_be_visible(timeout=30_000)
        atlas.rest()
    atlas.page.assert_quiet()


def test_a_province_answers_the_pointer_with_its_name(atlas):
    atlas.frame.locator(".leaflet-container").hover(position=atlas.spot(WHERE["Battambang"]), force=True)
    expect(atlas.frame.locator(".atlas-tip")).to_contain_text("Battambang")


def test_water_lies_between_colours_and_borders_and_lets_the_pointer_through(atlas):
    lake = (13.04, 103.95)
    atlas.view(lake, 8)
    expect(atlas.frame.locator(".atlas-name.lake")).to_have_text("Tonle Sap")
    expect(atlas.frame.locator(".atlas-name.lake")).to_be_visible()
    order = ["provinces", "water", "borders"]
    levels = atlas.run(
        "return it.map((name) => Number(atlasFrame.main.map.getPane('atlas-' + name).style.zIndex));", order
    )
    assert levels == sorted(levels)
    assert atlas.frame.locator(".leaflet-atlas-water-pane path").count() > 10
    atlas.click(lake)
    expect(atlas.page.get_by_role("heading", name="Siem Reap", exact=True)).to_be_visible(timeout=30_000)
    atlas.page.assert_quiet()


def test_dots_stay_on_top_of_provinces_and_leave_the_rest_to_them(atlas):
    dot = WHERE["Mondulkiri"]
    atlas.add_dots([dot])
    atlas.click(dot)
    assert atlas.run("return window.sent;") == [{"record": "d0"}]
    atlas.click(WHERE["Battambang"])
    assert atlas.run("return window.sent;")[1:] == [{"province": "KH-2"}]
    atlas.frame.locator(".leaflet-container").hover(position=atlas.spot(dot), force=True)
    expect(atlas.frame.locator(".atlas-dot-tip")).to_have_text("Complaint")


def test_twenty_thousand_dots_can_be_clicked_one_by_one(atlas):
    places = [(11 + (n % 200) * 0.012, 103.5 + (n // 200) * 0.03) for n in range(20_000)]
    atlas.add_dots(places)
    atlas.view(places[12_345], 12)
    atlas.click(places[12_345])
    assert atlas.run("return window.sent;") == [{"record": "d12345"}]


def test_a_site_is_a_named_button_for_the_keyboard(atlas):
    site = atlas.frame.get_by_role("button", name="Dara Sakor SEZ. Alleged active")
    expect(site).to_have_count(1)
    for key in ("Enter", " "):
        site.focus()
        atlas.page.keyboard.press(key)
        expect(atlas.frame.locator(".atlas-popup")).to_contain_text("Alleged, according to: ")
        atlas.rest()
        expect(site).to_be_focused()
        atlas.page.keyboard.press("Escape")
        expect(atlas.frame.locator(".atlas-popup")).to_have_count(0)
    expect(atlas.page.page).to_have_url(re.compile("compound=cmp-dara-sakor"))


def test_sites_at_one_place_are_one_pin_from_far_and_a_fan_from_near(atlas):
    sites = atlas.run("return atlasFrame.main.payload.sites.length;")
    group = atlas.frame.locator(".atlas-group", has_text="5 sites")
    group.click()
    names = atlas.frame.locator(".atlas-choice")
    expect(names).to_have_count(5)
    names.filter(has_text="Kaibo").click()
    # The list fades out while the site's own popup fades in: for a moment there are two.
    expect(atlas.frame.locator(".atlas-popup").last).to_contain_text("Alleged, according to: ")
    atlas.page.wait_for_url("**compound=cmp-kaibo**", timeout=30_000)
    atlas.view((10.627, 103.522), 10)
    expect(atlas.frame.locator(".atlas-group")).to_have_count(0)
    expect(atlas.frame.locator(".atlas-site")).to_have_count(sites)


def test_sites_can_be_put_away(atlas):
    pin = atlas.frame.locator(".atlas-site").first
    atlas.frame.get_by_role("button", name="Layers").press("Enter")
    switch = atlas.frame.get_by_label("Sites", exact=True)
    switch.focus()
    atlas.page.keyboard.press(" ")
    expect(pin).to_be_hidden()
    atlas.page.keyboard.press(" ")
    expect(pin).to_be_visible()


@pytest.mark.parametrize("style", ["circles", "shades"])
def test_every_province_with_a_figure_has_its_name(atlas, style):
    if style == "shades":
        atlas.page.goto(atlas.page.url.split("?")[0] + "?style=shades")
        expect(atlas.frame.locator("html[data-drawn]")).to_have_count(1, timeout=60_000)
    names = atlas.frame.locator(".atlas-name.reported")
    expect(names.first).to_be_attached()
    for name in names.all():
        expect(name).to_be_visible()
