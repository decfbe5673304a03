"""The beginning of a briefing: a template and a period, or one that was kept; then its title, language and profile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from charts.briefing_sentences import draft_briefing, draft_item
from charts.hedged_words import describe_months
from charts.labels import place_label
from charts.plates import speaking
from data.briefing import LONGEST_TITLE, Briefing
from data.briefing_templates import TEMPLATES
from data.measures import DEFAULT_MEASURE, find_measure
from data.periods import Period, split_period
from data.presets import stated_windows
from data.privacy import PROFILES
from data.saved_views import SavedBriefing, forget_saved, save_briefing, saved_briefings
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES
from locales import LANGUAGES, later, say
from ui.cache import latest_for
from ui.state import current_choices

_KEY, _TOKEN, _TURN = "briefing", "briefing_token", "briefing_turn"
_LANGUAGES = {"en": "English", "km": "ភាសាខ្មែរ"}
_ABOUT = {
    "monthly": later("What is stated and recorded in a period: map, table, timeline, claims, sites."),
    "province": later("The same for one province, drawn close up."),
    "compound": later("The dated history of one site, where it lies, and what happened around it."),
    "before_after": later("A period beside the one before it, and the difference."),
    "who_says_what": later("The numbers of each speaker about the matters that are most disputed."),
}
_OWN = "own"


def current_briefing() -> Briefing | None:
    """Return the briefing that this session works on, or None; while the screen is public, no internal one."""
    found: Briefing | None = st.session_state.get(_KEY)
    return found if found is None or found.profile in _may_be() else None


def turn() -> int:
    """Return a number that stands in the keys of the fields; another one when the briefing was put there anew."""
    return int(st.session_state.get(_TURN, 0))


def put_briefing(briefing: Briefing | None, *, anew: bool = False) -> None:
    """Keep the briefing for this session; `anew` when its fields must be drawn anew."""
    st.session_state[_KEY] = briefing
    if anew:
        st.session_state[_TURN] = turn() + 1


def briefing_snapshot(briefing: Briefing) -> Snapshot:
    """Return the records of which a briefing is made, in its profile."""
    return latest_for(briefing.profile)


def _may_be() -> list[str]:
    """Return the profiles that may be chosen: while the screen shows the public version, that alone."""
    return ["public"] if current_choices().profile == "public" else list(PROFILES)


def show_start() -> None:
    """Draw the choice of a template and a period, and of a briefing that was kept."""
    with st.container(key="briefing_start", horizontal=True, vertical_alignment="bottom", gap="small"):
        template = st.selectbox(
            say("Template"), list(TEMPLATES), format_func=lambda name: say(TEMPLATES[name]), key="briefing_template",
            width=190,
        )  # fmt: skip
        snapshot = latest_for(_may_be()[0])
        period = _choose_period(snapshot)
        place = _choose_place() if template in ("province", "who_says_what") else ""
        compound = _choose_site(snapshot) if template == "compound" else ""
        drafted = st.button(say("Draft"), type="primary", icon=":material/edit_note:", key="briefing_draft")
        _offer_saved()
    st.caption(say(_ABOUT[template]))
    if drafted and period is not None:
        profile = current_briefing().profile if current_briefing() else _may_be()[0]  # type: ignore[union-attr]
        with st.spinner(say("Reading the records …")):
            draft = draft_briefing(
                template, latest_for(profile if profile in _may_be() else "public"), period,
                place=place, compound=compound,
            )  # fmt: skip
        st.session_state[_TOKEN] = ""
        put_briefing(draft, anew=True)
        st.rerun()


def _choose_period(snapshot: Snapshot) -> Period | None:
    """Draw the choice of a month, of a window that was stated, or of own dates."""
    extent = snapshot.extent()
    months = [] if extent is None else list(split_period(_whole_months(extent), "month"))[::-1]
    windows = stated_windows(snapshot, find_measure(DEFAULT_MEASURE))[:1]
    options: list[Period | str] = [*months, *windows, _OWN]
    first = _best_month(snapshot, months)
    chosen = st.selectbox(
        say("Period"), options, index=options.index(first) if first in options else 0, key="briefing_period",
        format_func=lambda one: say("Own dates") if isinstance(one, str) else describe_months(one), width=230,
    )  # fmt: skip
    if isinstance(chosen, Period):
        return chosen
    days = st.date_input(
        say("First and last day"), value=(), key="briefing_days", format="YYYY-MM-DD", width=250,
        min_value="1990-01-01", max_value="2100-12-31",
    )  # fmt: skip
    if not isinstance(days, tuple) or len(days) != 2:
        st.caption(say("Choose both days."))
        return None
    return Period(days[0], date.fromordinal(days[1].toordinal() + 1))


def _whole_months(period: Period) -> Period:
    last = pd.Timestamp(period.last_day).to_period("M") + 1
    return Period(period.start.replace(day=1), last.start_time.date())


def _best_month(snapshot: Snapshot, months: list[Period]) -> Period | None:
    """Return the latest month in which a window that was stated ends, else the latest month."""
    windows = stated_windows(snapshot, find_measure(DEFAULT_MEASURE))
    last = windows[0].last_day if windows else None
    return next((one for one in months if last and one.start <= last < one.end), months[0] if months else None)


def _choose_place() -> str:
    chosen: str = st.selectbox(
        say("Province"), list(PROVINCE_CODES), format_func=place_label, key="briefing_place", width=190,
        index=list(PROVINCE_CODES).index(current_choices().place or "KH-18"),
    )  # fmt: skip
    return chosen


def _choose_site(snapshot: Snapshot) -> str:
    rows = snapshot.of("compound").sort_values("name")
    names = dict(zip(rows["compound_id"], rows["name"], strict=True))
    chosen = st.selectbox(
        say("Site"), list(names), format_func=names.__getitem__, key="briefing_site", width=280,
        index=list(names).index(current_choices().compound) if current_choices().compound in names else 0,
    )  # fmt: skip
    return chosen or ""


def _offer_saved() -> None:
    """Offer the briefings that were kept."""
    with st.popover(say("Kept briefings"), icon=":material/inventory_2:", on_change="rerun", key="kept") as kept:
        if not kept.open:
            return
        found = [one for one in saved_briefings() if one.briefing.profile in _may_be()]
        if not found:
            st.caption(say("None is kept yet."))
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center", key=f"kept_{one.token}"):
                st.text(f"{one.briefing.title}\n{one.who} · {one.when:%Y-%m-%d}", width="stretch")
                st.button(say("Open"), key=f"open_{one.token}", on_click=_open, args=(one,))
                st.button(
                    "", icon=":material/delete:", key=f"forget_{one.token}", help=say("Throw it away"),
                    on_click=forget_saved, args=(one.token,), type="tertiary",
                )  # fmt: skip


def _open(kept: SavedBriefing) -> None:
    st.session_state[_TOKEN] = kept.token
    put_briefing(kept.briefing, anew=True)


def show_head_of() -> None:
    """Draw the title of the briefing, its language and profile, and the way to keep it."""
    briefing = current_briefing()
    assert briefing is not None
    at = turn()
    st.text_input(
        say("Title"), value=briefing.title, max_chars=LONGEST_TITLE, key=f"briefing_title_{at}",
        on_change=_take, args=("title", f"briefing_title_{at}", str.strip),
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="briefing_head"):
        st.selectbox(
            say("Language of the figures"), list(LANGUAGES), index=LANGUAGES.index(briefing.language), width=190,
            format_func=_LANGUAGES.__getitem__, key=f"briefing_language_{at}",
            on_change=_take, args=("language", f"briefing_language_{at}"),
        )  # fmt: skip
        profiles = _may_be()
        st.selectbox(
            say("For whom"), profiles, index=profiles.index(briefing.profile), key=f"briefing_profile_{at}",
            format_func=lambda name: say(PROFILES[name]), on_change=_take, args=("profile", f"briefing_profile_{at}"),
            width=210,
        )  # fmt: skip
        st.button(say("Draft the words anew"), key="briefing_redraft", on_click=_redraft, icon=":material/refresh:")
        _offer_keep(briefing)


def _take(field: str, key: str, clean: Callable[[Any], Any] | None = None) -> None:
    """Take what was typed or chosen into the briefing."""
    briefing, value = current_briefing(), st.session_state[key]
    if briefing is None:
        return
    put_briefing(replace(briefing, **{field: clean(value) if clean else value}))
    if field == "profile":
        _redraft()  # words that were drafted for one profile may tell what the other withholds


def _redraft() -> None:
    """Write headlines and texts anew, in the language of the briefing; the figures stay."""
    briefing = current_briefing()
    if briefing is None:
        return
    snapshot = briefing_snapshot(briefing)
    items = speaking(
        briefing.language, lambda: tuple(draft_item(snapshot, item, briefing.period) for item in briefing.items)
    )
    put_briefing(replace(briefing, items=items), anew=True)


def _offer_keep(briefing: Briefing) -> None:
    with st.popover(say("Keep"), icon=":material/save:", on_change="rerun", key="keep") as keep:
        if not keep.open:
            return
        who = st.text_input(say("Your name or initials"), key="briefing_who", max_chars=60)
        if st.button(say("Keep this briefing"), key="briefing_keep", disabled=not who.strip()):
            token = st.session_state.get(_TOKEN, "")
            st.session_state[_TOKEN] = save_briefing(briefing, who=who.strip(), token=token).token
            st.success(say("Kept in the folder of the data."), icon=":material/check:")
