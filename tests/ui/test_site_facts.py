from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.schema import COMPOUND, LISTINGS
from data.snapshot import Snapshot
from tests.data.ledgers import make
from ui.site_facts import CONTEXT, LISTED, describe_listing, describe_placement, name_sites


def site(**facts: object) -> pd.Series:
    return make(COMPOUND, {"compound_id": "cmp-a", "name": "A"} | facts).iloc[0]


def _facts(snapshot, site) -> None:
    from ui.site_facts import show_site_facts

    show_site_facts(snapshot, site)


def shown(snapshot: Snapshot, row: pd.Series) -> dict[str, str]:
    """Return the facts that are drawn, by their labels."""
    app = AppTest.from_function(_facts, kwargs={"snapshot": snapshot, "site": row}, default_timeout=30).run()
    assert not app.exception
    return dict(zip(app.caption.values, app.text.values, strict=True))


def test_why_a_site_is_listed():
    assert describe_listing(site(listing="identified")) == "named by a source as an alleged site"
    assert set(LISTED) == set(LISTINGS) - {"context"}
    for listing in ("context", None):
        assert describe_listing(site(listing=listing)) == CONTEXT


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"location_precision": "exact"}, "exactly"),
        ({"location_precision": "country"}, "only to the country"),
        ({}, "not at all"),
        ({"location_precision": "town", "coordinate_uncertainty_m": 5000}, "to the town, within 5 km"),
        ({"location_precision": "town", "outside_knowledge": "name_zh;latitude"},
         "to the town (from general knowledge, not from the source)"),
        ({"location_precision": "town", "outside_knowledge": "name_zh"}, "to the town"),
    ],
)  # fmt: skip
def test_how_closely_a_site_is_placed(facts, words):
    assert describe_placement(site(**facts)) == words


def test_every_precision_has_words():
    precisions = COMPOUND.field("location_precision").choices
    words = {describe_placement(site(location_precision=one)) for one in precisions}
    assert len(words) == len(precisions)
    assert "not at all" not in words


def test_sites_are_named_and_unknown_ones_left_out(snapshot):
    assert name_sites(snapshot, "cmp-huang-le; nowhere ;cmp-majestic-2") == "Huang Le compound; Majestic 2 casino"
    assert name_sites(snapshot, None) == name_sites(snapshot, "nowhere") == ""


def test_every_fact_of_a_row_stands_under_its_label(snapshot):
    facts = shown(snapshot, snapshot.find("compound", "cmp-huang-le"))
    assert facts["Status, latest reported"].startswith("Contested (")
    assert facts["Listed as"] == "named by a source as an alleged site"
    assert facts["Province"] == "Preah Sihanouk"
    assert facts["Owner or operator, as reported"].startswith("Kuong Li (owner, as reported")
    assert facts["Probably the same as"] == "Majestic 2 casino"
    assert facts["In the source's words"].startswith("“")
    assert facts["Source"]
    assert "Part of" not in facts


def test_what_is_not_known_is_left_out(snapshot):
    facts = shown(snapshot, site(quote="", listing="suspected"))
    assert facts == {
        "Status, latest reported": "—",
        "Type": "—",
        "Listed as": "suspected by a source",
        "Province": "—",
        "Placed": "not at all",
        "Source": "no source given",
    }


def test_words_from_files_are_shown_as_they_are(snapshot):
    hostile = "**bold** <b> {{7*7}} $x$ :red[x]"
    names = ("operator_as_reported", "name_km", "name_zh", "aliases", "place_text")
    facts = shown(snapshot, site(quote=hostile, **dict.fromkeys(names, hostile)))
    assert [facts[label] for label in ("Owner or operator, as reported", "Name in Khmer", "Province")] == [hostile] * 3
    assert facts["In the source's words"] == f"“{hostile}”"


def _all_facts(snapshot) -> None:
    from ui.site_facts import show_site_facts

    for _, site in snapshot.of("compound").iterrows():
        show_site_facts(snapshot, site)


def test_every_row_of_the_seed_can_be_drawn(snapshot):
    app = AppTest.from_function(_all_facts, kwargs={"snapshot": snapshot}, default_timeout=30).run()
    assert not app.exception
    assert app.caption.values.count("Placed") == len(snapshot.of("compound"))
