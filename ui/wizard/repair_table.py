"""The rows with problems as a table in which cells are put right; checked again at once."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.labels import term
from charts.visible import mark_invisible
from data.decisions import edit_cells
from data.drafts import Draft
from data.ingest import ROW_NUMBER, ImportResult
from data.options import Edit
from data.personal_data import name_personal_data
from errors import UploadError
from locales import later, say, say_many, write_number
from ui.column_labels import name_column
from ui.messages import show_error
from ui.wizard.reading import sight
from ui.wizard.state import go

HIDDEN = later("(personal data, not shown)")
MOST_ROWS = 300
"""Rows in the table at once; the browser gets each of them whole."""
_STATUS, _PROBLEM, _ROW = later("Result"), later("What is wrong"), later("Row")
RESULTS = {"reject": later("Rejected"), "duplicate": later("Duplicate"), "warn": later("To check")}


def show_repair(draft: Draft, result: ImportResult) -> int:
    """Draw the rows with problems and take corrections; return how many changed cells are not checked yet."""
    if draft.options.edits and st.button(
        say("Take back all cells changed so far ({n})", n=len(draft.options.edits)), key="take_back", type="tertiary"
    ):
        go(draft, "review", options={"edits": ()})
    if result.issues.empty:
        st.text(say("No row has a problem."))
        return 0
    only = _choose_problem(result)
    table = problem_rows(result, only=only)
    shown = table.head(MOST_ROWS)
    st.caption(
        say(
            "Change any cell of your own columns, then check again. Your file itself stays as it is; the changes "
            "are kept with the import."
        )
    )
    fixed = st.data_editor(
        shown,
        hide_index=True,
        disabled=[_ROW, _STATUS, _PROBLEM],
        height=360 if len(shown) > 8 else "auto",
        # What was typed belongs to positions in the table; another table must not get it.
        key=f"repair_{draft.token}_{len(draft.options.edits)}_{only}",
        column_config={
            _ROW: st.column_config.NumberColumn(say(_ROW), width="small", pinned=True),
            _STATUS: st.column_config.TextColumn(say(_STATUS), width="small"),
            _PROBLEM: st.column_config.TextColumn(say(_PROBLEM), width="large"),
        },
    )
    if len(table) > MOST_ROWS:
        st.caption(
            say(
                "The first {most_rows} of {n} rows are shown; mend these and the next ones come.",
                most_rows=MOST_ROWS,
                n=len(table),
            )
        )
    edits = changed_cells(shown, fixed)
    label = (
        say_many("Check {n} changed cell again", "Check {n} changed cells again", len(edits))
        if edits
        else say("Check changed cells again")
    )
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
    words = {code: term(code) for code in codes.index}
    return st.selectbox(
        say("Show"),
        ["", *codes.index],
        format_func=lambda code: f"{words[code]} ({write_number(int(codes[code]))})" if code else say("All problems"),
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
    named = {
        (message, field): mark_invisible(name_column(message, field, result.kind, result.headers))
        for message, field in zip(issues["message"], issues["field"], strict=True)
    }
    issues = issues.assign(words=[named[pair] for pair in zip(issues["message"], issues["field"], strict=True)])
    order = pd.CategoricalDtype(list(RESULTS), ordered=True)
    by_row = issues.assign(severity=issues["severity"].astype(order)).groupby(ROW_NUMBER)
    worst = by_row["severity"].min().sort_values(kind="stable")
    problems = by_row["words"].agg(lambda texts: " ".join(dict.fromkeys(texts)))
    rows = result.rows.loc[worst.index]
    front = pd.DataFrame(
        {
            _ROW: worst.index,
            _STATUS: worst.astype(str).map(lambda one: say(RESULTS[one])).to_numpy(),
            _PROBLEM: problems[worst.index].to_numpy(),
        }
    )
    rows = rows.apply(lambda column: column.map(_hide))
    own = rows.rename(columns={name: f"{name} (file)" for name in (_ROW, _STATUS, _PROBLEM)}).reset_index(drop=True)
    return pd.concat([front, own], axis="columns")


def _hide(text: str) -> str:
    return say(HIDDEN) if name_personal_data(text) else text


def changed_cells(before: pd.DataFrame, after: pd.DataFrame) -> list[Edit]:
    """Return the cells that differ, with the file's own names of their columns."""
    edits = []
    for name in before.columns[3:]:
        old, new = before[name].fillna("").astype(str), after[name].fillna("").astype(str)
        for position in (old.to_numpy() != new.to_numpy()).nonzero()[0]:
            header = name.removesuffix(" (file)") if name.removesuffix(" (file)") in before.columns[:3] else name
            edits.append(Edit(int(before[_ROW].iloc[position]), header, new.iloc[position]))
    return edits
