"""Which records are so alike that a person should look whether they are one; what is only likely by chance is not told.

Of a hotline's log many rows say the same day, the same province and one person, without being one case: a province
with forty complaints a day would mark nearly all of them, and who is warned of every row looks at none. So much in
common is remarkable only where the number of people is: `TELLING_PEOPLE` or more. Below that, two complaints must agree
in more: in the compound; or in two of nationality, sex and age group; or in one of these and in how they arrived or in
the place, if that is told more closely than by its province (as written, or by points a few hundred metres apart).
Neither the way nor the place is enough without something about the person: most come by one way from a few towns.

Where both records say the compound, nationality, sex or age group, and say it differently, they are two. That they
came another way, or call the place otherwise, does not make them two: who asks for help twice, by telephone and at the
embassy, is just who is looked for. Events of one type, day, province and number of people are rare enough as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.schema import LATITUDE, LONGITUDE, PLACE_TEXT, Kind
from geo.gazetteer import name_index
from geo.normalise import fold

TELLING_PEOPLE = 3
"""From so many people on, the same number on one day in one province is remarkable by itself."""
ENOUGH = 2
"""What two records of fewer people must have in common besides, counted by `_WEIGHTS`."""
_WEIGHTS = {"compound_id": 2, "nationality": 1, "sex": 1, "age_group": 1}
_PLACES = ("place", "point 1", "point 2", "point 3", "point 4")
_BESIDE = ("channel", *_PLACES)
"""What counts 1 where it is the same, the place in whichever of these ways."""
_PRECISION = "location_precision"
_COARSE = ("province", "country")
_POINTED = ("exact", "near")
_CELL = 0.01
"""Degrees, about 1.1 km. Points up to half of it apart share a cell of one of four grids, those over 1.6 km none."""
_DAYS = ("day", "days")
"""Only dates as close as this make two records resemble each other."""

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Likeness:
    """What near records of a kind have in common: all columns of `same`, and from how many people on that is enough."""

    same: tuple[str, ...]
    people: str
    telling: int


LIKENESSES = {
    "complaint": Likeness(("received_date", "province_code", "people_affected"), "people_affected", TELLING_PEOPLE),
    "event": Likeness(("event_type", "event_date_edtf", "province_codes", "people_best"), "people_best", 0),
}
"""The kinds of record that can be near each other."""


def columns_of(kind: Kind) -> list[str]:
    """Return the columns by which records of a kind are compared."""
    wanted = (
        *LIKENESSES[kind.name].same,
        *_WEIGHTS,
        "channel",
        PLACE_TEXT,
        LATITUDE,
        LONGITUDE,
        _PRECISION,
        "date_precision",
    )
    return [name for name in wanted if name in kind.columns]


def tell_enough(records: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """Return the records that say all that near ones must have in common, their date to the day."""
    near = LIKENESSES[kind.name]
    enough: pd.DataFrame = records[records[list(near.same)].notna().all(axis=1) & records["date_precision"].isin(_DAYS)]
    return enough


def find_near(rows: pd.DataFrame, others: pd.DataFrame, kind: Kind) -> pd.Series:
    """Return for each row the smallest index of the others that are near it.

    Parameters
    ----------
    rows, others : DataFrame
        Records as `tell_enough` returns them, with `columns_of` the kind and an index of int64, unique. They may be
        the same frame: a row that says enough is near itself.
    kind : Kind
        One of `LIKENESSES`.

    Returns
    -------
    Series of int64
        Index of `rows`, those without a near one left out.
    """
    near = LIKENESSES[kind.name]
    mine_same, their_same = _number_together(rows, others, near.same)
    rows, others = rows[np.isin(mine_same, their_same)], others[np.isin(their_same, mine_same)]
    found: pd.Series = pd.Series(dtype="int64")
    if rows.empty:
        return found
    others = others.sort_index()  # the first of those that are alike has the smallest index
    agreeing = [name for name in _WEIGHTS if name in kind.columns]
    besides = [name for name in _BESIDE if name in (*kind.columns, *_PLACES)]
    mine, theirs = _number(rows, others, near.same, [*agreeing, *besides])
    parts = [found]
    for own, own_says in _by_what_is_said(mine, agreeing):
        for other, other_says in _by_what_is_said(theirs, agreeing):
            both = [name for name in agreeing if own_says[name] and other_says[name]]
            common = sum(_WEIGHTS[name] for name in both)
            if common >= ENOUGH or not near.telling:
                parts.append(_join(own, other, ["same", *both]))
                continue
            parts.append(_join(own[_many(rows, own, near)], other, ["same", *both]))
            if common + 1 == ENOUGH:
                parts += [_join(own, other, ["same", *both, beside]) for beside in besides]
    first: pd.Series = pd.concat(parts).groupby(level=0).min()
    return first


def _many(rows: pd.DataFrame, part: pd.DataFrame, near: Likeness) -> pd.Series:
    many: pd.Series = (rows.loc[part.index, near.people] >= near.telling).fillna(False).astype("bool")
    return many


def _number(
    rows: pd.DataFrame, others: pd.DataFrame, same: tuple[str, ...], names: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return both frames as numbers that equal values share, -1 for what is not said."""
    numbered: list[dict[str, Codes]] = [{}, {}]
    placed = [_places(frame) for frame in (rows, others)]
    for name in ("same", *names):
        if name == "same":
            codes = _number_together(rows, others, same)
        else:
            left, right = (frame[name] for frame in (placed if name in _PLACES else (rows, others)))
            codes = _split(pd.factorize(pd.concat([left, right], ignore_index=True))[0], len(rows))
        for frame, code in zip(numbered, codes, strict=True):
            frame[name] = code
    return pd.DataFrame(numbered[0], rows.index), pd.DataFrame(numbered[1], others.index)


def _number_together(rows: pd.DataFrame, others: pd.DataFrame, names: tuple[str, ...]) -> tuple[Codes, Codes]:
    """Return one number per row that rows share which agree in all columns."""
    joined: Codes = np.zeros(len(rows) + len(others), dtype=np.int64)
    for name in names:
        codes, distinct = pd.factorize(pd.concat([rows[name], others[name]], ignore_index=True))
        joined = pd.factorize(joined * (len(distinct) + 1) + codes)[0].astype(np.int64)
    return _split(joined, len(rows))


def _split(codes: NDArray[np.intp] | Codes, at: int) -> tuple[Codes, Codes]:
    whole = codes.astype(np.int64)
    return whole[:at], whole[at:]


def _places(records: pd.DataFrame) -> pd.DataFrame:
    """Return the place of each record, where it is told more closely than by the province."""
    fine = ~records[_PRECISION].isin(_COARSE)
    keys = {text: _place_key(text) for text in records[PLACE_TEXT].dropna().unique()}
    places = {"place": records[PLACE_TEXT].map(keys).where(fine)}
    pointed = records[_PRECISION].isin(_POINTED)
    latitude, longitude = (
        records[name].where(pointed).to_numpy("float64", na_value=np.nan) for name in (LATITUDE, LONGITUDE)
    )
    shifts = ((0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5))
    for name, (north, east) in zip(_PLACES[1:], shifts, strict=True):
        cell = np.floor(latitude / _CELL + north) * 100_000 + np.floor(longitude / _CELL + east)
        places[name] = pd.Series(cell, records.index)
    return pd.DataFrame(places)


def _place_key(text: str) -> str | None:
    """Return a place as it is compared; None for what is only the name of a province."""
    key = fold(text)
    return None if any(entry.level == "province" for entry in name_index().get(key, ())) else key or None


def _by_what_is_said(codes: pd.DataFrame, names: list[str]) -> Iterator[tuple[pd.DataFrame, dict[str, bool]]]:
    """Yield the rows that say something in exactly the same columns, with which these are."""
    said = (codes[names].to_numpy() >= 0) @ (1 << np.arange(len(names)))
    for pattern in np.unique(said):
        yield codes[said == pattern], {name: bool(pattern >> place & 1) for place, name in enumerate(names)}


def _join(rows: pd.DataFrame, others: pd.DataFrame, keys: list[str]) -> pd.Series:
    """Return for each row the index of the first of the others that says the same in some columns."""
    rows, others = (frame[(frame[keys] >= 0).all(axis=1)] for frame in (rows, others))
    if rows.empty or others.empty:
        return pd.Series(dtype="int64")
    mine, theirs = _number_together(rows, others, tuple(keys))
    first = pd.Series(others.index.to_numpy("int64"), theirs)
    first = first[~first.index.duplicated()]
    at = first.index.get_indexer(pd.Index(mine))
    return pd.Series(first.to_numpy()[at[at >= 0]], rows.index[at >= 0], dtype="int64")
