from __future__ import annotations

import pandas as pd
import pytest

from data.sites import distinct_sites, group_sites


def _compounds(*rows):
    return pd.DataFrame(rows, columns=["compound_id", "same_as", "part_of", "listing"])


@pytest.fixture
def compounds():
    return _compounds(
        ("a", "b", None, "identified"),
        ("b", "a;c", None, "identified"),
        ("c", None, None, "suspected"),
        ("part", None, "a", "identified"),
        ("lone", None, "elsewhere", "suspected"),
    )


def test_chains_of_the_same_place_are_one_site(compounds):
    assert group_sites(compounds).to_dict() == {"a": "a", "b": "a", "c": "a", "part": "a", "lone": "lone"}


def test_parts_can_stand_on_their_own(compounds):
    assert group_sites(compounds, parts=False)["part"] == "part"


def test_one_place_counts_once(compounds):
    assert distinct_sites(compounds)["compound_id"].to_list() == ["a", "lone"]


def test_no_compounds_give_no_sites():
    assert distinct_sites(_compounds()).empty
