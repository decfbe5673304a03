from __future__ import annotations

from pathlib import Path

from geo.boundaries import try_boundaries
from geo.districts import use_districts
from ui.map_geometry import district_address, geometry_addresses


def test_an_installed_set_has_its_checksum_in_the_address():
    bundled = geometry_addresses()
    assert bundled["provinces"].startswith("../../app/static/geo/provinces.json?v=")
    with try_boundaries(Path("/data/boundaries") / ("a" * 64)):
        installed = geometry_addresses()
    assert installed["provinces"] == f"../../app/boundaries/{'a' * 64}/provinces.json"
    assert installed["neighbours"] == f"../../app/boundaries/{'a' * 64}/neighbours.json"
    assert {name for name in bundled if bundled[name] != installed[name]} == {"provinces", "neighbours"}


def test_districts_have_an_address_while_they_are_installed():
    assert district_address() == ""
    use_districts(Path("/data/boundaries") / ("b" * 64))
    try:
        assert district_address() == f"../../app/boundaries/{'b' * 64}/districts.json"
    finally:
        use_districts(None)
