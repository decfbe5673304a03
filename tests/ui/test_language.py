from __future__ import annotations

import asyncio
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from locales import Voice
from ui import language


def ask(**parameters: str):
    scope = {"type": "http", "method": "GET", "path": language.ROUTE, "headers": []}
    return asyncio.run(language.remember_language(Request({**scope, "query_string": urlencode(parameters).encode()})))


def test_a_choice_is_remembered_for_a_year_and_leads_back():
    answer = ask(to="km", digits="km", back="/map?place=KH-12&lang=xx")
    assert (answer.status_code, answer.headers["location"]) == (302, "/map?place=KH-12&lang=xx")
    cookies = answer.headers.getlist("set-cookie")
    assert [cookie.split(";")[0] for cookie in cookies] == ["atlas_language=km", "atlas_digits=km"]
    for cookie in cookies:
        assert {"path=/", "samesite=strict", "max-age=31536000", "httponly"} <= set(cookie.lower().split("; "))
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "https://evil.example", "/\\evil.example", "map", "", "/a\r\nSet-Cookie: x=1", "/" + "a" * 5000,
     "javascript:alert(1)", "/ទំព័រ", "\\\\evil.example"],
)  # fmt: skip
def test_it_leads_nowhere_else(back):
    assert ask(to="km", back=back).headers["location"] == "/"


@pytest.mark.parametrize("to", ["fr", "", "km;path=/x"])
def test_an_unknown_language_is_not_remembered(to):
    answer = ask(to=to, back="/map")
    assert answer.headers["location"] == "/map"
    assert "set-cookie" not in answer.headers


def test_english_takes_no_khmer_digits():
    assert ask(to="en", digits="km").headers.getlist("set-cookie")[1].startswith("atlas_digits=")
    assert language._read({"lang": "en", "digits": "km"}) == Voice("en")
    assert language._read({"lang": "km", "digits": "roman"}) == Voice("km")
    assert language._read({"lang": "de"}) is None


def page() -> None:
    import streamlit as st

    from locales import language as spoken
    from locales import voice
    from ui.language import follow_language, show_switch, voice_parameters

    follow_language()
    st.text(f"{spoken()} {voice().digits} {sorted(voice_parameters())}")
    show_switch()


def test_an_address_wins_and_the_session_keeps_to_it():
    app = AppTest.from_function(page)
    app.run()
    assert app.text[0].value == "en  []"
    app.query_params["lang"] = "km"
    app.query_params["digits"] = "km"
    app.run()
    assert app.text[0].value == "km km ['digits', 'lang']"
    app.query_params.clear()
    app.run()
    assert app.text[0].value == "km km []"


def test_the_switch_is_made_of_constants_and_marks_the_language_that_is_spoken():
    drawn = []
    for compound in ("", '"><script>alert(1)</script>'):
        app = AppTest.from_function(page)
        app.query_params["lang"] = "km"
        app.query_params["compound"] = compound
        app.run()
        drawn.append(app._tree.get("html")[0].value)
    assert drawn[0] == drawn[1]
    assert 'documentElement.lang = "km"' in drawn[0]
    assert 'href="language?to=en&amp;digits="' in drawn[0]
    assert drawn[0].count("aria-current") == 1
