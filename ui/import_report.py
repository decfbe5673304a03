"""What an import would do: totals that add up, problems by reason, the rows, the file back with reasons."""

from __future__ import annotations

from pathlib import PurePath

import pandas as pd
import streamlit as st

from data.ingest import ImportResult
from data.sniff import DELIMITER_NAMES
from ui.downloads import download

MOST_ROWS = 500


def show_report(result: ImportResult) -> None:
    """Draw the report of an import that was read but not stored."""
    marked = result.issues[result.issues["severity"] == "warn"]["row_number"].nunique()
    with st.container(horizontal=True, key="upload_totals"):
        st.metric("Rows read", f"{result.rows_read:,}", width=150)
        st.metric("Accepted", f"{result.rows_accepted:,}", width=150)
        st.metric("Rejected", f"{result.rows_rejected:,}", width=150)
        st.metric("Accepted, to check", f"{marked:,}", width=180)
    st.caption(f"{result.rows_read:,} read = {result.rows_accepted:,} accepted + {result.rows_rejected:,} rejected.")
    _show_reading(result)
    if len(result.issues):
        _show_issues(result)
    accepted, rejected = st.tabs([f"Accepted ({result.rows_accepted:,})", f"Rejected ({result.rows_rejected:,})"])
    with accepted:
        _show_rows(result.accepted.dropna(axis="columns", how="all"), "No row was accepted.")
    with rejected:
        _show_rows(result.rejected, "No row was rejected.")
    if max(result.rows_accepted, result.rows_rejected) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS} rows of each are shown; the download holds all.")
    download(
        "Your file back, with the reasons (CSV)",
        result.report,
        f"{PurePath(result.file_name).stem}-checked.csv",
        "text/csv",
        key="checked_file",
    )


def _show_rows(rows: pd.DataFrame, nothing: str) -> None:
    if rows.empty:
        st.text(nothing)
        return
    days = rows.select_dtypes("datetime").columns
    st.dataframe(
        rows.head(MOST_ROWS),
        hide_index=True,
        height=280 if len(rows) > 7 else "auto",
        placeholder="",
        column_config={name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in days},
    )


def _show_reading(result: ImportResult) -> None:
    reading = result.reading
    parted = DELIMITER_NAMES.get(reading.delimiter, reading.delimiter)
    with st.expander("How the file was read"):
        st.text(
            f"Characters: {reading.encoding} · cells parted by: {parted} · column names in line {reading.header_row} · "
            f"blank lines passed over: {reading.blank_lines}"
        )
        for order in result.date_orders():
            first = "day" if order.day_first else "month"
            st.text(
                f"Dates in “{order.header}” were read as {first} first, because row {order.row} has “{order.text}”."
            )
        st.dataframe(
            [
                {
                    "Column in your file": header,
                    "Read as": result.mapping.get(header, "not known; kept with the record"),
                }
                for header in reading.columns
            ],
            hide_index=True,
        )


def _show_issues(result: ImportResult) -> None:
    issues = result.issues
    grouped = (
        issues.groupby(["severity", "code"], sort=False)
        .agg(
            rows=("row_number", "nunique"),
            first=("row_number", "min"),
            message=("message", "first"),
            hint=("hint", "first"),
        )
        .reset_index()
        .sort_values(["severity", "rows"], ascending=[True, False])
    )
    st.markdown("**What was found**")
    st.dataframe(
        grouped.assign(severity=grouped["severity"].map({"reject": "Rejected", "warn": "To check"}))[
            ["severity", "rows", "first", "message", "hint"]
        ].rename(
            columns={
                "severity": "Result",
                "rows": "Rows",
                "first": "First in row",
                "message": "For example",
                "hint": "What to do",
            }
        ),
        hide_index=True,
    )
    with st.expander(f"Every problem, row by row ({len(issues):,})", expanded=len(issues) <= 20):
        table = issues.head(MOST_ROWS)
        st.dataframe(
            table.assign(severity=table["severity"].map({"reject": "Rejected", "warn": "To check"}))[
                ["row_number", "severity", "field", "value", "message", "hint"]
            ].rename(
                columns={
                    "row_number": "Row",
                    "severity": "Result",
                    "field": "Column",
                    "value": "Found",
                    "message": "What is wrong",
                    "hint": "What to do",
                }
            ),
            hide_index=True,
        )
