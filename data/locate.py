"""Giving each record its province: from its code, its coordinates or the place as written, and saying how.

The rules, in this order:

1. A province code that the file gives is kept. Where the coordinates or the written place say otherwise, that is said.
2. A written place that means one place gives its province, if no coordinates contradict it. If they do, the
   coordinates win, and both are said.
3. Coordinates give the province in which they lie, or beside which they lie just off the map. Outside Cambodia a
   record belongs to no province; it is kept.
4. Without code and coordinates, a written place that may mean several places, or none that we know, rejects the row.
5. What a person has decided about a written place counts for it as if it were its name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.issues import find_rows, join_findings
from data.legacy_fonts import is_legacy_khmer
from data.place_findings import find_disagreements, find_off_map, share_province
from data.schema import (
    DISTANCE_M,
    LATITUDE,
    LONGITUDE,
    MATCH_METHOD,
    PLACE_TEXT,
    PROVINCE_CODE,
    PROVINCE_CODES,
    Kind,
    split_list,
)
from data.situations import code_texts, group_alike, spread_findings
from geo.coordinates import locate_points
from geo.place_codes import find_place
from geo.resolve import resolve_values
from locales import say

PLACE_MARKERS = frozenset({"nan", "null", "n/a", "-", "–", "—", "?", "unknown"})
"""A written place that only says that the place is not known. ``NA`` and ``None`` may be names and are looked up."""
_PRECISION_OF_LEVEL = {
    "province": "province",
    "district": "district",
    "commune": "district",
    "town": "town",
    "zone": "town",
}
_WITHOUT_PROVINCE = frozenset({"national", "abroad", "region", "world"})
"""Geographies of claims that are about no province, whatever place they name."""
_OWN_WORDS = ("location_precision", "geography")
"""Columns in which some kinds of record say themselves how well their place is known."""


_Place = dict[Any, Any]
"""One row of `geo.resolve.resolve_values`."""


@dataclass(frozen=True)
class Located:
    """Records with their provinces, and what was found on the way (``issues.FINDING_COLUMNS``)."""

    records: pd.DataFrame
    findings: pd.DataFrame


@dataclass(frozen=True)
class _Answer:
    """What a written place or code says: provinces, level and method, or why it says nothing."""

    provinces: str | None = None
    level: str | None = None
    method: str | None = None
    code: str = ""
    detail: str = ""


Decide = Callable[[str], str | None]
"""Returns the code of the place that a person means by a text: "" for none that can be known, None if undecided."""


def _undecided(_text: str) -> None:
    return None


def locate_records(records: pd.DataFrame, kind: Kind, decide: Decide = _undecided) -> Located:
    """Return the records with ``province_code`` (events: ``province_codes``), ``match_method`` and ``distance_m``.

    Parameters
    ----------
    records : DataFrame
        Typed rows, index ``row_number``. A ``match_method`` beside a code is kept where the row bears it out, so that
        an exported file reads back as it was.
    kind : Kind
        What one row is; kinds without a place are returned as they are.
    decide : Decide
        What a person has decided about places as written.

    Notes
    -----
    Each distinct combination of code, written place, answer of the point and own words is placed once.
    ``match_method`` is code, name, alias, manual, coordinates, nearest or outside; ``distance_m`` is how far outside
    its province, or outside Cambodia, the point lies. An empty ``location_precision`` becomes *near* for a point (never
    *exact*, which only the file can know), else what the written place or the code is good for.
    """
    if not kind.placed:
        return Located(records, join_findings([]))
    several = PROVINCE_CODES in kind.columns
    codes_name = PROVINCE_CODES if several else PROVINCE_CODE
    points, answer = _answer_points(records)
    names = [name for name in (codes_name, PLACE_TEXT, MATCH_METHOD, *_OWN_WORDS) if name in records]
    told = [code_texts(records[name]) for name in names]
    situation, first = group_alike([*told, (answer, len(points))], len(records))
    rows = records[names].iloc[first].reset_index(drop=True)
    placed, findings = _place(rows, points.take(answer[first]).reset_index(drop=True), codes_name, decide)
    located = records.copy()
    for name in placed:
        located[name] = placed[name].take(situation).set_axis(records.index)
    return Located(located, spread_findings(findings, situation, records.index))


def _place(
    records: pd.DataFrame, by_point: pd.DataFrame, codes_name: str, decide: Decide
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the columns that placing fills, and what is found, for rows with the answers of their points."""
    several = codes_name == PROVINCE_CODES
    written = _say_nothing_to_missing(records, several, decide)
    codes = _mask_nowhere(records[codes_name], several, decide)
    by_code = _answer_codes(codes, several, decide)
    by_text = _answer_places(written, several, decide)

    has_code, has_text, has_point = (frame["provinces"].notna() for frame in (by_code, by_text, by_point))
    has_point |= by_point["method"].notna()  # a point outside Cambodia says where, though it has no province
    points_win = has_point & ~has_code & ~(has_text & share_province(by_text["provinces"], by_point["provinces"]))
    text_answers = has_text & ~has_code & ~points_win
    provinces = by_code["provinces"].mask(points_win, by_point["provinces"]).mask(text_answers, by_text["provinces"])
    method = by_code["method"].mask(points_win, by_point["method"]).mask(text_answers, by_text["method"])
    stated = records[MATCH_METHOD]
    for other in (by_text, by_point):
        borne_out = has_code & (stated == other["method"]) & (other["provinces"] == provinces)
        method = method.mask(borne_out, other["method"])
    # A person's decision does not stand in an exported file; that it was one does.
    method = method.mask(has_code & ~has_text & (stated == "manual"), "manual")
    from_point = points_win | (has_code & method.isin(["coordinates", "nearest"]))

    findings = [
        *_find_unknown(by_code, codes_name, records[codes_name], pd.Series(True, records.index)),
        *_find_unknown(by_text, PLACE_TEXT, written, ~has_code & ~has_point),
        *find_disagreements(by_code, by_text, by_point, codes_name, written, points_win),
        *find_off_map(by_point, from_point),
        find_rows("place_missing", records.index[_is_nowhere(records, written, codes_name) & ~has_point], PLACE_TEXT),
    ]
    placed: dict[str, pd.Series[Any]] = {codes_name: provinces.astype("str"), MATCH_METHOD: method.astype("str")}
    placed[DISTANCE_M] = by_point["distance_m"].where(from_point).astype("Float64")
    if "location_precision" in records:
        level = by_text["level"].where(share_province(by_text["provinces"], provinces) | by_code["level"].isna())
        derived = level.fillna(by_code["level"]).map(_PRECISION_OF_LEVEL).mask(has_point, "near")
        placed["location_precision"] = records["location_precision"].fillna(derived.astype("str"))
    if "geography" in records:
        placed["geography"] = records["geography"].mask(records["geography"].isna() & provinces.notna(), "province")
    return pd.DataFrame(placed), join_findings(findings)


def _say_nothing_to_missing(records: pd.DataFrame, several: bool, decide: Decide) -> pd.Series:
    """Return the written places without those that name none that can be known, or that are about no province."""
    distinct = records[PLACE_TEXT].dropna().unique()
    silent = [
        text
        for text in distinct
        if (text.strip().casefold() in PLACE_MARKERS or is_legacy_khmer(text)) and decide(text) is None
    ]
    written = _mask_nowhere(records[PLACE_TEXT], several, decide)
    written = written.mask(written.isin(silent))
    if "geography" in records:
        written = written.mask(records["geography"].isin(_WITHOUT_PROVINCE))
    return written


def _mask_nowhere(texts: pd.Series, several: bool, decide: Decide) -> pd.Series:
    """Return the texts without those that a person says name no place that can be known."""

    def is_nowhere(text: str) -> bool:
        parts = split_list(text) if several and decide(text) is None else (text,)
        return bool(parts) and all(decide(part) == "" for part in parts)

    nowhere = [text for text in texts.dropna().unique() if is_nowhere(text)]
    return texts.mask(texts.isin(nowhere)) if nowhere else texts


def _is_nowhere(records: pd.DataFrame, written: pd.Series, codes_name: str) -> pd.Series:
    """Return the rows that should say where they are and do not."""
    nowhere = written.isna() & records[codes_name].isna()
    if "location_precision" in records:
        nowhere &= records["location_precision"] != "country"
    if "geography" in records:
        nowhere &= ~records["geography"].isin(_WITHOUT_PROVINCE)
    return nowhere


def _answer_codes(codes: pd.Series, several: bool, decide: Decide) -> pd.DataFrame:
    """Read the column of province codes; the name of a province is as good as its code, nothing smaller is."""

    def answer(found: list[_Place]) -> _Answer:
        if not found or any(place["method"] != "manual" and place["level"] != "province" for place in found):
            return _Answer(code="place_unknown", detail=say(": it is no code of a province"))
        methods = {place["method"] for place in found}
        return _Answer(_join_codes(found), "province", methods.pop() if len(methods) == 1 else "name")

    return _answer_distinct(codes, answer, several, decide)


def _answer_places(places: pd.Series, several: bool, decide: Decide) -> pd.DataFrame:
    """Read the places as written; an event may name several, with ``;`` between them."""

    def answer(found: list[_Place]) -> _Answer:
        for place in found:
            listed = ", ".join(place["candidates"])
            if place["result"] == "ambiguous":
                return _Answer(code="place_ambiguous", detail=listed)
            if place["result"] == "no_match":
                return _Answer(
                    code="place_unknown", detail=say("; similar are: {names}", names=listed) if listed else ""
                )
        if not found:
            return _Answer(code="place_unknown")
        level = found[0]["level"] if len(found) == 1 else "province"
        return _Answer(_join_codes(found), level, found[0]["method"])

    return _answer_distinct(places, answer, several, decide)


def _join_codes(found: list[_Place]) -> str:
    return ";".join(dict.fromkeys(place["province_code"] for place in found))


def _answer_distinct(
    texts: pd.Series, answer: Callable[[list[_Place]], _Answer], several: bool, decide: Decide
) -> pd.DataFrame:
    """Return per row what `answer` makes of the places in its text; each distinct text is looked up once."""
    codes, distinct = pd.factorize(texts)
    # A decision may be about a whole cell or about one of its places, of which some may not be known.
    parts = {text: split_list(text) if several and decide(text) is None else (text,) for text in distinct}
    parts = {text: tuple(part for part in group if decide(part) != "") for text, group in parts.items()}
    looked_up = resolve_values(part for group in parts.values() for part in group)
    known: dict[str, _Place] = {place["text"]: place for place in looked_up.to_dict("records")}
    known |= {text: _decided(code) for text in known if (code := decide(text))}
    answers = [answer([known[part] for part in parts[text]]) for text in distinct]
    answers.append(_Answer())  # for rows without a text: their code is -1
    frame = pd.DataFrame([vars(each) for each in answers], dtype=object)
    return frame.iloc[codes].set_axis(texts.index)


def _decided(code: str) -> _Place:
    place = find_place(code)
    if place is None:
        raise ValueError(f"{code!r} is no code of a place")
    return {
        "result": "match",
        "province_code": place.province_code,
        "level": place.level,
        "method": "manual",
        "candidates": [],
    }


def _answer_points(records: pd.DataFrame) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Return the distinct provinces, methods and distances that coordinates give, and which of them each row has.

    The last one is that of rows without coordinates: nothing.
    """
    names = {"province_code": "provinces", "match_method": "method", "distance_m": "distance_m"}
    answer = np.zeros(len(records), np.int64)
    answers = pd.DataFrame([dict.fromkeys(names.values())], dtype=object)
    if LATITUDE in records:
        latitude, longitude = (records[axis].to_numpy("float64", na_value=np.nan) for axis in (LATITUDE, LONGITUDE))
        rows = np.flatnonzero(~np.isnan(latitude + longitude))
        codes, distinct = pd.factorize(latitude[rows] + 1j * longitude[rows])  # each distinct point is located once
        found = locate_points(distinct.real, distinct.imag)
        told = [pd.factorize(found[given]) for given in names]
        alike, first = group_alike([(each, len(values)) for each, values in told], len(found))
        answer[:] = len(first)
        answer[rows] = alike[codes]
        chosen = found[list(names)].iloc[first].astype(object).rename(columns=names)
        answers = pd.concat([chosen.where(chosen.notna(), None), answers], ignore_index=True)
    return answers, answer


def _find_unknown(answers: pd.DataFrame, name: str, texts: pd.Series, where: pd.Series) -> list[pd.DataFrame]:
    findings = []
    for code in ("place_unknown", "place_ambiguous"):
        rows = where & (answers["code"] == code)
        findings.append(find_rows(code, rows.index[rows], name, texts[rows], answers.loc[rows, "detail"]))
    return findings
