"""What each use of the map costs at different sizes: processor of the server, bytes to the browser, time until drawn.

``python -m benchmarks.bench_map`` measures stores of 1,000, 50,000 and 1,000,000 synthetic complaints, or those sizes
that it is told, beside the usual pattern, in which the folium map is made anew at each change (up to 50,000 records).
Each figure is the median of `TIMES` uses. Processor time is that of the thread that runs the page. Bytes are those of
the websocket's messages before compression. Drawn is the moment at which the frame says that it shows the new payload,
counted from the moment at which the map or a choice in the filter bar is used.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Error

from benchmarks.browsing import PATIENCE_S, Reader, Server, chromium, serve
from geo.gazetteer import PROVINCE_CODES

SIZES = (1_000, 50_000, 1_000_000)
LARGEST_NAIVE = 50_000
TIMES = 20
_ADDRESS = "/map?measure=recorded:complaint&from=2018-01-01&to=2019-01-01"
_FIRST = date(2018, 1, 1)
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Use:
    """What one use of the map cost: milliseconds of the server's processor, kilobytes, milliseconds until drawn."""

    processor: float
    kilobytes: float
    drawn: float


def measure_use(server: Server, reader: Reader, use: Callable[[int], float], turn: int) -> Use:
    """Do something for the `turn`-th time; `use` returns the milliseconds until the map had changed."""
    runs, received = len(server.runs()), reader.received
    drawn = use(turn)
    reader.rest()
    return Use(sum(server.runs()[runs:]), (reader.received - received) / 1000, drawn)


def choose(reader: Reader, key: str, text: str) -> float:
    """Choose an entry of the filter bar by its words; return the milliseconds until the map has changed."""
    box = reader.page.locator(f".st-key-choose_{key} input")
    box.click()
    box.fill(text)
    reader.page.get_by_role("option").first.wait_for()
    reader.watch()
    began = time.time() * 1000
    box.press("Enter")
    return reader.changed_at() - began


def toggle_speaker(reader: Reader) -> float:
    """Leave out one type of speakers, or count it again; return the milliseconds until the map has changed."""
    pill = reader.page.locator(".st-key-choose_believe button").last
    if not pill.is_visible():
        reader.page.get_by_role("button", name="Sources:").click()
        pill.wait_for()
    reader.watch()
    began = time.time() * 1000
    pill.click()
    return reader.changed_at() - began


def atlas_uses(reader: Reader) -> Iterator[tuple[str, Callable[[int], float]]]:
    """Yield what a reader does with the map: its name, and a function of the turn that does it."""
    periods = [_FIRST + timedelta(days=31 * turn) for turn in range(1, TIMES + 2)]
    yield "another period", lambda n: reader.send(f'{{"period": ["{periods[n]}", "{periods[n] + _YEAR}"]}}')
    yield "click on a province", lambda n: reader.send(f'{{"province": "{PROVINCE_CODES[n % len(PROVINCE_CODES)]}"}}')
    yield "another measure", lambda n: choose(reader, "measure", ("Raids", "Complaints · uploaded")[n % 2])
    yield "circles or shades", lambda n: choose(reader, "style", ("Shades", "Circles")[n % 2])
    yield "whose word counts", lambda _: toggle_speaker(reader)


def naive_uses(reader: Reader) -> Iterator[tuple[str, Callable[[int], float]]]:
    """Yield what can be done with the map that is made anew: choosing another period."""

    def choose_start(turn: int) -> float:
        month = turn + 1
        start = f"{date(2018 + month // 12, month % 12 + 1, 1)}"
        box = reader.page.locator(".st-key-start input")
        box.click()
        box.fill(start)
        reader.page.get_by_role("option").first.wait_for()
        began = time.time()
        box.press("Enter")
        while time.time() - began < PATIENCE_S:
            reader.page.wait_for_timeout(20)
            with suppress(Error):  # the frame is another one each time, and goes while it is asked
                if reader.page.frames[-1].get_attribute("html", "data-drawn", timeout=1000) == start:
                    return (time.time() - began) * 1000
        raise Error("not drawn")

    yield "another period", choose_start


def measure_size(n_rows: int, *, naive: bool) -> Iterator[tuple[str, list[Use], str]]:
    """Yield for one size what was done, what each turn cost, and a remark."""
    with serve(n_rows, "benchmarks/naive_map.py" if naive else "app.py") as server, chromium() as browser:
        began = time.perf_counter()
        reader = Reader(browser, server.url + ("" if naive else _ADDRESS))
        opened = Use(sum(server.runs()), reader.received / 1000, (time.perf_counter() - began) * 1000)
        yield "first view after the start", [opened], f"{server.resident():,.0f} MB"
        for name, use in naive_uses(reader) if naive else atlas_uses(reader):
            turns: list[Use] = []
            for turn in range(TIMES):
                try:
                    turns.append(measure_use(server, reader, use, turn))
                except Error as error:
                    yield name, turns, f"not drawn in {PATIENCE_S} s ({type(error).__name__})"
                    break
            else:
                yield name, turns, f"{server.resident():,.0f} MB"


def describe(turns: list[Use]) -> tuple[float, float, float, float]:
    """Return the medians of processor, kilobytes and time until drawn, and the longest time until drawn."""
    if not turns:
        return (float("nan"),) * 4
    sides = ([one.processor for one in turns], [one.kilobytes for one in turns], [one.drawn for one in turns])
    processor, kilobytes, drawn = map(statistics.median, sides)
    return processor, kilobytes, drawn, max(sides[2])


def run(sizes: tuple[int, ...] = SIZES[:2]) -> Iterator[tuple[str, float, str]]:
    """Yield what was measured: name, milliseconds until drawn, remark."""
    for n_rows in sizes:
        for naive in (False, True) if n_rows <= LARGEST_NAIVE else (False,):
            for name, turns, remark in measure_size(n_rows, naive=naive):
                processor, kilobytes, drawn, longest = describe(turns)
                who = "map made anew" if naive else "map"
                figures = f"{processor:,.0f} ms CPU, {kilobytes:,.0f} kB, slowest {longest:,.0f} ms; {remark}"
                yield f"{who}, {n_rows:,} rows: {name}", drawn, figures


if __name__ == "__main__":
    print(f"{'':52} {'drawn':>12}")
    for name, drawn, figures in run(tuple(map(int, sys.argv[1:])) or SIZES):
        print(f"{name:52} {drawn:9,.0f} ms   {figures}", flush=True)
