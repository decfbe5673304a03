from __future__ import annotations

import pytest

from geo.gazetteer import communes, districts, provinces, towns
from geo.place_codes import find_candidates, find_place, label_place


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("KH-20", "Svay Rieng (province)"),
        ("bavet", "Bavet, Svay Rieng (town)"),
        ("0102", "Mangkul Bourei, Banteay Meanchey (district)"),
    ],
)
def test_a_place_is_found_by_its_code_and_called_with_its_province(code, label):
    place = find_place(code)
    assert place is not None
    assert (place.code, label_place(place)) == (code, label)


def test_every_code_of_the_lists_is_found_and_no_other():
    codes = [
        *provinces()["province_code"], *towns()["town_id"], *districts()["district_code"], *communes()["commune_code"],
    ]  # fmt: skip
    assert len(codes) == len(set(codes))
    assert all(found is not None and found.code == code for code in codes if (found := find_place(code)) or True)
    assert find_place("KH-99") is None
    assert find_place("") is None


def test_a_commune_is_called_with_its_district():
    first = communes().iloc[0]
    place = find_place(first["commune_code"])
    assert place is not None
    district = districts().set_index("district_code")["name_en"][first["district_code"]]
    assert f", {district}, " in label_place(place)


def test_all_that_an_ambiguous_text_may_mean_and_what_is_suggested_for_an_unknown_one():
    ambiguous = find_candidates("Kampot; Kandal")
    assert {place.code for place in ambiguous} == {"KH-7", "KH-8"}
    assert "KH-7" in {place.code for place in find_candidates("Kampott")}
    assert find_candidates("qqqqqqqq") == ()
    assert [place.code for place in find_candidates("Kampot")] == ["KH-7"]


def test_a_bare_number_suggests_the_province_with_that_number():
    assert [place.code for place in find_candidates("7")] == ["KH-7"]
