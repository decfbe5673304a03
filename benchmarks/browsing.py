"""A server of its own on a synthetic store, and what one reader in Chromium sees of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from playwright.sync_api import Browser, Frame, Page, sync_playwright

from benchmarks.synthetic_atlas import FOLDER, copy_atlas

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 120
START_S = 400
"""How long the first page of a server may take: it loads the program, opens the store and reads every record."""
_FRAME = "iframe[title='streamlit_folium.st_folium']"


@dataclass(frozen=True)
class Server:
    """A running server: its address, process and data folder, and the file with the milliseconds of its runs."""

    url: str
    process: subprocess.Popen[bytes]
    data: Path
    log: Path

    def runs(self) -> list[float]:
        """Return the milliseconds of processor time that each run of a page took so far."""
        return [float(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def resident(self) -> float:
        """Return the resident size of the server in megabytes."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGESIZE") / 2**20


@contextmanager
def serve(n_rows: int, script: str = "app.py") -> Iterator[Server]:
    """Start a server on a copy of the synthetic store of `n_rows` rows; `script` is a path from the root."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        data, log = copy_atlas(n_rows, Path(folder) / "synthetic"), Path(folder) / "runs.txt"
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        settings = {
            "ATLAS_DATA_DIR": str(data),
            "ATLAS_BENCH_LOG": str(log),
            "ATLAS_BENCH_SCRIPT": str(ROOT / script),
            # As on a reader's machine, where modules are compiled once and not at each start.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(FOLDER / "bytecode"),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(ROOT / "benchmarks" / "timed_server.py"),
             "--server.port", str(port)],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process)
            yield Server(url, process, data, log)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(START_S * 10):
        if process.poll() is not None:
            raise RuntimeError("the server stopped while it started")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            Event().wait(0.1)
    raise RuntimeError("the server did not start")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium: $CHROMIUM_PATH, else chromium or google-chrome on the PATH."""
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Reader:
    """One reader with the map open: does something, and says what it cost and when the map had changed."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.received = 0
        self.page: Page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._count))
        self.page.goto(url, timeout=START_S * 1000)
        self.page.wait_for_selector(_FRAME, timeout=START_S * 1000)
        self.frame.wait_for_selector("html[data-drawn]", state="attached", timeout=START_S * 1000)
        self.rest()

    def _count(self, payload: str | bytes) -> None:
        self.received += len(payload)

    @property
    def frame(self) -> Frame:
        """The map's frame, which another script may have replaced."""
        element = self.page.wait_for_selector(_FRAME, timeout=PATIENCE_S * 1000)
        frame = element.content_frame() if element else None
        if frame is None:
            raise RuntimeError("the page shows no map")
        return frame

    def rest(self) -> None:
        """Wait until no script runs."""
        self.page.wait_for_selector(
            "[data-testid='stApp'][data-test-script-state='notRunning']", state="attached", timeout=PATIENCE_S * 1000
        )

    def send(self, value: str) -> float:
        """Send what a part of the map sends when it is used (JSON); return the milliseconds until it has changed."""
        elapsed = float(self.frame.evaluate(_UNTIL_DRAWN, [value, PATIENCE_S * 1000]))
        self.rest()
        return elapsed

    def watch(self) -> None:
        """From now on note when the map changes; see `changed_after`."""
        self.frame.evaluate(_NOTE)

    def changed_at(self) -> float:
        """Return when the map last changed since `watch`, in milliseconds since 1970; waits for it."""
        self.frame.wait_for_function("() => window.changedAt", timeout=PATIENCE_S * 1000)
        return float(self.frame.evaluate("() => window.changedAt"))


_UNTIL_DRAWN = """([json, patience]) => new Promise((resolve, reject) => {
  const began = performance.now();
  new MutationObserver((_, observer) => { observer.disconnect(); resolve(performance.now() - began); })
    .observe(document.documentElement, {attributeFilter: ['data-drawn']});
  setTimeout(() => reject(new Error('not drawn')), patience);
  atlas.send(JSON.parse(json));
})"""
_NOTE = """() => {
  window.changedAt = 0;
  new MutationObserver((_, observer) => { observer.disconnect(); window.changedAt = Date.now(); })
    .observe(document.documentElement, {attributeFilter: ['data-drawn']});
}"""
