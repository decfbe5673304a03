"""The configuration that is shipped keeps the app on this machine and its data out of sight."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))

SAFE = {
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["localhost", "127.0.0.1"],
    "server.corsAllowedOrigins": [],
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.headless": True,
    "server.enableAgentApi": False,
    "server.enableStaticServing": True,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.maxUploadSize": 50,
    "server.maxMessageSize": 50,
    "server.enableWebsocketCompression": True,
    "server.disconnectedSessionTTL": 3600,
    "browser.gatherUsageStats": False,
    "browser.serverAddress": "127.0.0.1",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "viewer",
    "client.disableDataExport": True,
    "runner.magicEnabled": False,
    "theme.base": "light",
    "theme.textColor": "#1d2733",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f5f3ee",
    "theme.primaryColor": "#0b5a7a",
}


@pytest.mark.parametrize("name", SAFE)
def test_line(name):
    section, option = name.split(".")
    assert CONFIG[section][option] == SAFE[name]


def test_no_secret_is_in_the_configuration():
    assert "cookieSecret" not in CONFIG["server"]
    assert not (ROOT / ".streamlit/secrets.toml").exists() or "secrets.toml" in (ROOT / ".gitignore").read_text()


def test_fonts_are_our_own():
    for face in CONFIG["theme"]["fontFaces"]:
        assert face["url"].startswith("app/static/fonts/")
        assert (ROOT / face["url"].removeprefix("app/")).is_file()
    assert {face["weight"] for face in CONFIG["theme"]["fontFaces"]} == {400, 600, 700}
    assert "http" not in CONFIG["theme"]["font"]


def test_headings_have_the_designed_sizes():
    assert CONFIG["theme"]["headingFontSizes"] == ["28px", "20px", "16px", "14px", "14px", "12px"]


def test_streamlit_knows_every_option():
    script = (
        "import sys, streamlit.config as c; c.get_config_options();"
        "sys.exit(c.get_option('server.address') != '127.0.0.1' or c.get_option('theme.primaryColor') != '#0b5a7a')"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "not a valid config option" not in run.stdout + run.stderr
