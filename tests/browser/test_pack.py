"""The offline page of a briefing, opened from disk with the network cut: its map works, its texts are only text."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from charts.pack_html import make_page
from tests.charts.briefing_case import FORMULA, HOSTILE, make_case

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def file(snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    context, plates = make_case(snapshot, kinds=("map", "claims"), hostile=True)
    path = tmp_path_factory.mktemp("usb") / "briefing.html"
    path.write_bytes(make_page(context, plates))
    return path


def test_it_works_from_a_stick_without_a_network(file, watched_page):
    page = watched_page(viewport={"width": 1440, "height": 900}, offline=True)
    page.goto(file.as_uri())
    shown = HOSTILE.replace("\u202e", "[U+202E]")
    expect(page.get_by_role("heading", level=1)).to_have_text(shown)
    expect(page.get_by_role("heading", level=2)).to_have_text(["The map", shown, shown])
    expect(page.get_by_text(FORMULA)).to_have_count(2)
    assert page.locator("h1 script, article script").count() == 0

    coast = page.locator('path[data-code="KH-18"]')
    assert "201 or more" in coast.get_attribute("aria-label")
    coast.press("Enter")
    expect(page.locator(".detail")).to_contain_text("201 or more")
    expect(page.locator(".detail")).to_contain_text("Sar Kheng")
    assert page.locator(".atlas-disc").count() == 10
    expect(page.locator(".atlas-legend")).to_contain_text("No report (this is not zero)")
    before = page.locator(".leaflet-atlas-provinces-pane path").first.get_attribute("d")
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".leaflet-atlas-provinces-pane path").first).not_to_have_attribute("d", before)

    page.get_by_text("The numbers as a table").first.click()
    expect(page.locator("table").first).to_contain_text("201 or more")
    page.get_by_text("Sources and method").first.click()
    expect(page.locator("article").first).to_contain_text("Hatched provinces have no report; that is not zero.")
    pictures = page.locator("article img")
    assert pictures.count() == 2
    for number in range(2):
        pictures.nth(number).scroll_into_view_if_needed()
        page.wait_for_function(
            "(image) => image.complete && image.naturalWidth > 0", arg=pictures.nth(number).element_handle()
        )
    assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []
    page.assert_quiet()


def test_it_fits_a_telephone(file, watched_page):
    page = watched_page(viewport={"width": 390, "height": 844}, offline=True)
    page.goto(file.as_uri())
    page.locator('path[data-code="KH-18"]').wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.assert_quiet()
