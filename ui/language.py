"""In which language a page speaks: chosen at its head, remembered in a cookie, or named by the address (``lang=km``).

The choice is an ordinary link to `remember_language`, an own route of the launcher, because a page cannot set a cookie.
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from streamlit.runtime.scriptrunner import get_script_run_ctx

from locales import DIGITS, LANGUAGES, Voice, ask_for_voice, use_language, voice

ROUTE = "/language"
NAMES = ("lang", "digits")
"""Parameters of an address that name a voice."""
COOKIES = {"lang": "atlas_language", "digits": "atlas_digits"}
_YEAR_S = 365 * 24 * 60 * 60
_KEY = "voice"
_LONGEST = 4000
_CHOICES = (
    (Voice("en"), "English"),
    (Voice("km"), "ភាសាខ្មែរ 012"),
    (Voice("km", "km"), "ភាសាខ្មែរ ០១២"),
)


def follow_language() -> None:
    """Speak the reader's language in this run; call it before anything is drawn."""
    asked = _read(st.query_params.to_dict())
    if asked is not None:
        st.session_state[_KEY] = asked
    chosen = _chosen()
    use_language(chosen.language, chosen.digits)


def _chosen() -> Voice:
    """Return the voice that an address named in this session, else that of the cookies, else English."""
    if get_script_run_ctx() is None:
        return Voice()
    kept = st.session_state.get(_KEY)
    cookies = st.context.cookies
    return kept or _read({name: str(cookies.get(cookie, "")) for name, cookie in COOKIES.items()}) or Voice()


def _read(parameters: dict[str, str]) -> Voice | None:
    """Return the voice that parameters name; None when they name none that there is."""
    language, digits = parameters.get("lang", ""), parameters.get("digits", "")
    if language not in LANGUAGES:
        return None
    return Voice(language, digits if language != "en" and digits in DIGITS else "")


def voice_parameters() -> dict[str, str]:
    """Return what stands in the address of this page about the voice, to be kept when the address is written anew."""
    named = {name: value for name, value in st.query_params.to_dict().items() if name in NAMES}
    return named if _read(named) is not None else {}


_LEAD_BACK = """
document.querySelectorAll(".st-key-language a").forEach((link) => link.addEventListener("click", () => {
  const [here, there] = [new URL(window.location.href), new URL(link.href)];
  ["lang", "digits"].forEach((name) => here.searchParams.delete(name));
  there.searchParams.set("back", here.pathname + here.search);
  link.href = there.href;
}));
"""
"""Adds to a link, when it is followed, where the reader stands. An address may hold texts, and our HTML may not."""


def show_switch() -> None:
    """Draw the choice of language at the head of the page. Its HTML is made of constants alone."""
    links = []
    for choice, label in _CHOICES:
        if choice == voice():
            links.append(f'<span aria-current="true" lang="{choice.language}">{label}</span>')
            continue
        address = escape(f"{ROUTE.strip('/')}?{urlencode({'to': choice.language, 'digits': choice.digits})}")
        links.append(f'<a target="_self" lang="{choice.language}" href="{address}">{label}</a>')
    script = f'<script>document.documentElement.lang = "{voice().language}";{_LEAD_BACK}</script>'
    with st.container(key="language"):
        st.html(f'<nav aria-label="Language · ភាសា">{"".join(links)}</nav>{script}', unsafe_allow_javascript=True)


async def remember_language(request: Request) -> Response:
    """Answer the choice of a language: a cookie for a year, and back to the page, which must be one of ours."""
    chosen = _read({"lang": request.query_params.get("to", ""), "digits": request.query_params.get("digits", "")})
    answer = RedirectResponse(_own_page(request.query_params.get("back", "")), 302, {"Cache-Control": "no-store"})
    if chosen is not None:
        for name, value in (("lang", chosen.language), ("digits", chosen.digits)):
            answer.set_cookie(COOKIES[name], value, max_age=_YEAR_S, path="/", samesite="strict", httponly=True)
    return answer


def _own_page(back: str) -> str:
    """Return the address when it is a path of this site; the first page for any other."""
    own = back.startswith("/") and not back.startswith("//") and len(back) <= _LONGEST
    return back if own and "\\" not in back and back.isascii() and back.isprintable() else "/"


def _ask() -> Voice:
    """Answer where a run has not called `follow_language`: callbacks, and parts of a page that run by themselves."""
    chosen = _chosen()
    if get_script_run_ctx() is not None:
        use_language(chosen.language, chosen.digits)
    return chosen


ask_for_voice(_ask)
