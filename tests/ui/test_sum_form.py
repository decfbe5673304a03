from __future__ import annotations

from data.ranges import Range
from ui.sum_form import sum_sentence


def test_a_sum_is_called_computed_and_keeps_its_open_side():
    assert sum_sentence(Range(22, 22, 22)).startswith("Together 22.")
    open_side = sum_sentence(Range(151, None, None))
    assert "151 or more" in open_side
    assert "nobody stated it" in open_side
