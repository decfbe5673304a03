"""Whether many readers who go on working fill the memory of the server.

``python -m benchmarks.bench_sessions [ROWS]`` lets ten readers take `USES` views of the map each, with other periods,
measures, provinces and styles, and prints how much the server grew after the first `SETTLED` of them. The readers are
websocket clients that speak as the browser does when someone goes back and forward between views.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks.browsing import START_S, Server, serve
from geo.gazetteer import PROVINCE_CODES

ROWS = 50_000
SESSIONS = 10
USES = 200
FEWER_USES = 60
"""As many views take a few minutes, for `make bench`."""
SETTLED = 20
_MEASURES = ("recorded:complaint", "recorded:raid", "stated:complaints_received", "stated:people_rescued")


def make_address(chance: random.Random) -> str:
    """Return the parameters of some view of the map."""
    first = date(2017, 1, 1) + timedelta(days=chance.randrange(2_000))
    return urlencode(
        {
            "measure": chance.choice(_MEASURES),
            "from": first,
            "to": first + timedelta(days=chance.randrange(1, 700)),
            "place": chance.choice(("", *PROVINCE_CODES)),
            "style": chance.choice(("circles", "shades")),
        }
    )


def take_view(socket: ClientConnection, address: str) -> int:
    """Open a view of the map in a session; return how many bytes came until its page was complete."""
    asked = BackMsg()
    asked.rerun_script.page_name = "map"
    asked.rerun_script.query_string = address
    asked.rerun_script.is_history_navigation = True
    socket.send(asked.SerializeToString())
    received = 0
    while True:
        message = socket.recv(timeout=START_S)
        told = ForwardMsg.FromString(message if isinstance(message, bytes) else message.encode())
        received += len(message)
        if told.WhichOneof("type") == "script_finished":
            return received


@contextmanager
def open_sessions(server: Server, number: int) -> Iterator[list[ClientConnection]]:
    """Connect as so many readers."""
    address = f"ws{server.url.removeprefix('http')}/_stcore/stream"
    with ExitStack() as stack:
        yield [
            stack.enter_context(connect(address, max_size=None, open_timeout=START_S, ping_interval=None))
            for _ in range(number)
        ]


def grow(server: Server, sessions: int, uses: int, settled: int) -> tuple[float, float, float]:
    """Let readers take views in turn; return the server's megabytes at the beginning, after `settled` and after all."""
    chance = random.Random(8)
    sizes = []
    with open_sessions(server, sessions) as sockets:
        for turn in range(uses):
            for socket in sockets:
                take_view(socket, make_address(chance))
            if turn in (0, settled - 1, uses - 1):
                sizes.append(server.resident())
    return sizes[0], sizes[1], sizes[-1]


def run(n_rows: int = ROWS, uses: int = FEWER_USES) -> Iterator[tuple[str, float, str]]:
    """Yield what was measured: name, median milliseconds of a view, remark."""
    with serve(n_rows) as server:
        first, settled, last = grow(server, SESSIONS, uses, min(SETTLED, uses))
        times = sorted(server.runs())
        each = (last - settled) / SESSIONS
        remark = (
            f"{first:,.0f} MB after the first view of each, {settled:,.0f} MB after {SETTLED}, {last:,.0f} MB after "
            f"{uses}: {each:+.1f} MB a reader"
        )
        yield f"{SESSIONS} readers, {uses} views each, {n_rows:,} rows", times[len(times) // 2], remark


if __name__ == "__main__":
    given = list(map(int, sys.argv[1:]))
    for name, milliseconds, remark in run(*(given + [ROWS, USES][len(given) :])):
        print(f"{name}: {milliseconds:,.0f} ms CPU a view; {remark}")
