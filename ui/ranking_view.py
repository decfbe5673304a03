"""The figures of the map as a ranking and as a table."""

from __future__ import annotations

import streamlit as st

from charts.labels import describe_basis, format_range, known
from charts.ranking_chart import draw_ranking, tabulate_ranking
from data.measures import MeasureCounts
from data.permalink import Choices


def show_ranking(counts: MeasureCounts, choices: Choices) -> None:
    """Draw the provinces with a figure as bars with whiskers, and all 25 as a table."""
    rates = choices.style == "shades"
    table = tabulate_ranking(counts, rates=rates)
    st.subheader("By province")
    if table.empty:
        st.text("No province has a figure for this choice.")
    else:
        unit = f"{counts.measure.label}, per 100,000 residents" if rates else counts.measure.label
        st.altair_chart(draw_ranking(table, unit), theme=None, key="ranking")
        st.caption("A bar reaches what is certain, a whisker what is possible; an arrowhead: at least so many.")
    with st.expander("All 25 provinces as a table"):
        st.dataframe(list_provinces(counts), hide_index=True, height=460)


def list_provinces(counts: MeasureCounts) -> list[dict[str, str]]:
    """Return the 25 provinces with figure, rate and basis in words."""
    return [
        {
            "Province": row["province"],
            "Code": row["province_code"],
            "Figure": format_range(row["low"], row["best"], row["high"]),
            "Per 100,000 residents": format_range(row["rate_low"], row["rate_best"], row["rate_high"]),
            "Basis": describe_basis(row["basis"]) + ("; contested" if row["contested"] else ""),
            "Implied": format_range(None, row["implied"], None) if known(row["implied"]) else "",
        }
        for row in counts.rows.to_dict("records")
    ]
