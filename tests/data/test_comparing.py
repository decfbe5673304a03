from __future__ import annotations

import json
from datetime import date

import pytest

from tests.pages.conftest import _through_app, open_page

__all__ = ["_through_app", "open_page"]

YEAR = {"measure": "recorded:official_statement", "from": "2023-01-01", "to": "2024-01-01"}


def compare_of(app) -> dict | None:
    return json.loads(app.get("component_instance")[0].proto.json_args)["atlas"]["compare"]


def test_a_second_period_is_chosen_and_stands_in_the_address(open_page):
    app = open_page("map", **YEAR)
    assert compare_of(app) is None
    app.radio(key="choose_compare").set_value("side").run()
    assert not app.exception
    assert app.query_params["compare"] == "side"
    assert "against_from" not in app.query_params
    assert compare_of(app)["left"]["label"] == "1 January – 31 December 2022"
    assert "1 January – 31 December 2022 → 1 January – 31 December 2023" in app.text[0].value

    app.date_input(key="choose_against_days").set_value((date(2022, 7, 1), date(2022, 9, 30))).run()
    assert (app.query_params["against_from"], app.query_params["against_to"]) == ("2022-07-01", "2022-10-01")
    assert compare_of(app)["left"]["label"] == "1 July – 30 September 2022"
    app.selectbox(key="choose_against").select("before").run()
    assert "against_from" not in app.query_params


def test_the_panel_gives_both_figures_of_a_province(open_page):
    app = open_page("map", compare="difference", place="KH-18", **YEAR)
    assert not app.exception
    assert "Preah Sihanouk: 1 → 4 · +3" in app.text.values


@pytest.mark.parametrize("compare", ["side", "difference"])
def test_a_list_of_sites_is_not_compared(open_page, compare):
    app = open_page("map", measure="listed:compound", compare=compare)
    assert not app.exception
    assert compare_of(app) is None
    assert any("no period" in text for text in app.text.values)
