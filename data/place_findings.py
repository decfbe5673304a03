"""What is said where the code, the written place and the coordinates of a record disagree, or lie off the map."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from data.issues import find_rows
from data.schema import LATITUDE, PLACE_TEXT
from geo.gazetteer import province_name
from locales import language, say


def share_province(left: pd.Series, right: pd.Series) -> pd.Series:
    """Return a mask of the rows in which two columns of province codes have one in common."""
    both = (left.notna() & right.notna()).to_numpy()
    shared = np.zeros(len(both), dtype=bool)
    if both.any():  # each distinct pair is compared once
        (one, ones), (other, others) = (pd.factorize(codes[both]) for codes in (left, right))
        pairs, distinct = pd.factorize(one * len(others) + other)
        told = (
            (str(ones[int(pair)]), str(others[int(rest)]))
            for pair, rest in zip(*divmod(distinct, len(others)), strict=True)
        )
        alike = [not set(mine.split(";")).isdisjoint(theirs.split(";")) for mine, theirs in told]
        shared[both] = np.array(alike, dtype=bool)[pairs]
    return pd.Series(shared, left.index)


def find_disagreements(
    by_code: pd.DataFrame,
    by_text: pd.DataFrame,
    by_point: pd.DataFrame,
    codes_name: str,
    written: pd.Series,
    points_win: pd.Series,
) -> list[pd.DataFrame]:
    """Return where the code, the written place and the coordinates of a row disagree.

    Parameters
    ----------
    by_code, by_text, by_point : DataFrame
        What each answers: ``provinces`` (codes with ``;`` between them), ``method``; of points ``distance_m``, too.
    codes_name : str
        The column of the codes.
    written : Series of str
        The places as written.
    points_win : Series of bool
        Rows in which the coordinates were used.
    """
    codes, texts, points = by_code["provinces"], by_text["provinces"], by_point["provinces"]
    has_point = by_point["method"].notna()
    against_text = codes.notna() & texts.notna() & ~share_province(codes, texts)
    against_point = codes.notna() & has_point & ~share_province(codes, points)
    places = [say("the written place, which is in {names}", names=_say_names(text)) for text in texts[against_text]]
    lies = [
        say("the coordinates, which lie {where}", where=_lie(point)) for point in by_point[against_point].itertuples()
    ]
    differ = points_win & texts.notna()
    both = [
        say("it is in {names}, they lie {where}", names=_say_names(text), where=_lie(point))
        for text, point in zip(texts[differ], by_point[differ].itertuples(), strict=True)
    ]
    return [
        find_rows("code_disagrees", codes.index[against_text], codes_name, codes[against_text], places),
        find_rows("code_disagrees", codes.index[against_point], codes_name, codes[against_point], lies),
        find_rows("place_disagrees", codes.index[differ], PLACE_TEXT, written[differ], both),
    ]


def find_off_map(by_point: pd.DataFrame, from_point: pd.Series) -> list[pd.DataFrame]:
    """Return which of the points that were used lie beside a province or outside Cambodia."""
    findings = []
    for code, method in (("nearest_province", "nearest"), ("outside_cambodia", "outside")):
        rows = from_point & (by_point["method"] == method)
        details = [
            _metres(point.distance_m)
            if method == "outside"
            else say(
                "{names} is {distance} away", names=_say_names(point.provinces), distance=_metres(point.distance_m)
            )
            for point in by_point[rows].itertuples()
        ]
        findings.append(find_rows(code, rows.index[rows], LATITUDE, details=details))
    return findings


def _say_names(codes: object) -> str:
    return _names(codes, language())


@lru_cache(maxsize=1_000)
def _names(codes: object, spoken: str) -> str:
    return ", ".join(province_name(code, spoken) for code in str(codes).split(";"))


def _lie(point: Any) -> str:
    if isinstance(point.provinces, str):
        return say("in {names}", names=_say_names(point.provinces))
    return say("outside Cambodia, {distance} from the border", distance=_metres(point.distance_m))


def _metres(distance: Any) -> str:
    return f"{distance:,.0f} m" if distance < 1000 else f"{distance / 1000:,.1f} km"
