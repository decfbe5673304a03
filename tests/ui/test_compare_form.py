from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from data.measures import MEASURES
    from data.periods import parse_period
    from ui.compare_form import show_change, show_compare_form

    show_change(None, "KH-18")
    name = st.session_state.get("measure_shown", "recorded:raid")
    show_compare_form(MEASURES[name], parse_period("2022-03-01", "2022-04-01"), {})


def test_the_button_says_how_two_periods_are_compared_and_the_second_one_can_be_chosen():
    app = AppTest.from_function(_page)
    app.run()
    assert not app.exception
    assert not app.caption
    assert not app.selectbox
    app.radio(key="choose_compare").set_value("side").run()
    assert not app.exception
    assert app.selectbox(key="choose_against")


def test_a_list_of_sites_has_no_periods_to_compare():
    app = AppTest.from_function(_page)
    app.session_state["measure_shown"] = "listed:compound"
    app.run()
    assert not app.exception
    assert any("nothing to compare" in text.value for text in app.text)
    assert not app.radio
