from __future__ import annotations

import pytest

from data.degrees import Degrees, DegreesProblem, parse_degrees


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("10.609", 10.609, 3),
        ("-10.5", -10.5, 1),
        ("+10.5", 10.5, 1),
        ("១០.៦", 10.6, 1),
        ("10", 10, 0),
        ("10,6", 10.6, 1),
        ("10,609", 10.609, 3),
        ("10.60912000000000001", 10.60912, 17),
        ("10.5°", 10.5, 1),
        ("10.5 N", 10.5, 1),
        ("10.5 S", -10.5, 1),
        ("10°36'33\"N", 10.609167, 4),
        ("10° 36′ 33″ N", 10.609167, 4),
        ("10 36 33 N", 10.609167, 4),
        ("10:36:33", 10.609167, 4),
        ("10d36m33s", 10.609167, 4),
        ("10°36'33\"S", -10.609167, 4),
        ("N10 36.55", 10.609167, 4),
        ("10°36.5' N", 10.608333, 3),
        ("-10°36'", -10.6, 2),
    ],
)
def test_latitudes_that_are_understood(text, value, decimals):
    read = parse_degrees(text, "latitude")
    assert isinstance(read, Degrees)
    assert read.value == pytest.approx(value, abs=1e-6)
    assert read.decimals == decimals


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1277901", "coordinates_projected"),
        ("491277.5", "coordinates_projected"),
        ("10°36'33\"E", "coordinates_unreadable"),
        ("-10°36'N", "coordinates_unreadable"),
        ("10°75'", "coordinates_unreadable"),
        ("10.5°30'", "coordinates_unreadable"),
        ("10 36", "coordinates_unreadable"),
        ("10.6, 103.5", "coordinates_unreadable"),
        ("10.6,", "coordinates_unreadable"),
        ("1.06e1", "coordinates_unreadable"),
        ("1e308", "coordinates_unreadable"),
        ("inf", "coordinates_unreadable"),
        ("north", "coordinates_unreadable"),
        ("", "coordinates_unreadable"),
    ],
)
def test_latitudes_that_are_not(text, code):
    read = parse_degrees(text, "latitude")
    assert isinstance(read, DegreesProblem)
    assert read.code == code


def test_the_letter_belongs_to_the_axis():
    assert isinstance(parse_degrees("103.5 E", "longitude"), Degrees)
    assert isinstance(parse_degrees("103.5 E", "latitude"), DegreesProblem)
    assert isinstance(parse_degrees("103.5 N", "longitude"), DegreesProblem)
