from __future__ import annotations

from dataclasses import asdict

import pytest
import shapely

from data.formats.polygons import boundary_limits
from data.formats.sandbox import read_apart
from errors import FileTooLargeError, UnreadableFileError
from tests.attacks.made_files import geopackage, layer

SQUARE = shapely.box(104, 11, 105, 12)


def read(content: bytes, **limits: int):
    bounds = asdict(boundary_limits()) | limits
    return read_apart("areas", {"layer.gpkg": content}, "x", sheet=None, crs=None, encoding=None, limits=bounds)


def test_shapes_come_in_longitude_and_latitude_with_their_attributes(tmp_path):
    answer = read(geopackage(tmp_path, one=layer(SQUARE, None, name=["a", "b"], number=[1, 2])))
    assert answer["columns"] == ["name", "number"]
    assert answer["cells"] == [["a", "b"], ["1", "2"]]
    assert shapely.equals(shapely.from_wkb(answer["shapes"][0]), SQUARE)
    assert answer["shapes"][1] is None
    assert answer["sheets"] == ["one"]


def test_limits_hold(tmp_path):
    content = geopackage(tmp_path, one=layer(SQUARE, SQUARE, name=["a", "b"]))
    with pytest.raises(FileTooLargeError):
        read(content, vertices=9)
    with pytest.raises(UnreadableFileError):
        read(content, rows=1)


def test_heights_are_left_out(tmp_path):
    answer = read(geopackage(tmp_path, one=layer(shapely.force_3d(SQUARE, 5), name=["a"])))
    assert not shapely.from_wkb(answer["shapes"][0]).has_z
