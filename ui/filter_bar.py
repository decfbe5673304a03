"""The one bar of choices that stands on every page: what is shown, for which period, for which province."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.claim_sentences import DISPUTED
from charts.labels import place_label, term
from data.belief import present_types
from data.district_counts import counts_districts
from data.measures import MEASURES, Measure, available_measures, find_measure
from data.metrics import METRICS
from data.periods import Period
from data.permalink import STYLES
from data.presets import default_period, preset_periods
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES
from locales import later, say, say_many
from ui.cache import whole_snapshot
from ui.class_form import show_class_form
from ui.compare_form import show_compare_form
from ui.district_view import explain_provinces, shows_districts
from ui.profile import explain_period
from ui.state import change_choices, current_choices, show_address

OWN_DATES = "Own dates"
_LEVELS = {"province": later("Provinces"), "district": later("Districts")}


def chosen_measure() -> Measure:
    """Return the measure that is chosen."""
    return find_measure(current_choices().measure)


def chosen_period(snapshot: Snapshot, *, measured: bool = True) -> Period:
    """Return the chosen period; when none is chosen, the one that suits the measure, or else everything."""
    measure = chosen_measure() if measured else None
    return current_choices().period or default_period(snapshot, measure)


def show_filter_bar(snapshot: Snapshot, *, measure: bool = True, style: bool = False, grain: bool = False) -> None:
    """Draw the bar; each change is kept for the other pages and written into the address.

    Parameters
    ----------
    snapshot : Snapshot
    measure : bool
        Whether this page shows the chosen measure; without it the period begins with everything.
    style, grain : bool
        Whether to ask how figures are drawn, and by which step of time.
    """
    choices = current_choices()
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom", gap="small"):
        if measure:
            _choose("measure", say("Show"), [m.name for m in order_measures(available_measures(snapshot))],
                    choices.measure, lambda name: measure_words(MEASURES[name]), width=300)  # fmt: skip
        _choose_period(snapshot, chosen_period(snapshot, measured=measure))
        _choose("place", say("Province"), ["", *PROVINCE_CODES], choices.place,
                lambda code: place_label(code) if code else say("All 25 provinces"), width=175)  # fmt: skip
        mapped = style and measure
        by_district = mapped and shows_districts(snapshot, chosen_measure(), choices)
        if mapped and counts_districts(snapshot, chosen_measure()):
            _choose("level", say("Areas"), list(_LEVELS), choices.level, lambda level: say(_LEVELS[level]), width=130)
        if style and not by_district:
            _choose("style", say("Drawn as"), list(STYLES), choices.style, lambda name: say(STYLES[name]), width=175)
        if grain:
            _choose("grain", say("By"), ["month", "quarter", "year"], choices.grain, term, width=130)
        if by_district or (style and choices.style == "shades"):
            show_class_form(choices)
        if mapped:
            shown = chosen_period(snapshot)
            show_compare_form(chosen_measure(), shown, preset_periods(snapshot, chosen_measure()))
        _choose_belief(choices.believe)
    if measure:
        explain_period(snapshot, chosen_measure(), chosen_period(snapshot))
    if mapped and (why := explain_provinces(snapshot, chosen_measure(), choices)):
        st.caption(why)
    hidden = hidden_disputes(whole_snapshot(), snapshot)
    if hidden:
        st.caption(
            say_many(
                "{n} denial or doubt is hidden, because not all sources count.",
                "{n} denials or doubts are hidden, because not all sources count.",
                hidden,
            )
        )
    show_address()


def measure_words(measure: Measure) -> str:
    """Return a measure for the menu: what is counted, and where the numbers come from."""
    if measure.basis == "listed":
        return say("Sites · named by a source")
    if measure.basis == "stated":
        return say("{metric} · as stated", metric=METRICS[measure.subject].label)
    if measure.subject == "complaint":
        return say("Complaints · uploaded rows")
    return say("{events} · recorded events", events=measure.things)


def order_measures(measures: Sequence[Measure]) -> list[Measure]:
    """Return measures in the order of the menu: stated, recorded, uploaded, listed; each group as it was."""
    return sorted(
        measures, key=lambda one: (("stated", "recorded", "listed").index(one.basis), one.subject == "complaint")
    )


def hidden_disputes(whole: Snapshot, shown: Snapshot) -> int:
    """Return how many denials and doubts stand in the whole snapshot and not in the one that is shown."""
    if whole is shown:
        return 0
    everything, left = (set(_disputes(one)["claim_id"]) for one in (whole, shown))
    return len(everything - left)


def _disputes(snapshot: Snapshot) -> pd.DataFrame:
    claims = snapshot.of("claim")
    return claims[claims["stance"].isin(DISPUTED)]


def _choose(name: str, label: str, options: list[str], value: str, words: Any, width: int) -> None:
    key = f"choose_{name}"
    if value not in options:
        options = [*options, value]
    st.session_state[key] = value

    def keep() -> None:
        change: dict[str, Any] = {name: st.session_state[key]}
        if name == "measure":
            change["period"] = None
        if name == "place":
            change["compound"] = ""
        change_choices(**change)

    st.selectbox(label, options, key=key, format_func=words, on_change=keep, width=width)


def _choose_period(snapshot: Snapshot, period: Period) -> None:
    presets = preset_periods(snapshot, chosen_measure())
    matching = next((label for label, preset in presets.items() if preset == period), OWN_DATES)
    st.session_state["choose_preset"] = matching
    st.session_state["choose_dates"] = (period.start, period.last_day)

    def keep_preset() -> None:
        label = st.session_state["choose_preset"]
        if label in presets:
            change_choices(period=presets[label])

    def keep_dates() -> None:
        days = st.session_state["choose_dates"]
        if len(days) == 2:
            first, last = days
            change_choices(period=Period(first, last.fromordinal(last.toordinal() + 1)))

    options = list(presets) if matching in presets else [OWN_DATES, *presets]
    st.selectbox(
        say("Period"),
        options,
        key="choose_preset",
        on_change=keep_preset,
        width=285,
        format_func=lambda label: say(later("Own dates")) if label == OWN_DATES else label,
    )
    st.date_input(say("First and last day"), key="choose_dates", on_change=keep_dates, format="YYYY-MM-DD", width=250,
                  min_value="1990-01-01", max_value="2100-12-31")  # fmt: skip


def _choose_belief(believe: tuple[str, ...]) -> None:
    present = present_types(whole_snapshot())
    st.session_state["choose_believe"] = [name for name in present if not believe or name in believe]

    def keep() -> None:
        chosen = st.session_state["choose_believe"]
        everyone = not chosen or len(chosen) == len(present)
        change_choices(believe=() if everyone else tuple(sorted(chosen)))

    some = say("Sources: {n} of {total}", n=len(believe), total=len(present))
    label = some if believe else say("Sources: all")
    with st.popover(label, icon=":material/record_voice_over:"):
        st.markdown(f"**{say('Whose word counts')}**")
        st.pills(
            say("Speakers and sources that count"),
            present,
            selection_mode="multi",
            key="choose_believe",
            format_func=term,
            on_change=keep,
        )
        st.caption(
            say("A claim counts by its speaker, any other record by its first source. Every figure and the map follow.")
        )
