from __future__ import annotations

import pytest
import shapely

from geo.files.build_provinces import CODES, decode_geometry, decode_provinces, decode_ring
from geo.gazetteer import PROVINCE_CODES


def encode(steps: list[tuple[int, int]]) -> str:
    """Encode steps as ECharts does: zigzag, then shifted by 64."""
    return "".join(chr(((number << 1) ^ (number >> 63)) + 64) for step in steps for number in step)


def test_a_ring_written_out_by_hand():
    # "@@" is the step (0, 0), "B@" (+1, 0), "@B" (0, +1), "A@" (-1, 0), "@A" (0, -1).
    assert decode_ring("@@B@@BA@@A", [105 * 1024, 12 * 1024]) == [
        (105.0, 12.0),
        (105 + 1 / 1024, 12.0),
        (105 + 1 / 1024, 12 + 1 / 1024),
        (105.0, 12 + 1 / 1024),
        (105.0, 12.0),
    ]


def test_long_and_negative_steps():
    ring = decode_ring(encode([(0, 0), (2048, -1024), (-3072, 500)]), [102400, 10240])
    assert ring == [(100.0, 10.0), (102.0, 9.0), (99.0, 9 + 500 / 1024)]


@pytest.mark.parametrize("text", ["@@B", "@@ !"])
def test_texts_that_are_no_ring(text):
    with pytest.raises(ValueError, match=r"pairs|cannot occur"):
        decode_ring(text, [0, 0])


SQUARE = encode([(0, 0), (4096, 0), (0, 4096), (-4096, 0), (0, -4096)])
HOLE = encode([(0, 0), (0, 1024), (1024, 0), (0, -1024), (-1024, 0)])


def test_a_polygon_with_a_hole():
    shape = decode_geometry({"type": "Polygon", "coordinates": [SQUARE, HOLE], "encodeOffsets": [[0, 0], [1024, 1024]]})
    assert shape.equals(shapely.MultiPolygon([shapely.box(0, 0, 4, 4) - shapely.box(1, 1, 2, 2)]))


def test_several_polygons():
    shape = decode_geometry(
        {"type": "MultiPolygon", "coordinates": [[SQUARE], [HOLE]], "encodeOffsets": [[[0, 0]], [[10240, 0]]]}
    )
    assert shape.equals(shapely.MultiPolygon([shapely.box(0, 0, 4, 4), shapely.box(10, 0, 11, 1)]))


def test_other_geometries_are_refused():
    with pytest.raises(ValueError, match="Point"):
        decode_geometry({"type": "Point", "coordinates": "@@", "encodeOffsets": [0, 0]})


def test_a_file_that_is_not_encoded_is_refused():
    with pytest.raises(ValueError, match="UTF8Encoding"):
        decode_provinces({"type": "FeatureCollection", "features": []})


def test_an_unknown_name_stops_the_build():
    feature = {"properties": {"name": "Banteay Mean Chey"}, "geometry": {}}
    with pytest.raises(KeyError, match="Banteay Mean Chey"):
        decode_provinces({"UTF8Encoding": True, "features": [feature]})


def test_the_table_of_names_holds_every_province_once():
    assert sorted(CODES.values()) == sorted(PROVINCE_CODES)
