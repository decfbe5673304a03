"""A messy file of 5,000 rows comes in through the page alone, is seen, and goes again without a trace."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from charts.labels import field_label
from data.database import FILE_NAME
from data.store import Store
from tests.attacks.messy_file import MESSY, messy_complaints
from tests.browser.upload_wizard import App, read_download

pytestmark = pytest.mark.browser

PLACES = {
    "Bavit Krung": "Svay Rieng (province)",
    "Sihanookvile": "Preah Sihanouk (province)",
    "Paoy Pett Border": "Banteay Meanchey (province)",
    "Chray Tom Market": "Kandal (province)",
    "O Smatch Hill": "Oddar Meanchey (province)",
    "Pnom Pen Town 3": "Phnom Penh (province)",
    "Bokorr Mount": "Kampot (province)",
}
"""What a person who knows the country answers."""
STAY_OUT = MESSY.unreadable_numbers + MESSY.total_lines


def test_a_messy_file_is_repaired_added_seen_and_taken_back(serve, watched_page, tmp_path: Path):
    folder = tmp_path / "var"
    app = App(watched_page(), serve(env={"ATLAS_DATA_DIR": str(folder)}))
    page = app.page
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    before = _snapshot(folder)

    app.upload("hotline-synthetic.csv", messy_complaints())
    expect(page.get_by_text("The file can be read in more than one way")).to_be_visible(timeout=30_000)
    app.choose("Which is right?", "The column names are in line 3")
    expect(page.get_by_text(re.compile("^5,001 rows, 9 columns"))).to_be_visible(timeout=30_000)
    app.press("Next")

    app.at_step(2)
    headers = list(MESSY.columns.values())
    for column in ("complaint_id", "latitude", "longitude", "people_affected"):
        number = _position(MESSY.columns[column])
        app.pick(f"Column {number} of the file", field_label("complaint", column))
    assert len(headers) == 9
    app.press("Next")

    app.at_step(3)
    page.get_by_text("The day comes first: 3/4 is 3 April").click()
    page.get_by_text(f"Exchange them in these {MESSY.swapped_rows} rows").click()
    for number, place in enumerate(_asked(app), start=1):
        app.pick(f"Value {number} means", PLACES[place])
    app.press("Take these answers")
    expect(page.get_by_text("The file leaves nothing open.")).to_be_visible(timeout=60_000)
    app.press("Next")

    app.at_step(4)
    accepted = MESSY.rows + MESSY.total_lines - STAY_OUT - MESSY.exact_duplicates
    assert app.totals() == [5001, accepted, STAY_OUT, MESSY.exact_duplicates]
    page.get_by_role("tab", name=re.compile("^Duplicates")).click()
    expect(page.get_by_text("Perhaps the same")).to_be_visible()
    report = list(csv.DictReader(io.StringIO(read_download(page, "Your file back").decode("utf-8-sig"))))
    assert len(report) == 5001
    assert sum(row["row_status"] == "duplicate" for row in report) == MESSY.exact_duplicates

    # A reload, as after a lost connection: everything decided so far is still there.
    page.reload()
    app.at_step(4)
    assert app.totals() == [5001, accepted, STAY_OUT, MESSY.exact_duplicates]

    app.press(re.compile(r"^Next: add 4,9\d\d rows"))
    app.at_step(5)
    app.credit()
    page.get_by_role("button", name=re.compile(f"^Add {accepted:,} rows")).click()
    expect(page.get_by_text(f"{accepted:,} rows were added")).to_be_visible(timeout=120_000)
    assert _snapshot(folder) != before
    assert list((folder / "drafts").iterdir()) == []

    app.press("See them on the map")
    expect(page.get_by_role("heading", name="Map", level=1)).to_be_visible(timeout=60_000)
    app.rest()
    assert app.points() > MESSY.swapped_rows

    app.take_back("hotline-synthetic.csv")
    assert _snapshot(folder) == before
    page.assert_quiet()


def _snapshot(folder: Path) -> str:
    with Store.open(folder / FILE_NAME, read_only=True) as store:
        return store.snapshot_hash()


def _position(header: str) -> int:
    """Return the number of a column, from 1."""
    names = next(line for line in messy_complaints(rows=1000).decode().splitlines() if header in line.split(","))
    return names.split(",").index(header) + 1


def _asked(app: App) -> list[str]:
    """Return the written places that are asked about, in the order of the page."""
    texts = app.page.get_by_text(re.compile("^“.*”$")).all_inner_texts()
    return [text.strip("“”") for text in texts if text.strip("“”") in PLACES]
