from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from charts.label_places import Places, around, name_boxes, number_boxes, tile_boxes, touches

MAP = (0.0, 0.0, 500.0, 400.0)


def test_a_name_takes_the_best_place_that_is_free():
    places = Places(MAP)
    boxes = [(10.0, 10.0, 60.0, 24.0), (10.0, 40.0, 60.0, 54.0)]
    assert places.find(boxes) == boxes[0]
    assert places.find(boxes) == boxes[1]
    assert places.find(boxes) is None


def test_nothing_stands_outside_the_map():
    assert Places(MAP).find([(480.0, 10.0, 530.0, 24.0)], must=True) is None


def test_what_must_stand_covers_symbols_then_circles_but_nothing_fixed():
    box = (10.0, 10.0, 60.0, 24.0)
    assert Places(MAP, symbols=[box]).find([box]) is None
    assert Places(MAP, symbols=[box]).find([box], must=True) == box
    assert Places(MAP, circles=[box]).find([box], must=True) == box
    assert Places(MAP, fixed=[box]).find([box], must=True) is None


@given(st.lists(st.tuples(st.floats(20, 480), st.floats(20, 380), st.floats(0, 30)), max_size=25))
def test_no_two_names_that_were_placed_meet(spots):
    places = Places(MAP)
    placed = []
    for x, y, radius in spots:
        boxes = name_boxes(x, y, 70, 14, kind="province", reported=True, radius=radius)
        if box := places.find(boxes, must=True):
            placed.append(box)
    assert not any(touches(one, other, 0) for i, one in enumerate(placed) for other in placed[i + 1 :])


def test_numbers_and_tiles_stand_clear_of_their_circle():
    circle = around(200, 200, 10)
    assert not any(touches(box, circle, 0) for box in number_boxes(200, 200, 30, 14, 10)[:4])
    assert not any(touches(box, circle, 0) for box in tile_boxes(200, 200, 40, 30, 7))


def test_each_kind_of_name_has_places():
    for kind in ("province", "town", "river", "lake", "country", "sea"):
        assert name_boxes(100, 100, 50, 12, kind=kind, reported=False, radius=0)
