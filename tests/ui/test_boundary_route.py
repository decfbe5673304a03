"""What of an installed set the browser may have, asked as it asks."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from ui.boundary_route import BOUNDARY_ROUTE, send_boundaries

CHECKSUM = "0123456789abcdef" * 4


@pytest.fixture
def folder(data_folder):
    folder = data_folder / "boundaries" / CHECKSUM
    folder.mkdir(parents=True)
    for name in ("provinces.json", "source.json", "file.zip", "boundaries.geojson"):
        (folder / name).write_text(f'"{name}"')
    return folder


def ask(checksum: str, name: str) -> Response:
    return send_boundaries(Request({"type": "http", "path_params": {"checksum": checksum, "name": name}}))


def test_drawn_boundaries_are_sent_and_may_be_kept(folder):
    answer = ask(CHECKSUM, "provinces.json")
    assert isinstance(answer, FileResponse)
    assert answer.path == folder / "provinces.json"
    assert answer.media_type == "application/json"
    assert "immutable" in answer.headers["cache-control"]
    assert BOUNDARY_ROUTE.methods == {"GET", "HEAD"}


@pytest.mark.parametrize(
    ("checksum", "name"),
    [
        (CHECKSUM, "source.json"),
        (CHECKSUM, "file.zip"),
        (CHECKSUM, "boundaries.geojson"),
        (CHECKSUM, "districts.json"),
        (CHECKSUM, "../../atlas.sqlite"),
        (CHECKSUM[:-1], "provinces.json"),
        (CHECKSUM.upper(), "provinces.json"),
        ("..", "provinces.json"),
    ],
)
def test_nothing_else_is(folder, checksum, name):
    assert ask(checksum, name).status_code == 404
