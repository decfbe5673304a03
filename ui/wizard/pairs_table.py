"""Rows that seem to be there already, beside what they resemble; a person says which of them are the same."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.visible import mark_cells
from data.drafts import Draft
from data.ingest import ROW_NUMBER, ImportResult
from data.schema import KINDS
from locales import later, say, say_many
from ui.cache import latest_snapshot
from ui.column_labels import label_columns
from ui.wizard.state import go

MOST_LINES = 600
_FOUND_FROM_OTHERS = frozenset({"date_start", "date_end", "date_precision", "period_start", "period_end"})
"""Columns that say again what others say."""
_LEAVE_OUT, _GROUP, _WHERE, _ROW = later("Leave out"), later("Group"), later("Where"), later("Row")
_OWN = later("this row")


def show_pairs(draft: Draft, result: ImportResult) -> None:
    """Draw each pair as two lines and take the decision."""
    if result.rows_duplicate:
        st.text(
            say_many(
                "{n} row set aside as duplicates: the same record, word for word, stands in the file above or in the "
                "atlas, or you left it out.",
                "{n} rows set aside as duplicates: the same record, word for word, stands in the file above or in "
                "the atlas, or you left it out.",
                result.rows_duplicate,
            )
        )
        st.dataframe(mark_cells(result.duplicates.head(MOST_LINES)), hide_index=True)
    if draft.options.leave_out and st.button(say("Take all of them in again"), key="take_in", type="tertiary"):
        go(draft, "review", options={"leave_out": ()})
    if result.pairs.empty:
        return
    st.markdown(say("**Perhaps the same**"))
    for sentence in tell_pairs(result.pairs):
        st.text(sentence)
    st.caption(
        say(
            "The same kind, day, province and number of people; of complaints of one or two people also "
            "something about the person. They may well be two cases: they are added unless you leave them out."
        )
    )
    table = pair_lines(result, latest_snapshot().of(result.kind))
    chosen = st.data_editor(
        mark_cells(table.head(MOST_LINES)),
        hide_index=True,
        disabled=[name for name in table.columns if name != _LEAVE_OUT],
        key=f"pairs_{draft.token}_{len(draft.options.leave_out)}",
        height=360 if len(table) > 8 else "auto",
        column_config=label_columns(result.kind, table.columns)
        | {name: say(name) for name in (_LEAVE_OUT, _GROUP, _WHERE, _ROW)},
    )
    if len(table) > MOST_LINES:
        st.caption(
            say(
                "The first {most_lines} of {n} lines are shown; decide on these and the next ones come.",
                most_lines=MOST_LINES,
                n=len(table),
            )
        )
    ticked = chosen[_LEAVE_OUT].fillna(False).astype(bool) & (chosen[_WHERE] == say(_OWN))
    rows = tuple(sorted(set(chosen.loc[ticked, _ROW].dropna().astype(int))))
    label = (
        say_many("Leave out {n} row", "Leave out {n} rows", len(rows))
        if rows
        else say("Leave out the rows that are ticked")
    )
    if st.button(label, key="leave_out", disabled=not rows):
        go(draft, "review", options={"leave_out": tuple(sorted({*draft.options.leave_out, *rows}))})


def tell_pairs(pairs: pd.DataFrame) -> list[str]:
    """Return how many rows look like a record of the atlas, and how many like another row, a sentence each."""
    sentences = []
    for found, one, many in (
        (pairs[pairs["other_row"].isna()], say("one record in the atlas"), later("{n} records in the atlas")),
        (pairs[pairs["other_row"].notna()], say("one other row of this file"), later("{n} other rows of this file")),
    ):
        if len(found):
            others = len(found.drop_duplicates(["other_row", "other_id"]))
            like = one if others == 1 else say(many, n=others)
            rows = found[ROW_NUMBER].nunique()
            sentences.append(say_many("{n} row looks like {like}.", "{n} rows look like {like}.", rows, like=like))
    return sentences


def pair_lines(result: ImportResult, stored: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that look alike in groups: what is there already, and below it each row that resembles it.

    Returns
    -------
    DataFrame
        A box to tick (rows that may be left out), group, where it stands, row number, then the record's columns in
        which any of them says something.
    """
    kind = KINDS[result.kind]
    own = result.accepted.set_index(ROW_NUMBER, drop=False)
    known = stored.drop_duplicates(kind.id_field).set_index(kind.id_field, drop=False)
    columns = tuple(name for name in kind.columns if name not in _FOUND_FROM_OTHERS)
    lines: list[dict[str, object]] = []
    pairs = result.pairs[result.pairs[ROW_NUMBER].isin(own.index)]
    groups = pairs.groupby([pairs["other_id"].fillna(""), pairs["other_row"].fillna(0)], sort=False)
    for number, (_, group) in enumerate(groups, start=1):
        first = group.iloc[0]
        if pd.notna(first["other_row"]) and first["other_row"] in own.index:
            other, where, row = own.loc[first["other_row"]], say("in this file"), first["other_row"]
        elif pd.notna(first["other_id"]) and first["other_id"] in known.index:
            other, where, row = known.loc[first["other_id"]], say("in the atlas"), None
        else:  # it was left out meanwhile
            other = None
        if other is not None:
            lines.append({_LEAVE_OUT: None, _GROUP: number, _WHERE: where, _ROW: row, **_shown(other, columns)})
        lines += [
            {_LEAVE_OUT: False, _GROUP: number, _WHERE: say(_OWN), _ROW: row, **_shown(own.loc[row], columns)}
            for row in group[ROW_NUMBER]
        ]
    table = pd.DataFrame(lines)
    return table.loc[:, (table.notna() & (table != "")).any()] if len(table) else table


def _shown(record: pd.Series, columns: tuple[str, ...]) -> dict[str, str]:
    return {
        name: "" if pd.isna(record[name]) else (
            f"{record[name]:%Y-%m-%d}" if isinstance(record[name], pd.Timestamp) else str(record[name])
        )
        for name in columns
    }  # fmt: skip
