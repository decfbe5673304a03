"""Adding up the members of slots (provinces, steps of time) where not every number and not every date is known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]

SIDES = ("low", "best", "high")


def read_people(records: pd.DataFrame, kind: str) -> dict[str, Numbers]:
    """Return the lowest, best and highest number of people that each event or complaint names; NaN where unknown."""
    if kind == "complaint":
        return dict.fromkeys(SIDES, records["people_affected"].to_numpy(np.float64, na_value=np.nan))
    numbers = {side: records[f"people_{side}"].to_numpy(np.float64, na_value=np.nan) for side in SIDES}
    exact = (records["qualifier"] == "exact").to_numpy(bool)
    for side in ("low", "high"):
        numbers[side] = np.where(exact & np.isnan(numbers[side]), numbers["best"], numbers[side])
    return numbers


def add_members(members: pd.DataFrame, slots: int, numbers: dict[str, Numbers]) -> pd.DataFrame:
    """Add up the numbers of the records in each slot.

    Parameters
    ----------
    members : DataFrame
        Pairs of a record and a slot: `position`, `slot` (int64), `inside` (bool, False where it only may belong).
    slots : int
        How many slots there are.
    numbers : dict of str to array
        For each of `SIDES`, the number of every record by position; NaN is unknown.

    Returns
    -------
    DataFrame
        One row a slot. `low` adds what certainly lies there, missing when none of it is known; `high` also what may,
        missing as soon as one number is open; `best` is missing unless all belongs and is known (Float64). `basis` is
        ``recorded``; `n_unknown` (int64) counts the members that name no number at all.
    """
    slot, inside = members["slot"].to_numpy(), members["inside"].to_numpy(bool)
    low, best, high = (numbers[side][members["position"].to_numpy()] for side in SIDES)

    def add(mask: npt.NDArray[np.bool_], weights: Numbers | None = None) -> Numbers:
        chosen = None if weights is None else weights[mask]
        return np.bincount(slot[mask], chosen, minlength=slots).astype(np.float64)

    with_low, with_best, with_high = inside & ~np.isnan(low), inside & ~np.isnan(best), ~np.isnan(high)
    unknown_low = (add(inside) > 0) & (add(with_low) == 0)
    return pd.DataFrame(
        {
            "low": pd.Series(add(with_low, low), dtype="Float64").mask(unknown_low),
            "best": pd.Series(add(with_best, best), dtype="Float64").mask(add(~with_best) > 0),
            "high": pd.Series(add(with_high, high), dtype="Float64").mask(add(~with_high) > 0),
            "basis": pd.Series("recorded", index=range(slots), dtype="str"),
            "n_unknown": add(np.isnan(low) & np.isnan(best) & np.isnan(high)).astype(np.int64),
        }
    )


def collect_members(members: pd.DataFrame, slots: int, identifiers: pd.Series) -> pd.Series:
    """Return for each slot the list of the identifiers of its members, in the order of the records."""
    ordered = members.sort_values(["slot", "position"])
    cuts = np.searchsorted(ordered["slot"].to_numpy(), np.arange(1, slots))
    named = identifiers.to_numpy(object)[ordered["position"].to_numpy()]
    parts = np.split(named, cuts) if slots else []
    return pd.Series([part.tolist() for part in parts], dtype=object)
