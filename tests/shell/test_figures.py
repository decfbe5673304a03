from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from tests.shell.commands import refused, run

MONTH = ("--measure", "stated:complaints_received", "--from", "2022-08-19", "--to", "2022-09-19")


@pytest.fixture(autouse=True)
def _own_data(data_folder):
    return data_folder


def _figure(out, *arguments):
    result = run("figure", "--out", out, *arguments)
    assert result.exit_code == 0, result.stderr
    assert str(out) in result.stderr
    return out.read_bytes()


def _words(svg: bytes) -> str:
    return " ".join(re.findall(r"<text\b[^>]*>(.*?)</text>", svg.decode(), re.DOTALL))


def test_a_picture_has_the_size_that_was_asked_for(tmp_path):
    png = _figure(tmp_path / "map.png", *MONTH, "--frame", "half", "--scale", 2, "--style", "shades", "--grey")
    assert Image.open(io.BytesIO(png)).size == (1600, 1120)


def test_the_public_profile_says_what_it_withholds_and_khmer_is_spoken(tmp_path):
    internal = _words(_figure(tmp_path / "a.svg", *MONTH, "--format", "svg"))
    assert "201+" in internal
    assert "internal version, not for publication" in internal
    public = _words(_figure(tmp_path / "b.svg", *MONTH, "--format", "svg", "--profile", "public"))
    assert "Withheld in the public profile" in public
    assert "public version" in public
    khmer = _words(_figure(tmp_path / "c.svg", *MONTH, "--format", "svg", "--language", "km"))
    assert "ព្រះសីហនុ" in khmer


def test_several_periods_and_comparisons_are_drawn(tmp_path):
    raids = ("--measure", "recorded:raid", "--from", "2022-07-01", "--to", "2023-07-01", "--format", "svg")
    assert "Oct – Dec 2022" in _words(_figure(tmp_path / "each.svg", *raids, "--each", "quarter", "--frame", "a4"))
    change = _words(_figure(tmp_path / "change.svg", *raids, "--compare", "difference"))
    assert "Change: Raids, as recorded" in change


def test_what_cannot_be_drawn_is_refused(tmp_path):
    out = tmp_path / "map.png"
    assert "Only one end" in refused("figure", "--out", out, "--from", "2022-08-19")
    assert "KH-99" in refused("figure", "--out", out, "--place", "KH-99")
    assert "nothing is compared" in refused("figure", "--out", out, "--against-from", "2022-01-01")
    assert "no measure called" in refused("figure", "--out", out, "--measure", "stated:nonsense")
    assert "cannot be written" in refused("figure", "--out", tmp_path / "no" / "map.png", *MONTH)
    assert not out.exists()
