from __future__ import annotations

import pytest

from ui.tiles import PUBLIC, describe_tiles, offered_tiles, tile_origins

OWN = "https://tiles.example.org/{z}/{x}/{y}.png"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for name in ("ATLAS_TILES", "ATLAS_TILE_URL", "ATLAS_TILE_CREDIT"):
        monkeypatch.delenv(name, raising=False)


def test_the_public_ones_are_offered_each_with_its_credit():
    assert offered_tiles() == PUBLIC
    assert all(server.credit and server.url.startswith("https://") for server in PUBLIC)
    assert set(tile_origins()) == {"https://tile.openstreetmap.org", "https://tiles.maps.eox.at"}


@pytest.mark.parametrize("word", ["off", "OFF", " off "])
def test_the_choice_can_be_taken_away(monkeypatch, word):
    monkeypatch.setenv("ATLAS_TILE_URL", OWN)
    monkeypatch.setenv("ATLAS_TILES", word)
    assert offered_tiles() == ()
    assert tile_origins() == ()
    assert describe_tiles() == []


def test_a_server_of_ones_own_takes_the_place_of_the_public_ones(monkeypatch):
    monkeypatch.setenv("ATLAS_TILE_URL", "http://10.0.0.5:8080/{z}/{x}/{y}.png")
    monkeypatch.setenv("ATLAS_TILE_CREDIT", "Our office")
    [server] = offered_tiles()
    assert (server.origin, server.credit) == ("http://10.0.0.5:8080", "Our office")


@pytest.mark.parametrize(
    "url",
    [
        "https://tiles.example.org/{z}/{x}.png",
        "javascript:alert(1)//{z}{x}{y}",
        "https://a.example; script-src */{z}/{x}/{y}.png",
        "//tiles.example.org/{z}/{x}/{y}.png",
        "https://user:secret@tiles.example.org/{z}/{x}/{y}.png",
    ],
)
def test_what_is_no_address_of_tiles_is_refused(monkeypatch, url):
    monkeypatch.setenv("ATLAS_TILE_URL", url)
    with pytest.raises(ValueError, match="ATLAS_TILE_URL"):
        offered_tiles()


def test_every_choice_says_what_it_reveals():
    for server in describe_tiles():
        assert server["sees"] == "The tile server sees which part of the map you look at, and your address."
