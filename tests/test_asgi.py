"""The launcher's middleware and routes, called as an ASGI server calls them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from streamlit.web.server.app_discovery import discover_asgi_app

from ui.server import MIDDLEWARE, ROUTES, SecurityHeaders, content_security_policy

ROOT = Path(__file__).resolve().parent.parent


async def page(request):
    return PlainTextResponse("x" * 5000)


async def socket(websocket):
    await websocket.accept()
    await websocket.close()


APP = Starlette(
    routes=[
        *ROUTES,
        Route("/", page),
        Route("/media/{name}", page),
        Route("/component/{name}", page),
        WebSocketRoute("/_stcore/stream", socket),
    ],
    middleware=MIDDLEWARE,
)


def call(path="/", kind="http", app=APP, **headers):
    """Return status, headers and body of the answer; for a websocket the types of the messages."""
    path, _, query = path.partition("?")
    given = {"host": "127.0.0.1:8501", **headers}
    scope = {
        "type": kind,
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()],
        "extensions": {"websocket.http.response": {}},
    }
    opening = [{"type": "websocket.connect"} if kind == "websocket" else {"type": "http.request", "body": b""}]
    sent = []

    async def receive():
        if not opening:
            await asyncio.Event().wait()  # a client that stays on the line
        return opening.pop()

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    if kind == "websocket":
        return [message["type"] for message in sent]
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], Headers(raw=sent[0]["headers"]), body


def test_streamlit_recognises_the_launcher():
    assert discover_asgi_app(ROOT / "asgi.py").import_string == "asgi:app"


def test_the_launcher_leaves_the_map_component_to_the_pages():
    # Imported before Streamlit runs, the component would not be registered and every map would be a 404.
    script = "import asgi, sys; sys.exit('streamlit_folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


def test_every_answer_carries_the_headers():
    for path in ("/", "/media/a.csv", "/app/static/vendor/leaflet.js", "/missing"):
        _, headers, _ = call(path)
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "geolocation=()" in headers["permissions-policy"]
        assert headers["content-security-policy"] == content_security_policy("127.0.0.1:8501")


def test_the_policy_names_no_other_host():
    policy = content_security_policy("127.0.0.1:8501")
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["connect-src"] == "'self' ws://127.0.0.1:8501 wss://127.0.0.1:8501"
    assert directives["img-src"] == "'self' data: blob:"
    assert directives["object-src"] == "'none'"
    assert "http" not in policy


@pytest.mark.parametrize("host", ["127.0.0.1:1; script-src *", "a b", "", "x\r\ny", "*"])
def test_a_host_header_cannot_extend_the_policy(host):
    policy = content_security_policy(host)
    assert "connect-src 'self';" in policy
    assert policy.count("script-src") == 1


def test_tile_servers_are_for_the_map_frame_only(monkeypatch):
    monkeypatch.setenv("ATLAS_TILE_URL", "https://tile.example.org/{z}/{x}/{y}.png")
    app = SecurityHeaders(APP.router)
    policy = call("/component/index.html", app=app)[1]["content-security-policy"]
    assert "img-src 'self' data: blob: https://tile.example.org;" in policy
    assert "tile.example.org" not in call("/", app=app)[1]["content-security-policy"]


def test_without_tiles_no_other_host_is_named(monkeypatch):
    monkeypatch.setenv("ATLAS_TILES", "off")
    app = SecurityHeaders(APP.router)
    assert "http" not in call("/component/index.html", app=app)[1]["content-security-policy"]


def test_downloads_are_not_kept():
    assert call("/media/abc.csv")[1]["cache-control"] == "no-store"
    assert "cache-control" not in call("/")[1]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:9999", "http://localhost:8501", "null"])
def test_other_sites_are_refused(kind, origin):
    if kind == "websocket":
        assert call("/_stcore/stream", kind, origin=origin) == ["websocket.close"]
    else:
        assert call("/", origin=origin)[0] == 403


def test_our_own_pages_are_welcome():
    own = "http://127.0.0.1:8501"
    assert call("/_stcore/stream", "websocket", origin=own) == ["websocket.accept", "websocket.close"]
    assert call("/", origin=own)[0] == 200
    assert call("/", host="localhost:8501")[0] == 200


def test_other_names_for_this_machine_are_refused():
    assert call("/", host="rebound.example")[0] == 400
    assert "websocket.accept" not in call("/_stcore/stream", "websocket", host="rebound.example")


def test_answers_are_compressed_on_request():
    _, headers, body = call("/", accept_encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert len(body) < 5000
    assert "content-encoding" not in call("/")[1]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("vendor/leaflet.js", "javascript"),
        ("vendor/leaflet.css", "text/css"),
        ("vendor/index.json", "application/json"),
        ("fonts/noto-sans-khmer-400.woff2", "font/woff2"),
        ("vendor/images/layers.png", "image/png"),
    ],
)
def test_assets_say_what_they_are(path, kind):
    status, headers, _ = call(f"/app/static/{path}")
    assert status == 200
    assert kind in headers["content-type"]


def test_assets_with_a_checksum_are_kept_and_others_are_asked_for_again():
    assert "immutable" in call("/app/static/vendor/leaflet.js?v=abc")[1]["cache-control"]
    _, headers, _ = call("/app/static/vendor/leaflet.js")
    assert headers["cache-control"] == "no-cache"
    assert call("/app/static/vendor/leaflet.js", if_none_match=headers["etag"])[0] == 304


@pytest.mark.parametrize("path", ["../pyproject.toml", "..%2fpyproject.toml", "vendor", "", "vendor/../../errors.py"])
def test_nothing_but_the_files_under_static_is_served(path):
    assert call(f"/app/static/{path}")[0] == 404


def test_a_language_is_chosen_by_an_own_address_and_for_our_own_pages_only():
    status, headers, _ = call("/language?to=km&digits=km&back=/map%3Fplace%3DKH-12")
    assert (status, headers["location"]) == (302, "/map?place=KH-12")
    assert "atlas_language=km" in headers["set-cookie"]
    assert call("/language?to=km&back=//evil.example")[1]["location"] == "/"
    assert call("/language?to=km&back=/", origin="http://evil.example")[0] == 403
