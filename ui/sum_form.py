"""A small form: add stated numbers where that may be done, and read why not where it may not."""

from __future__ import annotations

import streamlit as st

from charts.claim_sentences import claim_period, claim_words
from charts.labels import format_range
from data.ranges import Range
from data.sums import add_claims
from errors import MetricError
from locales import say
from ui.claims_view import Ledger


def sum_sentence(total: Range) -> str:
    """Return a sum in words, with what it is worth."""
    figure = format_range(total.low, total.best, total.high)
    return say("Together {figure}. Computed from the statements chosen; nobody stated it.", figure=figure)


def show_sum(ledger: Ledger) -> None:
    """Draw the form and its answer: the sum, or the reason why there is none."""
    st.subheader(say("Add statements"))
    st.caption(
        say(
            "Numbers are added only where nothing can be counted twice: one metric, parts of one stated total, "
            "or one place at times that do not overlap."
        )
    )
    rows = ledger.rows
    words = {one["claim_id"]: f"{claim_words(one)} · {claim_period(one)}" for one in rows.to_dict("records")}
    chosen = st.multiselect(
        say("Statements"),
        list(words),
        key="sum_claims",
        format_func=words.__getitem__,
        placeholder=say("Choose two or more"),
    )
    if len(chosen) < 2:
        return
    try:
        total = add_claims(rows[rows["claim_id"].isin(chosen)])
    except MetricError as error:
        with st.container(border=True, key="sum_refusal"):
            st.markdown(f":material/block: **{say('These numbers are not added')}**")
            st.text(f"{error.message} {error.hint}")
        return
    with st.container(key="lead_sum"):
        st.text(sum_sentence(total))
