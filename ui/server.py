"""What stands between the network and Streamlit: who may ask, what the answers say about themselves, and our assets.

`MIDDLEWARE` and `ROUTES` are given to ``st.App`` by ``asgi.py``. A request meets, in this order: the list of host names
(`server.allowedHosts`), the response headers, the check of its origin, what is not served, the number of uploads,
compression.

Nothing imported here may import streamlit_folium: its component is registered only when Streamlit already runs, and the
launcher comes before. `ui.map_assets` is therefore left to the pages.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit import runtime

from ui.boundary_route import BOUNDARY_ROUTE
from ui.language import ROUTE, remember_language
from ui.tiles import tile_origins

STATIC = Path(__file__).resolve().parent.parent / "static"

_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",  # DENY would also stop the map's own frame
    # Without it a page elsewhere could open this one and post a message, which is to say code, to the map's frame.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?")
_FOR_MACHINES = re.compile(r"/_stcore/(metrics|agent)(/|$)")
_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")
MOST_UPLOADS = 3
"""As many files of one visitor are held in memory. The page reads a file at once and keeps it on disk."""


def content_security_policy(host: str, tile_origins: tuple[str, ...] = ()) -> str:
    """Return the policy that keeps the browser from talking to anyone but us.

    ``unsafe-inline`` and ``unsafe-eval`` are needed by Streamlit and streamlit-folium: the policy stops leaks, not
    injected code.

    Parameters
    ----------
    host : str
        The request's Host header. Safari before 15.4 does not count websockets to the same host as ``'self'``.
    tile_origins : tuple of str
        Scheme, host and port from which map tiles may come.
    """
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    tiles = "".join(f" {origin}" for origin in tile_origins)
    return (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:{tiles}; font-src 'self' data:; connect-src 'self'{sockets}; "
        "worker-src 'self' blob:; frame-src 'self' blob: data:; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'self'"
    )


class SecurityHeaders:
    """Adds the security headers to every answer, and keeps downloads out of caches.

    The map's frame, and nothing else, may show pictures from the tile servers that ``ui/tiles.py`` offers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.tile_origins = tile_origins()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with our headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        allowed = self.tile_origins if "/component/" in scope["path"] else ()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers["Content-Security-Policy"] = content_security_policy(host, allowed)
                if "/media/" in scope["path"]:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class SameOrigin:
    """Refuses requests and websockets that another site's page starts (403).

    Streamlit checks websockets too, but accepts every port of this machine, and asks an outside service for the
    machine's own address before it refuses. Origins listed in `server.corsAllowedOrigins` are let in.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.guests = frozenset(st.get_option("server.corsAllowedOrigins"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan" or self.is_welcome(Headers(scope=scope)):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(1008)(scope, receive, send)
        else:
            await PlainTextResponse("Requests from other sites are refused.", 403)(scope, receive, send)

    def is_welcome(self, headers: Headers) -> bool:
        """Tell whether the Origin header is absent, a guest's, or names the host that was asked."""
        origin = headers.get("origin")
        return origin is None or origin in self.guests or urlsplit(origin).netloc == headers.get("host")


class ForPeopleOnly:
    """Answers 404 where Streamlit tells machines about its sessions, or lets them use the app.

    `server.enableAgentApi` switches the second off, but its addresses answer all the same; nothing switches the first
    off.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or know nothing of its address."""
        if scope["type"] == "http" and _FOR_MACHINES.search(scope["path"]):
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class FewUploads:
    """Holds the last `MOST_UPLOADS` files of a visitor in memory and lets go of earlier ones.

    Streamlit takes files that no page asked for, under any name, and holds each until the visitor's session ends.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; after an upload, let go of what is too much."""
        await self.app(scope, receive, send)
        upload = _UPLOAD.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if upload is not None and runtime.exists():
            files = runtime.get_instance().uploaded_file_mgr
            for file_id in list(files.file_storage.get(upload[1], {}))[:-MOST_UPLOADS]:
                files.remove_file(upload[1], file_id)


class Assets(StaticFiles):
    """Libraries, fonts and geometry under ``static/``; never records.

    An address that carries a checksum (``?v=``) may be kept for a year, any other is asked for again (304 if the same).
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file and how long it may be kept."""
        response = await super().get_response(path, scope)
        versioned = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if versioned else "no-cache"
        return response


MIDDLEWARE = [
    Middleware(
        TrustedHostMiddleware,
        allowed_hosts=st.get_option("server.allowedHosts") or ["localhost", "127.0.0.1"],
        www_redirect=False,
    ),
    Middleware(SecurityHeaders),
    Middleware(SameOrigin),
    Middleware(ForPeopleOnly),
    Middleware(FewUploads),
    # Streamlit sends its own 3 to 5 MB of scripts uncompressed, a matter of half a minute on a weak link.
    Middleware(GZipMiddleware, minimum_size=1024, compresslevel=6),
]

# The first comes before Streamlit's own route for the same address, which `streamlit run app.py` uses.
ROUTES = [
    Mount("/app/static", Assets(directory=STATIC)),
    Route(ROUTE, remember_language, methods=["GET"]),
    BOUNDARY_ROUTE,
]
