from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ranges import Range, Window, add_apart, combine_ranges

EXACT_18, EXACT_20 = Range(18, 18, 18), Range(20, 20, 20)
MORE_THAN_200, AT_MOST_250 = Range(low=201), Range(high=250)


@pytest.mark.parametrize(
    ("ranges", "combined"),
    [
        ([EXACT_18], EXACT_18),
        ([MORE_THAN_200, AT_MOST_250], Range(201, None, 250)),
        ([MORE_THAN_200, Range(low=210)], Range(low=210)),
        ([EXACT_18, Range(low=10, high=30)], EXACT_18),
        ([Range(best=95), Range(90, None, 100)], Range(90, 95, 100)),
        ([Range(80, 95, 120), Range(90, 100, 130)], Range(90, None, 120)),
        ([EXACT_18, EXACT_20], Range(18, None, 20, contested=True)),
        ([MORE_THAN_200, Range(100, 100, 100)], Range(100, None, None, contested=True)),
        ([Range(best=95), Range(low=100)], Range(contested=True)),
        ([Range(best=95), Range(best=120)], Range(contested=True)),
        ([Range(0, 0, 0), Range(low=1)], Range(low=0, contested=True)),
    ],
)
def test_ranges_are_combined_without_losing_a_contradiction(ranges, combined):
    assert combine_ranges(ranges) == combined
    assert combine_ranges(ranges[::-1]) == combined


def test_zero_is_a_number_and_not_the_unknown():
    assert Range(0, 0, 0).exact
    assert not Range(0, 0, 0).empty
    assert Range().empty
    assert not Range(best=5).exact
    assert not Range(high=5).allows(6)
    assert Range().allows(0)


def make_window(first: int, after: int, low: float) -> Window[str]:
    start = pd.Timestamp("2022-08-01")
    return Window(start + pd.Timedelta(days=first), start + pd.Timedelta(days=after), low, f"{first}-{after}:{low}")


def test_windows_apart_are_added():
    assert add_apart([make_window(0, 7, 5), make_window(7, 14, 6)]) == (11, ["0-7:5", "7-14:6"])


def test_windows_that_overlap_are_never_added():
    assert add_apart([make_window(0, 8, 5), make_window(7, 14, 6)]) == (6, ["7-14:6"])


def test_the_best_choice_of_windows_is_found_not_the_first():
    windows = [make_window(0, 5, 4), make_window(4, 9, 7), make_window(5, 12, 5)]
    assert add_apart(windows) == (9, ["0-5:4", "5-12:5"])


def test_no_windows_add_up_to_nothing():
    assert add_apart([]) == (0, [])


def test_a_window_of_zero_is_kept_as_evidence():
    assert add_apart([make_window(0, 5, 0)]) == (0, ["0-5:0"])


windows_strategy = st.lists(
    st.builds(
        lambda first, length, low: make_window(first, first + length, low),
        st.integers(0, 12),
        st.integers(1, 6),
        st.integers(0, 50),
    ),
    max_size=7,
    unique_by=lambda window: window.key,
)


@settings(deadline=None)
@given(windows_strategy, st.randoms(use_true_random=False))
def test_add_apart_equals_the_best_of_all_choices(windows, random):
    def apart(choice):
        return all(a.end <= b.start or b.end <= a.start for a, b in itertools.combinations(choice, 2))

    choices = itertools.chain.from_iterable(itertools.combinations(windows, size) for size in range(len(windows) + 1))
    best = max(sum(window.low for window in choice) for choice in choices if apart(choice))
    low, keys = add_apart(windows)
    chosen = [window for window in windows if window.key in keys]
    assert low == best == sum(window.low for window in chosen)
    assert apart(chosen)

    shuffled = list(windows)
    random.shuffle(shuffled)
    assert add_apart(shuffled) == (low, keys)
