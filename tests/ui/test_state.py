from __future__ import annotations

from streamlit.testing.v1 import AppTest

from ui import state


def _page():
    import streamlit as st

    from ui.state import change_choices, current_choices, follow_history, show_address

    st.button("Choose", on_click=lambda: change_choices(place="KH-7", compound="a"))
    follow_history()
    show_address()
    st.text(f"{current_choices().place} {current_choices().at}")


def _shown(app):
    assert not app.exception
    return app.text[0].value


def _address(app):
    return {name: "".join(values) for name, values in app.query_params.items()}


def test_choices_begin_with_the_address_and_are_written_into_it():
    app = AppTest.from_function(_page)
    app.query_params["place"] = "KH-21"
    assert _shown(app.run()) == "KH-21 ()"
    app.button[0].click().run()
    assert _address(app) == {"place": "KH-7", "compound": "a"}


def test_going_back_in_the_browser_replaces_every_choice(monkeypatch):
    app = AppTest.from_function(_page).run()
    app.button[0].click().run()
    context = type("Context", (), {"is_history_navigation": True})()
    monkeypatch.setattr(state, "get_script_run_ctx", lambda: context)
    app.query_params.clear()
    app.query_params.update({"place": "KH-12", "at": "12.5,105,8", "nonsense": "1"})
    assert _shown(app.run()) == "KH-12 (12.5, 105.0, 8.0)"
    assert _address(app) == {"place": "KH-12", "at": "12.5,105,8"}


def test_where_the_frame_has_put_the_map_stays_in_the_address():
    app = AppTest.from_function(_page).run()
    app.query_params["at"] = "11,104,9"
    app.button[0].click().run()
    assert _address(app)["at"] == "11,104,9"
