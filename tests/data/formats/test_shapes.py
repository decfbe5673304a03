from __future__ import annotations

import pytest
import shapely

from data.formats.shapes import find_flaw, flaw_of

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 0]]


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        ({"type": "Polygon", "coordinates": [SQUARE]}, ""),
        ({"type": "Polygon", "coordinates": [[["0", "0"], ["1", "0"], ["1", "1"], ["0.0", "0"]]]}, ""),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE[:2]]]}, "2 positions"),
        ({"type": "Polygon", "coordinates": [[*SQUARE[:3], [5, 5]]]}, "not closed"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, "Self-intersection"),
        ({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, ""),
        ({"type": "LineString", "coordinates": [[0, 0]]}, "cannot be drawn"),
        ({"type": "MultiPoint", "coordinates": [[0, 0], [1, 1]]}, ""),
        ({"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [SQUARE[:2]]}]}, "2 pos"),
        ({"type": "GeometryCollection", "geometries": []}, ""),
    ],
)
def test_what_is_wrong_is_said(geometry, said):
    found = find_flaw(geometry)
    assert said in found
    assert bool(found) == bool(said)


def test_a_drawn_shape():
    assert flaw_of(shapely.box(0, 0, 1, 1)) == ""
    assert flaw_of(None) == "it cannot be drawn"
