"""Section G of the attacks, as far as it takes a real server: forged uploads, broken sockets, addresses to pry with.

No browser is needed here. G03 goes on in test_hostile_text.py, G07 in test_server.py; G01, G02, G10 are in tests/pages.
"""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from starlette.datastructures import Headers
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from data.limits import MEGABYTE
from ui.server import MOST_UPLOADS, STATIC

pytestmark = pytest.mark.browser

PROBE = "tests/ui/map_probe_app.py"
SECRET = "not-for-strangers"


@dataclass
class Visitor:
    """Someone who talks to the server without a browser."""

    url: str
    cookie: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, Headers, bytes]:
        """Return status, headers and body; the path is sent as it is."""
        with closing(http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=60)) as connection:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in (self.extra | headers).items():
                connection.putheader(name.replace("_", "-"), value)
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, Headers(dict(answer.headers)), answer.read()

    def take_token(self) -> None:
        """Send the token against forged requests from now on, as our own page does."""
        cookie = self.ask("GET", "/_stcore/health")[1]["set-cookie"].partition(";")[0]
        self.extra = {"Cookie": cookie, "X-Xsrftoken": cookie.partition("=")[2]}

    def upload(self, session: str, name: str, content: bytes = b"a,b\n1,2\n", file_name: str = "a.csv") -> int:
        """Send a file and return the status."""
        head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{file_name}"\r\n\r\n'
        body = head.encode() + content + b"\r\n--b--\r\n"
        path = f"/_stcore/upload_file/{session}/{name}"
        return self.ask("PUT", path, body, Content_Type="multipart/form-data; boundary=b")[0]

    def connect(self, **options: object) -> ClientConnection:
        """Open the socket that our own page opens."""
        address = f"ws://{urlsplit(self.url).netloc}/_stcore/stream"
        return connect(address, **{"origin": self.url, "subprotocols": ["streamlit"], "max_size": None, **options})

    def is_served(self) -> bool:
        """Whether the server still runs pages for a new visitor."""
        with self.connect() as line:
            return bool(start_session(line))


def start_session(line: ClientConnection) -> str:
    """Run the page once and return the name of the session."""
    line.send(BackMsg(rerun_script={"query_string": ""}).SerializeToString())
    session = ""
    while True:
        message = ForwardMsg.FromString(line.recv(timeout=60))
        if message.WhichOneof("type") == "new_session":
            session = message.new_session.initialize.session_id
        if message.WhichOneof("type") == "script_finished":
            return session


def read_to_the_end(line: ClientConnection) -> None:
    """Read until the server closes the socket."""
    while True:
        line.recv(timeout=60)


@pytest.fixture
def visitor(serve) -> Visitor:
    return Visitor(serve(PROBE))


@pytest.fixture
def session(visitor) -> Iterator[str]:
    visitor.take_token()
    with visitor.connect() as line:
        yield start_session(line)


def test_g03_an_upload_without_the_token_is_refused(visitor, session):
    visitor.extra.pop("X-Xsrftoken")
    assert visitor.upload(session, "f") == 403
    visitor.extra = {"X-Xsrftoken": "made-up"}
    assert visitor.upload(session, "f") == 403


def test_g03_an_upload_into_a_session_that_is_not_there_is_refused(visitor, session):
    assert visitor.upload("made-up", "f") == 400
    assert visitor.upload(session, "f") == 204


def test_g03_an_upload_over_the_size_is_refused(visitor, session):
    assert visitor.upload(session, "f", b"x" * (50 * MEGABYTE + 1)) == 413
    assert visitor.is_served()


def test_g03_an_upload_from_another_site_is_refused(visitor, session):
    visitor.extra["Origin"] = "http://evil.example"
    assert visitor.upload(session, "f") == 403


def test_g04_uploads_under_invented_names_do_not_pile_up(serve, tmp_path):
    script = tmp_path / "held.py"
    script.write_text(
        "import streamlit as st\n"
        "from streamlit import runtime\n"
        "files = runtime.get_instance().uploaded_file_mgr.file_storage\n"
        "st.text('held: ' + ' '.join(name for each in files.values() for name in each))\n",
        encoding="utf-8",
    )
    visitor = Visitor(serve(script))
    visitor.take_token()
    with visitor.connect() as line:
        session = start_session(line)
        for number in range(15):
            visitor.upload(session, f"f{number}")
        line.send(BackMsg(rerun_script={"query_string": ""}).SerializeToString())
        texts = []
        while True:
            message = ForwardMsg.FromString(line.recv(timeout=60))
            texts.append(message.delta.new_element.text.body)
            if message.WhichOneof("type") == "script_finished":
                break
    (text,) = (text for text in texts if text)
    assert text == "held: " + " ".join(f"f{number}" for number in range(15 - MOST_UPLOADS, 15))


@pytest.mark.parametrize("frame", [b"\xff\xfe garbage", "text", b"\0" * 26_000_000], ids=["garbage", "text", "26 MB"])
def test_g05_a_broken_frame_ends_the_connection_and_not_the_server(visitor, frame):
    with visitor.connect() as line:
        line.send(frame)
        with pytest.raises(ConnectionClosed):
            read_to_the_end(line)
    assert visitor.is_served()


@pytest.mark.parametrize("host", ["evil", "evil.example:80", "127.0.0.1.evil.example", "localhost@evil.example"])
def test_g06_a_socket_under_another_name_is_refused(visitor, host):
    with pytest.raises(InvalidStatus) as refused:
        visitor.connect(additional_headers={"Host": host})
    assert refused.value.response.status_code == 400


@pytest.mark.parametrize("host", ["evil", "evil.example:80"])
@pytest.mark.parametrize("path", ["/", "/media/a.csv", "/_stcore/host-config", "/app/static/vendor/leaflet.js"])
def test_g06_nothing_is_answered_under_another_name(visitor, host, path):
    assert visitor.ask("GET", path, Host=host)[0] == 400


@pytest.mark.parametrize("name", ["", "0" * 56, "0" * 56 + ".csv", "x/../y.csv"])
def test_g07_a_download_is_found_by_its_exact_name_alone(visitor, name):
    assert visitor.ask("GET", f"/media/{name}")[0] in {400, 404}


@pytest.mark.parametrize(
    "climb", ["..", "..%2f..", "%2e%2e", "%2e%2e%2f%2e%2e", "..%5c..", "%252e%252e", "....//", "%00"]
)
@pytest.mark.parametrize("start", ["", "app/static/", "media/", "static/", "component/streamlit_folium.st_folium/"])
def test_g08_no_address_leads_out_of_the_folders_that_are_served(visitor, start, climb):
    for target in ("pyproject.toml", "%2fpyproject.toml", "etc%2fpasswd"):
        status, _, body = visitor.ask("GET", f"/{start}{climb}/{target}")
        assert b"compound-atlas" not in body
        assert b"root:" not in body
        # Streamlit answers an address that it does not know with its own page.
        assert status in {400, 404} or (status == 200 and b"<title>Streamlit</title>" in body)


def test_g08_a_link_out_of_the_static_folder_is_not_followed(visitor, tmp_path):
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    link = STATIC / f"link-{os.getpid()}.txt"
    link.symlink_to(tmp_path / "secret.txt")
    try:
        status, _, body = visitor.ask("GET", f"/app/static/{link.name}")
    finally:
        link.unlink()
    assert status in {400, 404}
    assert SECRET.encode() not in body


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "HEAD"])
@pytest.mark.parametrize(
    "path",
    [
        "metrics",
        "metrics/",
        "metrics?families=session_events",
        "%6detrics",
        "agent",
        "agent/interact",
        "agent/openapi.json",
        "agent/mcp",
    ],
)
def test_g09_nothing_is_told_to_machines(visitor, method, path):
    status, _, body = visitor.ask(method, f"/_stcore/{path}", b"{}" if method == "POST" else b"")
    assert status == 404
    assert body in {b"", b"Not Found"}
