"""Time on the map: the brush by pointer and keyboard, playing, and two periods compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from charts.change_words import short_change
from data.change import compare_counts
from data.measures import MEASURES, count_measure
from data.periods import parse_period
from data.snapshot import read_snapshot
from data.store import Store

pytestmark = pytest.mark.browser

FRAME = "document.querySelector('iframe[title=\"streamlit_folium.st_folium\"]').contentWindow"
RAIDS = "measure=recorded:raid&from=2022-09-01&to=2022-10-01"


class Timed:
    """The map page with its brush."""

    def __init__(self, page, address: str) -> None:
        self.page = page
        page.goto(address)
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

    def wait_for(self, first: str, after: str) -> None:
        """Wait until this period stands in the address and on the map."""
        expect(self.page.page).to_have_url(re.compile(f"from={first}&to={after}"))
        expect(self.frame.locator(".atlas-brush")).to_be_visible()
        self.page.wait_for_function(
            f"days => JSON.stringify({FRAME}.atlasFrame.payload.brush.period) === JSON.stringify(days)",
            arg=[first, after],
        )

    def drag(self, first: str, after: str) -> None:
        """Drag over the plot of the brush from one day to another."""
        spots = self.run(
            "const box = atlasFrame.brush.plot.getBoundingClientRect();"
            " const at = window.frameElement.getBoundingClientRect();"
            " return it.map((day) => [at.left + box.left + atlasFrame.brush.xOf(atlasDays.dayOf(day)),"
            " at.top + box.top + box.height / 2]);",
            [first, after],
        )
        self.drag_between(*spots)

    def drag_between(self, first: list[float], last: list[float]) -> None:
        self.page.mouse.move(*first)
        self.page.mouse.down()
        self.page.mouse.move((first[0] + last[0]) / 2, (first[1] + last[1]) / 2)
        self.page.mouse.move(*last)
        self.page.mouse.up()

    def place(self, second: bool = False) -> list[float]:
        """Return where a map stands: latitude, longitude and zoom."""
        return self.run(
            "const m = (it ? atlasFrame.second : atlasFrame.main).map, c = m.getCenter();"
            " return [c.lat, c.lng, m.getZoom()];",
            second,
        )

    def compare(self, how: str) -> None:
        self.page.get_by_role("button", name="Compare").click()
        self.page.get_by_role("radiogroup").get_by_text(how, exact=True).click()
        self.page.keyboard.press("Escape")


def test_a_period_is_chosen_moved_and_played_below_the_map(serve, watched_page, data_folder: Path):
    url = serve(env={"ATLAS_DATA_DIR": str(data_folder)})
    time = Timed(watched_page(viewport={"width": 1280, "height": 1250}), f"{url}/map?{RAIDS}")
    expect(time.frame.locator(".atlas-brush .words")).to_contain_text("Raids, as recorded, per month")
    time.run(
        "atlasFrame.main.map.getContainer().dispatchEvent(new Event('wheel'));"
        " atlasFrame.main.map.setView([11.5, 104.5], 8, {animate: false});"
        " window.sent = []; const send = atlasFrame.brush.send;"
        " atlasFrame.brush.send = (it) => { window.sent.push(it); send(it); };"
    )
    view = time.place()

    time.drag("2022-06-10", "2022-11-20")
    time.wait_for("2022-06-01", "2022-12-01")
    assert time.run("return window.sent;") == [{"period": ["2022-06-01", "2022-12-01"]}]
    expect(time.page.get_by_text("1 June – 30 November 2022", exact=False).first).to_be_visible()

    last = time.frame.get_by_role("slider", name="Last day of the period")
    expect(last).to_have_attribute("aria-valuetext", "30 November 2022")
    last.focus()
    for key in ("ArrowLeft", "Shift+ArrowRight", "ArrowRight", "Home", "End", "ArrowLeft"):
        time.page.keyboard.press(key)
    expect(last).to_have_attribute("aria-valuetext", "30 September 2023")
    time.wait_for("2022-06-01", "2023-10-01")
    first = time.frame.get_by_role("slider", name="First day of the period")
    first.focus()
    time.page.keyboard.press("End")
    time.wait_for("2023-09-01", "2023-10-01")
    time.frame.get_by_role("button", name="Back by one period").click()
    time.wait_for("2023-08-01", "2023-09-01")
    time.drag("2023-08-15", "2022-05-20")
    time.wait_for("2022-05-01", "2022-06-01")

    before = time.run("return window.sent.length;")
    time.frame.get_by_label("Speed").select_option("2")
    time.frame.get_by_role("button", name="Play").click()
    time.page.wait_for_function(
        f"n => {FRAME}.sent.length >= n + 3",
        arg=before,
    )
    time.frame.get_by_role("button", name="Pause").click()
    expect(time.frame.get_by_role("button", name="Play")).to_be_visible()
    played = [it["period"] for it in time.run("return window.sent;")][before:]
    assert played[:3] == [["2022-06-01", "2022-07-01"], ["2022-07-01", "2022-08-01"], ["2022-08-01", "2022-09-01"]]
    time.wait_for(*played[-1])
    stopped = time.run("return window.sent.length;")

    time.frame.get_by_label("While playing").select_option("growing")
    expect(time.page.page).to_have_url(re.compile("cumulative=1"))
    time.wait_for("2021-01-01", time.run("return atlasFrame.brush.told.period[1];"))
    assert time.run("return window.sent.length;") == stopped + 1
    time.frame.locator(".atlas-brush .window").dblclick()
    time.wait_for("2021-01-01", "2023-11-01")
    assert time.place() == pytest.approx(view, abs=1e-6)
    time.page.assert_quiet()


def test_two_periods_stand_beside_each_other(serve, watched_page, data_folder: Path):
    url = serve(env={"ATLAS_DATA_DIR": str(data_folder)})
    years = "from=2023-01-01&to=2024-01-01"
    address = f"{url}/map?measure=recorded:official_statement&{years}"
    time = Timed(watched_page(viewport={"width": 1280, "height": 1250}), address)
    time.run(
        "atlasFrame.main.map.getContainer().dispatchEvent(new Event('wheel'));"
        " atlasFrame.main.map.setView([11.5, 104.5], 8, {animate: false});"
    )

    time.compare("Side by side")
    expect(time.frame.locator(".atlas-heading").filter(visible=True)).to_have_text(
        ["1 January – 31 December 2022", "1 January – 31 December 2023"]
    )
    expect(time.frame.locator(".atlas-site").first).to_be_visible()
    assert time.place() == pytest.approx([11.5, 104.5, 8], abs=5e-3)  # a pixel
    box = time.frame.locator(".atlas-second").bounding_box()
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    time.drag_between(middle, [middle[0] + 60, middle[1] + 40])
    time.page.wait_for_function(
        f"() => {{ const f = {FRAME}.atlasFrame;"
        " return f.main.map.getCenter().distanceTo([11.5, 104.5]) > 10000"
        " && f.main.map.getCenter().distanceTo(f.second.map.getCenter()) < 500; }"
    )
    moved = time.place()
    time.frame.get_by_role("button", name="Zoom in").click()
    time.page.wait_for_function(
        f"() => {{ const f = {FRAME}.atlasFrame;"
        " return f.second.map.getZoom() === 8.5 && f.main.map.getZoom() === 8.5; }"
    )
    assert time.place(second=True) == pytest.approx(time.place(), abs=1e-3)
    moved = time.place()

    time.compare("Swipe")
    divider = time.frame.get_by_role("slider", name="Divider between the two periods")
    expect(divider).to_be_visible()
    divider.focus()
    time.page.keyboard.press("Shift+ArrowRight")
    time.page.keyboard.press("ArrowRight")
    expect(divider).to_have_attribute("aria-valuetext", "62 %")
    spot = divider.bounding_box()
    grip = [spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2]
    time.drag_between(grip, [grip[0] - 200, grip[1]])
    expect(divider).not_to_have_attribute("aria-valuetext", "62 %")
    assert time.place() == pytest.approx(moved, abs=5e-3)  # a pixel

    time.compare("Difference")
    expect(divider).to_be_hidden()
    expect(time.frame.locator(".atlas-legend")).to_contain_text("Change: Official statements, as recorded")
    with Store.open(data_folder / "atlas.sqlite", read_only=True) as store:
        snapshot = read_snapshot(store)
    measure = MEASURES["recorded:official_statement"]
    two = (parse_period("2022-01-01", "2023-01-01"), parse_period("2023-01-01", "2024-01-01"))
    change = compare_counts(*(count_measure(snapshot, measure, one) for one in two)).rows
    shown = time.run("return atlasFrame.payload.provinces;")
    for row in change.to_dict("records"):
        label = shown[row["province_code"]].get("label", "")
        assert label == short_change(row["low"], row["best"], row["high"])
    # The legend is longer and the map lower; where it stands and how close stays.
    assert time.place() == pytest.approx(moved, abs=0.1)
    assert time.place()[2] == moved[2]
    time.page.assert_quiet()
