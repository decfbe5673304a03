"""Coordinates as people write them: degrees, with minutes and seconds or decimals; metres; both in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from data.plain import plain

Axis = Literal["latitude", "longitude"]
LIMIT = {"latitude": 90.0, "longitude": 180.0}
_HEMISPHERES = {"latitude": {"n": 1, "s": -1}, "longitude": {"e": 1, "w": -1}}
_OTHER_AXIS: dict[Axis, Axis] = {"latitude": "longitude", "longitude": "latitude"}
METRES_FROM = 1000.0
"""No angle is written with numbers as large as this, but metres of a projection are."""

_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]*)?|[+-]?\.[0-9]+")
USUAL = r"-?[0-9]{1,3}\.[0-9]{1,18}"
"""As nearly all coordinates are written: nothing has to be made plain, and it is less than `METRES_FROM`."""
_USUAL = re.compile(USUAL)
_DECIMAL_COMMA = re.compile(r"([+-]?[0-9]{1,3}),([0-9]+)")
_LETTERS = tuple("nsew")
_MARKS = frozenset("°ºd:'’′ʹm")
_SECONDS_LETTER = re.compile(r"m ?[0-9.]+ ?s$")
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_PARTS = re.compile(
    rf"({_NUMBER})(?: ?[°ºd:] ?| |$)"
    rf"(?:({_NUMBER})(?: ?['’′ʹm:] ?| |$)"
    rf"(?:({_NUMBER})(?: ?(?:\"|”|″|''|s))? ?)?)?"
)


_METRES = re.compile(r"([+-]?[0-9]{4,12}(?:\.[0-9]*)?) ?m?")
_GROUPED_METRES = re.compile(r"([0-9]{1,3})((?:[, '’][0-9]{3})+(?:\.[0-9]*)?|(?:\.[0-9]{3}){2,}) ?m?")
NEIGHBOURHOOD: dict[Axis, tuple[float, float]] = {"latitude": (9.0, 15.0), "longitude": (102.0, 108.0)}
"""Latitudes and longitudes of Cambodia and its surroundings."""
_METRES_HERE: dict[Axis, tuple[float, float]] = {"latitude": (1e6, 1.7e6), "longitude": (1e5, 9e5)}
"""Northings and eastings of the same in zone 48 of UTM."""
# The separators of a pair, the surest first; a letter of the compass ends or begins a coordinate.
_BETWEEN = tuple(
    re.compile(pattern)
    for pattern in (
        r" ?[;|/] ?",
        r", ",
        r"(?<=[nsew]),? ?(?=[0-9-])",
        r"(?<=[0-9°'\"]),? ?(?=[nsew] ?[0-9])",
        r"(?<=[0-9°'\"]),(?=[0-9-])",
        r" ",
    )
)
_AXES: tuple[Axis, Axis] = ("latitude", "longitude")


@dataclass(frozen=True)
class Degrees:
    """An angle in degrees, and how many decimals of a degree the writing is good for."""

    value: float
    decimals: int


@dataclass(frozen=True)
class DegreesProblem:
    """A coordinate that was not understood: an issue's code and what its message adds."""

    code: str
    detail: str = ""


def parse_degrees(text: str, axis: Axis) -> Degrees | DegreesProblem:
    """Return the angle that a written coordinate states, or why it cannot be told.

    Parameters
    ----------
    text : str
        ``10.609``, ``10,609``, ``10°36'33"N``, ``N10 36.55``; the digits of any script.
    axis : {"latitude", "longitude"}
        Which letters (N, S or E, W) may stand with it. The size of the angle is not checked against the axis here:
        exchanged columns are found, and said, for the row as a whole.

    Returns
    -------
    Degrees or DegreesProblem
        Degrees north or east, WGS 84.
    """
    if _USUAL.fullmatch(text):
        return Degrees(float(text), len(text) - text.index(".") - 1)
    written = plain(text).casefold().replace("−", "-")
    if _DECIMAL.fullmatch(written):
        return _decimal(written)
    if comma := _DECIMAL_COMMA.fullmatch(written):
        # Thousands cannot be meant: no angle reaches 1,000 degrees.
        return _decimal(f"{comma[1]}.{comma[2]}")
    if parse_metres(text) is not None:
        return DegreesProblem("coordinates_projected", written)
    return _sexagesimal(written, axis)


def parse_metres(text: str) -> float | None:
    """Return a number that can only be metres of a projection; None for everything else.

    Thousands may be grouped. Where ``104,928`` may as well be degrees with a decimal comma, it is no metres.
    """
    if not text or _USUAL.fullmatch(text):
        return None
    written = plain(text).casefold().replace("−", "-")
    if match := _METRES.fullmatch(written):
        return float(match[1]) if abs(float(match[1])) >= METRES_FROM else None
    match = _GROUPED_METRES.fullmatch(written)
    if match is None or (len(match[2]) == 4 and int(match[1]) <= LIMIT["longitude"]):
        return None
    rest, _, decimals = match[2].partition(".") if match[2][0] != "." else (match[2], "", "")
    return float(f"{match[1]}{re.sub('[^0-9]', '', rest)}.{decimals}")


def split_pair(text: str) -> tuple[str, str] | DegreesProblem:
    """Return the latitude and the longitude that one cell holds, as they are written there.

    Parameters
    ----------
    text : str
        ``10.6, 103.5``, ``10°36'N 103°31'E``, ``(103.5; 10.6)``, ``1277901 491277``; in either order.

    Returns
    -------
    tuple of two str, or DegreesProblem
        The order is the one that lies in Cambodia or around it; else the only one that is possible at all. Where
        neither can be told, or the cell holds no pair, that is the problem.
    """
    written = plain(text).casefold().replace("−", "-").strip("()[] ")
    for between in _BETWEEN:
        parts = [part.strip(" ,") for part in between.split(written)]
        if len(parts) != 2 or not all(parts):
            continue
        first, second = parts
        orders = ((first, second), (second, first))
        if possible := [order for order in orders if _fits(order, None)]:
            here = [order for order in possible if _fits(order, NEIGHBOURHOOD)]
            chosen = here or possible
            if len(chosen) == 1:
                return chosen[0]
            return DegreesProblem("coordinates_unreadable", ": which of the two is the latitude cannot be told")
    return DegreesProblem("coordinates_unreadable", ": it is no pair of latitude and longitude")


def _fits(pair: tuple[str, str], within: dict[Axis, tuple[float, float]] | None) -> bool:
    """Whether two texts can be latitude and longitude, in degrees (`within` these limits) or both in metres."""
    metres = [parse_metres(text) for text in pair]
    if None not in metres:
        return all(
            _METRES_HERE[axis][0] <= float(each or 0) <= _METRES_HERE[axis][1]
            for axis, each in zip(_AXES, metres, strict=True)
        )
    for axis, text in zip(_AXES, pair, strict=True):
        read = parse_degrees(text, axis)
        low, high = (-LIMIT[axis], LIMIT[axis]) if within is None else within[axis]
        if isinstance(read, DegreesProblem) or not low <= read.value <= high:
            return False
    return True


def _decimal(written: str) -> Degrees | DegreesProblem:
    value = float(written)
    if abs(value) >= METRES_FROM:
        return DegreesProblem("coordinates_projected", written)
    return Degrees(value, len(written.partition(".")[2]))


def _sexagesimal(written: str, axis: Axis) -> Degrees | DegreesProblem:
    letter = ""
    if written[:1] in _LETTERS:
        letter, written = written[0], written[1:]
    elif written[-1:] in _LETTERS and not _SECONDS_LETTER.search(written):
        letter, written = written[-1], written[:-1]
    if letter and letter in _HEMISPHERES[_OTHER_AXIS[axis]]:
        return DegreesProblem("coordinates_unreadable", f": {letter.upper()} does not belong to a {axis}")
    sign = _HEMISPHERES[axis].get(letter, 1)
    body = written.strip()
    if body.startswith("-"):
        if letter:
            return DegreesProblem("coordinates_unreadable", ": it has a sign and a letter")
        sign, body = -1, body[1:]
    match = _PARTS.fullmatch(body)
    # Two bare numbers may as well be a decimal point that went astray.
    if match is None or not (letter or set(body) & _MARKS):
        return DegreesProblem("coordinates_unreadable")
    degrees, minutes, seconds = match[1], match[2] or "0", match[3] or "0"
    if float(minutes) >= 60 or float(seconds) >= 60 or (match[2] and "." in degrees) or (match[3] and "." in minutes):
        return DegreesProblem("coordinates_unreadable", ": its minutes or seconds are not possible")
    value = sign * (float(degrees) + float(minutes) / 60 + float(seconds) / 3600)
    # A minute is good for about two decimals of a degree, a second for about four.
    decimals = 4 if match[3] else 2 + len(minutes.partition(".")[2]) if match[2] else len(degrees.partition(".")[2])
    return Degrees(value, decimals)
