"""Pictures behind the map from a server elsewhere, for those who ask for them; nobody is asked unless a reader does.

Environment variables: ``ATLAS_TILES=off`` takes the choice away. ``ATLAS_TILE_URL`` (with ``{z}``, ``{x}`` and ``{y}``)
offers a server of one's own instead of the public ones, credited as ``ATLAS_TILE_CREDIT`` says.

The public ones and their terms: OpenStreetMap's tiles are run by volunteers for light use, must be credited, and are
given only to those who say from where they ask (https://operations.osmfoundation.org/policies/tiles/).
EOxCloudless is a picture without clouds from Sentinel-2, 10 m, free for non-commercial use such as that of NGOs (CC
BY-NC-SA 4.0) with its credit (https://cloudless.eox.at/documentation/license). Esri's World Imagery is not offered: its
terms ask for an account.
"""

from __future__ import annotations

import os
import re
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from locales import later, say


@dataclass(frozen=True)
class TileServer:
    """One background that a reader may choose.

    Attributes
    ----------
    name : str
        Identifier.
    label : str
        How it is offered.
    url : str
        Address of a tile, with ``{z}``, ``{x}`` and ``{y}``.
    credit : str
        Shown on the map while it is on.
    """

    name: str
    label: str
    url: str
    credit: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a content security policy names them."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


PUBLIC = (
    TileServer(
        "streets",
        later("Streets, from openstreetmap.org"),
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "© OpenStreetMap contributors (openstreetmap.org/copyright)",
    ),
    TileServer(
        "satellite",
        later("Satellite picture of 2020, from eox.at"),
        "https://tiles.maps.eox.at/wmts/1.0.0/s2cloudless-2020_3857/default/g/{z}/{y}/{x}.jpg",
        "EOxCloudless https://cloudless.eox.at by EOX IT Services GmbH "
        "(Contains modified Copernicus Sentinel data 2020)",
    ),
)
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")


def offered_tiles() -> tuple[TileServer, ...]:
    """Return the backgrounds that a reader may choose.

    Raises
    ------
    ValueError
        When ``ATLAS_TILE_URL`` is no address of tiles.
    """
    if os.environ.get("ATLAS_TILES", "").strip().lower() == "off":
        return ()
    own = os.environ.get("ATLAS_TILE_URL", "").strip()
    if not own:
        return PUBLIC
    server = TileServer("own", later("Tiles of our own server"), own, os.environ.get("ATLAS_TILE_CREDIT", "").strip())
    if not _ORIGIN.fullmatch(server.origin) or not all(part in own for part in ("{z}", "{x}", "{y}")):
        raise ValueError("ATLAS_TILE_URL should look like https://tiles.example.org/{z}/{x}/{y}.png.")
    return (server,)


def tile_origins() -> tuple[str, ...]:
    """Return the origins that the map's frame may ask for pictures."""
    return tuple(server.origin for server in offered_tiles())


def describe_tiles() -> list[dict[str, Any]]:
    """Return the backgrounds as the map is told: name, label, url, credit, and what choosing one reveals."""
    sees = say("The tile server sees which part of the map you look at, and your address.")
    return [asdict(server) | {"label": say(server.label), "sees": sees} for server in offered_tiles()]
