"""What an analyst does on the first morning: look, slice, read the sources, bring rows in, see them, take them back."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.upload_wizard import App, read_download

pytestmark = pytest.mark.browser

GOOD, BAD = 44, 6
COLUMNS = ["complaint_id", "received_date", "place_text", "latitude", "longitude", "people_affected", "channel"]


def synthetic_complaints() -> bytes:
    """Return 50 invented complaints, six of which cannot be taken."""
    rows = [
        [
            f"synthetic-{n:02}",
            f"2022-09-{1 + n % 17:02}",
            "Svay Rieng",
            f"{11.05 + n / 1000:.4f}",
            "106.1600",
            1 + n % 3,
            "hotline",
        ]
        for n in range(GOOD)
    ]
    rows[7:7] = [["synthetic-60", "32/13/2022", "Svay Rieng", "", "", 1, "hotline"]]
    rows[12:12] = [["synthetic-61", "2022-09-02", "Atlantis", "", "", 1, "hotline"]]
    rows[20:20] = [["synthetic-62", "2022-09-02", "", "106.16", "11.05", 1, "hotline"]]
    rows[25:25] = [["synthetic-63", "", "Svay Rieng", "", "", 1, "hotline"]]
    rows[30:30] = [["synthetic-64", "2022-09-02", "Svay Rieng", "", "", "several", "hotline"]]
    rows[40:40] = [["synthetic-65", "2022-09-02", "Svay Rieng", "", "", 1, "pigeon"]]
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    return text.getvalue().encode()


@pytest.fixture
def app(serve, watched_page, tmp_path: Path) -> App:
    return App(watched_page(), serve(env={"ATLAS_DATA_DIR": str(tmp_path / "var")}))


def test_from_the_first_look_to_undo(app: App):
    page = app.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("who says what", timeout=60_000)

    app.open("Map", "Map")
    assert app.payload("p.provinces['KH-20'].label") == "18"
    first = app.payload("p.version")
    app.choose("Period", re.compile("^Q4 2022"))
    expect(app.map.locator("html")).not_to_have_attribute("data-drawn", first)
    assert "289" not in page.get_by_test_id("stMain").inner_text()
    app.choose("Period", re.compile("^19 Aug – 18 Sep 2022 · stated"))
    expect(app.map.locator("html")).to_have_attribute("data-drawn", first)

    app.map.locator(".atlas-circle", has_text="201+").click(force=True)
    expect(page.get_by_role("heading", name="Preah Sihanouk")).to_be_visible()
    expect(page.get_by_text("More than 200 complaints came from Sihanoukville province")).to_be_visible()
    expect(page.get_by_text(re.compile("^Source: .*Sar Kheng")).first).to_be_visible()
    expect(page.page).to_have_url(re.compile("place=KH-18"))

    app.open("Timeline", "Timeline")
    expect(page.get_by_text("Recorded events by month: Preah Sihanouk")).to_be_visible()
    expect(page.page).to_have_url(re.compile("place=KH-18"))

    _review(app)
    assert app.totals() == [GOOD + BAD, GOOD, BAD, 0]
    expect(page.get_by_text(f"50 read = {GOOD} accepted + {BAD} rejected + 0 duplicates.")).to_be_visible()
    app.press(re.compile(f"^Next: add {GOOD} rows"))
    app.at_step(5)
    app.credit()
    page.get_by_role("button", name=re.compile(f"^Add {GOOD} rows")).click()
    expect(page.get_by_text(f"{GOOD} rows were added")).to_be_visible(timeout=60_000)

    app.press("See them on the map")
    expect(page.get_by_role("heading", name="Map", level=1)).to_be_visible()
    app.rest()
    assert app.points() == GOOD

    app.take_back("complaints-synthetic.csv")
    app.open("Map", "Map")
    assert app.points() == 0
    page.assert_quiet()


def _review(app: App) -> None:
    """Bring the 50 rows to the review; what the bad ones ask stays open."""
    app.upload("complaints-synthetic.csv", synthetic_complaints())
    app.at_step(1)
    app.press("Next")
    app.at_step(3)
    app.press(re.compile("^Take them and leave the rest open"))
    app.at_step(4)


def test_bad_rows_are_explained_and_come_back_with_reasons(app: App):
    page = app.page
    _review(app)
    rows = list(csv.DictReader(io.StringIO(read_download(page, "Your file back").decode("utf-8-sig"))))
    rejected = {row["complaint_id"]: row["reason"] for row in rows if row["row_status"] == "rejected"}
    assert len(rows) == GOOD + BAD
    assert set(rejected) == {f"synthetic-{n}" for n in range(60, 66)}
    assert "32/13/2022" in rejected["synthetic-60"]
    assert "Atlantis" in rejected["synthetic-61"]
    assert "swapped" in rejected["synthetic-62"]
    page.assert_quiet()


def test_whole_files_that_cannot_be_read_get_a_sentence(app: App):
    page = app.page
    for name, content, words in (
        ("empty.csv", b"", "empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        ("no-rows.csv", b"place_text,people_affected\n", "no rows"),
    ):
        app.upload(name, content)
        message = page.get_by_test_id("stMain")
        expect(message).to_contain_text("This did not work", timeout=30_000)
        expect(message).to_contain_text(re.compile(words, re.IGNORECASE), timeout=30_000)
        assert "Traceback" not in message.inner_text()
        app.press("Discard this upload")
        app.press("Yes, discard it")
        expect(page.locator("input[type=file]")).to_have_count(1)
    page.assert_quiet()


def test_pan_and_zoom_survive_a_change_and_start_no_run(app: App):
    app.open("Map", "Map")
    app.payload("p.version")
    view = app.map.locator("body").evaluate(
        "() => { window.mark = 1; const map = atlasFrame.main.map;"
        " map.getContainer().dispatchEvent(new Event('wheel'));"
        " map.setView([12, 104.5], 9, {animate: false}); return map.getZoom(); }"
    )
    app.choose("Drawn as", re.compile("^Shades"))
    after = app.map.locator("body").evaluate(
        "() => [window.mark, atlasFrame.main.map.getZoom(), atlasFrame.main.map.getCenter().lng]"
    )
    assert after[0] == 1
    assert after[1] == view == 9
    assert after[2] == pytest.approx(104.5, abs=0.01)
    app.page.assert_quiet()


def test_a_link_brings_the_same_view_to_another_browser(serve, watched_page, tmp_path: Path):
    url = serve(env={"ATLAS_DATA_DIR": str(tmp_path / "var")})
    page = watched_page()
    app = App(page, f"{url}/map?measure=recorded:raid&from=2022-07-01&to=2023-07-01&place=KH-12&style=shades")
    expect(page.get_by_role("heading", name="Phnom Penh")).to_be_visible(timeout=60_000)
    assert app.payload("p.selected") == "KH-12"
    assert app.payload("p.legend.title").startswith("Raids")
    page.assert_quiet()
