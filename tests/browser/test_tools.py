"""The tools of the map: search, hexagons, drawing, measuring, layers, tiles, and a link that brings all of it back."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from playwright.sync_api import expect

from data.ingest import ingest
from data.seed import prepare
from geo.area import read_area
from geo.point_index import find_provinces

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

COMPLAINTS = 2_000
CORNERS = [(12.2, 104.0), (12.3, 105.6), (13.5, 105.7), (13.6, 104.2)]
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c63606060f80f0001040100"
    "5fe5c34b0000000049454e44ae426082".replace(" ", "")
)
"""A PNG of one pixel."""


def make_complaints_synthetic() -> pd.DataFrame:
    """Return invented complaints all over the country."""
    rng = np.random.default_rng(5)
    latitude, longitude = rng.uniform(10.4, 14.6, 6 * COMPLAINTS), rng.uniform(102.4, 107.5, 6 * COMPLAINTS)
    inside = np.flatnonzero(find_provinces(latitude, longitude) >= 0)[:COMPLAINTS]
    days = np.datetime64("2022-01-01") + rng.integers(0, 500, COMPLAINTS).astype("timedelta64[D]")
    return pd.DataFrame(
        {
            "complaint_id": [f"synthetic-{i:05d}" for i in range(COMPLAINTS)],
            "received_date": days.astype(str),
            "latitude": latitude[inside].round(4),
            "longitude": longitude[inside].round(4),
            "location_precision": rng.choice(["exact", "province"], COMPLAINTS, p=[0.9, 0.1]),
        }
    )


class Tiles(BaseHTTPRequestHandler):
    """A tile server of our own that notes what it is asked."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(PICTURE)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def tiles() -> Iterator[tuple[str, list[str]]]:
    handler = type("Handler", (Tiles,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", handler.asked
        server.shutdown()


@pytest.fixture(scope="module")
def complaints() -> pd.DataFrame:
    return make_complaints_synthetic()


@pytest.fixture(scope="module")
def address(serve, tiles, complaints, tmp_path_factory) -> str:
    folder: Path = tmp_path_factory.mktemp("tools")
    content = complaints.to_csv(index=False).encode()
    with prepare(folder / "atlas.sqlite") as store:
        store.commit(ingest(content, "complaints-synthetic.csv", "complaint"), actor="test", content=content)
    url = serve(
        env={
            "ATLAS_DATA_DIR": str(folder),
            "ATLAS_TILE_URL": f"{tiles[0]}/{{z}}/{{x}}/{{y}}.png",
            "ATLAS_TILE_CREDIT": "Synthetic tiles",
        }
    )
    return f"{url}/map?measure=recorded%3Acomplaint&from=2022-01-01&to=2024-01-01"


class Frame:
    """The map page, and its map."""

    def __init__(self, page, address: str) -> None:
        self.page = page
        page.goto(address)
        self.frame = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
        expect(self.frame.locator("html[data-drawn]")).to_have_count(1, timeout=180_000)
        self.rest()

    def rest(self) -> None:
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning", timeout=60_000
        )

    def run(self, script: str, argument: object = None):
        return self.frame.locator("body").evaluate(f"(body, it) => {{ {script} }}", argument)

    def view(self) -> list[float]:
        return self.run("const m = atlasFrame.main.map, c = m.getCenter(); return [c.lat, c.lng, m.getZoom()];")

    def click(self, place: tuple[float, float]) -> None:
        spot = self.run("const p = atlasFrame.main.map.latLngToContainerPoint(it); return {x: p.x, y: p.y};", [*place])
        self.frame.locator(".leaflet-container").first.click(position=spot, force=True)

    def tool(self, name: str) -> None:
        self.frame.get_by_role("button", name="Tools", exact=True).click()
        self.frame.get_by_role("button", name=name, exact=True).click()

    def expect_address(self, pattern: str) -> None:
        expect(self.page.page).to_have_url(re.compile(pattern), timeout=60_000)
        self.rest()


def count_inside(complaints: pd.DataFrame, area: str) -> int:
    """Return how many complaints lie in a drawn polygon, by a spatial join."""
    placed = complaints[complaints["location_precision"] != "province"]
    points = gpd.GeoDataFrame(placed, geometry=gpd.points_from_xy(placed["longitude"], placed["latitude"]), crs=4326)
    shape = shapely.Polygon([(x, y) for y, x in read_area(area).corners])
    return len(points.sjoin(gpd.GeoDataFrame(geometry=[shape], crs=4326), predicate="intersects"))


def test_the_tools_of_the_map(address, watched_page, complaints, tiles):
    atlas = Frame(watched_page(viewport={"width": 1440, "height": 900}), address)
    frame, page = atlas.frame, atlas.page

    # Hexagons: each record once, those known only to the province apart; a click lists its records.
    hexagons = atlas.run("return atlasFrame.payload.hexagons;")
    placed = complaints["location_precision"] != "province"
    assert sum(n for _, _, n in hexagons["cells"]) == placed.sum()
    expect(frame.locator(".atlas-legend")).to_contain_text(f"Complaints in hexagons {hexagons['size']} km across")
    expect(frame.locator(".atlas-legend")).to_contain_text(f"counted by province only: {(~placed).sum()} complaints")
    atlas.click((12.95, 104.55))
    expect(page.get_by_role("heading", name=re.compile(r"^\d+ complaints? in one hexagon$"))).to_be_visible()
    atlas.rest()
    told = int(page.get_by_role("heading", name="in one hexagon").inner_text().split()[0])
    q, r = atlas.run("return atlasFrame.payload.hexagons.chosen;")
    assert [q, r, told] in hexagons["cells"]

    # Search in Khmer by keyboard: the province is chosen, the map goes there, the address says where it stands.
    box = frame.get_by_role("combobox", name="Find a place")
    box.fill("ស្វាយរៀង")
    expect(frame.get_by_role("option").first).to_contain_text("Svay Rieng · ស្វាយរៀង · province")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("heading", name="Svay Rieng", exact=True)).to_be_visible()
    atlas.expect_address("place=KH-20")
    latitude, longitude, zoom = atlas.view()
    assert (latitude, longitude) == (pytest.approx(11.1, abs=0.2), pytest.approx(105.8, abs=0.3))
    assert zoom > 8
    atlas.expect_address("at=")

    # A record is found by its identifier, and its panel opens.
    box.fill("synthetic-00012")
    frame.get_by_role("option", name="synthetic-00012").click()
    expect(page.get_by_role("heading", name="Complaint", exact=True)).to_be_visible()
    atlas.expect_address("record=synthetic-00012")

    # A drawn polygon holds what a spatial join finds.
    frame.get_by_role("button", name="Whole country").click()
    frame.locator("body").page.wait_for_function(
        "document.querySelector(\"iframe[title='streamlit_folium.st_folium']\")"
        ".contentWindow.atlasFrame.main.map.getZoom() < 8"
    )
    atlas.tool("Polygon")
    for place in CORNERS:
        atlas.click(place)
    frame.get_by_role("button", name="Done").click()
    atlas.expect_address("area=polygon")
    [area] = parse_qs(urlsplit(page.url).query)["area"]
    inside = count_inside(complaints, area)
    row = page.get_by_role("row", name=re.compile("^Complaints"))
    expect(row.get_by_role("cell").first).to_have_text(f"{inside}")
    expect(frame.locator(".leaflet-atlas-area-pane path")).to_have_count(1)
    link = page.url
    stood = atlas.view()

    # Measuring: the way between two towns, told aloud.
    atlas.tool("Measure a distance")
    atlas.click((11.55, 104.92))
    atlas.click((13.36, 103.86))
    hint = frame.locator(".atlas-hint [role=status]")
    expect(hint).to_contain_text("km along 2 points")
    assert float(hint.inner_text().split()[0]) == pytest.approx(232, rel=0.02)
    page.page.keyboard.press("Escape")
    expect(hint).to_be_hidden()

    # Layers, and tiles only when asked for.
    assert tiles[1] == []
    frame.get_by_role("button", name="Layers").click()
    frame.get_by_label("Sites", exact=True).uncheck()
    expect(frame.locator(".atlas-site").first).to_be_hidden()
    expect(frame.locator(".atlas-sees")).to_contain_text("sees which part of the map you look at")
    frame.get_by_label("Tiles of our own server").check()
    expect(frame.locator(".leaflet-tile-loaded").first).to_be_attached()
    expect(frame.locator(".atlas-tile-credit")).to_have_text("Synthetic tiles")
    assert all(re.fullmatch(r"/\d+/\d+/\d+\.png", path) for path in tiles[1])
    assert tiles[1]
    frame.get_by_label("Drawn map").check()
    expect(frame.locator(".leaflet-tile")).to_have_count(0)

    # The same area by the form alone.
    page.get_by_text("Select an area", exact=True).click()
    page.get_by_text("Along a border").click()
    atlas.rest()
    page.get_by_role("button", name="Select", exact=True).click()
    atlas.expect_address("area=corridor(:|%3A)TH(,|%2C)10")
    expect(page.get_by_text("Within 10 km of the border with Thailand")).to_be_visible()
    page.assert_quiet()

    # The link brings everything back in another browser; tiles are off again.
    del tiles[1][:]
    other = Frame(watched_page(viewport={"width": 1440, "height": 900}), link)
    assert other.view() == pytest.approx(stood, abs=0.02)
    expect(other.frame.locator(".leaflet-atlas-area-pane path")).to_have_count(1)
    expect(other.page.get_by_role("row", name=re.compile("^Complaints")).get_by_role("cell").first).to_have_text(
        f"{inside}"
    )
    assert tiles[1] == []
    other.page.assert_quiet()
