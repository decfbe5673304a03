"""Rows that seem to be there already, beside what they resemble; a person says which of them are the same."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.labels import plural
from data.drafts import Draft
from data.ingest import ROW_NUMBER, ImportResult
from data.schema import KINDS
from ui.cache import latest_snapshot
from ui.wizard.state import go

MOST_PAIRS = 300
_FOUND_FROM_OTHERS = frozenset({"date_start", "date_end", "date_precision", "period_start", "period_end"})
"""Columns that say again what others say."""
_LEAVE_OUT = "Leave out"


def show_pairs(draft: Draft, result: ImportResult) -> None:
    """Draw each pair as two lines and take the decision."""
    if result.rows_duplicate:
        st.text(
            f"{plural(result.rows_duplicate, 'row')} set aside as duplicates: the same record, word for word, stands "
            "in the file above or in the atlas, or you left it out."
        )
        st.dataframe(result.duplicates.head(MOST_PAIRS), hide_index=True)
    if draft.options.leave_out and st.button("Take all of them in again", key="take_in", type="tertiary"):
        go(draft, "review", options={"leave_out": ()})
    if result.pairs.empty:
        return
    st.markdown("**Perhaps the same**")
    st.caption(
        "The same kind, day, province and number of people. They may well be two cases: they are added unless you "
        "leave them out."
    )
    table = pair_lines(result, latest_snapshot().of(result.kind))
    chosen = st.data_editor(
        table.head(2 * MOST_PAIRS),
        hide_index=True,
        disabled=[name for name in table.columns if name != _LEAVE_OUT],
        key=f"pairs_{draft.token}_{len(draft.options.leave_out)}",
        height=360 if len(table) > 8 else "auto",
    )
    rows = tuple(sorted(set(chosen.loc[chosen[_LEAVE_OUT].fillna(False).astype(bool), "Row"].dropna().astype(int))))
    label = f"Leave out {plural(len(rows), 'row')}" if rows else "Leave out the rows that are ticked"
    if st.button(label, key="leave_out", disabled=not rows):
        go(draft, "review", options={"leave_out": tuple(sorted({*draft.options.leave_out, *rows}))})


def pair_lines(result: ImportResult, stored: pd.DataFrame) -> pd.DataFrame:
    """Return two lines for each pair: the row of the file, and below it the row or record that it resembles.

    Returns
    -------
    DataFrame
        A box to tick (file rows that may be left out), pair, where it stands, row number, then the record's columns in
        which either says something.
    """
    kind = KINDS[result.kind]
    own = result.accepted.set_index(ROW_NUMBER, drop=False)
    known = stored.drop_duplicates(kind.id_field).set_index(kind.id_field, drop=False)
    columns = tuple(name for name in kind.columns if name not in _FOUND_FROM_OTHERS)
    lines = []
    pairs = result.pairs[result.pairs[ROW_NUMBER].isin(own.index)]
    for number, pair in enumerate(pairs.to_dict("records"), start=1):
        lines.append({_LEAVE_OUT: False, "Pair": number, "Where": "this row", "Row": pair[ROW_NUMBER],
                      **_shown(own.loc[pair[ROW_NUMBER]], columns)})  # fmt: skip
        if pd.notna(pair["other_row"]) and pair["other_row"] in own.index:
            other, where, row = own.loc[pair["other_row"]], "in this file", pair["other_row"]
        elif pd.notna(pair["other_id"]) and pair["other_id"] in known.index:
            other, where, row = known.loc[pair["other_id"]], "in the atlas", None
        else:
            continue
        lines.append({_LEAVE_OUT: None, "Pair": number, "Where": where, "Row": row, **_shown(other, columns)})
    table = pd.DataFrame(lines)
    return table.loc[:, (table.notna() & (table != "")).any()] if len(table) else table


def _shown(record: pd.Series, columns: tuple[str, ...]) -> dict[str, str]:
    return {
        name: "" if pd.isna(record[name]) else (
            f"{record[name]:%Y-%m-%d}" if isinstance(record[name], pd.Timestamp) else str(record[name])
        )
        for name in columns
    }  # fmt: skip
