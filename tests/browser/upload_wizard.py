"""The app as a person uses it, and the upload in its five steps."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.conftest import WatchedPage


class App:
    """The app as a person uses it."""

    def __init__(self, page: WatchedPage, url: str) -> None:
        self.page = page
        page.goto(url)

    def open(self, name: str, heading: str = "") -> None:
        """Open a page by its name at the top."""
        self.page.get_by_role("link", name=name, exact=True).first.click()
        expect(self.page.get_by_role("heading", name=heading or name, level=1)).to_be_visible(timeout=60_000)
        self.rest()

    def rest(self) -> None:
        """Wait until no script runs."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning", timeout=60_000
        )

    def choose(self, label: str, option: re.Pattern[str] | str) -> None:
        """Choose from a box by its visible label."""
        self._pick(self.page.get_by_test_id("stSelectbox").filter(has_text=label).get_by_role("combobox"), option)
        self.rest()

    def pick(self, label: str, option: re.Pattern[str] | str) -> None:
        """Choose from a box by its name for screen readers; inside a form nothing runs before it is sent."""
        self._pick(self.page.get_by_role("combobox", name=label), option)

    def _pick(self, box: Locator, option: re.Pattern[str] | str) -> None:
        box.scroll_into_view_if_needed()  # an open list closes when the page scrolls
        box.click()
        if isinstance(option, str):
            box.fill(option)
        self.page.get_by_role("option").filter(has_text=option).first.click()

    def fill(self, label: str, text: str) -> None:
        """Write into a field and leave it."""
        self.page.get_by_label(label).fill(text)
        self.page.keyboard.press("Tab")
        self.rest()

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button and wait for what it does."""
        self.page.get_by_role("button", name=name).first.click()
        self.rest()

    @property
    def map(self):
        """The map's frame."""
        return self.page.frame_locator("iframe[title='streamlit_folium.st_folium']")

    def payload(self, expression: str):
        """Return something of what the map was told, once it is drawn."""
        expect(self.map.locator("html[data-drawn]")).to_have_count(1, timeout=30_000)
        return self.map.locator("body").evaluate(f"() => {{ const p = atlasFrame.main.payload; return {expression}; }}")

    def points(self) -> int:
        """Return how many complaints the map shows as dots."""
        return self.payload(
            "p.dots.filter((g) => g.label.startsWith('Complaint')).reduce((n, g) => n + g.at.length, 0)"
        )

    # The upload

    def upload(self, file_name: str, content: bytes) -> None:
        """Choose a file on the page Upload."""
        self.open("Upload")
        self.page.locator("input[type=file]").set_input_files(
            {"name": file_name, "mimeType": "text/csv", "buffer": content}
        )
        expect(self.page.get_by_role("button", name="Discard this upload")).to_be_visible(timeout=60_000)
        self.rest()

    def at_step(self, number: int) -> None:
        """Wait until a step of the upload is the open one, and what it shows is worked out."""
        step = self.page.locator(".st-key-wizard_head").get_by_role("button").nth(number - 1)
        expect(step).to_have_attribute("data-testid", "stBaseButton-primary", timeout=60_000)
        expect(self.page.locator(".st-key-work")).to_have_count(0, timeout=120_000)
        self.rest()

    def totals(self) -> list[int]:
        """Return rows read, accepted, rejected and duplicate, as the review says."""
        totals = self.page.locator(".st-key-upload_totals")
        expect(totals).to_be_visible(timeout=120_000)
        return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", totals.inner_text())][:4]

    def credit(self, publisher: str = "Synthetic Hotline", who: str = "test") -> None:
        """Fill in who says so and who adds it."""
        self.fill("Who published it", publisher)
        self.fill("What it is called", "Synthetic log")
        self.fill("When it was published", "2025-01-10")
        self.fill("Licence or terms", "internal")
        self.choose("What the publisher is", "Hotline")
        self.choose("How reliable it is", "B · usually reliable")
        self.fill("Your name or initials, for the history", who)

    def take_back(self, file_name: str, who: str = "test") -> None:
        """Take the batch of a file back on the page History."""
        self.open("History")
        self.choose("Look into a batch", file_name)
        panel = self.page.locator(".st-key-batch_panel")
        panel.get_by_label("Your name or initials").fill(who)
        panel.get_by_role("button", name="Take this batch back").click()
        expect(self.page.locator("strong").filter(has_text="was taken back")).to_be_visible(timeout=60_000)
        self.rest()


def read_download(page: WatchedPage, name: str) -> bytes:
    """Press a download button and return the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(name)).click()
    return Path(download.value.path()).read_bytes()
