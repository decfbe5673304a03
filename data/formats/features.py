"""Features of a map file as rows: their properties as columns, their points as latitude and longitude."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from data.formats.contents import Contents, Mark
from data.formats.detection import Format
from data.lines import Record
from data.numbers import write_number
from data.plain import fold_header
from data.schema import LATITUDE, LONGITUDE
from errors import UnreadableFileError
from locales import say

ALTITUDE = "altitude"
IN_FILE = "(file)"
"""Added to the name of a property that would be taken for a coordinate of the point."""


@dataclass(frozen=True)
class Feature:
    """One feature.

    Attributes
    ----------
    cells : dict of str to str
        Its properties as text.
    point : tuple of two float, or None
        Longitude and latitude, WGS 84.
    altitude : float
        Metres; 0 where none is given.
    shape : str
        What it is when it is no point: a value of ``shapes.SHAPES``, or another name.
    flaw : str
        What is wrong with its shape; empty when nothing is.
    """

    cells: dict[str, str] = field(default_factory=dict)
    point: tuple[float, float] | None = None
    altitude: float = 0.0
    shape: str = ""
    flaw: str = ""


def list_features(
    features: Sequence[Feature],
    file_format: Format,
    file_name: str,
    *,
    sheet: str = "",
    sheets: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> Contents:
    """Return features as rows under a header.

    A property that would be taken for a coordinate of the point is renamed, or left out where it says the same in
    every feature.

    Raises
    ------
    UnreadableFileError
        A point lies where no longitude and latitude can.
    """
    for number, feature in enumerate(features, start=1):
        if feature.point:
            check_degrees(feature.point, number, file_name)
    headers = {name: name for name in dict.fromkeys(name for feature in features for name in feature.cells)}
    own = _own_columns(features)
    for name in [name for name in headers if fold_header(name) in own]:
        if _says_the_same(features, name, own[fold_header(name)]):
            del headers[name]
            continue
        headers[name] = f"{name} {IN_FILE}"
        while list(headers.values()).count(headers[name]) > 1:
            headers[name] += "*"
    records: list[Record] = [(1, [*headers.values(), *own])]
    records += [
        (number, [feature.cells.get(name, "") for name in headers] + [texts[number - 2] for texts in own.values()])
        for number, feature in enumerate(features, start=2)
    ]
    marks = [Mark("shape_not_point", number, each.shape) for number, each in enumerate(features, 2) if each.shape]
    marks += [Mark("shape_broken", number, each.flaw) for number, each in enumerate(features, 2) if each.flaw]
    return Contents(
        file_format, records, has_header=True, sheet=sheet, sheets=sheets, notes=notes, marks=tuple(marks)
    )  # fmt: skip


def check_degrees(position: Sequence[float], number: int, file_name: str) -> None:
    """Refuse a position that is no longitude and latitude.

    Raises
    ------
    UnreadableFileError
        Naming the feature.
    """
    longitude, latitude = position[:2]
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):  # written so that NaN is refused, too
        raise UnreadableFileError(
            say(
                "The coordinates of feature {number} of “{file_name}” are not longitude/latitude.",
                number=str(number),
                file_name=file_name,
            ),
            say("Save the layer in WGS 84 (EPSG:4326) in its own program: degrees, longitude first."),
            file_name=file_name,
            feature=number,
        )


def _own_columns(features: Sequence[Feature]) -> dict[str, list[str]]:
    """Return the columns that the points make; none when no feature has a shape."""
    own: dict[str, list[str]] = {}
    if any(feature.point or feature.shape for feature in features):
        own[LATITUDE] = [write_number(each.point[1]) if each.point else "" for each in features]
        own[LONGITUDE] = [write_number(each.point[0]) if each.point else "" for each in features]
    if any(feature.altitude for feature in features):
        own[ALTITUDE] = [write_number(each.altitude) if each.point else "" for each in features]
    return own


def _says_the_same(features: Sequence[Feature], name: str, texts: Sequence[str]) -> bool:
    """Whether a property is the number of the point wherever it is given."""
    given = [(feature.cells.get(name, ""), text) for feature, text in zip(features, texts, strict=True)]
    return all(_same_number(cell, text) for cell, text in given if cell)


def _same_number(one: str, other: str) -> bool:
    try:
        return math.isclose(float(one), float(other), rel_tol=0, abs_tol=1e-12)
    except ValueError:
        return False
