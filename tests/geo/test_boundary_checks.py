from __future__ import annotations

import pytest
import shapely

from geo.boundaries import load_provinces
from geo.boundary_checks import SLIVER_WIDTH_M, check_boundaries
from geo.gazetteer import PROVINCE_CODES, districts, provinces

NAMES = provinces()
PROPERTIES = [{"ADM1_PCODE": code} for code in NAMES["pcode"]]
SHAPES = list(load_provinces().geometry)
PHNOM_PENH = 11


def check(changed: dict[int, shapely.Geometry | None] | None = None, properties=PROPERTIES):
    shapes = [(changed or {}).get(number, shape) for number, shape in enumerate(SHAPES)]
    return check_boundaries(properties, shapes, 1)


def reasons(checked) -> str:
    assert checked.refused
    return " ".join(finding.message for finding in checked.findings if finding.refuses)


def test_a_sound_set_passes_in_whatever_order_its_shapes_come():
    checked = check_boundaries(PROPERTIES[::-1], SHAPES[::-1], 1)
    assert checked.findings == ()
    assert tuple(checked.shapes["province_code"]) == PROVINCE_CODES
    assert shapely.area(checked.shapes.geometry.values).sum() == pytest.approx(shapely.area(SHAPES).sum(), rel=1e-6)
    assert checked.columns == ("ADM1_PCODE",)


def test_twenty_four_provinces_are_refused_and_the_missing_one_named():
    assert "Banteay Meanchey (KH-1)" in reasons(check_boundaries(PROPERTIES[1:], SHAPES[1:], 1))


def test_slivers_are_tolerated_and_told_with_their_size():
    checked = check({PHNOM_PENH: SHAPES[PHNOM_PENH].buffer(0.0004)})
    assert not checked.refused
    assert "Overlaps between neighbours" in checked.findings[0].message
    assert "km² in all" in checked.findings[0].message
    shrunk = check({PHNOM_PENH: SHAPES[PHNOM_PENH].buffer(-0.0004)})
    assert not shrunk.refused
    assert "Gaps between neighbours" in shrunk.findings[0].message


def test_an_overlap_of_five_kilometres_is_refused_and_the_pair_named_with_its_size():
    told = reasons(check({PHNOM_PENH: SHAPES[PHNOM_PENH].buffer(0.05)}))
    assert "Kandal and Phnom Penh overlap by" in told
    assert SLIVER_WIDTH_M < 5000


def test_a_wide_gap_is_refused_and_the_neighbours_named():
    assert "belong to nobody" in reasons(check({PHNOM_PENH: SHAPES[PHNOM_PENH].buffer(-0.02)}))
    assert "Kandal and Phnom Penh" in reasons(check({PHNOM_PENH: SHAPES[PHNOM_PENH].buffer(-0.02)}))


def test_a_part_of_the_country_without_a_province_is_refused():
    east = SHAPES[15]  # Ratanak Kiri, at the border: what is cut off is no hole
    west, south, far, north = east.bounds
    kept = east.intersection(shapely.box(west, south, (west + far) / 2, north))
    assert "in no shape of the file" in reasons(check({15: kept}))


def test_exchanged_axes_are_recognised():
    swapped = [shapely.transform(shape, lambda xy: xy[:, ::-1]) for shape in SHAPES]
    assert "longitude and latitude are exchanged" in reasons(check_boundaries(PROPERTIES, swapped, 1))


def test_shapes_elsewhere_are_refused():
    moved = [shapely.transform(shape, lambda xy: xy + 20) for shape in SHAPES]
    assert "not Cambodia alone" in reasons(check_boundaries(PROPERTIES, moved, 1))


@pytest.mark.parametrize("shape", [None, shapely.Point(104, 12), shapely.Polygon()])
def test_a_shape_without_an_area_is_refused(shape):
    assert "No area is drawn for shape 4." in reasons(check({3: shape}))


def test_rings_are_repaired_only_when_the_area_stays():
    part = max(shapely.get_parts(SHAPES[3]), key=shapely.area)
    ring = list(part.exterior.coords)
    x, y = ring[0]
    # A whisker: the ring goes out and back on itself at its first vertex.
    whisker = shapely.Polygon([*ring[:1], (x + 1e-4, y + 1e-4), *ring])
    assert not whisker.is_valid
    checked = check({3: whisker})
    assert not checked.refused
    assert any("were repaired" in finding.message for finding in checked.findings)
    bow_tie = shapely.Polygon([(104, 12), (105, 13), (105, 12), (104, 13)])
    assert "repairing them changes the area: 4" in reasons(check({3: bow_tie}))


def test_districts_are_placed_in_their_province_and_told_when_split():
    listed = districts()
    own = [listed[listed["province_code"] == code].iloc[0]["district_code"] for code in PROVINCE_CODES]
    checked = check_boundaries([{"ADM2_PCODE": f"KH{code}"} for code in own], SHAPES, 2)
    assert not checked.refused
    assert set(checked.shapes["district_code"]) == set(own)
    assert set(checked.shapes["province_code"]) == set(PROVINCE_CODES)
    both = shapely.union(SHAPES[7], SHAPES[11])
    split = check_boundaries([{"ADM2_PCODE": "KH0801"}], [both], 2)
    assert any("less than 95% of their area" in finding.message for finding in split.findings)
