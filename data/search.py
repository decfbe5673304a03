"""Finding places, sites and records by a few letters, in English, Khmer or Chinese.

An answer is exact, begins with what was typed, holds it, or sounds like it, and is listed in that order. Letters are
compared without case, accents and separators (``geo.normalise.fold``). A record is found by its identifier, and by the
words of its description: each word that was typed must occur in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.found_texts import Texts, index_texts, plain_text
from data.schema import KINDS, LATITUDE, LONGITUDE, PIN_PRECISIONS, PROVINCE_CODE, PROVINCE_CODES, split_list
from geo.gazetteer import aliases, communes, districts, province_name, provinces, towns
from geo.normalise import fold
from geo.spoken import sound_of

LONGEST_QUERY = 100
SHORTEST_QUERY = 3
"""Letters; two are enough in Chinese, where two are a name."""
MOST_FOUND = 20
MOST_OF_A_KIND = 8
"""So many answers of one kind, while there are others: a thousand complaints must not hide the one town."""

EXACT, PREFIX, INSIDE, SPOKEN = range(4)
_WORDS: Mapping[str, tuple[str, ...]] = {
    "event": ("description", "place_text", "actor", "note"),
    "complaint": ("place_text", "outcome", "note"),
}
_RANKED = 2_000
_LEVELS = ("province", "town", "zone", "district", "commune")


@dataclass(frozen=True)
class Found:
    """One answer.

    Attributes
    ----------
    kind : str
        ``place``, ``compound``, ``event`` or ``complaint``.
    id : str
        Its code or identifier.
    label : str
        One line: what it is called, and what and where it is.
    rank : int
        `EXACT`, `PREFIX`, `INSIDE` or `SPOKEN`.
    at : tuple of float or None
        Latitude and longitude where they are known closely enough for a point.
    province_code : str
        The province in which it lies; empty when unknown.
    """

    kind: str
    id: str
    label: str
    rank: int
    at: tuple[float, float] | None
    province_code: str


@dataclass(frozen=True)
class _Names:
    """Things with a few names each: places or compounds."""

    things: list[Found]  # their rank is not set yet
    folded: NDArray[np.object_]
    sounds: NDArray[np.object_]
    thing: NDArray[np.int64]  # to which each name belongs


@dataclass(frozen=True)
class SearchIndex:
    """What `search` looks through; make it with `index_snapshot`, once for each data version."""

    names: tuple[_Names, ...]
    records: Mapping[str, pd.DataFrame]
    ids: Mapping[str, Texts]
    words: Mapping[str, Texts]


def index_snapshot(compounds: pd.DataFrame, events: pd.DataFrame, complaints: pd.DataFrame) -> SearchIndex:
    """Return the index over places and records.

    Parameters
    ----------
    compounds, events, complaints : DataFrame
        Rows of these kinds.
    """
    records = {"event": events, "complaint": complaints}
    return SearchIndex(
        (_place_names(), _compound_names(compounds)),
        records,
        {kind: index_texts(rows[[KINDS[kind].id_field]]) for kind, rows in records.items()},
        {kind: index_texts(rows[list(_WORDS[kind])]) for kind, rows in records.items()},
    )


def is_searchable(text: str) -> bool:
    """Tell whether a text is long enough to look for."""
    key = fold(text)
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in key)
    return len(text) <= LONGEST_QUERY and len(key) >= (2 if chinese else SHORTEST_QUERY)


def search(index: SearchIndex, text: str) -> tuple[list[Found], int]:
    """Find what a text names.

    Parameters
    ----------
    index : SearchIndex
    text : str
        As a person typed it; nothing is found when it is too short (`is_searchable`).

    Returns
    -------
    found : list of Found
        At most `MOST_FOUND`, best first.
    more : int
        How many others there are.
    """
    if not is_searchable(text):
        return [], 0
    groups = [_search_names(names, text) for names in index.names]
    total = sum(map(len, groups))
    for kind in index.records:
        group, count = _search_records(index, kind, text)
        groups.append(group)
        total += count
    # Names heard alike are offered only where nothing is written alike.
    written = [[one for one in group if one.rank < SPOKEN] for group in groups]
    if any(written):
        total -= sum(map(len, groups)) - sum(map(len, written))
        groups = written
    ordered = [sorted(group, key=lambda one: one.rank) for group in groups]
    shown = [one for group in ordered for one in group[:MOST_OF_A_KIND]]
    if len(shown) < MOST_FOUND:
        shown += [one for group in ordered for one in group[MOST_OF_A_KIND:]][: MOST_FOUND - len(shown)]
    shown = sorted(shown, key=lambda one: one.rank)[:MOST_FOUND]
    return shown, total - len(shown)


def _search_names(names: _Names, text: str) -> list[Found]:
    key, sound = fold(text), sound_of(text)
    best: dict[int, int] = {}
    for place, (folded, heard) in enumerate(zip(names.folded, names.sounds, strict=True)):
        rank = _rank(folded, key)
        if rank is None and sound and heard == sound:
            rank = SPOKEN
        if rank is not None:
            thing = int(names.thing[place])
            best[thing] = min(best.get(thing, rank), rank)
    # The order of the things is that of their importance.
    return [_ranked(names.things[thing], rank) for thing, rank in sorted(best.items())]


def _rank(folded: str, key: str) -> int | None:
    if key not in folded:
        return None
    return EXACT if folded == key else PREFIX if folded.startswith(key) else INSIDE


def _ranked(found: Found, rank: int) -> Found:
    return Found(found.kind, found.id, found.label, rank, found.at, found.province_code)


def _search_records(index: SearchIndex, kind: str, text: str) -> tuple[list[Found], int]:
    """Return the best records, and how many there are."""
    rows = index.records[kind]
    query = plain_text(text)
    words = query.split()
    if not words or rows.empty:
        return [], 0
    by_id = index.ids[kind].find([query])
    told = np.setdiff1d(index.words[kind].find(words), by_id, assume_unique=True)
    identifiers = rows[KINDS[kind].id_field]
    ranks = [_rank(fold(str(identifiers.iloc[place])), fold(text)) for place in by_id[:_RANKED].tolist()]
    ranked = [(INSIDE if rank is None else rank, place) for rank, place in zip(ranks, by_id.tolist(), strict=False)]
    ranked += [(INSIDE, place) for place in told[:MOST_FOUND].tolist()]
    best = sorted(ranked, key=lambda pair: pair[0])[:MOST_FOUND]
    found = [_describe_record(rows.iloc[place], kind, rank) for rank, place in best]
    return found, len(by_id) + len(told)


def _describe_record(row: pd.Series, kind: str, rank: int) -> Found:
    codes = split_list(row[PROVINCE_CODES if kind == "event" else PROVINCE_CODE])
    where = province_name(codes[0]) if codes and _is_province(codes[0]) else _text(row["place_text"])
    identifier = str(row[KINDS[kind].id_field])
    told = _text(row["description"]) if kind == "event" else _text(row["place_text"])
    label = " · ".join(part for part in (identifier, told[:90] + ("…" if len(told) > 90 else ""), where) if part)
    return Found(kind, identifier, label, rank, _point(row), codes[0] if codes and _is_province(codes[0]) else "")


def _point(row: Any) -> tuple[float, float] | None:
    latitude, longitude = row[LATITUDE], row[LONGITUDE]
    precise = pd.isna(row["location_precision"]) or row["location_precision"] in PIN_PRECISIONS
    if pd.isna(latitude) or pd.isna(longitude) or not precise:
        return None
    return round(float(latitude), 5), round(float(longitude), 5)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _is_province(code: str) -> bool:
    return code in _province_codes()


@lru_cache(maxsize=1)
def _province_codes() -> frozenset[str]:
    return frozenset(provinces()["province_code"])


@lru_cache(maxsize=1)
def _place_names() -> _Names:
    """Return every place of the gazetteer under all its names, the most important first."""
    also = aliases().groupby(["level", "code"])["alias"].agg(list).to_dict()
    entries: list[tuple[Found, list[str]]] = []
    tables = {
        "province": (provinces(), "province_code"),
        "town": (towns().query("level == 'town'").sort_values("rank", kind="stable"), "town_id"),
        "zone": (towns().query("level == 'zone'").sort_values("rank", kind="stable"), "town_id"),
        "district": (districts(), "district_code"),
        "commune": (communes(), "commune_code"),
    }
    for level in _LEVELS:
        table, key = tables[level]
        for row in table.to_dict("records"):
            code, province = str(row[key]), str(row["province_code"])
            kind_word = level if level == "province" else f"{level} in {province_name(province)}"
            label = " · ".join(part for part in (str(row["name_en"]), str(row["name_km"]), kind_word) if part)
            at = (float(row[LATITUDE]), float(row[LONGITUDE])) if LATITUDE in row else None
            names = [str(row["name_en"]), str(row["name_km"]), *also.get((level, code), ())]
            entries.append((Found("place", f"{level} {code}", label, EXACT, at, province), names))
    return _index_names(entries)


def _compound_names(compounds: pd.DataFrame) -> _Names:
    entries = []
    for row in compounds.to_dict("records"):
        names = [_text(row[name]) for name in ("name", "name_km", "name_zh")] + list(split_list(row["aliases"]))
        names.append(str(row["compound_id"]))
        code = _text(row[PROVINCE_CODE])
        code = code if _is_province(code) else ""
        others = [name for name in names[1:3] if name]
        label = " · ".join([names[0], *others, "site" + (f" in {province_name(code)}" if code else "")])
        entries.append((Found("compound", str(row["compound_id"]), label, EXACT, _point(row), code), names))
    return _index_names(entries)


def _index_names(entries: list[tuple[Found, list[str]]]) -> _Names:
    named = [(place, fold(name), sound_of(name)) for place, (_, names) in enumerate(entries) for name in _each(names)]
    return _Names(
        [found for found, _ in entries],
        np.array([folded for _, folded, _ in named], dtype=object),
        np.array([sound for _, _, sound in named], dtype=object),
        np.array([place for place, _, _ in named], dtype=np.int64),
    )


def _each(names: list[str]) -> Iterator[str]:
    return iter(dict.fromkeys(name for name in names if name))
