from __future__ import annotations

import pandas as pd
import pytest

from data.repeats import find_origins, find_repeats, follow, read_links


def test_links_are_read_from_list_cells():
    frame = pd.DataFrame({"claim_id": ["a", "b", "c"], "restates": ["x; y", None, " ; "]})
    assert read_links(frame, "claim_id", "restates") == {"a": ("x", "y")}


def test_links_are_followed_through_circles():
    assert follow(["a"], {"a": ("b",), "b": ("c", "a")}) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("restates", "repeats"),
    [
        ({}, set()),
        ({"b": ("a",)}, {"b"}),
        ({"a": ("b",)}, {"a"}),
        ({"c": ("b",), "b": ("a",)}, {"b", "c"}),
        ({"a": ("b",), "b": ("a",)}, {"b"}),
        ({"b": ("absent",), "c": ("absent",)}, {"c"}),
        ({"c": ("absent",), "absent": ("a",)}, {"c"}),
        ({"b": ("a",), "a": ("absent",)}, {"b"}),
        ({"a": ("b", "absent"), "b": ("absent",), "c": ("absent",)}, {"a", "c"}),
    ],
)
def test_each_statement_remains_once(restates, repeats):
    assert find_repeats(["c", "a", "b"], restates) == repeats


def test_the_origin_of_a_claim_is_its_first_source_or_what_that_repeats():
    derived_from = {"article": ("wire",), "wire": ("un-report",), "circle": ("circle",)}
    assert find_origins("article; other", derived_from) == {"un-report"}
    assert find_origins("other; article", derived_from) == {"other"}
    assert find_origins(None, derived_from) == frozenset()
    assert find_origins("circle", derived_from) == {"circle"}
