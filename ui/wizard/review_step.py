"""Fourth step: what would happen, row by row; cells are put right here and checked again."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from charts.labels import field_label
from charts.visible import mark_cells, mark_invisible
from data import drafts
from data.drafts import Draft
from data.formats.authors import find_authors
from data.ingest import ImportResult
from data.personal_data import refuse_personal_data
from errors import PersonalDataError
from locales import say, say_many, write_number
from ui.column_labels import label_columns, name_column
from ui.downloads import download
from ui.messages import plain_hint, show_error
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
    _show_authors(draft)
    _show_issues(result)
    problems = result.issues["row_number"].nunique()
    tabs = {"problems": say("Rows with problems ({n})", n=problems)}
    if len(result.pairs) or result.rows_duplicate:
        tabs["duplicates"] = (
            say("Duplicates ({n} + {perhaps} perhaps)", n=result.rows_duplicate, perhaps=len(result.pairs))
            if len(result.pairs)
            else say("Duplicates ({n})", n=result.rows_duplicate)
        )
    tabs |= {"map": say("Map"), "accepted": say("Accepted ({n})", n=result.rows_accepted)}
    if result.kind == "claim":
        tabs["claims"] = say("Do the numbers fit?")
    unchecked = 0
    for name, tab in zip(tabs, st.tabs(list(tabs.values())), strict=True):
        with tab:
            if name == "problems":
                unchecked = show_repair(draft, result)
            elif name == "duplicates":
                show_pairs(draft, result)
            elif name == "map":
                show_preview(result)
            elif name == "accepted":
                _show_accepted(result)
            else:
                show_claim_check(result)
    download(
        say("Your file back, with the reasons (CSV)"),
        result.report,
        f"{PurePath(result.file_name).stem}-checked.csv",
        "text/csv",
        key="checked_file",
    )
    st.caption(
        say("All rows in their order, with three columns added: what becomes of the row, which column, and why.")
    )
    _show_way_on(draft, result, unchecked)


def _show_totals(result: ImportResult) -> None:
    marked = result.issues.loc[result.issues["severity"] == "warn", "row_number"].nunique()
    with st.container(horizontal=True, key="upload_totals"):
        st.metric(say("Rows read"), write_number(result.rows_read), width=130)
        st.metric(say("Accepted"), write_number(result.rows_accepted), width=130)
        st.metric(say("Rejected"), write_number(result.rows_rejected), width=130)
        st.metric(say("Duplicates"), write_number(result.rows_duplicate), width=130)
        st.metric(say("Accepted, to check"), write_number(marked), width=170)
    st.caption(
        say(
            "{rows_read} read = {rows_accepted} accepted + {rows_rejected} rejected + {rows_duplicate} duplicates.",
            rows_read=result.rows_read,
            rows_accepted=result.rows_accepted,
            rows_rejected=result.rows_rejected,
            rows_duplicate=result.rows_duplicate,
        )
    )
    for order in result.date_orders():
        said = {"header": order.header, "row": str(order.row), "written": order.text}
        st.text(
            say("Dates in “{header}” were read as day first, because row {row} has “{written}”.", **said)
            if order.day_first
            else say("Dates in “{header}” were read as month first, because row {row} has “{written}”.", **said)
        )


def _show_authors(draft: Draft) -> None:
    """Say whom the properties of a workbook name: the bytes are kept as they came."""
    names = _authors(draft.token)
    if not names:
        return
    with st.container(border=True, key="file_authors"):
        st.markdown(":material/shield_person: " + say("**Personal data in the file's properties**"))
        st.text(mark_invisible(f"The file names its author ({', '.join(names)})."))
        st.caption(
            say(
                "The file is kept with its batch as it came, with these names. If they should not be kept, take them "
                "out of the file's properties (File › Info › Inspect Document) and upload it again."
            )
        )


@st.cache_data(max_entries=20, show_spinner=False)
def _authors(token: str) -> tuple[str, ...]:
    """Return whom the file of an upload names; the bytes of an upload never change."""
    draft = drafts.load(token)
    return find_authors(draft.content()) if draft is not None else ()


def _show_issues(result: ImportResult) -> None:
    if result.issues.empty:
        st.markdown(":material/check_circle: " + say("**No problem was found.**"))
        return
    grouped = (
        result.issues.groupby(["severity", "code", "field"], sort=False)
        .agg(rows=("row_number", "nunique"), first=("row_number", "min"), message=("message", "first"),
             hint=("hint", "first"))
        .reset_index()
        .sort_values(["severity", "rows"], ascending=[True, False])
    )  # fmt: skip
    headers = result.headers
    grouped["column"] = [headers.get(name) or field_label(result.kind, name) for name in grouped["field"]]
    grouped["message"] = [
        name_column(message, field, result.kind, headers)
        for message, field in zip(grouped["message"], grouped["field"], strict=True)
    ]
    grouped["hint"] = grouped["hint"].map(plain_hint)
    shown = {
        "severity": say("Result"),
        "column": say("Your column"),
        "rows": say("Rows"),
        "first": say("First in row"),
        "message": say("For example"),
        "hint": say("What to do"),
    }
    results = grouped["severity"].map(lambda one: say(RESULTS[one]))
    st.dataframe(
        mark_cells(grouped.assign(severity=results)[list(shown)].rename(columns=shown)),
        hide_index=True,
        column_config={shown["rows"]: st.column_config.NumberColumn(width="small"),
                       shown["first"]: st.column_config.NumberColumn(width="small"),
                       shown["severity"]: st.column_config.TextColumn(width="small")},
    )  # fmt: skip


def _show_accepted(result: ImportResult) -> None:
    rows = result.accepted.dropna(axis="columns", how="all")
    if rows.empty:
        st.text(say("No row was accepted."))
        return
    st.dataframe(
        mark_cells(rows.head(MOST_ROWS)),
        hide_index=True,
        height=320 if len(rows) > 8 else "auto",
        placeholder="",
        column_config=label_columns(result.kind, rows.columns),
    )
    if len(rows) > MOST_ROWS:
        st.caption(say("The first {most_rows} rows are shown; the download holds all.", most_rows=MOST_ROWS))


def _show_way_on(draft: Draft, result: ImportResult, unchecked: int) -> None:
    try:
        refuse_personal_data(result.file_name, result.issues)
    except PersonalDataError as error:
        show_error(error)
        if st.button(say("Go to the question about personal data"), key="to_personal"):
            go(draft, "questions")
        return
    if result.rows_accepted == 0:
        st.text(
            say("Every row is in the atlas already; there is nothing to add.")
            if result.rows_duplicate == result.rows_read
            else say("No row can be added as it is. Answer the questions, put cells right, or correct the file.")
        )
        return
    if unchecked:
        st.text(
            say_many(
                "{n} changed cell is not checked yet: check again first.",
                "{n} changed cells are not checked yet: check again first.",
                unchecked,
            )
        )
    aside = result.rows_rejected + result.rows_duplicate
    rest = say_many("; {n} row stays out", "; {n} rows stay out", aside) if aside else ""
    if st.button(
        say_many("Next: add {n} row{rest}", "Next: add {n} rows{rest}", result.rows_accepted, rest=rest),
        type="primary",
        key="review_next",
        icon=":material/arrow_forward:",
        disabled=unchecked > 0,
    ):
        go(draft, "add")
