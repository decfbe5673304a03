from __future__ import annotations

import pytest

from charts.claims_chart import MOST_ROWS
from charts.ladder_words import describe_ladder
from tests.charts.test_claims_chart import DENIAL, table
from tests.data.ledgers import at_least, exactly


def test_the_caption_explains_what_is_drawn_and_nothing_else():
    plain = describe_ladder(table(exactly(5)), 1)
    assert "axis begins at zero" in plain
    assert not any(word in plain for word in ("ring", "bar", "cross", "Stripes"))
    rich = describe_ladder(table(at_least(100), DENIAL, {"best": 95, "qualifier": "about"}), 3)
    assert all(word in rich for word in ("soft ring", "A bar", "A cross", "Stripes"))


def test_a_repeat_is_explained():
    ladder = table(at_least(5), exactly(5, restates="c0"))
    assert "“Repeat”" in describe_ladder(ladder, 2)


@pytest.mark.parametrize(("numbers", "log"), [((1, 50), False), ((1, 51), True), ((0, 500), False), ((7,), False)])
def test_the_axis_is_explained(numbers, log):
    ladder = table(*(exactly(number) for number in numbers))
    assert ("axis is logarithmic" in describe_ladder(ladder, len(ladder))) is log


def test_more_claims_than_fit_are_counted():
    ladder = table(*(exactly(number + 1) for number in range(MOST_ROWS + 5)))
    assert "5 more in the ledger below" in describe_ladder(ladder, MOST_ROWS + 5)
