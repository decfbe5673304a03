from __future__ import annotations

import json
import subprocess
import sys

import pytest
import shapely

from data.formats.layers import GEOPACKAGE, _as_text, _layers_of, _read_bytes
from data.formats.sandbox import ROOT
from errors import UnreadableFileError
from tests.attacks.made_files import geopackage, layer, with_schema

DRIVERS = """
import json, pyogrio
from data.formats.layers import _allow_only
_allow_only("GPKG")
print(json.dumps(list(pyogrio.list_drivers())))
"""


def test_only_one_driver_is_left():
    ended = subprocess.run([sys.executable, "-W", "ignore", "-c", DRIVERS], cwd=ROOT, capture_output=True, check=True)
    assert json.loads(ended.stdout) == ["GPKG"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (True, "true"), (3, "3"), (2.0, "2"), (float("nan"), ""), (b"abc", "(3 bytes)"), ("x", "x")],
)
def test_a_cell_is_text(cell, text):
    assert _as_text(cell) == text


def test_a_text_that_was_cut_within_a_letter_is_marked():
    cut = "កំពត".encode()[:-1].decode("latin-1")
    assert _read_bytes(cut, "utf-8") == "កំព\ufffd"
    with pytest.raises(UnicodeDecodeError):
        _read_bytes("\xff\xfe", "utf-8")


def test_layers_are_listed_and_the_filled_ones_told(tmp_path):
    point = layer(shapely.Point(104, 11))
    content = geopackage(tmp_path, one=point, two=point.iloc[:0])
    (tmp_path / GEOPACKAGE).write_bytes(content)
    assert _layers_of(tmp_path / GEOPACKAGE, "x") == (["one", "two"], ["one"])
    (tmp_path / GEOPACKAGE).write_bytes(with_schema(tmp_path, content, "CREATE VIEW v AS SELECT 1"))
    with pytest.raises(UnreadableFileError, match="views"):
        _layers_of(tmp_path / GEOPACKAGE, "x")
    (tmp_path / GEOPACKAGE).write_bytes(content[:5000])
    with pytest.raises(UnreadableFileError, match="damaged"):
        _layers_of(tmp_path / GEOPACKAGE, "x")
