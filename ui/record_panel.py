"""One record: where it comes from, what was ever changed in it and by whom, and the form that corrects it."""

from __future__ import annotations

from datetime import date
from math import isfinite

import pandas as pd
import streamlit as st

from charts.labels import plural
from data.rows import stored_dtypes
from data.schema import KINDS, Field, record_dtypes
from data.store import Store
from errors import AtlasError, StoreError
from ui.cache import reading_store
from ui.messages import show_error

_ACTIONS = {
    "import": "added with a file",
    "correct": "corrected",
    "revert": "brought back when a batch was taken back",
    "reapply": "brought back when a batch was applied again",
}


def show_record(kind: str, record_id: str) -> None:
    """Draw the history of a record and the form that corrects it."""
    store = reading_store()
    versions = store.history(kind, record_id)
    if versions.empty:
        st.text("There is no such record any more.")
        return
    latest = versions.iloc[-1]
    live = pd.isna(latest["rev_out"])
    with st.container(border=True, key="record_panel"):
        with st.container(key="figure_record"):
            st.text(record_id)
        batches = store.batches().set_index("batch_id")
        batch = batches.loc[latest["batch_id"]]
        with st.container(key="source_record"):
            st.text(
                f"From row {latest['row_number']} of “{batch['file_name']}”, batch {latest['batch_id']}, "
                f"{'in the atlas now' if live else 'no longer in the atlas'}; {plural(len(versions), 'version')}."
            )
        st.markdown("**What happened to it**")
        st.dataframe(tell_history(versions, kind), hide_index=True)
        if live:
            with st.expander("Correct it"):
                _ask_correction(kind, record_id, latest)


def tell_history(versions: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return every change of a record, oldest first: when, who, what happened, why, which column, before, after.

    Parameters
    ----------
    versions : DataFrame
        As ``Store.history`` gives them.
    kind : str

    Returns
    -------
    DataFrame
        One row per changed column; one for a version in which nothing differs.
    """
    names = [name for name in stored_dtypes(kind) if name in record_dtypes(KINDS[kind])]
    rows = []
    before: pd.Series | None = None
    for _, version in versions.iterrows():
        front = {
            "When (UTC)": f"{version['at']:%d %B %Y, %H:%M}",
            "Who": version["by"],
            "What": f"{_ACTIONS[version['action']]} (version {version['rev_in']})",
            "Why": version["reason"],
        }
        changed = [] if before is None else [name for name in names if _word(before[name]) != _word(version[name])]
        rows += [
            front | {"Column": name, "Before": _word(before[name]), "After": _word(version[name])}
            for name in changed
            if before is not None
        ] or [front | {"Column": "", "Before": "", "After": ""}]
        before = version
    return pd.DataFrame(rows, dtype="str")


def _word(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def _ask_correction(kind: str, record_id: str, latest: pd.Series) -> None:
    fields = [field for field in KINDS[kind].fields if field.name != KINDS[kind].id_field]
    names = {field.name: field for field in fields}
    name = st.selectbox(
        "Column",
        list(names),
        format_func=lambda one: f"{one} · {names[one].meaning}",
        index=None,
        placeholder="Choose what to correct",
        key=f"correct_field_{record_id}",
    )
    if name is None:
        return
    st.text(f"Now: {_word(latest[name]) or '(empty)'}")
    with st.form(f"correct_{kind}_{record_id}_{name}", border=False):
        value = _ask_value(names[name], _word(latest[name]))
        left, right = st.columns(2)
        who = left.text_input("Your name or initials *", max_chars=60)
        why = right.text_input("Reason, for those who read the history *", max_chars=300)
        submitted = st.form_submit_button("Correct it", type="primary")
    if submitted:
        try:
            with Store.open() as store:
                store.correct(kind, record_id, {name: read_value(names[name], value)}, actor=who.strip(), reason=why)
        except AtlasError as error:
            show_error(error)
            return
        st.rerun()


def _ask_value(field: Field, now: str) -> str:
    if field.choices and field.dtype == "choice":
        choices = ["", *field.choices]
        return st.selectbox(
            "Should read", choices, index=choices.index(now) if now in choices else 0,
            format_func=lambda one: one or "(empty)",
        )  # fmt: skip
    return st.text_input("Should read", value=now, max_chars=2_000)


def read_value(field: Field, text: str) -> object:
    """Return what a person typed as the column stores it; empty text empties the column.

    Raises
    ------
    StoreError
        The text is no number or day where one is needed.
    """
    written = text.strip()
    if not written:
        return None
    try:
        if field.dtype == "integer":
            return int(written)
        if field.dtype == "number":
            return _finite(float(written))
        if field.dtype == "date":
            return pd.Timestamp(date.fromisoformat(written))
    except ValueError as error:
        raise StoreError(
            f"“{text}” does not fit the column “{field.name}”.", "Write a whole number, or a day as 2023-04-01."
        ) from error
    return written


def _finite(number: float) -> float:
    if not isfinite(number):
        raise ValueError("no number that can be counted with")
    return number
