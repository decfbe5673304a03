"""Official boundaries come in through the page, move a record, stand in the map's credit, and go again."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.database import FILE_NAME
from data.ingest import ingest
from data.store import Store
from geo.boundaries import use_boundaries
from tests.browser.upload_wizard import App
from tests.data.boundary_files import NAME, SOURCE, as_geojson, strip_of, synthetic_provinces, synthetic_set

pytestmark = pytest.mark.browser


@pytest.fixture
def folder(seeded_folder: Path, tmp_path: Path):
    """A store with one complaint where a border will move."""
    folder = Path(shutil.copytree(seeded_folder, tmp_path / "var"))
    point = strip_of().representative_point()
    content = f"complaint_id,received_date,latitude,longitude\nmoved-1,2023-01-02,{point.y},{point.x}\n".encode()
    with Store.open(folder / FILE_NAME) as store:
        store.commit(ingest(content, "synthetic.csv", "complaint"), actor="T", content=content)
    yield folder
    use_boundaries(None)


def test_boundaries_are_compared_accepted_drawn_and_taken_back(serve, watched_page, folder: Path):
    app = App(watched_page(), serve(env={"ATLAS_DATA_DIR": str(folder)}))
    page = app.page
    before = _state(folder)
    app.open("Boundaries")
    frame = synthetic_provinces()
    frame["NOTE"] = "<img src=x onerror=alert(1)>"
    content = as_geojson(frame)
    page.locator("input[type=file]").set_input_files([{"name": NAME, "mimeType": "x/y", "buffer": content}])
    expect(page.get_by_text("The set passes its checks")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("1 record placed by coordinates would change province.")).to_be_visible()
    app.press("Accept these boundaries")
    expect(page.get_by_text("The source of the boundaries lacks: title, publisher, licence.")).to_be_visible()
    for label, text in {"Title *": "Synthetic provinces", "Publisher *": "<b>Nobody</b>", "Licence *": "CC0"}.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Your name or initials *").last.fill("T")
    page.get_by_label("Reason *").last.fill("official set")
    app.press("Accept these boundaries")
    expect(page.get_by_text("1 record changed province.")).to_be_visible(timeout=60_000)
    assert _state(folder)[1] == "KH-12"

    asked: list[str] = []
    page.on("response", lambda answer: asked.append(answer.url) if answer.ok else None)
    app.open("Map")
    drawn = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
    expect(drawn.locator("html[data-drawn]")).to_have_count(1, timeout=60_000)
    expect(drawn.locator(".credit")).to_contain_text("Boundaries: <b>Nobody</b>, Synthetic provinces; CC0")
    assert _fetched(asked) == ["neighbours.json", "provinces.json"]

    with Store.open(folder / FILE_NAME) as store:
        found = synthetic_set(level=2)
        store.install_boundaries(found, SOURCE, actor="T", reason="official", expected_revision=store.revision())
    address = page.url.split("?")[0]
    page.goto(f"{address}?measure=recorded:complaint")
    expect(drawn.locator("html[data-drawn]")).to_have_count(1, timeout=60_000)
    assert "districts.json" not in _fetched(asked)
    page.get_by_label("Areas").click()
    page.get_by_role("option", name="Districts").click()
    districts = drawn.locator("path[data-district]")
    expect(districts).to_have_count(len(found.checked.shapes), timeout=60_000)
    assert _fetched(asked).count("districts.json") == 1
    shaded = drawn.get_by_role("button", name=re.compile("Complaints, from uploaded rows: 1$")).and_(districts)
    expect(shaded).to_have_count(1)
    expect(drawn.locator(".atlas-legend")).to_contain_text("number of records by district, not a rate")
    drawn.locator("path[data-district][tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    expect(drawn.locator("path[data-district][tabindex='0']")).to_have_attribute(
        "data-district", sorted(found.checked.shapes["district_code"])[1]
    )
    expect(drawn.locator(".atlas-tip")).to_have_count(1)  # the one before has faded
    expect(drawn.locator(".atlas-tip")).to_contain_text("No record located here (this is not zero)")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("^District: "))).to_be_visible(timeout=60_000)

    app.open("Boundaries")
    page.get_by_text("Go back to the boundaries before").click()
    page.get_by_label("Your name or initials *").first.fill("T")
    page.get_by_label("Reason *").first.fill("only tried")
    app.press("Go back")
    expect(page.get_by_text("The simplified set that comes with the atlas.")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("1 record changed province.")).to_be_visible()
    assert _state(folder) == before
    app.open("Map")
    expect(drawn.locator(".credit")).to_contain_text(re.compile("OpenStreetMap contributors"), timeout=60_000)
    page.assert_quiet()


def _fetched(asked: list[str]) -> list[str]:
    return sorted(url.rsplit("/", 1)[1] for url in asked if "/app/boundaries/" in url)


def _state(folder: Path) -> tuple[str, str]:
    with Store.open(folder / FILE_NAME, read_only=True) as store:
        complaints = store.read("complaint").set_index("complaint_id")
        return store.snapshot_hash(), complaints["province_code"]["moved-1"]
