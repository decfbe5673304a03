from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from data.disclosure import MONTHS, NATIONAL, PLACES, TIMES, YEAR, choose_published

K = 11


def make_table(elementary: np.ndarray) -> np.ndarray:
    """A table of counts from 26 places by 17 elementary counts: 12 months, 4 quarters' rests, the year's rest."""
    cells = np.zeros((PLACES, TIMES), np.int64)
    cells[:NATIONAL] = elementary
    cells[:NATIONAL, MONTHS:YEAR] += cells[:NATIONAL, :MONTHS].reshape(NATIONAL, 4, 3).sum(axis=2)
    cells[:NATIONAL, YEAR] += cells[:NATIONAL, MONTHS:YEAR].sum(axis=1)
    cells[NATIONAL] = cells[:NATIONAL].sum(axis=0)
    return cells


def attack(cells: np.ndarray, published: np.ndarray, coarse: bool, targets: list[tuple[int, int]]):
    """What an attacker can say of each target from everything published: written anew, without any short cut."""
    parts = TIMES if coarse else MONTHS
    holds = np.zeros((TIMES, TIMES))
    for month in range(MONTHS):
        holds[[month, MONTHS + month // 3, YEAR], month] = 1
    for quarter in range(4):
        holds[[MONTHS + quarter, YEAR], MONTHS + quarter] = 1
    holds[YEAR, YEAR] = 1
    holds = holds[:, :parts]

    def row(place: int, time: int) -> np.ndarray:
        table = np.zeros((NATIONAL, parts))
        table[slice(None) if place == NATIONAL else place] = holds[time]
        return table.ravel()

    known = [(place, time) for place, time in np.argwhere(published).tolist()]
    equal = np.array([row(*cell) for cell in known]) if known else None
    values = np.array([cells[cell] for cell in known]) if known else None
    for target in targets:
        sides = [linprog(sign * row(*target), A_eq=equal, b_eq=values, method="highs") for sign in (1, -1)]
        # Of an unbounded programme nothing is known on that side.
        yield target, *(sign * side.fun if side.success else np.inf for sign, side in zip((1, -1), sides, strict=True))


@st.composite
def tables(draw) -> tuple[np.ndarray, bool]:
    """Few busy places and many quiet ones, as complaints come."""
    coarse = draw(st.booleans())
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rates = chance.gamma(0.3, draw(st.sampled_from([0.5, 3, 12, 40])), size=(NATIONAL, 1))
    counts = chance.poisson(rates * np.ones((NATIONAL, TIMES)))
    counts[:, MONTHS:] = counts[:, MONTHS:] // 4 if coarse else 0
    # Some places hold exactly what makes a remainder small.
    if draw(st.booleans()):
        counts[draw(st.integers(0, 25)), :MONTHS] = draw(st.integers(8, 13))
    return make_table(counts), coarse


@settings(max_examples=12)
@given(tables(), st.booleans(), st.randoms(use_true_random=False))
def test_no_value_of_a_small_cell_can_be_excluded(made, national, chance):
    cells, coarse = made
    published = choose_published(cells, K, coarse=coarse, national=national)
    assert (cells[published] >= K).all()
    assert national or not published[NATIONAL].any()
    small = [(place, time) for place, time in np.argwhere(cells < K).tolist() if national or place != NATIONAL]
    targets = chance.sample(small, min(len(small), 25))
    for target, least, most in attack(cells, published, coarse, targets):
        assert least <= 1e-6, (target, least)
        assert most >= K - 1 - 1e-6, (target, most)


def test_one_small_province_beside_a_total_takes_another_one_with_it():
    counts = np.zeros((NATIONAL, TIMES), np.int64)
    counts[:, YEAR] = 20
    counts[3, YEAR] = 4
    cells = make_table(counts)
    published = choose_published(cells, K, coarse=True, national=True)
    hidden = [place for place in range(NATIONAL) if not published[place, YEAR]]
    assert published[NATIONAL, YEAR]
    assert len(hidden) == 2
    assert 3 in hidden


def test_a_small_month_is_not_the_rest_of_its_quarter():
    counts = np.zeros((NATIONAL, TIMES), np.int64)
    counts[0, :MONTHS] = 50
    counts[0, :3] = 30, 25, 3
    published = choose_published(make_table(counts), K, coarse=False, national=False)
    assert published[0, MONTHS]
    assert published[0, :4].tolist() == [True, False, False, True]


def test_what_is_large_everywhere_is_published_whole():
    counts = np.zeros((NATIONAL, TIMES), np.int64)
    counts[:, :MONTHS] = 50
    assert choose_published(make_table(counts), K, coarse=False, national=True).all()


def test_nothing_is_published_of_nothing():
    assert not choose_published(np.zeros((PLACES, TIMES), np.int64), K, coarse=False, national=True).any()


def test_the_attack_finds_what_is_not_defended():
    counts = np.zeros((NATIONAL, TIMES), np.int64)
    counts[:, YEAR] = 20
    counts[3, YEAR] = 4
    cells = make_table(counts)
    naive = cells >= K
    ((_, least, most),) = attack(cells, naive, True, [(3, YEAR)])
    assert (least, most) == pytest.approx((4, 4))
