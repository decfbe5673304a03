from __future__ import annotations

import csv
import io
import math

import pytest

from data.place_file import ADDED, add_provinces, read_degrees
from errors import AmbiguousColumnError, EmptyFileError, MissingColumnError, UnreadableFileError


def place(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(add_provinces(text.encode(), "points.csv").decode(), newline="")))


def test_provinces_are_added_behind_the_columns_of_the_file():
    header = add_provinces(b"id,latitude,longitude,note\n1,11.56,104.92,x\n", "points.csv").decode().splitlines()[0]
    assert header.split(",") == ["id", "latitude", "longitude", "note", *ADDED]


def test_points_are_placed_in_their_order():
    rows = place("id,latitude,longitude\n7,11.56,104.92\n3,13.10,103.20\n5,13.75,100.50\n")
    assert [(row["id"], row["province_code"], row["match_method"]) for row in rows] == [
        ("7", "KH-12", "coordinates"),
        ("3", "KH-2", "coordinates"),
        ("5", "", "outside"),
    ]
    assert rows[0]["distance_m"] == "0"
    assert float(rows[2]["distance_m"]) > 100_000


@pytest.mark.parametrize("cell", ["", "abc", "NaN", "inf", "91", "1e400", "11,,5"])
def test_what_is_no_latitude_is_invalid_and_the_row_is_kept(cell):
    (row,) = place(f'id,latitude,longitude\n1,"{cell}",104.92\n')
    assert (row["latitude"], row["province_code"], row["match_method"], row["distance_m"]) == (cell, "", "invalid", "")


@pytest.mark.parametrize("cell", ["11.56", "1.156e1", "11°33'36\"N", "11,56", "N 11.56", " 11.56", "១១.៥៦"])
def test_latitudes_are_read_as_people_write_them(cell):
    assert read_degrees(cell, "latitude") == pytest.approx(11.56)


def test_minus_is_south():
    assert read_degrees("-11.5", "latitude") == -11.5
    assert math.isnan(read_degrees("abc", "latitude"))


def test_other_cells_are_unchanged():
    (row,) = place('phone,latitude,longitude,name\n012555999,11.56,104.92,"a, ""b""\nកំពត"\n')
    assert row["phone"] == "012555999"
    assert row["name"] == 'a, "b"\nកំពត'


def test_a_missing_column_is_named():
    with pytest.raises(MissingColumnError, match="longitude"):
        place("id,latitude\n1,11.5\n")


def test_columns_are_never_overwritten():
    with pytest.raises(AmbiguousColumnError, match="province_code"):
        place("latitude,longitude,province_code\n11.56,104.92,KH-1\n")


def test_rows_of_another_width_are_refused():
    with pytest.raises(UnreadableFileError, match="row 3"):
        place("id,latitude,longitude\n1,11.56,104.92\n2,11.56,104.92,9\n")


def test_no_rows():
    with pytest.raises(EmptyFileError):
        place("latitude,longitude\n")
