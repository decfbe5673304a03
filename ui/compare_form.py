"""The choice of a second period, and how it is set beside the first one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st

from charts.change_words import both_figures, format_change
from charts.labels import place_label, plural
from data.change import Change
from data.comparing import second_period
from data.measures import Measure
from data.periods import Period
from data.permalink import COMPARISONS
from locales import say
from ui.state import change_choices, current_choices

BEFORE, OWN = "before", "own"


def show_compare_form(measure: Measure, period: Period, presets: Mapping[str, Period]) -> None:
    """Draw the button that opens the form: how two periods are compared, and which the second one is.

    Parameters
    ----------
    measure : Measure
    period : Period
        The first one.
    presets : mapping of str to Period
        Periods worth choosing, by label.
    """
    choices = current_choices()
    second = second_period(choices, measure, period)
    label = say("Compare: {mode}", mode=say(COMPARISONS[choices.compare]).lower()) if second else say("Compare")
    with st.popover(label, icon=":material/compare:"):
        if measure.basis == "listed":
            st.text(say("The list of sites has no period, so there is nothing to compare."))
            return
        st.session_state["choose_compare"] = choices.compare
        st.radio(
            say("How two periods are shown"),
            list(COMPARISONS),
            key="choose_compare",
            format_func=lambda name: say(COMPARISONS[name]),
            on_change=lambda: change_choices(compare=st.session_state["choose_compare"]),
        )
        if second:
            _choose_second(period, second, presets, own=choices.against is not None)


def show_change(change: Change | None, place: str) -> None:
    """Draw at the head of the panel what is compared, and both figures of the chosen province; nothing without two."""
    if change is None:
        return
    st.caption(
        say("Two periods: {before} → {after}.", before=change.before.label(), after=change.after.label())
        + (" " + say("The figures below are of the chosen period.") if place else "")
    )
    if place:
        row = change.rows.set_index("province_code").loc[place]
        before, after = both_figures(row)
        figure = format_change(row["low"], row["best"], row["high"])
        with st.container(key="lead_change"):
            st.text(f"{place_label(place)}: {before} → {after} · {figure}")


def _choose_second(period: Period, second: Period, presets: Mapping[str, Period], *, own: bool) -> None:
    named = [label for label, preset in presets.items() if preset != period]
    before = say("The {days} before", days=plural(period.days, say("day")))
    words = {BEFORE: before, OWN: say("Own dates"), **{name: name for name in named}}
    matching = next((name for name in named if presets[name] == second), OWN) if own else BEFORE
    st.session_state["choose_against"] = matching
    st.session_state["choose_against_days"] = (second.start, second.last_day)

    def keep() -> None:
        chosen = st.session_state["choose_against"]
        change_choices(against=None if chosen == BEFORE else presets.get(chosen, second))

    def keep_days() -> None:
        days = st.session_state["choose_against_days"]
        if len(days) == 2:
            change_choices(against=Period(days[0], days[1] + timedelta(days=1)))

    st.selectbox(say("Second period"), list(words), key="choose_against", format_func=words.__getitem__, on_change=keep)
    st.date_input(
        say("Its first and last day"),
        key="choose_against_days",
        on_change=keep_days,
        format="YYYY-MM-DD",
        min_value="1900-01-01",
        max_value="2199-12-31",
    )
    if second.overlaps(period) and second != period:
        st.caption(say("The two periods overlap: what lies in both is counted in both."))
