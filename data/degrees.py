"""Coordinates as people write them: decimal degrees, degrees with minutes and seconds, a decimal comma."""

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
    written = plain(text).casefold().replace("−", "-")
    if _DECIMAL.fullmatch(written):
        return _decimal(written)
    if comma := _DECIMAL_COMMA.fullmatch(written):
        # Thousands cannot be meant: no angle reaches 1,000 degrees.
        return _decimal(f"{comma[1]}.{comma[2]}")
    return _sexagesimal(written, axis)


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
