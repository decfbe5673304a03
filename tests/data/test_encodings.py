"""A line that is no Unicode is shown as each encoding reads it."""

from __future__ import annotations

import pytest

from data.encodings import LONGEST, preview_encodings
from data.sniff import ENCODINGS


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Café – “KK Park”"),
        ("cp874", "กัมพูชา"),
        ("gb18030", "西哈努克市"),
        ("cp1258", "Đà Nẵng".replace("ẵ", "ă")),
    ],
)
def test_the_right_one_is_among_them(encoding, text):
    content = f"id,place\n1,{text}\n2,plain\n".encode(encoding)
    found = preview_encodings(content, "x.csv")
    assert f"1,{text}" in found.values()
    assert set(found) <= set(ENCODINGS)
    assert len(set(found.values())) == len(found)


def test_unicode_asks_nothing():
    assert preview_encodings("id\nព្រះសីហនុ\n".encode(), "x.csv") == {}


def test_long_lines_are_cut_around_what_is_unusual():
    found = preview_encodings(b"id\n" + b"x" * 500 + "Café".encode("cp1252") + b"y" * 500, "x.csv")
    assert "Café" in found["cp1252"]
    assert all(len(line) <= LONGEST for line in found.values())
