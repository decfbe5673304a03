"""The imports so far: each can be looked into, taken back and applied again."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.visible import mark_cells, mark_invisible
from data.history import Batch
from data.options import ImportOptions
from data.seed import SEED_FILES
from data.store import Store
from errors import AtlasError
from locales import later, say, say_many
from ui.cache import reading_store
from ui.decision_words import tell_decisions
from ui.downloads import download
from ui.messages import show_error

_COLUMNS = {
    "batch_id": later("Batch"),
    "kind": later("Kind"),
    "file_name": later("File"),
    "committed_at": later("When (UTC)"),
    "actor": later("Who"),
    "rows_read": later("Read"),
    "rows_accepted": later("Accepted"),
    "rows_rejected": later("Rejected"),
    "rows_duplicate": later("Duplicates"),
    "status": later("Status"),
    "note": later("Note"),
}


def show_batches() -> None:
    """Draw the list of batches, and the one that is chosen."""
    batches = reading_store().batches().sort_values("batch_id", ascending=False)
    st.subheader(say("Imports so far"))
    st.dataframe(
        mark_cells(batches[list(_COLUMNS)].rename(columns={name: say(word) for name, word in _COLUMNS.items()})),
        hide_index=True,
        column_config={say("When (UTC)"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")},
    )
    if batches.empty:
        return
    seed = batches["file_name"].isin(SEED_FILES) & (batches["batch_id"] <= len(SEED_FILES))
    marks = seed.map({True: say(" (comes with the atlas)"), False: ""})
    states = batches["status"].map({"live": "", "reverted": say(" · taken back")})
    names = dict(zip(batches["batch_id"], batches["file_name"] + marks + states, strict=True))
    batch_id = st.selectbox(
        say("Look into a batch, take it back or apply it again"),
        list(names),
        index=None,
        placeholder=say("Choose a batch"),
        format_func=lambda one: mark_invisible(f"{one} · {names[one]}"),
        key="batch",
    )
    if batch_id is not None:
        _show_batch(batches[batches["batch_id"] == batch_id].iloc[0])


def _show_batch(batch: pd.Series) -> None:
    """Draw what is known of one batch, and the way to undo or redo it."""
    number, live = int(batch["batch_id"]), batch["status"] == "live"
    with st.container(border=True, key="batch_panel"):
        st.text(
            say(
                "Batch {number}: {rows_read} rows read = {rows_accepted} accepted + {rows_rejected} rejected + "
                "{rows_duplicate} duplicates.",
                number=str(number),
                rows_read=int(batch["rows_read"]),
                rows_accepted=int(batch["rows_accepted"]),
                rows_rejected=int(batch["rows_rejected"]),
                rows_duplicate=int(batch["rows_duplicate"]),
            )
        )
        with st.container(key="source_batch"):
            st.text(say("File as it came, sha256 {sha256}", sha256=batch["sha256"]))
            if isinstance(batch["source_id"], str) and batch["source_id"]:
                st.text(say("Credited to the source {source_id}", source_id=batch["source_id"]))
        decisions = tell_decisions(ImportOptions.from_json(batch["options"]))
        if decisions:
            with st.expander(say("What was decided about the file ({n})", n=len(decisions))):
                for decision in decisions:
                    st.text(mark_invisible(decision))
        download(
            say("The file as it came"),
            lambda: reading_store().upload(number)[1],
            batch["file_name"],
            "application/octet-stream",
            key="batch_file",
        )
        if live:
            st.markdown(say("**Take it back.** Its rows leave every figure and map; the history keeps them."))
        else:
            st.markdown(say("**Apply it again.** Its rows count again, as they were when it was taken back."))
        with st.form(f"turn_{number}", border=False):
            left, right = st.columns(2)
            who = left.text_input(say("Your name or initials *"), max_chars=60)
            reason = right.text_input(say("Reason"), max_chars=200)
            turn = st.form_submit_button(say("Take this batch back") if live else say("Apply this batch again"))
    if turn:
        _turn(number, who, reason, back=live)


def show_undo(batch: Batch, actor: str) -> None:
    """Draw the form that takes back the import which `actor` just made."""
    with st.form("undo_import", border=False):
        who = st.text_input(say("Your name or initials"), value=actor, key="undo_import_actor", max_chars=60)
        undo = st.form_submit_button(say("Undo this import"), key="undo_import_submit")
    if undo:
        _turn(batch.batch_id, who, "Undone after the import", back=True)


def _turn(batch_id: int, who: str, reason: str, *, back: bool) -> None:
    """Take a batch back, or apply it again."""
    if not who.strip():
        st.text(say("Fill in your name or initials first."))
        return
    try:
        with Store.open() as store:
            change = store.revert if back else store.reapply
            batch = change(batch_id, actor=who.strip(), reason=reason.strip())
            revision = store.revision()
    except AtlasError as error:
        show_error(error)
        return
    st.session_state.pop("import_done", None)
    st.session_state["turned"] = (batch.batch_id, revision, back, batch.rows_accepted)
    st.rerun()


def show_turned() -> None:
    """Say that a batch was taken back or applied again, as long as nothing else has changed since."""
    batch_id, revision, back, rows = st.session_state.get("turned", (0, 0, False, 0))
    if revision and revision == reading_store().revision():
        said = {"batch": str(batch_id), "rows": say_many("{n} row", "{n} rows", rows), "revision": str(revision)}
        if back:
            told = say("**Batch {batch} ({rows}) was taken back.** The data are now version {revision}.", **said)
        else:
            told = say("**Batch {batch} ({rows}) was applied again.** The data are now version {revision}.", **said)
        icon = ":material/undo:" if back else ":material/redo:"
        st.markdown(f"{icon} {told}")
