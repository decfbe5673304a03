from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.classes import SCHEMES, classify
from charts.palette import SEQUENTIAL


def test_nothing_to_classify_gives_no_classes():
    classes = classify([None, float("nan")])
    assert classes.upper == ()
    assert classes.index(pd.Series([1.0, None], dtype="Float64")).isna().tolist() == [False, True]


def test_few_distinct_values_give_as_many_classes():
    assert classify([1.0, 1.0, 4.0], k=5).upper == (1.0, 4.0)


def test_quantiles_put_equal_numbers_in_each_class():
    classes = classify(range(1, 11), "quantiles", k=5)
    tally = classes.index(pd.Series(range(1, 11), dtype="Float64")).value_counts()
    assert tally.tolist() == [2] * 5


def test_a_class_ends_at_its_bound_inclusive():
    classes = classify([1.0, 2.0, 3.0], k=3)
    assert classes.index(pd.Series([1.0, 1.5, 2.0, 9.0], dtype="Float64")).tolist() == [0, 1, 1, 2]


def test_labels_say_where_classes_meet():
    assert classify([1.0, 2.0, 3.0], k=3).labels == ("1", "over 1 – 2", "over 2 – 3")


@given(
    st.lists(st.floats(0, 1e7, allow_nan=False), min_size=1, max_size=60),
    st.sampled_from(sorted(SCHEMES)),
    st.integers(2, 7),
)
def test_every_pooled_value_falls_within_its_class(values, scheme, k):
    classes = classify(values, scheme, k)
    index = classes.index(pd.Series(values, dtype="Float64"))
    lower = (classes.lowest, *classes.upper[:-1])
    assert 1 <= len(classes.upper) <= k
    assert len(classes.colors) == len(classes.labels) == len(classes.upper)
    for value, i in zip(values, index, strict=True):
        assert lower[i] <= value <= classes.upper[i] or value == pytest.approx(classes.upper[i], abs=0.01)


@pytest.mark.parametrize("k", sorted(SEQUENTIAL))
def test_colours_get_darker(k):
    def lightness(color: str) -> float:
        red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    shades = [lightness(color) for color in SEQUENTIAL[k]]
    assert len(shades) == k
    assert all(light - dark > 0.04 for light, dark in pairwise(shades))


def test_own_breaks_are_kept_and_a_last_class_holds_what_is_above_them():
    classes = classify([0.2, 3.0, 250.0], "manual", breaks=(1.0, 10.0))
    assert classes.upper == (1.0, 10.0, 250.0)
    assert classes.labels == ("0 – 1", "over 1 – 10", "over 10 – 250")
    assert classify([0.2, 3.0], "manual", breaks=(1.0, 10.0)).upper == (1.0, 10.0)


def test_own_breaks_without_any_are_quantiles():
    assert classify(range(1, 11), "manual", k=5).upper == classify(range(1, 11), "quantiles", k=5).upper
