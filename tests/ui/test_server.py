"""How the door decides; what it does to real requests is tested in tests/test_asgi.py and tests/browser."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from ui.server import SameOrigin, content_security_policy


def _directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def test_the_policy_names_no_one_but_us():
    policy = _directives(content_security_policy("127.0.0.1:8501"))
    assert policy["default-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'", "ws://127.0.0.1:8501", "wss://127.0.0.1:8501"]
    named = {value for values in policy.values() for value in values if "." in value or "*" in value}
    assert named == {"ws://127.0.0.1:8501", "wss://127.0.0.1:8501"}


@pytest.mark.parametrize("host", ["a.example; script-src *", "", "x y", "host\nSet-Cookie: a", "[::1]:80"])
def test_a_strange_host_adds_nothing_to_the_policy(host):
    assert content_security_policy(host) == content_security_policy("")


def test_tile_servers_may_send_pictures_only():
    policy = _directives(content_security_policy("localhost", ("https://tiles.example",)))
    assert [name for name, values in policy.items() if "https://tiles.example" in values] == ["img-src"]


@pytest.mark.parametrize(
    ("headers", "welcome"),
    [
        ({"host": "localhost:8501"}, True),
        ({"host": "localhost:8501", "origin": "http://localhost:8501"}, True),
        ({"host": "localhost:8501", "origin": "http://localhost:9999"}, False),
        ({"host": "localhost:8501", "origin": "https://evil.example"}, False),
        ({"host": "localhost:8501", "origin": "null"}, False),
    ],
)
def test_only_our_own_pages_are_welcome(headers, welcome):
    assert SameOrigin(None).is_welcome(Headers(headers)) is welcome
