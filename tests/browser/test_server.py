"""The running server: what it answers to strangers, over its websocket, and whom it asks by itself."""

from __future__ import annotations

import gzip
import http.client
from contextlib import closing
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
PROBE = "tests/ui/map_probe_app.py"

# Python loads a `sitecustomize` it finds on its path at start; this one writes down every address that is looked up.
LISTENER = """import sys
def note(event, args):
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        with open(%r, "a") as log:
            log.write(f"{args[0]}\\n")
    if event in {"socket.connect", "socket.sendto"}:
        with open(%r, "a") as log:
            log.write(f"{args[1][0] if isinstance(args[1], tuple) else '127.0.0.1'}\\n")
sys.addaudithook(note)
"""


def ask(url: str, path: str, **headers: str) -> tuple[int, Message, bytes]:
    """Return status, headers and body."""
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "evil.example"}, 400),
    ],
)
def test_strangers_get_no_websocket(serve, headers, status):
    url = serve(PROBE)
    socket = f"ws://{urlsplit(url).netloc}/_stcore/stream"
    origin = headers.get("origin", url)
    extra = {"Host": headers["host"]} if "host" in headers else {}
    with pytest.raises(InvalidStatus) as refused, connect(socket, origin=origin, additional_headers=extra):
        pass
    assert refused.value.response.status_code == status


def test_our_own_page_gets_a_compressed_websocket(serve):
    url = serve(PROBE)
    with connect(f"ws://{urlsplit(url).netloc}/_stcore/stream", origin=url, subprotocols=["streamlit"]) as socket:
        assert "permessage-deflate" in socket.response.headers["Sec-WebSocket-Extensions"]


def test_another_name_for_this_machine_is_refused(serve):
    assert ask(serve(PROBE), "/", Host="rebound.example")[0] == 400


def test_g07_a_download_is_kept_by_nobody_and_given_to_no_stranger(serve, watched_page):
    page = watched_page()
    page.goto(serve(PROBE))
    with page.expect_download(timeout=30_000) as download:
        page.get_by_text("Download").click()
    assert Path(download.value.path()).read_text(encoding="utf-8") == "id,text\n1,probe\n"
    path = urlsplit(download.value.url).path
    assert len(Path(path).stem) >= 32  # a checksum of what is in it: nothing to count up or guess
    status, headers, _ = ask(serve(PROBE), path)
    assert status == 200
    assert headers["Cache-Control"] == "no-store"
    assert ask(serve(PROBE), path, Origin="http://evil.example")[0] == 403
    assert ask(serve(PROBE), path, Host="evil.example")[0] == 400
    page.assert_quiet()


def test_scripts_are_compressed_and_cached(serve):
    _, headers, body = ask(serve(PROBE), "/app/static/vendor/leaflet.js?v=1", Accept_Encoding="gzip")
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(body) == (ROOT / "static/vendor/leaflet.js").read_bytes()


def test_plain_streamlit_shows_the_same_map(serve, watched_page, tmp_path):
    (tmp_path / "static").symlink_to(ROOT / "static")
    script = tmp_path / "app.py"
    script.write_text((ROOT / PROBE).read_text(encoding="utf-8"), encoding="utf-8")
    page = watched_page()
    page.goto(serve(script, plain=True))
    frame = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
    expect(frame.get_by_text("first", exact=True)).to_be_visible(timeout=30_000)
    page.assert_quiet()


def test_the_server_looks_up_nobody(serve, watched_page, tmp_path):
    log = tmp_path / "addresses.txt"
    (tmp_path / "sitecustomize.py").write_text(LISTENER % (str(log), str(log)), encoding="utf-8")
    url = serve(PROBE, env={"PYTHONPATH": f"{tmp_path}:{ROOT}"})
    page = watched_page()
    page.goto(url)
    page.get_by_text("Map probe").wait_for(timeout=30_000)
    with (
        pytest.raises(InvalidStatus),
        connect(f"ws://{urlsplit(url).netloc}/_stcore/stream", origin="http://evil.example"),
    ):
        pass
    asked = set(log.read_text(encoding="utf-8").split()) if log.exists() else set()
    assert asked <= {"127.0.0.1", "localhost", "None"}
