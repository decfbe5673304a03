from __future__ import annotations

import pytest

from data.area_counts import select_in_area
from data.periods import parse_period
from geo.area import Corridor
from tests.pages import conftest as pages

open_page, _through_app = pages.open_page, pages._through_app

MONTHS = {"from": "2022-08-01", "to": "2023-08-01"}


def inside_by_kind(app) -> dict[str, int]:
    table = app.table[0].value
    return table["Inside"].to_dict()


def test_a_corridor_is_chosen_without_the_map_and_its_records_are_counted(open_page, snapshot):
    app = open_page("map", measure="recorded:raid", **MONTHS)
    app.radio(key="area_way").set_value("border").run()
    app.selectbox(key="area_country").set_value("VN")
    app.number_input(key="area_km_border").set_value(20.0)
    app.button(key="area_select").click().run()
    assert not app.exception
    assert app.query_params["area"] == "corridor:VN,20"
    selection = select_in_area(snapshot, Corridor("VN", 20), parse_period(MONTHS["from"], MONTHS["to"]))
    assert inside_by_kind(app) == {
        "Sites": selection.kinds["compound"].counts["inside"],
        "Events": selection.kinds["event"].counts["inside"],
        "Complaints": 0,
    }
    assert any("Within 20 km of the border with Viet Nam" in text.value for text in app.markdown)
    app.button(key="area_clear").click().run()
    assert "area" not in app.query_params
    assert not app.table


def test_a_circle_stands_around_the_place_that_was_chosen(open_page):
    app = open_page("map", **MONTHS)
    app.selectbox(key="area_place").set_value("bavet")
    app.number_input(key="area_km_place").set_value(15.0)
    app.button(key="area_select").click().run()
    assert app.query_params["area"].startswith("circle:11.0")
    assert inside_by_kind(app)["Sites"] == 2


@pytest.mark.parametrize(
    "area", ["circle:1,2,3", "polygon:12,103;13,104", "corridor:XX,10", "<b>", "circle:11,104,9999"]
)
def test_an_area_that_cannot_be_is_explained(open_page, area):
    app = open_page("map", area=area, **MONTHS)
    assert not app.exception
    assert not app.table
    assert any("This did not work" in text.value for text in app.markdown)
