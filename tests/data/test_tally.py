from __future__ import annotations

import numpy as np
import pandas as pd

from data import schema
from data.tally import SIDES, add_members, collect_members, read_people


def members(*pairs: tuple[int, int, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["position", "slot", "inside"])
    return frame.astype({"position": "int64", "slot": "int64", "inside": "bool"})


def numbers(**sides: list[float]) -> dict[str, np.ndarray]:
    return {side: np.array(sides[side], dtype=float) for side in SIDES}


UNKNOWN = float("nan")


def known(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    rows = frame[[*SIDES, "n_unknown"]].astype(object)
    return [tuple(None if value is pd.NA else value for value in row) for row in rows.itertuples(index=False)]


def test_known_numbers_are_added_on_all_sides():
    added = add_members(members((0, 0, True), (1, 0, True)), 2, numbers(low=[1, 2], best=[3, 4], high=[5, 6]))
    assert known(added) == [(3, 7, 11, 0), (0, 0, 0, 0)]


def test_what_may_belong_counts_only_in_high():
    added = add_members(members((0, 0, True), (1, 0, False)), 1, numbers(low=[1, 2], best=[3, 4], high=[5, 6]))
    assert known(added) == [(1, None, 11, 0)]


def test_an_unknown_number_is_never_zero():
    added = add_members(members((0, 0, True)), 1, numbers(low=[UNKNOWN], best=[UNKNOWN], high=[UNKNOWN]))
    assert known(added) == [(None, None, None, 1)]


def test_a_known_low_stays_a_lower_bound_beside_an_unknown_one():
    added = add_members(
        members((0, 0, True), (1, 0, True)),
        1,
        numbers(low=[201, UNKNOWN], best=[UNKNOWN, UNKNOWN], high=[UNKNOWN, UNKNOWN]),
    )
    assert known(added) == [(201, None, None, 1)]


def test_members_are_collected_in_the_order_of_the_records():
    collected = collect_members(members((2, 1, True), (0, 1, False), (1, 0, True)), 3, pd.Series(["a", "b", "c"]))
    assert collected.to_list() == [["b"], ["a", "c"], []]
    assert collect_members(members(), 0, pd.Series([], dtype="str")).empty


def test_an_exact_number_of_people_is_its_own_low_and_high():
    dtypes = schema.record_dtypes(schema.EVENT)
    rows = [{"people_best": 9, "qualifier": "exact"}, {"people_best": 9, "qualifier": "about"}, {"people_best": 9}]
    people = read_people(pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes), "event")
    np.testing.assert_array_equal(people["low"], [9, UNKNOWN, UNKNOWN])
    np.testing.assert_array_equal(people["high"], [9, UNKNOWN, UNKNOWN])
