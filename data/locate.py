"""Giving each record its province: from its code, its coordinates or the place as written, and saying how.

The rules, in this order:

1. A province code that the file gives is kept. Where the coordinates or the written place say otherwise, that is said.
2. A written place that means one place gives its province, if no coordinates contradict it. If they do, the
   coordinates win, and both are said.
3. Coordinates give the province in which they lie, or beside which they lie just off the map. Outside Cambodia a
   record belongs to no province; it is kept.
4. Without code and coordinates, a written place that may mean several places, or none that we know, rejects the row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.issues import find_rows, join_findings
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
from geo.coordinates import locate_points
from geo.gazetteer import province_name
from geo.resolve import resolve_values

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


def locate_records(records: pd.DataFrame, kind: Kind) -> Located:
    """Return the records with ``province_code`` (events: ``province_codes``), ``match_method`` and ``distance_m``.

    Parameters
    ----------
    records : DataFrame
        Typed rows, index ``row_number``. A ``match_method`` beside a code is kept where the row bears it out, so that
        an exported file reads back as it was.
    kind : Kind
        What one row is; kinds without a place are returned as they are.

    Notes
    -----
    ``match_method`` is code, name, alias, coordinates, nearest or outside; ``distance_m`` is how far outside its
    province, or outside Cambodia, the point lies. An empty ``location_precision`` becomes *near* for a point (never
    *exact*, which only the file can know), else what the written place or the code is good for.
    """
    if not kind.placed:
        return Located(records, join_findings([]))
    several = PROVINCE_CODES in kind.columns
    codes_name = PROVINCE_CODES if several else PROVINCE_CODE
    written = _say_nothing_to_missing(records)
    by_code = _answer_codes(records[codes_name], several)
    by_text = _answer_places(written, several)
    by_point = _answer_points(records)

    has_code, has_text, has_point = (frame["provinces"].notna() for frame in (by_code, by_text, by_point))
    has_point |= by_point["method"].notna()  # a point outside Cambodia says where, though it has no province
    points_win = has_point & ~has_code & ~(has_text & _share(by_text["provinces"], by_point["provinces"]))
    text_answers = has_text & ~has_code & ~points_win
    provinces = by_code["provinces"].mask(points_win, by_point["provinces"]).mask(text_answers, by_text["provinces"])
    method = by_code["method"].mask(points_win, by_point["method"]).mask(text_answers, by_text["method"])
    stated = records[MATCH_METHOD]
    for other in (by_text, by_point):
        borne_out = has_code & (stated == other["method"]) & (other["provinces"] == provinces)
        method = method.mask(borne_out, other["method"])
    from_point = points_win | (has_code & method.isin(["coordinates", "nearest"]))

    findings = [
        *_find_unknown(by_code, codes_name, records[codes_name], pd.Series(True, records.index)),
        *_find_unknown(by_text, PLACE_TEXT, written, ~has_code & ~has_point),
        *_find_disagreements(by_code, by_text, by_point, codes_name, written, points_win),
        *_find_off_map(by_point, from_point),
        find_rows("place_missing", records.index[_is_nowhere(records, written, codes_name) & ~has_point], PLACE_TEXT),
    ]
    located = records.copy()
    located[codes_name] = provinces.astype("str")
    located[MATCH_METHOD] = method.astype("str")
    located[DISTANCE_M] = by_point["distance_m"].where(from_point).astype("Float64")
    if "location_precision" in records:
        level = by_text["level"].where(_share(by_text["provinces"], provinces) | by_code["level"].isna())
        derived = level.fillna(by_code["level"]).map(_PRECISION_OF_LEVEL).mask(has_point, "near")
        located["location_precision"] = records["location_precision"].fillna(derived.astype("str"))
    if "geography" in records:
        located["geography"] = records["geography"].mask(records["geography"].isna() & provinces.notna(), "province")
    return Located(located, join_findings(findings))


def _say_nothing_to_missing(records: pd.DataFrame) -> pd.Series:
    """Return the written places without those that only say "unknown", or that are about no province."""
    silent = [text for text in records[PLACE_TEXT].dropna().unique() if text.strip().casefold() in PLACE_MARKERS]
    written = records[PLACE_TEXT].mask(records[PLACE_TEXT].isin(silent))
    if "geography" in records:
        written = written.mask(records["geography"].isin(_WITHOUT_PROVINCE))
    return written


def _is_nowhere(records: pd.DataFrame, written: pd.Series, codes_name: str) -> pd.Series:
    """Return the rows that should say where they are and do not."""
    nowhere = written.isna() & records[codes_name].isna()
    if "location_precision" in records:
        nowhere &= records["location_precision"] != "country"
    if "geography" in records:
        nowhere &= ~records["geography"].isin(_WITHOUT_PROVINCE)
    return nowhere


def _answer_codes(codes: pd.Series, several: bool) -> pd.DataFrame:
    """Read the column of province codes; the name of a province is as good as its code, nothing smaller is."""

    def answer(found: list[_Place]) -> _Answer:
        if not found or any(place["result"] != "match" or place["level"] != "province" for place in found):
            return _Answer(code="place_unknown", detail=": it is no code of a province")
        methods = {place["method"] for place in found}
        return _Answer(_join_codes(found), "province", methods.pop() if len(methods) == 1 else "name")

    return _answer_distinct(codes, answer, several)


def _answer_places(places: pd.Series, several: bool) -> pd.DataFrame:
    """Read the places as written; an event may name several, with ``;`` between them."""

    def answer(found: list[_Place]) -> _Answer:
        for place in found:
            listed = ", ".join(place["candidates"])
            if place["result"] == "ambiguous":
                return _Answer(code="place_ambiguous", detail=listed)
            if place["result"] == "no_match":
                return _Answer(code="place_unknown", detail=f"; similar are: {listed}" if listed else "")
        if not found:
            return _Answer(code="place_unknown")
        level = found[0]["level"] if len(found) == 1 else "province"
        return _Answer(_join_codes(found), level, found[0]["method"])

    return _answer_distinct(places, answer, several)


def _join_codes(found: list[_Place]) -> str:
    return ";".join(dict.fromkeys(place["province_code"] for place in found))


def _answer_distinct(texts: pd.Series, answer: Callable[[list[_Place]], _Answer], several: bool) -> pd.DataFrame:
    """Return per row what `answer` makes of the places in its text; each distinct text is looked up once."""
    codes, distinct = pd.factorize(texts)
    parts = {text: split_list(text) if several else (text,) for text in distinct}
    looked_up = resolve_values(part for group in parts.values() for part in group)
    known: dict[str, _Place] = {place["text"]: place for place in looked_up.to_dict("records")}
    answers = [answer([known[part] for part in parts[text]]) for text in distinct]
    answers.append(_Answer())  # for rows without a text: their code is -1
    frame = pd.DataFrame([vars(each) for each in answers], dtype=object)
    return frame.iloc[codes].set_axis(texts.index)


def _answer_points(records: pd.DataFrame) -> pd.DataFrame:
    """Return per row the province, the method and the distance that its coordinates give; missing without any."""
    empty = pd.DataFrame({"provinces": None, "method": None, "distance_m": None}, index=records.index, dtype=object)
    if LATITUDE not in records:
        return empty
    points = records[[LATITUDE, LONGITUDE]].dropna()
    distinct = points.drop_duplicates()
    found = locate_points(distinct[LATITUDE].to_numpy("float64"), distinct[LONGITUDE].to_numpy("float64"))
    found = found.rename(columns={"province_code": "provinces", "match_method": "method"})
    keyed = found.set_index(pd.MultiIndex.from_frame(distinct))
    per_row = keyed.loc[pd.MultiIndex.from_frame(points)].set_axis(points.index)
    return per_row.reindex(records.index).astype(object).where(lambda frame: frame.notna(), None)


def _share(left: pd.Series, right: pd.Series) -> pd.Series:
    """Return a mask of the rows in which two columns of province codes have one in common."""
    both = (left.notna() & right.notna()).to_numpy()
    pairs = zip(left[both], right[both], strict=True)
    shared = np.zeros(len(both), dtype=bool)
    shared[both] = [not set(one.split(";")).isdisjoint(two.split(";")) for one, two in pairs]
    return pd.Series(shared, left.index)


def _find_unknown(answers: pd.DataFrame, name: str, texts: pd.Series, where: pd.Series) -> list[pd.DataFrame]:
    findings = []
    for code in ("place_unknown", "place_ambiguous"):
        rows = where & (answers["code"] == code)
        findings.append(find_rows(code, rows.index[rows], name, texts[rows], answers.loc[rows, "detail"]))
    return findings


def _find_disagreements(
    by_code: pd.DataFrame,
    by_text: pd.DataFrame,
    by_point: pd.DataFrame,
    codes_name: str,
    written: pd.Series,
    points_win: pd.Series,
) -> list[pd.DataFrame]:
    codes, texts, points = by_code["provinces"], by_text["provinces"], by_point["provinces"]
    has_point = by_point["method"].notna()
    against_text = codes.notna() & texts.notna() & ~_share(codes, texts)
    against_point = codes.notna() & has_point & ~_share(codes, points)
    places = [f"the written place, which is in {_names(text)}" for text in texts[against_text]]
    lies = [f"the coordinates, which lie {_lie(point)}" for point in by_point[against_point].itertuples()]
    differ = points_win & texts.notna()
    both = [
        f"it is in {_names(text)}, they lie {_lie(point)}"
        for text, point in zip(texts[differ], by_point[differ].itertuples(), strict=True)
    ]
    return [
        find_rows("code_disagrees", codes.index[against_text], codes_name, codes[against_text], places),
        find_rows("code_disagrees", codes.index[against_point], codes_name, codes[against_point], lies),
        find_rows("place_disagrees", codes.index[differ], PLACE_TEXT, written[differ], both),
    ]


def _find_off_map(by_point: pd.DataFrame, from_point: pd.Series) -> list[pd.DataFrame]:
    findings = []
    for code, method in (("nearest_province", "nearest"), ("outside_cambodia", "outside")):
        rows = from_point & (by_point["method"] == method)
        details = [
            _metres(point.distance_m)
            if method == "outside"
            else f"{_names(point.provinces)} is {_metres(point.distance_m)} away"
            for point in by_point[rows].itertuples()
        ]
        findings.append(find_rows(code, rows.index[rows], LATITUDE, details=details))
    return findings


def _names(codes: object) -> str:
    return ", ".join(province_name(code) for code in str(codes).split(";"))


def _lie(point: Any) -> str:
    if isinstance(point.provinces, str):
        return f"in {_names(point.provinces)}"
    return f"outside Cambodia, {_metres(point.distance_m)} from the border"


def _metres(distance: Any) -> str:
    return f"{distance:,.0f} m" if distance < 1000 else f"{distance / 1000:,.1f} km"
