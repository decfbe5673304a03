"""A small form: the smallest and the largest total that the claims allow, and which claims decide that."""

from __future__ import annotations

import streamlit as st

from charts.claim_sentences import bounds_sentence
from charts.labels import plural
from data.bounds import Bounds, bound_total
from data.metrics import METRICS, check_addable
from data.periods import Period
from data.snapshot import Snapshot
from errors import CountError
from geo.gazetteer import PROVINCE_CODES, province_name
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
    st.subheader("Bounds: which totals do the claims allow?")
    st.caption(
        "Nothing is added by rule of thumb. The answer is the smallest and the largest total that no claim rules out, "
        "with overlapping periods and repeated numbers counted once. The period, and whom to believe, are chosen above."
    )
    present = [name for name in METRICS if name in set(ledger.rows["metric"])]
    place = current_choices().place
    row = {"horizontal": True, "vertical_alignment": "bottom", "gap": "small"}
    with st.form("bounds_form", border=True), st.container(**row):
        metrics = st.multiselect(
            "What is counted",
            present,
            default=[metric] if metric in present else [],
            key=f"bounds_metrics_{metric}",
            format_func=lambda name: METRICS[name].label,
            width=480,
        )
        places = st.multiselect(
            "Provinces (none: the whole country)",
            PROVINCE_CODES,
            default=[place] if place else [],
            key=f"bounds_places_{place}",
            format_func=province_name,
            width=480,
        )
        st.form_submit_button("Compute", type="primary")
    try:
        check_addable(metrics)
        bounds = bound_total(snapshot.of("claim"), metrics[0], period, places or None, sources=snapshot.of("source"))
    except CountError as error:
        _show_refusal(error)
        return
    with st.container(key="lead_bounds"):
        st.text(bounds_sentence(bounds, metrics[0], [province_name(code) for code in places], period.label()))
    if METRICS[metrics[0]].nature == "stock":
        st.caption("A number of people at a time: the bounds are those of its highest level within the period.")
    _show_reasons(snapshot, bounds)


def _show_refusal(error: CountError) -> None:
    with st.container(border=True, key="bounds_refusal"):
        st.markdown(":material/block: **This total is not given**")
        st.text(f"{error.message} {error.hint}".strip())


def _show_reasons(snapshot: Snapshot, bounds: Bounds) -> None:
    """Draw the claims that decide the bounds, or each set of claims that cannot all be true."""
    if bounds.binding:
        one = len(bounds.binding) == 1
        st.text(
            f"{plural(len(bounds.binding), 'claim')} {'decides' if one else 'decide'} this; the others change nothing:"
        )
        show_cards(snapshot, bounds.binding, place="binding_")
    for number, conflict in enumerate(bounds.conflicts):
        st.text(f"These {len(conflict)} cannot all be true; any fewer of them can:" if len(conflict) > 1 else
                "This claim cannot be true by itself:")  # fmt: skip
        show_cards(snapshot, conflict, place=f"conflict_{number}_")
    if bounds.more_conflicts:
        st.text("The search was cut short; there may be more such sets.")
