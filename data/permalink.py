"""What a reader has chosen, as the parameters of an address and back: every view is a link.

The address is never trusted: only known names with valid values are taken from it; anything else is left at its
default, so that an old or broken link opens what can be opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from data.belief import SPEAKER_TYPES
from data.measures import DEFAULT_MEASURE, MEASURES
from data.periods import GRAINS, Period
from data.privacy import PROFILES
from errors import PeriodError
from geo.gazetteer import PROVINCE_CODES
from locales import later

STYLES = {"circles": later("Circles: counts"), "shades": later("Shades: rates")}
COMPARISONS = {
    "": later("One period"),
    "side": later("Side by side"),
    "swipe": later("Swipe"),
    "difference": later("Difference"),
}
POINTS = {
    "": later("Dots, hexagons where many"),
    "dots": later("Dots"),
    "hexagons": later("Hexagons"),
    "none": later("None"),
}
SCHEMES = ("quantiles", "natural", "equal", "manual")
FEWEST_CLASSES, MOST_CLASSES = 2, 7
_LONGEST = 80
_LONGEST_AREA = 900
_DIGITS = 4


@dataclass(frozen=True)
class Choices:
    """The choices of one reader.

    Attributes
    ----------
    measure : str
        Name of a measure.
    period : Period or None
        The slice; None means the one that suits the measure.
    compare : str
        How a second period is set beside the first one, a key of `COMPARISONS`; empty means not at all.
    against : Period or None
        The second period; None means the one before the first.
    style : str
        How figures are drawn on the map.
    scheme : str
        How the class breaks of shades are found, one of `SCHEMES`.
    classes : int
        Number of classes.
    breaks : tuple of float
        Upper ends of the classes, ascending, when the scheme is ``manual``.
    level : str
        ``province`` or ``district``.
    points : str
        How uploaded records with coordinates are drawn, a key of `POINTS`.
    grain : str
        Step of the timeline.
    cumulative : bool
        Whether the period on the map grows from the beginning while it is played.
    place : str
        Code of the chosen province, or empty.
    compound : str
        Identifier of the chosen compound, or empty.
    record : str
        Identifier of the chosen event or complaint, or empty.
    area : str
        A drawn area as ``geo.area`` writes it, or empty.
    believe : tuple of str
        Types of speakers whose records count, sorted; empty means everyone.
    version : int
        The data version that is shown; 0 means the latest.
    profile : str
        ``internal``, or ``public`` for what may be shown to anyone (see ``data/privacy.py``).
    at : tuple of float
        Latitude, longitude and zoom of the map; empty means the whole country.
    """

    measure: str = DEFAULT_MEASURE
    period: Period | None = None
    compare: str = ""
    against: Period | None = None
    style: str = "circles"
    scheme: str = "quantiles"
    classes: int = 5
    breaks: tuple[float, ...] = ()
    level: str = "province"
    points: str = ""
    grain: str = "month"
    cumulative: bool = False
    place: str = ""
    compound: str = ""
    record: str = ""
    area: str = ""
    believe: tuple[str, ...] = ()
    version: int = 0
    profile: str = "internal"
    at: tuple[float, ...] = ()


def _one_of(values: Any) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in values:
            raise ValueError(text)
        return text

    return read


def _text(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > longest or not text.isprintable():
            raise ValueError(text)
        return text

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
            raise ValueError(text)
        return int(text)

    return read


def _speakers(text: str) -> tuple[str, ...]:
    return tuple(sorted(set(text.split(",")) & set(SPEAKER_TYPES)))


def _numbers(text: str) -> tuple[float, ...]:
    numbers = tuple(round(float(part), _DIGITS) for part in text.split(","))
    if len(numbers) > MOST_CLASSES or not all(abs(number) < 1e9 for number in numbers):  # NaN is not below it either
        raise ValueError(text)
    return numbers


def _breaks(text: str) -> tuple[float, ...]:
    numbers = _numbers(text)
    if list(numbers) != sorted(set(numbers)):
        raise ValueError(text)
    return numbers


def _view(text: str) -> tuple[float, ...]:
    latitude, longitude, zoom = _numbers(text)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= zoom <= 20):
        raise ValueError(text)
    return latitude, longitude, zoom


_READERS: dict[str, Callable[[str], Any]] = {
    "measure": _one_of(MEASURES),
    "compare": _one_of(COMPARISONS),
    "style": _one_of(STYLES),
    "scheme": _one_of(SCHEMES),
    "classes": _whole(FEWEST_CLASSES, MOST_CLASSES),
    "breaks": _breaks,
    "level": _one_of(("province", "district")),
    "points": _one_of(POINTS),
    "grain": _one_of(GRAINS),
    "cumulative": lambda text: _one_of(("1",))(text) == "1",
    "place": _one_of(PROVINCE_CODES),
    "compound": _text(_LONGEST),
    "record": _text(_LONGEST),
    "area": _text(_LONGEST_AREA),
    "believe": _speakers,
    "version": _whole(1, 10**9),
    "profile": _one_of(PROFILES),
    "at": _view,
}


_PERIODS = {"period": ("from", "to"), "against": ("against_from", "against_to")}


def read_address(parameters: Mapping[str, str]) -> Choices:
    """Return the choices that an address states; unknown names and invalid values are left at their default."""
    found: dict[str, Any] = {}
    for name, read in _READERS.items():
        if name in parameters:
            with suppress(ValueError, OverflowError):
                found[name] = read(parameters[name])
    for name, (first, after) in _PERIODS.items():
        with suppress(KeyError, ValueError, PeriodError):
            found[name] = Period(date.fromisoformat(parameters[first]), date.fromisoformat(parameters[after]))
    return Choices(**found)


def write_address(choices: Choices) -> dict[str, str]:
    """Return the parameters of the address for these choices; defaults are left out."""
    parameters: dict[str, str] = {}
    for field in fields(choices):
        value = getattr(choices, field.name)
        if value == field.default:
            continue
        if isinstance(value, Period):
            first, after = _PERIODS[field.name]
            parameters |= {first: value.start.isoformat(), after: value.end.isoformat()}
        elif isinstance(value, tuple):
            parameters[field.name] = ",".join(map(_write_part, value))
        else:
            parameters[field.name] = "1" if value is True else str(value)
    return parameters


def _write_part(part: float | str) -> str:
    return part if isinstance(part, str) else f"{part:.{_DIGITS}f}".rstrip("0").rstrip(".")
