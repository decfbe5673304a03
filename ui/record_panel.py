"""One record: where it comes from, what was ever changed in it and by whom, and the form that corrects it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.labels import field_label, term
from charts.visible import mark_cells, mark_invisible
from data.correction import read_correction
from data.limits import current_limits
from data.rows import stored_dtypes
from data.schema import KINDS, Field, record_dtypes
from data.store import Store
from errors import AtlasError
from locales import later, say, say_many
from ui.cache import reading_store
from ui.messages import show_error
from ui.record_words import name_records, write_day

_CORRECTED = "corrected"
_ACTIONS = {
    "import": later("added with a file"),
    "correct": later("corrected"),
    "revert": later("brought back when a batch was taken back"),
    "reapply": later("brought back when a batch was applied again"),
    "boundaries": later("placed anew by other boundaries"),
}


def show_record(kind: str, record_id: str) -> None:
    """Draw the history of a record and the form that corrects it."""
    store = reading_store()
    versions = store.history(kind, record_id)
    if versions.empty:
        st.text(say("There is no such record any more."))
        return
    latest = versions.iloc[-1]
    live = pd.isna(latest["rev_out"])
    with st.container(border=True, key="record_panel"):
        with st.container(key="figure_record"):
            st.text(mark_invisible(record_id))
        batches = store.batches().set_index("batch_id")
        batch = batches.loc[latest["batch_id"]]
        with st.container(key="source_record"):
            st.text(mark_invisible(name_records(versions.iloc[[-1]], kind)[0]))
            said = {
                "row": str(latest["row_number"]),
                "file": batch["file_name"],
                "batch": str(latest["batch_id"]),
                "versions": say_many("{n} version", "{n} versions", len(versions)),
            }
            st.text(
                mark_invisible(
                    say("From row {row} of “{file}”, batch {batch}, in the atlas now; {versions}.", **said)
                    if live
                    else say("From row {row} of “{file}”, batch {batch}, no longer in the atlas; {versions}.", **said)
                )
            )
        st.markdown(say("**What happened to it**"))
        told = tell_history(versions, kind)
        names = [field_label(kind, name) for name in told["Column"]]
        st.dataframe(mark_cells(told.assign(Column=names).rename(columns=say)), hide_index=True)
        if live:
            with st.expander(say("Correct it")):
                _ask_correction(kind, record_id, versions.iloc[[-1]])


def show_corrected(kind: str, revision: int) -> None:
    """Say what was corrected last, and show that record, as long as nothing else has changed since."""
    corrected = st.session_state.get(_CORRECTED)
    if corrected is None or (corrected[0], corrected[2]) != (kind, revision):
        return
    _, record_id, _, columns = corrected
    st.markdown(
        ":material/check_circle: "
        + say("**The record was corrected.** The data are now version {revision}.", revision=str(revision))
    )
    st.text(say("Changed: {columns}.", columns=columns))
    show_record(kind, record_id)


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
            "When (UTC)": f"{write_day(version['at'])}, {version['at']:%H:%M}",
            "Who": version["by"],
            "What": say(
                "{action} (version {number})", action=say(_ACTIONS[version["action"]]), number=str(version["rev_in"])
            ),
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


def _ask_correction(kind: str, record_id: str, record: pd.DataFrame) -> None:
    latest = record.iloc[0]
    fields = {field.name: field for field in KINDS[kind].fields if field.name != KINDS[kind].id_field}
    names = st.multiselect(
        say("What is wrong?"),
        list(fields),
        format_func=lambda one: field_label(kind, one),
        placeholder=say("Choose one or more columns"),
        key=f"correct_field_{record_id}",
    )
    if not names:
        return
    with st.form(f"correct_{kind}_{record_id}_{'_'.join(names)}", border=False):
        given = {name: _ask_value(kind, fields[name], _word(latest[name])).strip() for name in names}
        left, right = st.columns(2)
        who = left.text_input(say("Your name or initials *"), max_chars=60)
        why = right.text_input(say("Reason, for those who read the history *"), max_chars=300)
        submitted = st.form_submit_button(say("Correct it"), type="primary")
    st.caption(say("What follows from a column changes with it: the days of a date, the province of a place."))
    if submitted:
        try:
            with Store.open() as store:
                changes = read_correction(record, kind, given, store.place_aliases())
                revision = store.correct(kind, record_id, changes, actor=who.strip(), reason=why)
        except AtlasError as error:
            show_error(error)
            return
        named = "; ".join(field_label(kind, name) for name in changes)
        st.session_state[_CORRECTED] = kind, record_id, revision, named
        st.rerun()


def _ask_value(kind: str, field: Field, now: str) -> str:
    label, tip = field_label(kind, field.name), say("In files and exports: {name}", name=field.name)
    if field.choices and field.dtype == "choice":
        choices = ["", *field.choices]
        return st.selectbox(
            label, choices, index=choices.index(now) if now in choices else 0,
            format_func=lambda one: term(one) if one else say("(empty)"), help=tip,
        )  # fmt: skip
    return st.text_input(label, value=now, max_chars=current_limits().cell_characters, help=tip)
