"""The imports so far, each with its undo."""

from __future__ import annotations

import streamlit as st

from data.seed import SEED_FILES
from data.store import Batch, Store
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
    if live.empty:
        return
    seed = live["file_name"].isin(SEED_FILES) & (live["batch_id"] <= len(SEED_FILES))
    marks = seed.map({True: " (comes with the atlas)", False: ""})
    names = dict(zip(live["batch_id"], live["file_name"] + marks, strict=True))
    # Not a form: its button could not wait for the choice of a batch.
    with st.container(border=True, key="undo"):
        st.markdown("**Take a batch back.** Its rows leave every figure and map; the history keeps them.")
        batch_id = st.selectbox(
            "Batch",
            list(names),
            index=None,
            placeholder="Choose a batch",
            format_func=lambda one: f"{one} · {names[one]}",
            key="undo_batch",
        )
        who = st.text_input("Your name or initials", key="undo_actor", max_chars=60)
        reason = st.text_input("Reason", key="undo_reason", max_chars=200)
        undo = st.button("Take this batch back", key="undo_submit", disabled=batch_id is None)
    if undo and batch_id is not None:
        _take_back(int(batch_id), who, reason)


def show_undo(batch: Batch, actor: str) -> None:
    """Draw the form that takes back the import which `actor` just made."""
    with st.form("undo_import", border=False):
        who = st.text_input("Your name or initials", value=actor, key="undo_import_actor", max_chars=60)
        undo = st.form_submit_button("Undo this import", key="undo_import_submit")
    if undo:
        _take_back(batch.batch_id, who, "Undone after the import")


def _take_back(batch_id: int, who: str, reason: str) -> None:
    if not who.strip():
        st.text("Fill in your name or initials first.")
        return
    try:
        with Store.open() as store:
            batch = store.revert(batch_id, actor=who.strip(), reason=reason.strip())
            revision = store.revision()
    except AtlasError as error:
        show_error(error)
        return
    st.session_state.pop("import_done", None)
    st.session_state["undone"] = (batch.batch_id, revision)
    st.rerun()


def show_undone() -> None:
    """Say once that a batch was taken back."""
    undone = st.session_state.pop("undone", None)
    if undone is not None:
        batch_id, revision = undone
        st.markdown(f":material/undo: **Batch {batch_id} was taken back.** The data are now version {revision}.")
