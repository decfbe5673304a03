"""The one bar of choices that stands on every page: what is shown, for which period, for which province."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.claim_sentences import DISPUTED
from charts.labels import plural, term
from data.belief import present_types
from data.measures import MEASURES, Measure, available_measures, find_measure
from data.metrics import METRICS
from data.periods import Period
from data.presets import default_period, preset_periods
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES, province_name
from ui.cache import whole_snapshot
from ui.permalink import STYLES
from ui.state import change_choices, current_choices, show_address

OWN_DATES = "Own dates"


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
            _choose("measure", "Show", [m.name for m in order_measures(available_measures(snapshot))],
                    choices.measure, lambda name: measure_words(MEASURES[name]), width=300)  # fmt: skip
        _choose_period(snapshot, chosen_period(snapshot, measured=measure))
        _choose("place", "Province", ["", *PROVINCE_CODES], choices.place,
                lambda code: province_name(code) if code else "All 25 provinces", width=175)  # fmt: skip
        if style:
            _choose("style", "Drawn as", list(STYLES), choices.style, STYLES.__getitem__, width=175)
        if grain:
            _choose("grain", "By", ["month", "quarter", "year"], choices.grain, str.capitalize, width=130)
        _choose_belief(choices.believe)
    hidden = hidden_disputes(whole_snapshot(), snapshot)
    if hidden:
        verb = "is" if hidden == 1 else "are"
        st.caption(
            f"{plural(hidden, 'denial or doubt', 'denials or doubts')} {verb} hidden, because not all sources count."
        )
    show_address()


def measure_words(measure: Measure) -> str:
    """Return a measure for the menu: what is counted, and where the numbers come from."""
    if measure.basis == "listed":
        return "Sites · named by a source"
    if measure.basis == "stated":
        return f"{METRICS[measure.subject].label} · as stated"
    if measure.subject == "complaint":
        return "Complaints · uploaded rows"
    return f"{measure.label.removesuffix(', as recorded')} · recorded events"


def order_measures(measures: Sequence[Measure]) -> list[Measure]:
    """Return measures in the order of the menu: stated, recorded, uploaded, listed; each group as it was."""
    return sorted(
        measures, key=lambda one: (("stated", "recorded", "listed").index(one.basis), one.subject == "complaint")
    )


def hidden_disputes(whole: Snapshot, shown: Snapshot) -> int:
    """Return how many denials and doubts stand in the whole snapshot and not in the one that is shown."""
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
    st.selectbox("Period", options, key="choose_preset", on_change=keep_preset, width=285)
    st.date_input("First and last day", key="choose_dates", on_change=keep_dates, format="YYYY-MM-DD", width=250,
                  min_value="1990-01-01", max_value="2100-12-31")  # fmt: skip


def _choose_belief(believe: tuple[str, ...]) -> None:
    present = present_types(whole_snapshot())
    st.session_state["choose_believe"] = [name for name in present if not believe or name in believe]

    def keep() -> None:
        chosen = st.session_state["choose_believe"]
        everyone = not chosen or len(chosen) == len(present)
        change_choices(believe=() if everyone else tuple(sorted(chosen)))

    label = f"Sources: {len(believe)} of {len(present)}" if believe else "Sources: all"
    with st.popover(label, icon=":material/record_voice_over:"):
        st.markdown("**Whose word counts**")
        st.pills(
            "Speakers and sources that count",
            present,
            selection_mode="multi",
            key="choose_believe",
            format_func=term,
            on_change=keep,
        )
        st.caption(
            "A claim counts by its speaker, any other record by its first source. Every figure and the map follow."
        )
