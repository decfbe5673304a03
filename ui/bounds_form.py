"""A small form: the smallest and the largest total that the claims allow, and which claims decide that."""

from __future__ import annotations

import streamlit as st

from charts.claim_sentences import bounds_sentence
from charts.labels import place_label
from data.bounds import Bounds, bound_total
from data.metrics import METRICS, check_addable
from data.periods import Period
from data.snapshot import Snapshot
from errors import CountError
from geo.gazetteer import PROVINCE_CODES
from locales import say, say_many
from ui.claim_ledger import show_cards
from ui.claims_view import Ledger
from ui.state import current_choices


def show_bounds(snapshot: Snapshot, ledger: Ledger, period: Period, metric: str) -> None:
    """Draw the form and its answer.

    Parameters
    ----------
    snapshot : Snapshot
    ledger : Ledger
    period : Period
        The chosen period.
    metric : str
        The metric to begin with; may be empty.
    """
    st.subheader(say("Bounds: which totals do the claims allow?"))
    st.caption(
        say(
            "Nothing is added by rule of thumb. The answer is the smallest and the largest total that no claim rules "
            "out, with overlapping periods and repeated numbers counted once. The period, and whom to believe, are "
            "chosen above."
        )
    )
    present = [name for name in METRICS if name in set(ledger.rows["metric"])]
    place = current_choices().place
    row = {"horizontal": True, "vertical_alignment": "bottom", "gap": "small"}
    with st.form("bounds_form", border=True), st.container(**row):
        metrics = st.multiselect(
            say("What is counted"),
            present,
            default=[metric] if metric in present else [],
            key=f"bounds_metrics_{metric}",
            format_func=lambda name: METRICS[name].label,
            width=480,
        )
        places = st.multiselect(
            say("Provinces (none: the whole country)"),
            PROVINCE_CODES,
            default=[place] if place else [],
            key=f"bounds_places_{place}",
            format_func=place_label,
            width=480,
        )
        st.form_submit_button(say("Compute"), type="primary")
    try:
        check_addable(metrics)
        bounds = bound_total(snapshot.of("claim"), metrics[0], period, places or None, sources=snapshot.of("source"))
    except CountError as error:
        _show_refusal(error)
        return
    with st.container(key="lead_bounds"):
        st.text(bounds_sentence(bounds, metrics[0], [place_label(code) for code in places], period.label()))
    if METRICS[metrics[0]].nature == "stock":
        st.caption(say("A number of people at a time: the bounds are those of its highest level within the period."))
    _show_reasons(snapshot, bounds)


def _show_refusal(error: CountError) -> None:
    with st.container(border=True, key="bounds_refusal"):
        st.markdown(f":material/block: **{say('This total is not given')}**")
        st.text(f"{error.message} {error.hint}".strip())


def _show_reasons(snapshot: Snapshot, bounds: Bounds) -> None:
    """Draw the claims that decide the bounds, or each set of claims that cannot all be true."""
    if bounds.binding:
        st.text(
            say_many(
                "{n} claim decides this; the others change nothing:",
                "{n} claims decide this; the others change nothing:",
                len(bounds.binding),
            )
        )
        show_cards(snapshot, bounds.binding, place="binding_")
    for number, conflict in enumerate(bounds.conflicts):
        together = say("These {n} cannot all be true; any fewer of them can:", n=len(conflict))
        st.text(together if len(conflict) > 1 else say("This claim cannot be true by itself:"))
        show_cards(snapshot, conflict, place=f"conflict_{number}_")
    if bounds.more_conflicts:
        st.text(say("The search was cut short; there may be more such sets."))
