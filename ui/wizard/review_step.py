"""Fourth step: what would happen, row by row; cells are put right here and checked again."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from charts.labels import plural
from data.drafts import Draft
from data.ingest import ImportResult
from data.personal_data import refuse_personal_data
from errors import PersonalDataError
from ui.downloads import download
from ui.messages import show_error
from ui.wizard.claim_check import show_claim_check
from ui.wizard.pairs_table import show_pairs
from ui.wizard.preview_map import show_preview
from ui.wizard.reading import examine
from ui.wizard.repair_table import RESULTS, show_repair
from ui.wizard.state import go

MOST_ROWS = 500


def show_review(draft: Draft) -> None:
    """Draw the totals that add up, what was found, the rows, the map; and the way on."""
    result = examine(draft)
    if result is None:
        return
    _show_totals(result)
    _show_issues(result)
    problems = result.issues["row_number"].nunique()
    names = [f"Rows with problems ({problems:,})", "Map", f"Accepted ({result.rows_accepted:,})"]
    if len(result.pairs) or result.rows_duplicate:
        perhaps = f" + {len(result.pairs):,} perhaps" if len(result.pairs) else ""
        names.insert(1, f"Duplicates ({result.rows_duplicate:,}{perhaps})")
    if result.kind == "claim":
        names.append("Do the numbers fit?")
    unchecked = 0
    for name, tab in zip(names, st.tabs(names), strict=True):
        with tab:
            if name.startswith("Rows"):
                unchecked = show_repair(draft, result)
            elif name.startswith("Duplicates"):
                show_pairs(draft, result)
            elif name == "Map":
                show_preview(result)
            elif name.startswith("Accepted"):
                _show_accepted(result)
            else:
                show_claim_check(result)
    download(
        "Your file back, with the reasons (CSV)",
        result.report,
        f"{PurePath(result.file_name).stem}-checked.csv",
        "text/csv",
        key="checked_file",
    )
    st.caption("All rows in their order, with three columns added: what becomes of the row, which column, and why.")
    _show_way_on(draft, result, unchecked)


def _show_totals(result: ImportResult) -> None:
    marked = result.issues.loc[result.issues["severity"] == "warn", "row_number"].nunique()
    with st.container(horizontal=True, key="upload_totals"):
        st.metric("Rows read", f"{result.rows_read:,}", width=130)
        st.metric("Accepted", f"{result.rows_accepted:,}", width=130)
        st.metric("Rejected", f"{result.rows_rejected:,}", width=130)
        st.metric("Duplicates", f"{result.rows_duplicate:,}", width=130)
        st.metric("Accepted, to check", f"{marked:,}", width=170)
    st.caption(
        f"{result.rows_read:,} read = {result.rows_accepted:,} accepted + {result.rows_rejected:,} rejected + "
        f"{result.rows_duplicate:,} duplicates."
    )
    for order in result.date_orders():
        first = "day" if order.day_first else "month"
        st.text(f"Dates in “{order.header}” were read as {first} first, because row {order.row} has “{order.text}”.")


def _show_issues(result: ImportResult) -> None:
    if result.issues.empty:
        st.markdown(":material/check_circle: **No problem was found.**")
        return
    grouped = (
        result.issues.groupby(["severity", "code", "field"], sort=False)
        .agg(rows=("row_number", "nunique"), first=("row_number", "min"), message=("message", "first"),
             hint=("hint", "first"))
        .reset_index()
        .sort_values(["severity", "rows"], ascending=[True, False])
    )  # fmt: skip
    headers = result.headers
    grouped["column"] = grouped["field"].map(lambda name: headers.get(name, name))
    shown = {
        "severity": "Result",
        "column": "Your column",
        "rows": "Rows",
        "first": "First in row",
        "message": "For example",
        "hint": "What to do",
    }
    st.dataframe(
        grouped.assign(severity=grouped["severity"].map(RESULTS))[list(shown)].rename(columns=shown),
        hide_index=True,
        column_config={"Rows": st.column_config.NumberColumn(width="small"),
                       "First in row": st.column_config.NumberColumn(width="small"),
                       "Result": st.column_config.TextColumn(width="small")},
    )  # fmt: skip


def _show_accepted(result: ImportResult) -> None:
    rows = result.accepted.dropna(axis="columns", how="all")
    if rows.empty:
        st.text("No row was accepted.")
        return
    days = rows.select_dtypes("datetime").columns
    st.dataframe(
        rows.head(MOST_ROWS),
        hide_index=True,
        height=320 if len(rows) > 8 else "auto",
        placeholder="",
        column_config={name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in days},
    )
    if len(rows) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS} rows are shown; the download holds all.")


def _show_way_on(draft: Draft, result: ImportResult, unchecked: int) -> None:
    try:
        refuse_personal_data(result.file_name, result.issues)
    except PersonalDataError as error:
        show_error(error)
        if st.button("Go to the question about personal data", key="to_personal"):
            go(draft, "questions")
        return
    if result.rows_accepted == 0:
        st.text(
            "Every row is in the atlas already; there is nothing to add."
            if result.rows_duplicate == result.rows_read
            else "No row can be added as it is. Answer the questions, put cells right, or correct the file."
        )
        return
    if unchecked:
        st.text(f"{plural(unchecked, 'changed cell is', 'changed cells are')} not checked yet: check again first.")
    aside = result.rows_rejected + result.rows_duplicate
    rest = f"; {plural(aside, 'row stays', 'rows stay')} out" if aside else ""
    if st.button(
        f"Next: add {plural(result.rows_accepted, 'row')}{rest}",
        type="primary",
        key="review_next",
        icon=":material/arrow_forward:",
        disabled=unchecked > 0,
    ):
        go(draft, "add")
