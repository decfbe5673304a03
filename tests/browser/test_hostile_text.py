"""Records whose every text wants to be code, on every page: read as they are, and nothing happens."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.attacks.hostile_text import COMPUTED, MARK, TEXTS, by_attack, hostile_id, store_hostile_records
from tests.pages.app_pages import listed_pages
from ui.detail_panel import MOST_CARDS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hostile_app(serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("hostile")
    store_hostile_records(folder)
    return serve(env={"ATLAS_DATA_DIR": str(folder)})


def rest(page) -> None:
    """Wait until a page has a title of its own and no script runs."""
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)


def words(page) -> str:
    return page.get_by_test_id("stMain").inner_text()


def assert_harmless(page) -> None:
    everything = "".join(frame.evaluate("document.documentElement?.innerText ?? ''") for frame in page.frames)
    assert COMPUTED not in everything
    assert "went wrong" not in everything
    assert page.title() in {"Compound Atlas", *listed_pages().values()}
    for frame in page.frames:
        assert frame.locator("img[src='x'], img[src*='127.0.0.1:1'], svg[onload], a[href^='javascript']").count() == 0
    assert not [url for url in page.requests if url.startswith("http://127.0.0.1:1/")]
    page.assert_quiet()


def assert_fits(page) -> None:
    """On a telephone nothing is wider than the screen, however long a text without a space is."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(
        """() => [document.documentElement, document.querySelector("[data-testid=stMain]")].every(
            (part) => part.clientWidth <= 390 && part.scrollWidth <= part.clientWidth
        )""",
        timeout=10_000,
    )
    page.set_viewport_size({"width": 1280, "height": 900})


def test_every_page_stays_itself(hostile_app, watched_page):
    page = watched_page()
    page.goto(hostile_app)
    rest(page)
    for title in listed_pages().values():
        page.get_by_role("link", name=title, exact=True).first.click()
        expect(page.get_by_role("link", name=title, exact=True).first).to_have_attribute("aria-current", "page")
        rest(page)
        assert_harmless(page)
        assert_fits(page)


def test_a_province_and_its_sites_are_read_word_for_word(hostile_app, watched_page):
    page = watched_page()
    page.goto(f"{hostile_app}/map?place=KH-18&measure=stated:complaints_received&from=2022-08-19&to=2022-09-19")
    rest(page)
    expect(page.get_by_role("heading", name="Preah Sihanouk")).to_be_visible()
    shown = words(page)
    for text in TEXTS[::2][:MOST_CARDS]:
        assert f"{MARK} speaker {text} (government)" in shown
        assert f"“{MARK} quote {text}”" in shown
    assert_harmless(page)

    atlas = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
    expect(atlas.locator("html[data-drawn]")).to_have_count(1, timeout=30_000)
    names = atlas.locator("body").evaluate("() => atlasFrame.main.payload.sites.map((site) => site.tip[0])")
    assert sorted(names) == sorted(f"{MARK} name {text}" for text in TEXTS)
    assert atlas.locator("img[src='x']").count() == 0
    assert_harmless(page)


@pytest.mark.parametrize("number", [number for number in by_attack() if number.values[0] in (2, 5, 14, 18)])
def test_a_site_is_read_word_for_word(hostile_app, watched_page, number):
    page = watched_page()
    page.goto(f"{hostile_app}/map?compound={quote(hostile_id('compound', number))}")
    rest(page)
    expect(page.get_by_text(f"{MARK} name {TEXTS[number]}", exact=True).first).to_be_visible(timeout=30_000)
    assert f"“{MARK} quote {TEXTS[number]}”" in words(page)
    assert_harmless(page)
    assert_fits(page)


def test_events_are_read_word_for_word(hostile_app, watched_page):
    page = watched_page()
    page.goto(f"{hostile_app}/timeline")
    rest(page)
    expect(page.get_by_role("heading", name=f"Dated events ({len(TEXTS)})")).to_be_visible(timeout=30_000)
    shown = words(page)
    for text in TEXTS:
        assert f"{MARK} description {text}" in shown
    expect(page.get_by_test_id("stVegaLiteChart").locator("svg, canvas").first).to_be_visible()
    assert_harmless(page)


def test_statements_to_choose_from_are_read_word_for_word(hostile_app, watched_page):
    page = watched_page()
    page.goto(f"{hostile_app}/claims")
    rest(page)
    page.get_by_role("combobox", name="Statements").click()
    expect(page.get_by_role("option").filter(has_text=MARK).first).to_be_visible()
    assert_harmless(page)


def test_a_file_name_and_a_header_are_read_word_for_word(hostile_app, watched_page):
    page = watched_page()
    header = f"{MARK} {TEXTS[5]}"
    name = f"{MARK} {TEXTS[4]}.csv".replace("*", "")  # Chromium renames files with an asterisk
    page.goto(f"{hostile_app}/upload")
    rest(page)
    content = f"{header},b\n1,2\n".encode()
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    expect(page.get_by_test_id("stText").filter(has_text=name).first).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_test_id("stText").filter(has_text=header).first).to_be_visible()
    rest(page)
    assert_fits(page)
    assert_harmless(page)


def test_g03_a_program_is_refused_by_its_name_and_by_its_content(hostile_app, watched_page):
    page = watched_page()
    page.goto(f"{hostile_app}/upload")
    rest(page)
    program = {"mimeType": "application/x-msdownload", "buffer": b"MZ\x90\0" * 99}
    page.locator("input[type=file]").set_input_files({"name": "report.exe", **program})
    expect(page.get_by_text("files are not allowed")).to_be_visible()
    page.locator("input[type=file]").set_input_files({"name": "report.csv", **program})
    expect(page.get_by_text("This did not work")).to_be_visible()
    assert_harmless(page)
