"""Where the map's frame finds its geometry: files of the product, or those of the boundaries that were installed."""

from __future__ import annotations

from data.boundary_sets import FOLDER
from geo.boundaries import boundaries_in_use
from geo.boundary_drawing import DISTRICTS, NEIGHBOURS, PROVINCES
from geo.districts import districts_in_use
from ui.map_assets import asset_url

_BUNDLED = ("neighbours", "provinces", "places", "water")
# From the frame's address, as in ui/map_assets.py; answered by ui/boundary_route.py.
_FROM_FRAME = f"../../app/{FOLDER}"


def geometry_addresses() -> dict[str, str]:
    """Return the addresses of the map's geometry by name, for ``charts.province_map.draw_province_map``.

    An installed set is known by its checksum, which stands in its address: another set makes another map, once.
    """
    addresses = {name: asset_url(f"geo/{name}.json") for name in _BUNDLED}
    folder = boundaries_in_use()
    if folder is not None:
        addresses |= {
            "provinces": f"{_FROM_FRAME}/{folder.name}/{PROVINCES}",
            "neighbours": f"{_FROM_FRAME}/{folder.name}/{NEIGHBOURS}",
        }
    return addresses


def district_address() -> str:
    """Return the address of the installed districts' geometry; empty when none are installed."""
    folder = districts_in_use()
    return f"{_FROM_FRAME}/{folder.name}/{DISTRICTS}" if folder is not None else ""
