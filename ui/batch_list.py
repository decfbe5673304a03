"""The imports so far, each with its undo."""

from __future__ import annotations

import streamlit as st

from data.store import Store
from errors import AtlasError
from ui.cache import reading_store
from ui.messages import show_error

_COLUMNS = {
    "batch_id": "Batch",
    "kind": "Kind",
    "file_name": "File",
    "committed_at": "When (UTC)",
    "actor": "Who",
    "rows_read": "Read",
    "rows_accepted": "Accepted",
    "rows_rejected": "Rejected",
    "status": "Status",
    "note": "Note",
}


def show_batches() -> None:
    """Draw the list of batches and the form that takes one back."""
    batches = reading_store().batches().sort_values("batch_id", ascending=False)
    st.subheader("Imports so far")
    st.dataframe(
        batches[list(_COLUMNS)].rename(columns=_COLUMNS),
        hide_index=True,
        column_config={"When (UTC)": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")},
    )
    live = batches[batches["status"] == "live"]
    names = dict(zip(live["batch_id"], live["file_name"], strict=True))
    if not names:
        return
    with st.form("undo", border=True):
        st.markdown("**Take a batch back.** Its rows leave every figure and map; the history keeps them.")
        batch_id = st.selectbox("Batch", list(names), format_func=lambda one: f"{one} · {names[one]}", key="undo_batch")
        who = st.text_input("Your name or initials", key="undo_actor", max_chars=60)
        reason = st.text_input("Reason", key="undo_reason", max_chars=200)
        undo = st.form_submit_button("Take this batch back", key="undo_submit")
    if not undo:
        return
    if not who.strip():
        st.text("Fill in your name or initials first.")
        return
    try:
        with Store.open() as store:
            batch = store.revert(int(batch_id), actor=who.strip(), reason=reason.strip())
    except AtlasError as error:
        show_error(error)
        return
    st.session_state.pop("import_done", None)
    st.session_state["undone"] = (batch.batch_id, batch.revision)
    st.rerun()


def show_undone() -> None:
    """Say once that a batch was taken back."""
    undone = st.session_state.pop("undone", None)
    if undone is not None:
        batch_id, revision = undone
        st.markdown(f":material/undo: **Batch {batch_id} was taken back.** The data are now version {revision}.")
