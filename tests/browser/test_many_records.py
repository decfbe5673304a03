"""A store of 50,000 synthetic complaints: the map draws, follows, and its server does not grow with its readers."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from benchmarks.bench_sessions import grow
from benchmarks.browsing import Server, serve
from data.measures import MEASURES, count_measure
from data.periods import parse_period
from data.snapshot import read_snapshot
from data.store import Store

pytestmark = pytest.mark.browser

ROWS = 50_000
FRAME = "iframe[title='streamlit_folium.st_folium']"
MOST_KB = 60
MOST_GROWTH_MB = 20


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(ROWS) as running:
        yield running


def test_the_map_is_never_blank_and_says_what_the_store_holds(server, watched_page):
    page = watched_page()
    received: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda payload: received.append(len(payload))))
    page.goto(f"{server.url}/map?measure=recorded:complaint&from=2018-01-01&to=2019-01-01")
    frame = page.frame_locator(FRAME)
    drawn = frame.locator("html[data-drawn]")
    expect(drawn).to_have_count(1, timeout=120_000)
    idle = page.locator("[data-testid='stApp'][data-test-script-state='notRunning']")
    expect(idle).to_have_count(1)
    version = drawn.get_attribute("data-drawn")

    received.clear()
    frame.locator("body").evaluate("() => atlas.send({period: ['2019-01-01', '2020-01-01']})")
    expect(frame.locator(f"html:not([data-drawn='{version}'])")).to_have_count(1)
    expect(idle).to_have_count(1)
    assert sum(received) < MOST_KB * 1000

    with Store.open(server.data / "atlas.sqlite", read_only=True) as store:
        snapshot = read_snapshot(store)
    counts = count_measure(snapshot, MEASURES["recorded:complaint"], parse_period("2019-01-01", "2020-01-01"))
    shown = frame.locator("body").evaluate("() => JSON.stringify(atlasFrame.payload.provinces)")
    labels = {code: facts.get("label") for code, facts in json.loads(shown).items()}
    assert counts.rows["best"].sum() > ROWS / 20
    assert labels == {
        row["province_code"]: f"{int(row['best']):,}" if row["low"] == row["high"] else labels[row["province_code"]]
        for row in counts.rows.to_dict("records")
    }
    expect(frame.locator(".atlas-circle").first).to_be_visible()
    page.assert_quiet()


def test_the_server_does_not_grow_with_what_its_readers_do(server):
    _, settled, last = grow(server, sessions=3, uses=12, settled=6)
    assert (last - settled) / 3 < MOST_GROWTH_MB
