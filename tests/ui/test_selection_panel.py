from __future__ import annotations

from tests.pages import conftest as pages

open_page, _through_app = pages.open_page, pages._through_app

MONTHS = {"from": "2022-01-01", "to": "2024-01-01"}


def test_an_event_in_the_address_is_told_beside_the_map(open_page, snapshot):
    event = snapshot.of("event").iloc[0]
    app = open_page("map", record=event["event_id"], **MONTHS)
    assert not app.exception
    assert app.subheader.values[-1] == "Event"
    assert event["event_id"] in app.text.values
    app.button(key="close_selection").click().run()
    assert "record" not in app.query_params
    assert app.subheader.values[-1] == "Cambodia"


def test_a_record_that_is_not_there_leaves_the_panel_as_it_is(open_page):
    app = open_page("map", record="evt-nowhere", **MONTHS)
    assert not app.exception
    assert app.subheader.values[-1] == "Cambodia"


def test_a_hexagon_stays_beside_the_map_until_it_is_closed(open_page):
    app = open_page("map", points="hexagons", **MONTHS)
    app.session_state["picked_hexagon"] = (8, 1400, -500)
    app.run()
    assert not app.exception
    assert app.subheader.values[-1] == "0 complaints in one hexagon"
    app.button(key="close_selection").click().run()
    assert app.subheader.values[-1] == "Cambodia"
