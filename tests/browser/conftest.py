"""Fixtures for tests that drive the real app in Chromium.

A test reads::

    @pytest.mark.browser
    def test_overview_says_where(serve, watched_page):
        page = watched_page()
        page.goto(serve())                       # asgi.py on a free port; `serve(env={"ATLAS_DATA": ...})` to vary it
        page.get_by_role("heading", name="…").wait_for()
        page.assert_quiet()                      # nothing left this machine, nothing was complained about

`serve` and `chromium` live as long as the test session; each watched page has its own browser context (cookies, cache).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT = 60.0  # seconds
HERE = {"127.0.0.1", "localhost"}

expect.set_options(timeout=30_000)  # a busy machine must not fail a test

LAUNCHER = """import streamlit as st
from ui.server import MIDDLEWARE, ROUTES
app = st.App({script!r}, middleware=MIDDLEWARE, routes=ROUTES)
"""


class WatchedPage:
    """A Playwright page (with every attribute of one) that remembers what it asked for and complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.console: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)

    def _hear(self, message: ConsoleMessage) -> None:
        url = message.location["url"]
        self.console.append(f"{message.type}: {message.text} ({url})")
        # Opened below the root (/timeline), Streamlit finds its server by trying /timeline/_stcore/… first.
        if message.type == "error" and not urlsplit(url).path.endswith(("/_stcore/health", "/_stcore/host-config")):
            self.errors.append(f"{message.text} ({url})")

    @property
    def outside(self) -> list[str]:
        """The requests that left this machine."""
        schemes = {"http", "https", "ws", "wss"}
        split = [(url, urlsplit(url)) for url in self.requests]
        return [url for url, parts in split if parts.scheme in schemes and parts.hostname not in HERE]

    def assert_quiet(self) -> None:
        """Fail when a request left this machine, the console showed an error, or a script threw."""
        assert not self.outside, f"requests left this machine: {self.outside}"
        assert not self.errors, f"the page complained: {self.errors}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser: $CHROMIUM_PATH, else chromium or google-chrome on the PATH."""
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("No Chromium: set CHROMIUM_PATH, or `make browser` installs one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def watched_page(chromium: Browser) -> Iterator[Callable[..., WatchedPage]]:
    """Make watched pages; arguments are those of Playwright's `new_context` (viewport, locale …)."""
    contexts = []

    def make(**options: Any) -> WatchedPage:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        return WatchedPage(context.new_page())

    yield make
    for context in contexts:
        context.close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; fail with its log when it stops or takes too long."""
    pause = Event()
    for _ in range(int(START_TIMEOUT / 0.1)):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            pause.wait(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Start a server and return its address, without a slash at the end; all are stopped when the session ends.

    ``serve(script="asgi.py", env=None, plain=False)``: `script` is a path from the root of the repository. Any script
    but ``asgi.py`` is put behind the same door as the app, unless `plain` (then Streamlit serves it alone). The same
    call returns the server that already runs.
    """
    servers: dict[tuple[Any, ...], tuple[str, subprocess.Popen[bytes]]] = {}

    def start(script: str | Path = "asgi.py", env: Mapping[str, str] | None = None, plain: bool = False) -> str:
        call = (str(script), tuple(sorted((env or {}).items())), plain)
        if call not in servers:
            folder = tmp_path_factory.mktemp("server")
            path = ROOT / script
            if not plain and path != ROOT / "asgi.py":
                path = folder / "launcher.py"
                path.write_text(LAUNCHER.format(script=str(ROOT / script)), encoding="utf-8")
            port, log = free_port(), folder / "log.txt"
            with log.open("wb") as output:
                process = subprocess.Popen(
                    [sys.executable, "-m", "streamlit", "run", str(path), "--server.port", str(port)],
                    cwd=ROOT,
                    env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
            servers[call] = (f"http://127.0.0.1:{port}", process)
            wait_until_healthy(*servers[call], log)
        return servers[call][0]

    yield start
    for _, process in servers.values():
        process.terminate()
    for _, process in servers.values():
        process.wait(timeout=30)
