from __future__ import annotations

import pytest

from data.degrees import Degrees, DegreesProblem, parse_degrees, parse_metres, split_pair


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


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("491277", 491277),
        ("1277901.5 m", 1277901.5),
        ("1,277,901", 1277901),
        ("1 277 901.25", 1277901.25),
        ("1.277.901", 1277901),
        ("491,277", 491277),
        ("104,928", None),
        ("104.928", None),
        ("10.6", None),
        ("12", None),
        ("x", None),
        ("", None),
    ],
)
def test_metres_are_what_can_be_nothing_else(text, metres):
    assert parse_metres(text) == metres


@pytest.mark.parametrize(
    "text",
    [
        "10.6, 103.5", "10.6,103.5", "10.6 103.5", "10.6; 103.5", "(10.6, 103.5)", "103.5, 10.6", "10,6 103,5",
        "10,6; 103,5", "១០.៦, ១០៣.៥", "10°36'N 103°30'E", "N10 36 E103 30", "103°30'E, 10°36'N",
        "10°36'00\"N, 103°30'00\"E",
        "10.6N, 103.5E", "10.6/103.5",
    ],
)  # fmt: skip
def test_both_coordinates_in_one_cell(text):
    pair = split_pair(text)
    assert isinstance(pair, tuple)
    values = [parse_degrees(part, axis) for part, axis in zip(pair, ("latitude", "longitude"), strict=True)]
    assert [value.value for value in values if isinstance(value, Degrees)] == pytest.approx([10.6, 103.5], abs=1e-6)


def test_a_pair_elsewhere_is_split_where_one_order_is_possible():
    assert split_pair("13.75, 100.5") == ("13.75", "100.5")
    assert split_pair("1277901, 491277") == split_pair("491277 1277901") == ("1277901", "491277")


@pytest.mark.parametrize("text", ["10.6", "10,6", "12, 13", "-200, 300", "x, y", "", "10.6, 103.5, 7", ",", "Kampot"])
def test_what_is_no_pair_or_can_be_read_both_ways(text):
    read = split_pair(text)
    assert isinstance(read, DegreesProblem)
    assert read.code == "coordinates_unreadable"
