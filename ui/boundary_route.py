"""The address under which the browser gets installed boundaries as they are drawn; boundaries are no records."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from data.boundary_sets import FOLDER
from data.database import data_dir
from geo.boundary_drawing import DISTRICTS, NEIGHBOURS, PROVINCES

_CHECKSUM = re.compile(r"[0-9a-f]{64}")


def send_boundaries(request: Request) -> Response:
    """Answer with one of the drawn files of a set: never the file that was uploaded, nor its source record."""
    checksum, name = request.path_params["checksum"], request.path_params["name"]
    if _CHECKSUM.fullmatch(checksum) and name in (PROVINCES, NEIGHBOURS, DISTRICTS):
        path = data_dir() / FOLDER / checksum / name
        if path.is_file():
            kept = {"Cache-Control": "public, max-age=31536000, immutable"}
            return FileResponse(path, media_type="application/json", headers=kept)
    return PlainTextResponse("Not Found", 404)


BOUNDARY_ROUTE = Route(f"/app/{FOLDER}/{{checksum}}/{{name}}", send_boundaries, methods=["GET"])
