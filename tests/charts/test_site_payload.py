from __future__ import annotations

import pytest

from charts.site_payload import describe_sites


def test_sites_are_pins_or_badges_never_both(snapshot):
    compounds = snapshot.of("compound")
    sites, badges = describe_sites(compounds, {})
    pinned = {site["id"] for site in sites}
    coarse = compounds[compounds["location_precision"].isin(["district", "province", "country"])]
    assert pinned
    assert pinned.isdisjoint(coarse["compound_id"])
    assert sum(badge["count"] for badge in badges) + len(sites) <= len(compounds)
    for site in sites:
        assert site["popup"][0]
        assert any(line.startswith("Alleged, according to: ") for line in site["popup"])


@pytest.mark.parametrize("act", ["licence_granted", "licence_renewed"])
def test_a_licence_does_not_clear_an_alleged_site(snapshot, act):
    compounds = snapshot.of("compound")
    site = compounds[compounds["compound_id"] == "cmp-dara-sakor"].copy()
    site["status"], site["status_date_edtf"] = act, "2023-04-12"
    for listing, status in (("identified", "alleged_active"), ("suspected", "alleged_active"), (None, act)):
        site["listing"] = listing
        [pin], _ = describe_sites(site, {})
        assert pin["status"] == status
        words = pin["tip"][1]
        assert words in pin["popup"][1]
        assert "12 April 2023" in words
        assert words.startswith("Alleged active · latest reported: casino licence ") == (status == "alleged_active")
