"""The figures of the map as a ranking and as a table."""

from __future__ import annotations

import streamlit as st

from charts.change_words import both_figures, format_change
from charts.labels import describe_basis, format_figure, format_range, known, place_label
from charts.ranking_chart import draw_ranking, tabulate_ranking
from data.change import Change
from data.measures import MeasureCounts
from data.permalink import Choices
from locales import say


def show_ranking(counts: MeasureCounts, choices: Choices, change: Change | None = None) -> None:
    """Draw the provinces with a figure as bars with whiskers, and all 25 as a table; of two periods only the table."""
    if change is not None:
        st.subheader(say("By province in both periods"))
        st.dataframe(list_changes(change), hide_index=True, height=460)
        return
    rates = choices.style == "shades"
    table = tabulate_ranking(counts, rates=rates)
    st.subheader(say("By province"))
    if table.empty:
        st.text(say("No province has a figure for this choice."))
    else:
        unit = say("{what}, per 100,000 residents", what=counts.measure.label) if rates else counts.measure.label
        st.vega_lite_chart(draw_ranking(table, unit), theme=None, key="ranking")
        st.caption(say("A bar reaches what is certain, a whisker what is possible; an arrowhead: at least so many."))
    with st.expander(say("All 25 provinces as a table"), key="all_provinces", on_change="rerun") as whole:
        if whole.open:  # a closed one is not sent with every change of the map
            st.dataframe(list_provinces(counts), hide_index=True, height=460)


def list_provinces(counts: MeasureCounts) -> list[dict[str, str]]:
    """Return the 25 provinces with figure, rate and basis in words."""
    return [
        {
            say("Province"): place_label(row["province_code"]),
            say("Code"): row["province_code"],
            say("Figure"): format_figure(row),
            say("Per 100,000 residents"): format_figure(row, rate=True),
            say("Basis"): describe_basis(row["basis"]) + (say("; contested") if row["contested"] else ""),
            say("Implied"): format_range(None, row["implied"], None) if known(row["implied"]) else "",
        }
        for row in counts.rows.to_dict("records")
    ]


def list_changes(change: Change) -> list[dict[str, str]]:
    """Return the provinces with figures in both periods and the change in words, the largest figures first."""
    sides = [f"{side}_{when}" for when in ("before", "after") for side in ("low", "best", "high")]
    largest = change.rows[sides].max(axis=1).fillna(-1)
    rows = change.rows.loc[largest.sort_values(ascending=False, kind="stable").index]
    listed = []
    for row in rows.to_dict("records"):
        before, after = both_figures(row)
        listed.append(
            {
                say("Province"): place_label(row["province_code"]),
                change.before.label(): before,
                change.after.label(): after,
                say("Change"): format_change(row["low"], row["best"], row["high"]),
                say("Per 100,000 residents"): format_change(row["rate_low"], row["rate_best"], row["rate_high"]),
                say("Contested"): say("yes") if row["contested"] else "",
            }
        )
    return listed
