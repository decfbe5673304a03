from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("data_folder")


def notice() -> None:
    import streamlit as st

    from ui.cache import current_snapshot
    from ui.profile import show_profile, show_profile_switch, stop_in_public

    show_profile()
    show_profile_switch()
    st.text(f"{current_snapshot().profile} {int(current_snapshot().of('event')['note'].notna().sum())}")
    stop_in_public()
    st.text("the store itself")


def texts(app: AppTest) -> list[str]:
    assert not app.exception
    return [each.value for each in (*app.markdown, *app.text)]


def test_the_switch_turns_the_public_version_on_and_off_and_every_page_says_so():
    app = AppTest.from_function(notice, default_timeout=60).run()
    assert any(text.startswith("internal ") for text in texts(app))
    assert "the store itself" in texts(app)
    app.toggle(key="public_switch").set_value(True).run()
    shown = texts(app)
    assert any("Public version" in text and "Withheld in the public profile" in text for text in shown)
    assert "public 0" in shown
    assert "the store itself" not in shown
    app.button(key="leave_public").click().run()
    assert any(text.startswith("internal ") for text in texts(app))


def test_an_address_opens_the_public_version():
    app = AppTest.from_function(notice, default_timeout=60)
    app.query_params["profile"] = "public"
    assert "public 0" in texts(app.run())


def test_an_unknown_profile_is_the_internal_one():
    app = AppTest.from_function(notice, default_timeout=60)
    app.query_params["profile"] = "secret"
    assert any(text.startswith("internal ") for text in texts(app.run()))
