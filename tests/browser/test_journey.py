"""What an analyst does on the first morning: look, slice, read the sources, bring rows in, see them, take them back."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

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


class App:
    """The app as a person uses it."""

    def __init__(self, page, url: str) -> None:
        self.page = page
        page.goto(url)

    def open(self, name: str, heading: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()
        expect(self.page.get_by_role("heading", name=heading, level=1)).to_be_visible(timeout=30_000)
        self.rest()

    def rest(self) -> None:
        """Wait until no script runs."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning", timeout=30_000
        )

    def choose(self, label: str, option: re.Pattern[str] | str) -> None:
        self.page.get_by_test_id("stSelectbox").filter(has_text=label).get_by_role("combobox").click()
        self.page.get_by_role("option", name=option).first.click()
        self.rest()

    @property
    def map(self):
        return self.page.frame_locator("iframe[title='streamlit_folium.st_folium']")

    def payload(self, expression: str):
        """Return something of what the map was told, once it is drawn."""
        expect(self.map.locator("html[data-drawn]")).to_have_count(1, timeout=30_000)
        return self.map.locator("body").evaluate(f"() => {{ const p = atlasMap.payload; return {expression}; }}")

    def points(self) -> int:
        return self.payload(
            "p.dots.filter((g) => g.label.startsWith('Complaint')).reduce((n, g) => n + g.at.length, 0)"
        )


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

    app.open("Upload", "Upload")
    page.locator("input[type=file]").set_input_files(
        {"name": "complaints-synthetic.csv", "mimeType": "text/csv", "buffer": synthetic_complaints()}
    )
    totals = page.locator(".st-key-upload_totals")
    expect(totals).to_contain_text("50", timeout=30_000)
    assert [int(number) for number in re.findall(r"\d+", totals.inner_text())][:3] == [GOOD + BAD, GOOD, BAD]
    expect(page.get_by_text(f"50 read = {GOOD} accepted + {BAD} rejected")).to_be_visible()
    page.get_by_label("Your name or initials, for the history").fill("test")
    page.keyboard.press("Tab")
    app.rest()
    page.get_by_role("button", name=re.compile(f"^Add {GOOD} rows")).click()
    expect(page.get_by_text(f"{GOOD} rows were added")).to_be_visible(timeout=30_000)

    page.get_by_role("link", name="See them on the map").click()
    expect(page.get_by_role("heading", name="Map", level=1)).to_be_visible()
    app.rest()
    assert app.points() == GOOD

    app.open("Upload", "Upload")
    undo = page.locator(".st-key-undo")
    expect(undo.get_by_role("button", name="Take this batch back")).to_be_disabled()
    undo.get_by_role("button").last.scroll_into_view_if_needed()  # so that there is room for the list
    undo.get_by_role("combobox").click()
    page.get_by_role("option", name=re.compile("complaints-synthetic.csv")).click()
    app.rest()
    undo.get_by_label("Your name or initials").fill("test")
    page.keyboard.press("Tab")
    app.rest()
    undo.get_by_role("button", name="Take this batch back").click()
    expect(page.get_by_text(re.compile("was taken back"))).to_be_visible(timeout=30_000)
    app.open("Map", "Map")
    assert app.points() == 0
    page.assert_quiet()


def test_bad_rows_are_explained_and_come_back_with_reasons(app: App):
    page = app.page
    app.open("Upload", "Upload")
    page.locator("input[type=file]").set_input_files(
        {"name": "complaints-synthetic.csv", "mimeType": "text/csv", "buffer": synthetic_complaints()}
    )
    expect(page.locator(".st-key-upload_totals")).to_contain_text("50", timeout=30_000)
    app.rest()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Your file back")).click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    rejected = {row["complaint_id"]: row["reason"] for row in rows if row["row_status"] == "rejected"}
    assert len(rows) == GOOD + BAD
    assert set(rejected) == {f"synthetic-{n}" for n in range(60, 66)}
    assert "32/13/2022" in rejected["synthetic-60"]
    assert "Atlantis" in rejected["synthetic-61"]
    assert "swapped" in rejected["synthetic-62"]
    page.assert_quiet()


def test_whole_files_that_cannot_be_read_get_a_sentence(app: App):
    page = app.page
    app.open("Upload", "Upload")
    for name, content, words in (
        ("empty.csv", b"", "empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        ("no-date.csv", b"place_text,people_affected\nTakeo,1\n", "received_date"),
    ):
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
        message = page.get_by_test_id("stMain")
        expect(message).to_contain_text("This did not work", timeout=30_000)
        expect(message).to_contain_text(re.compile(words, re.IGNORECASE), timeout=30_000)
        app.rest()
        assert "Traceback" not in message.inner_text()
    page.assert_quiet()


def test_pan_and_zoom_survive_a_change_and_start_no_run(app: App):
    app.open("Map", "Map")
    app.payload("p.version")
    view = app.map.locator("body").evaluate(
        "() => { window.mark = 1; const map = atlasMap.map; map.getContainer().dispatchEvent(new Event('wheel'));"
        " map.setView([12, 104.5], 9, {animate: false}); return map.getZoom(); }"
    )
    app.choose("Drawn as", re.compile("^Shades"))
    after = app.map.locator("body").evaluate(
        "() => [window.mark, atlasMap.map.getZoom(), atlasMap.map.getCenter().lng]"
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
