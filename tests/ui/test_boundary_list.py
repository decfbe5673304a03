from __future__ import annotations

import pandas as pd
import pytest

from ui.boundary_list import name_place, table_of_moves


@pytest.mark.parametrize(("code", "name"), [("KH-7", "Kampot"), ("", "no province"), ("<b>", "no province")])
def test_places_have_names(code, name):
    assert name_place(code) == name


def test_only_records_that_change_province_are_listed():
    placed = pd.DataFrame(
        {
            "kind": ["complaint", "event"],
            "record_id": ["a", "b"],
            "label": ["A", "B"],
            "before": ["KH-8", "KH-7"],
            "after": ["", "KH-7"],
            "border_m": [1234.0, 5.0],
        }
    )
    assert table_of_moves(placed).to_numpy().tolist() == [["complaint", "a", "A", "Kandal", "no province", 1.23]]
