"""The rows with problems as a table in which cells are put right; checked again at once."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.labels import plural
from data.decisions import edit_cells
from data.drafts import Draft
from data.ingest import ROW_NUMBER, ImportResult
from data.options import Edit
from data.personal_data import name_personal_data
from errors import UploadError
from ui.messages import show_error
from ui.wizard.reading import sight
from ui.wizard.state import go

HIDDEN = "(personal data, not shown)"
MOST_ROWS = 300
"""Rows in the table at once; the browser gets each of them whole."""
_STATUS, _PROBLEM, _ROW = "Result", "What is wrong", "Row"
RESULTS = {"reject": "Rejected", "duplicate": "Duplicate", "warn": "To check"}


def show_repair(draft: Draft, result: ImportResult) -> int:
    """Draw the rows with problems and take corrections; return how many changed cells are not checked yet."""
    if draft.options.edits and st.button(
        f"Take back all cells changed so far ({len(draft.options.edits):,})", key="take_back", type="tertiary"
    ):
        go(draft, "review", options={"edits": ()})
    if result.issues.empty:
        st.text("No row has a problem.")
        return 0
    only = _choose_problem(result)
    table = problem_rows(result, only=only)
    shown = table.head(MOST_ROWS)
    st.caption(
        "Change any cell of your own columns, then check again. Your file itself stays as it is; the changes are kept "
        "with the import."
    )
    fixed = st.data_editor(
        shown,
        hide_index=True,
        disabled=[_ROW, _STATUS, _PROBLEM],
        height=360 if len(shown) > 8 else "auto",
        # What was typed belongs to positions in the table; another table must not get it.
        key=f"repair_{draft.token}_{len(draft.options.edits)}_{only}",
        column_config={
            _ROW: st.column_config.NumberColumn(width="small", pinned=True),
            _STATUS: st.column_config.TextColumn(width="small"),
            _PROBLEM: st.column_config.TextColumn(width="large"),
        },
    )
    if len(table) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS} of {len(table):,} rows are shown; mend these and the next ones come.")
    edits = changed_cells(shown, fixed)
    label = f"Check {plural(len(edits), 'changed cell')} again" if edits else "Check changed cells again"
    if st.button(label, key="check_again", disabled=not edits, icon=":material/refresh:"):
        _keep(draft, draft.options.edits + tuple(edits))
    return len(edits)


def _keep(draft: Draft, edits: tuple[Edit, ...]) -> None:
    """Keep changed cells and check again; those that can never be kept (the row is broken) are refused here."""
    sighted = sight(draft)
    if sighted is None:
        return
    try:
        edit_cells(sighted.table, edits)
    except UploadError as error:
        show_error(error)
        return
    go(draft, "review", options={"edits": edits})


def _choose_problem(result: ImportResult) -> str:
    """Ask which problem to look at; empty for all."""
    codes = result.issues.groupby("code")["row_number"].nunique().sort_values(ascending=False)
    words = {code: code.replace("_", " ").capitalize() for code in codes.index}
    return st.selectbox(
        "Show",
        ["", *codes.index],
        format_func=lambda code: f"{words[code]} ({codes[code]:,})" if code else "All problems",
        key="repair_problem",
    )


def problem_rows(result: ImportResult, only: str = "") -> pd.DataFrame:
    """Return the rows of the file that have a problem, those that stay out first, each with what is wrong.

    Returns
    -------
    DataFrame
        Row number, result and problems in words, then the file's own columns as they read now.
    """
    issues = result.issues if not only else result.issues[result.issues["code"] == only]
    order = pd.CategoricalDtype(list(RESULTS), ordered=True)
    by_row = issues.assign(severity=issues["severity"].astype(order)).groupby(ROW_NUMBER)
    worst = by_row["severity"].min().sort_values(kind="stable")
    problems = by_row["message"].agg(lambda texts: " ".join(dict.fromkeys(texts)))
    rows = result.rows.loc[worst.index]
    front = pd.DataFrame(
        {
            _ROW: worst.index,
            _STATUS: worst.astype(str).map(RESULTS).to_numpy(),
            _PROBLEM: problems[worst.index].to_numpy(),
        }
    )
    rows = rows.apply(lambda column: column.map(_hide))
    own = rows.rename(columns={name: f"{name} (file)" for name in (_ROW, _STATUS, _PROBLEM)}).reset_index(drop=True)
    return pd.concat([front, own], axis="columns")


def _hide(text: str) -> str:
    return HIDDEN if name_personal_data(text) else text


def changed_cells(before: pd.DataFrame, after: pd.DataFrame) -> list[Edit]:
    """Return the cells that differ, with the file's own names of their columns."""
    edits = []
    for name in before.columns[3:]:
        old, new = before[name].fillna("").astype(str), after[name].fillna("").astype(str)
        for position in (old.to_numpy() != new.to_numpy()).nonzero()[0]:
            header = name.removesuffix(" (file)") if name.removesuffix(" (file)") in before.columns[:3] else name
            edits.append(Edit(int(before[_ROW].iloc[position]), header, new.iloc[position]))
    return edits
